package retail

// Fulfillment is units of an order line that one party hands over.
type Fulfillment struct {
	By       FulfilledBy `json:"by,omitempty"`       // empty = nobody has handed them over yet
	Location string      `json:"location,omitempty"` // id of the store's location; "" = none is named
	Quantity Quantity    `json:"quantity"`
}

// Fulfil adds to who has fulfilled a line. Each party is in the list once, and the last to act is last.
func Fulfil(list []Fulfillment, more Fulfillment) []Fulfillment {
	var others []Fulfillment
	for _, f := range list {
		if f.By == more.By && f.Location == more.Location {
			more.Quantity += f.Quantity
		} else {
			others = append(others, f)
		}
	}
	return append(others, more)
}

// FulfilledAtMost returns who has fulfilled so many units at most, of those who came first.
func FulfilledAtMost(list []Fulfillment, quantity Quantity) []Fulfillment {
	var kept []Fulfillment
	for _, f := range list {
		if f.Quantity = min(f.Quantity, quantity); f.Quantity > 0 {
			kept = append(kept, f)
			quantity -= f.Quantity
		}
	}
	return kept
}

// parts divides the line by who hands its units over.
func (l OrderLine) parts() []Fulfillment {
	if len(l.Parts) == 0 {
		return []Fulfillment{{Quantity: l.Quantity}}
	}
	return l.Parts
}

// bySupplier is how many units of the line a supplier fulfils.
func (l OrderLine) bySupplier() (units Quantity) {
	for _, p := range l.parts() {
		if p.By == BySupplier {
			units += p.Quantity
		}
	}
	return units
}

// asText is how many units of the line are sold as text, although its product is linked or may be.
func (l OrderLine) asText() Quantity {
	if l.Kind == LineProduct && l.SupplierAsText {
		return l.bySupplier()
	}
	return 0
}

// ofItem is how many units of the line are sold of its item.
func (l OrderLine) ofItem() Quantity {
	if l.Kind != LineProduct || l.ItemID == 0 {
		return 0
	}
	return l.Quantity - l.asText()
}
