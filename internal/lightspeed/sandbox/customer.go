package sandbox

import (
	"slices"
	"strings"
	"unicode"
)

// customer is a person with his contact. His id is his position plus one. Nothing else about customers is unique.
type customer struct {
	first, last, title, company string
	created, stamp, touched     int64 // touched is in nanoseconds
	archived                    bool
	contact                     contact
}

type contact struct {
	noEmail, noPhone, noMail bool
	address                  *postalAddress
	phones, emails           []reachable // by kind, in the order of the kinds
}

type postalAddress struct {
	line1, line2, city, state, stateCode, zip, country, countryCode string
}

// reachable is a phone number or an e-mail address with its use.
type reachable struct{ Text, Use string }

func phoneUses() []string { return []string{"Home", "Work", "Mobile", "Pager", "Fax"} }
func emailUses() []string { return []string{"Primary", "Secondary"} }

// customerTable keeps the customers and finds them by e-mail.
type customerTable struct {
	list    []customer
	byEmail map[string][]int32
}

// fold makes texts equal that strings.EqualFold calls equal.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			least = min(least, f)
		}
		return least
	}, s)
}

// addCustomer stores a new customer and returns his row.
func (a *Account) addCustomer(c customer) int {
	c.created = a.now()
	a.customers.list = append(a.customers.list, c)
	row := len(a.customers.list) - 1
	a.stampCustomer(row)
	a.indexCustomer(row)
	return row
}

func (a *Account) stampCustomer(row int) {
	now := a.srv.clock.Now()
	a.customers.list[row].stamp, a.customers.list[row].touched = now.Unix(), now.UnixNano()
}

// indexCustomer adds the row under its e-mail addresses. Entries of earlier addresses stay, because the filter checks the rows
// too.
func (a *Account) indexCustomer(row int) {
	if a.customers.byEmail == nil {
		a.customers.byEmail = map[string][]int32{}
	}
	for _, e := range a.customers.list[row].contact.emails {
		key := fold(e.Text)
		list := a.customers.byEmail[key]
		if i, found := slices.BinarySearch(list, int32(row)); !found {
			a.customers.byEmail[key] = slices.Insert(list, i, int32(row))
		}
	}
}

func createCustomer(a *Account, in payload) (int, *reply) {
	// By default the API makes customers who must not be contacted.
	c := customer{contact: contact{noEmail: true, noPhone: true, noMail: true}}
	if rep := c.read(in, "Customer not created."); rep != nil {
		return 0, rep
	}
	return a.addCustomer(c), nil
}

func updateCustomer(a *Account, row int, in payload) *reply {
	c := a.customers.list[row]
	if rep := c.read(in, "Customer not updated."); rep != nil {
		return rep
	}
	a.customers.list[row] = c
	a.stampCustomer(row)
	a.indexCustomer(row)
	return nil
}

// removeCustomer is DELETE Customer, which archives.
func removeCustomer(a *Account, row int) *reply {
	a.customers.list[row].archived = true
	a.stampCustomer(row)
	return nil
}

// read applies a body to a customer. It replaces slices and does not write into them: others may still read the old ones.
func (c *customer) read(in payload, failure string) *reply {
	for key, to := range map[string]*string{"firstName": &c.first, "lastName": &c.last, "title": &c.title,
		"company": &c.company} {
		if text, ok := in.text(key); ok {
			*to = text
		}
	}
	v, ok, err := in.scalar("archived", kindBool)
	if err != nil {
		return badRequest(failure + " " + err.Error())
	}
	if ok && v.n == 0 {
		c.archived = false
	}
	if c.first == "" && c.last == "" && c.company == "" {
		return badRequest(failure + " A Customer must have a name.")
	}
	if about, ok := in["Contact"].(map[string]any); ok {
		return c.contact.read(about, failure)
	}
	return nil
}

func (t *contact) read(in payload, failure string) *reply {
	for key, to := range map[string]*bool{"noEmail": &t.noEmail, "noPhone": &t.noPhone, "noMail": &t.noMail} {
		v, ok, err := in.scalar(key, kindBool)
		if err != nil {
			return badRequest(failure + " " + err.Error())
		}
		if ok {
			*to = v.n != 0
		}
	}
	if list, ok := in.list("Addresses", "ContactAddress"); ok && len(list) > 0 {
		if len(list) > 1 {
			return badRequest(failure + " A contact has one address.")
		}
		var to postalAddress
		for key, field := range map[string]*string{"address1": &to.line1, "address2": &to.line2, "city": &to.city,
			"state": &to.state, "stateCode": &to.stateCode, "zip": &to.zip, "country": &to.country,
			"countryCode": &to.countryCode} {
			*field, _ = list[0].text(key)
		}
		t.address = &to
	}
	var rep *reply
	if t.phones, rep = phones().read(in, t.phones, failure); rep != nil {
		return rep
	}
	t.emails, rep = emails().read(in, t.emails, failure)
	return rep
}

// reachableKind describes a list of a contact: its phones or its e-mail addresses.
type reachableKind struct {
	wrap, element, key string
	uses               []string
}

func phones() reachableKind { return reachableKind{"Phones", "ContactPhone", "number", phoneUses()} }
func emails() reachableKind { return reachableKind{"Emails", "ContactEmail", "address", emailUses()} }

// read replaces the numbers or addresses of the same use. An empty one removes it.
func (k reachableKind) read(in payload, have []reachable, failure string) ([]reachable, *reply) {
	list, ok := in.list(k.wrap, k.element)
	if !ok {
		return have, nil
	}
	byUse := map[string]string{}
	for _, h := range have {
		byUse[h.Use] = h.Text
	}
	for _, p := range list {
		use, ok := p.text("useType")
		if !ok {
			use = k.uses[0]
		}
		if !slices.Contains(k.uses, use) {
			return nil, badRequest(failure + " useType " + use + " is not known.")
		}
		byUse[use], _ = p.text(k.key)
	}
	var out []reachable
	for _, use := range k.uses {
		if byUse[use] != "" {
			out = append(out, reachable{Text: byUse[use], Use: use})
		}
	}
	return out, nil
}
