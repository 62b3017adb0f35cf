package catalogue

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/ent/product"
	"possync/graph/sitedata"
	"possync/graph/usererror"
	"possync/internal/fault"
	"possync/internal/retail"
	"possync/internal/tenant"
)

const (
	maxSearch = 200 // characters of a text that is searched for
	maxKeys   = 250 // entries of a list in a filter
)

// ProductWhere filters products; all that is given must hold.
type ProductWhere struct {
	Displayed, Linked, Active *bool
	Brand, Category           *string
	Brands, Categories        []string
	Keys                      []string
	Search                    *string
}

// Predicates returns what a product must meet; a filter that cannot be is a bad-input fault.
func (w *ProductWhere) Predicates(ctx context.Context) ([]predicate.Product, error) {
	if w == nil {
		return nil, nil
	}
	most := max(len(w.Keys), len(w.Brands), len(w.Categories))
	if err := storable(most, slices.Concat(w.Keys, w.Brands, w.Categories, texts(w.Brand, w.Category, w.Search))); err != nil {
		return nil, err
	}
	siteID, _ := tenant.Scope(ctx)
	var all []predicate.Product
	if w.Displayed != nil {
		live, err := sitedata.Live(ctx)
		if err != nil {
			return nil, err
		}
		shown := product.And(product.Active(true),
			product.HasPosItemWith(positem.SiteID(siteID), positem.Displayed(live), positem.Displayed(true)))
		all = append(all, either(*w.Displayed, shown, product.Not))
	}
	if w.Linked != nil {
		// The edge's own predicate is not narrowed to the site by itself.
		all = append(all, either(*w.Linked, product.HasPosItemWith(positem.SiteID(siteID)), product.Not))
	}
	if w.Active != nil {
		all = append(all, product.Active(*w.Active))
	}
	if w.Brand != nil {
		all = append(all, product.Brand(*w.Brand))
	}
	if w.Category != nil {
		all = append(all, product.Category(*w.Category))
	}
	if w.Brands != nil {
		all = append(all, product.BrandIn(w.Brands...))
	}
	if w.Categories != nil {
		all = append(all, product.CategoryIn(w.Categories...))
	}
	if w.Keys != nil {
		all = append(all, product.KeyIn(w.Keys...))
	}
	text, err := searched(w.Search)
	if err != nil {
		return nil, err
	}
	if text != "" {
		found := product.Or(contains(text, product.FieldName, product.FieldBrand, product.FieldMpn, product.FieldGtin1, product.FieldGtin2))
		if code, problem := retail.ParseGTIN(text); problem == retail.CodeOK {
			found = product.Or(found, product.Gtin1Code(code), product.Gtin2Code(code))
		}
		all = append(all, found)
	}
	return all, nil
}

// lightspeedID reads a vendor's number as the API writes it, in that one spelling.
func lightspeedID(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && strconv.FormatInt(n, 10) == text
}

func either[P ~func(*sql.Selector)](wanted bool, p P, not func(P) P) P {
	if wanted {
		return p
	}
	return not(p)
}

func texts(pointers ...*string) (all []string) {
	for _, p := range pointers {
		if p != nil {
			all = append(all, *p)
		}
	}
	return all
}

func storable(keys int, all []string) error {
	if keys > maxKeys {
		return fault.New(fault.BadInput, fmt.Sprintf("A list of a filter may have at most %d entries.", maxKeys))
	}
	for _, text := range all {
		if !usererror.Storable(text) {
			return fault.New(fault.BadInput, "A filter has a text that is no valid Unicode.")
		}
	}
	return nil
}

func searched(search *string) (string, error) {
	if search == nil {
		return "", nil
	}
	text := strings.TrimSpace(*search)
	if utf8.RuneCountInString(text) > maxSearch {
		return "", fault.New(fault.BadInput, fmt.Sprintf("A search may have at most %d characters.", maxSearch))
	}
	return text, nil
}

// likeEscaper takes their meaning from the characters that mean something in a pattern.
var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// contains finds rows that have the text in one of the columns, whatever its case.
//
// Both databases fold the case of ASCII letters in a pattern, and of others only sometimes (PostgreSQL by its locale, SQLite
// never). So those are looked for in each of the spellings that people use.
func contains(text string, columns ...string) func(*sql.Selector) {
	spellings := []string{text, strings.ToLower(text), strings.ToUpper(text), title(text)}
	if strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) < 0 {
		spellings = spellings[:1]
	}
	slices.Sort(spellings)
	spellings = slices.Compact(spellings)
	return func(s *sql.Selector) {
		operator := " LIKE "
		if s.Dialect() == dialect.Postgres {
			operator = " ILIKE "
		}
		var any []*sql.Predicate
		for _, column := range columns {
			for _, spelling := range spellings {
				any = append(any, sql.P(func(b *sql.Builder) {
					b.Ident(s.C(column)).WriteString(operator).Arg("%" + likeEscaper.Replace(spelling) + "%").WriteString(` ESCAPE '\'`)
				}))
			}
		}
		s.Where(sql.Or(any...))
	}
}

// title writes the first letter of each word large and the others small.
func title(text string) string {
	before := ' '
	return strings.Map(func(r rune) rune {
		start := !unicode.IsLetter(before)
		before = r
		if start {
			return unicode.ToTitle(r)
		}
		return unicode.ToLower(r)
	}, text)
}
