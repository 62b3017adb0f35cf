package retail

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// BrandKeys returns the keys of the brands that an item may be of, see [BrandKey]: that of its brand, and how its name begins, unless
// that is the same.
func BrandKeys(brand, name string) (byBrand, byName string) {
	byBrand, byName = BrandKey(brand, ""), BrandKey("", name)
	if byName == byBrand {
		byName = ""
	}
	return byBrand, byName
}

// BrandKey returns the key by which the products of one brand are found: the first word of the brand or, if it is not known,
// of the name. It is "" if there is none.
func BrandKey(brand, name string) string {
	for _, text := range []string{brand, name} {
		for _, w := range words(text) {
			if !fillers[w] {
				return shortened(w)
			}
		}
	}
	return ""
}

// shortened cuts a word at the length that is stored.
func shortened(w string) string {
	for n := range w {
		if n > 200 {
			return w[:n]
		}
	}
	return w
}

// Marks of a brand key and of a product's words among the codes that it had before.
const (
	staleBrand = "brand "
	staleWords = "words "
)

// StaleBrand returns a brand key as it is kept among the codes that a product had before a change.
func StaleBrand(key string) string { return staleBrand + key }

// StaleWords returns the words of a product as they are kept among the codes that it had before a change.
func StaleWords(a Article) string { return staleWords + describe(ProductCodes{Article: a}).version() }

// AddStale adds what a product had before a change: a GTIN, an MPN key, a [StaleBrand] or [StaleWords].
func (c *Codes) AddStale(code string) {
	if key, ok := strings.CutPrefix(code, staleBrand); ok {
		if key != "" {
			put(&c.Brands, key)
		}
		return
	}
	if version, ok := strings.CutPrefix(code, staleWords); ok {
		put(&c.Versions, version)
		return
	}
	// As the other kind of code it finds nothing.
	c.AddProduct(ProductCodes{GTIN1: GTIN(code), MPN: code})
}

// CompanyPrefix returns the digits that the codes of one company have in common: as many as the shortest prefix that GS1 gives
// has. It is "" for no code.
func (g GTIN) CompanyPrefix() string {
	const digits = 8                           // with the one for the kind of packaging
	if len(g) < maxGTIN || g[:6] == "000000" { // a GTIN-8 has no room for a company's
		return ""
	}
	return string(g[:digits])
}

// Siblings says which products are compared with one: those with one of these brand keys, or with a code of one of these
// companies.
type Siblings struct {
	Brands   map[string]struct{}
	Prefixes map[string]struct{}
	Versions map[string]struct{} // the words of changed products before and after the change, see [described.version]; not looked for
}

// IsEmpty reports whether there are none.
func (s Siblings) IsEmpty() bool { return len(s.Brands)+len(s.Prefixes) == 0 }

func (s *Siblings) addProduct(p ProductCodes) {
	if key := p.brandKey(); key != "" {
		put(&s.Brands, key)
	}
	for _, code := range []GTIN{p.GTIN1, p.GTIN2} {
		if prefix := code.CompanyPrefix(); prefix != "" {
			put(&s.Prefixes, prefix)
		}
	}
}

// addPair adds where the siblings of an item's product are found. A product whose brand is not known may be of the item's.
func (s *Siblings) addPair(i ItemCodes, p ProductCodes) {
	s.addProduct(p)
	if len(wording(p.Article.Brand)) == 0 {
		byBrand, byName := BrandKeys(i.Article.Brand, i.Article.Name)
		for _, key := range []string{byBrand, byName} {
			if key != "" {
				put(&s.Brands, key)
			}
		}
	}
}

func (p ProductCodes) brandKey() string { return BrandKey(p.Article.Brand, p.Article.Name) }

// How much better a sibling must fit. A word of the item that only the sibling has counts as much as it is like it, see
// [likeness], and the more the longer it is, see [weight]; a word that only one of the two products has, and not the item, counts
// little.
const (
	clearlyBetter = 65
	extraWord     = 10
)

// family are products that are looked through for one that fits an item better than its candidate.
type family struct {
	products []described
	with     map[string][]int // products by their words
	words    map[byte][]string
	hits     map[string][]hit // memo of find
}

type described struct {
	ProductCodes
	words, brand []string
}

// hit is a product that has a word, or one like it.
type hit struct{ product, likeness int }

func describe(p ProductCodes) described {
	said := p.Article.words()
	slices.Sort(said)
	return described{ProductCodes: p, words: slices.Compact(said), brand: wording(p.Article.Brand)}
}

func newFamily(products []described) *family {
	f := &family{products: products, with: map[string][]int{}, words: map[byte][]string{}, hits: map[string][]hit{}}
	for n, p := range products {
		for _, w := range p.words {
			if f.with[w] == nil {
				f.words[w[0]] = append(f.words[w[0]], w)
			}
			f.with[w] = append(f.with[w], n)
		}
	}
	return f
}

// version returns the brand's words and the others as one text.
func (d described) version() string {
	return strings.Join(d.brand, " ") + "|" + strings.Join(d.words, " ")
}

// versionsOf returns a family of the versions of changed products. They stand for themselves as ids.
func versionsOf(changed Siblings) *family {
	var versions []described
	for version := range changed.Versions {
		brand, said, _ := strings.Cut(version, "|")
		versions = append(versions, described{ProductCodes{ID: version}, strings.Fields(said), strings.Fields(brand)})
	}
	return newFamily(versions)
}

// find returns the products that have the word, or one like it, each once with its best likeness, in their order.
func (f *family) find(word string) []hit {
	if found, ok := f.hits[word]; ok {
		return found
	}
	best := map[int]int{}
	for _, w := range f.words[word[0]] {
		if like := likeness(word, w); like > 0 {
			for _, n := range f.with[w] {
				best[n] = max(best[n], like)
			}
		}
	}
	found := make([]hit, 0, len(best))
	for n, like := range best {
		found = append(found, hit{n, like})
	}
	slices.SortFunc(found, func(a, b hit) int { return a.product - b.product })
	f.hits[word] = found
	return found
}

// fit says how an item's words fit a product.
type fit struct {
	own       []string // the item's words, without those of the brands
	itemBrand []string
	brand     []string // the item's and the product's
	each      []int    // how well the product has each of the item's own
	sum       int
}

func fitOf(i ItemCodes, p described) fit {
	said := i.Article.words()
	slices.Sort(said)
	said = slices.Compact(said)
	itemBrand := wording(i.Article.Brand)
	f := fit{itemBrand: itemBrand, brand: slices.Concat(itemBrand, p.brand)}
	f.own = slices.DeleteFunc(slices.Clone(said), in(f.brand))
	if len(f.own) == 0 {
		f.own = said
	}
	for _, w := range f.own {
		like := bestLike(w, p.words)
		f.each, f.sum = append(f.each, like), f.sum+like
	}
	return f
}

// full reports whether the product has all of the item's words: then nothing fits better.
func (f fit) full() bool { return f.sum == sameSpelling*len(f.own) }

func bestLike(word string, among []string) (best int) {
	for _, w := range among {
		best = max(best, likeness(word, w))
	}
	return best
}

// likeness says how well a product has a word.
func (f *family) likeness(product int, word string) int {
	found := f.find(word)
	if at, ok := slices.BinarySearchFunc(found, product, func(h hit, n int) int { return h.product - n }); ok {
		return found[at].likeness
	}
	return 0
}

// better returns the product of the family that fits the item best and clearly better than the candidate, or "". Only products
// that have a word which the candidate lacks can, so it looks at no others.
func (f *family) better(candidate described, has fit, excluded func(id string) bool) string {
	gains := map[int]int{} // by the words that the candidate lacks alone
	for k, w := range has.own {
		if has.each[k] == sameSpelling {
			continue
		}
		for _, h := range f.find(w) {
			if more := h.likeness - has.each[k]; more > 0 {
				gains[h.product] += more * weight(w) / sameSpelling
			}
		}
	}
	best, found := clearlyBetter, ""
	least := max(1, clearlyBetter+1-extraWord*len(candidate.words))
	for n, gain := range gains {
		for k := 0; k < len(has.own) && gain >= least; k++ {
			if has.each[k] > 0 {
				gain -= max(0, has.each[k]-f.likeness(n, has.own[k])) * weight(has.own[k]) / sameSpelling
			}
		}
		if gain < least {
			continue
		}
		s := f.products[n]
		if s.ID == candidate.ID || excluded(s.ID) || strangers(has.itemBrand, s.brand) {
			continue
		}
		gain += extraWord * (extras(candidate.words, s.words, has) - extras(s.words, candidate.words, has))
		if gain > best || gain == best && gain > clearlyBetter && s.ID < found {
			best, found = gain, s.ID
		}
	}
	return found
}

// weight says how much a word counts, in hundredths: long words are rarer than short ones and tell more articles apart. Numbers,
// which are sizes, count as words of five letters do.
func weight(word string) int {
	const usual, perLetter, least, most = 5, 10, 70, 160
	if isDigit(word[0]) {
		return sameSpelling
	}
	return min(max(sameSpelling+perLetter*(utf8.RuneCountInString(word)-usual), least), most)
}

// extras counts the words that neither the item nor the other product has.
func extras(these, others []string, has fit) (n int) {
	for _, w := range these {
		if bestLike(w, has.own) == 0 && !slices.Contains(others, w) && !slices.Contains(has.brand, w) {
			n++
		}
	}
	return n
}

// strangers reports whether two brands are known and have no word in common.
func strangers(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, in(b))
}

// families are the products among which better ones are looked for, by brand key and by company prefix.
type families struct{ brands, prefixes map[string]*family }

// newFamilies returns the families of the products that are wanted.
func newFamilies(products iter.Seq[ProductCodes], wanted Siblings) families {
	brands, prefixes := map[string][]described{}, map[string][]described{}
	join := func(members map[string][]described, wanted, own map[string]struct{}, d *described) {
		for key := range own {
			if _, ok := wanted[key]; !ok {
				continue
			}
			if d.words == nil {
				*d = describe(d.ProductCodes)
			}
			members[key] = append(members[key], *d)
		}
	}
	for p := range products {
		var own Siblings
		own.addProduct(p)
		d := described{ProductCodes: p}
		join(brands, wanted.Brands, own.Brands, &d)
		join(prefixes, wanted.Prefixes, own.Prefixes, &d)
	}
	made := families{map[string]*family{}, map[string]*family{}}
	for key, members := range brands {
		made.brands[key] = newFamily(members)
	}
	for prefix, members := range prefixes {
		made.prefixes[prefix] = newFamily(members)
	}
	return made
}

// better returns a sibling of the candidate that fits the item clearly better, or "".
func (f families) better(i ItemCodes, candidate described, has fit, excluded func(id string) bool) string {
	var where Siblings
	where.addPair(i, candidate.ProductCodes)
	var found []string
	look := func(all map[string]*family, keys map[string]struct{}) {
		for key := range keys {
			if members := all[key]; members != nil {
				if id := members.better(candidate, has, excluded); id != "" {
					found = append(found, id)
				}
			}
		}
	}
	look(f.brands, where.Brands)
	look(f.prefixes, where.Prefixes)
	if len(found) == 0 {
		return ""
	}
	return slices.Min(found)
}
