package retail

// ItemFacts is what is known of a POS item when it is evaluated.
type ItemFacts struct {
	Kind       ItemKind
	Components bool // they are known, of an item that is made of others

	Archived    bool
	DefaultCost Amount // 0 is none
	MSRP        Amount // 0 is none

	UPC, EAN               string      // as the POS sent them
	UPCProblem, EANProblem CodeProblem // what ParseUPC and ParseGTIN found in them; if "", Evaluate calls them
	MPN                    string      // as the POS sent it
	Brand                  string      // the manufacturer's name

	Match       MatchState
	Unconfirmed bool // see [MatchReason.Unconfirmed]
}

// DisplayResult says whether the website displays an item, and why not or what is missing.
type DisplayResult struct {
	Displayed bool
	Reasons   []Reason // in a fixed order, each code at most once; one of them blocks unless the item is displayed
}

// Evaluate decides whether an item is displayed.
//
// mapped has one element for each shop that is mapped to a location, with zeros if the POS has no stock row for it. An empty
// slice means that no shop is mapped.
//
// An item is displayed if it is not archived, is linked to one product, has a cost or price by the cost basis, has the
// required identifiers, and its stock meets at least one import rule that is on. All reasons are reported at once. An
// archived item has no match, so no reason is reported for that. [Setup] checks whether the site's setup is complete.
func Evaluate(item ItemFacts, mapped []ShopStock, rules ImportRules) DisplayResult {
	var v evaluation
	v.block(item.Archived, ReasonArchived)
	v.match(item)
	if rules.CostBasis == CostMSRP {
		v.block(item.MSRP <= 0, ReasonNoMSRP)
	} else {
		v.block(item.DefaultCost <= 0, ReasonNoCost)
	}
	v.identifiers(item, rules.RequiredIdentifiers)
	v.block(len(mapped) == 0, ReasonNoMappedShop)
	v.block(!rules.Any(), ReasonNoRuleEnabled)
	if len(mapped) > 0 && rules.Any() {
		v.stock(item, rules.Met(mapped))
	}
	return DisplayResult{Displayed: !v.blocked, Reasons: v.reasons}
}

// stock blocks an item whose stock meets no rule, by its kind. What is not counted needs no stock.
func (v *evaluation) stock(item ItemFacts, met bool) {
	switch {
	case item.Kind == ItemNonInventory:
		v.add(true, false, ReasonNonInventory)
	case item.Kind.MadeOf() && !item.Components:
		v.add(true, !met, ReasonComponentsUnknown)
	case item.Kind.MadeOf():
		v.block(!met, ReasonComponentsShort)
	default:
		v.block(!met, ReasonNoRuleMet)
	}
}

// evaluation collects reasons.
type evaluation struct {
	reasons []Reason
	blocked bool
}

func (v *evaluation) add(when, blocking bool, code ReasonCode) {
	if when {
		v.reasons = append(v.reasons, Reason{Code: code, Blocking: blocking})
		v.blocked = v.blocked || blocking
	}
}

func (v *evaluation) block(when bool, code ReasonCode) { v.add(when, true, code) }

// match blocks an item that is not linked. Missing codes are reported by identifiers.
func (v *evaluation) match(item ItemFacts) {
	if item.Archived {
		return
	}
	switch item.Match {
	case MatchLinked, MatchLackingCodes:
	case MatchConflict:
		v.block(!item.Unconfirmed, ReasonMatchConflict)
		v.block(item.Unconfirmed, ReasonUnconfirmed)
	default:
		v.block(true, ReasonNotInCatalogue)
	}
}

// identifiers reports each of the item's codes that is missing or wrong. It blocks if the settings require it; otherwise it
// is a warning.
func (v *evaluation) identifiers(item ItemFacts, required RequiredIdentifiers) {
	upc, ean := problemOf(item.UPC, item.UPCProblem, ParseUPC), problemOf(item.EAN, item.EANProblem, ParseGTIN)
	hasGTIN := upc == CodeOK || ean == CodeOK
	hasMPN, hasBrand := normaliseCode(item.MPN) != "", normaliseCode(item.Brand) != ""
	both := required == RequireGTINAndMPN
	lacking := item.Match == MatchLackingCodes && !item.Archived

	v.block(lacking || !both && !hasGTIN && !hasMPN, ReasonNoIdentifier)
	v.add(upc == CodeEmpty && ean == CodeEmpty, both, ReasonNoGTIN)
	v.add(upc != CodeOK && upc != CodeEmpty, both && !hasGTIN, ReasonInvalidUPC)
	v.add(ean != CodeOK && ean != CodeEmpty, both && !hasGTIN, ReasonInvalidEAN)
	v.add(!hasMPN, both, ReasonNoMPN)
	v.add(hasMPN && !hasBrand && item.Match != MatchLinked, false, ReasonNoBrand)
}

// problemOf returns the known problem, or else the one that reading the code finds.
func problemOf(raw string, known CodeProblem, parse func(string) (GTIN, CodeProblem)) CodeProblem {
	if known != "" {
		return known
	}
	_, problem := parse(raw)
	return problem
}
