package lightspeed

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"possync/internal/text"
)

// Customer is a person or a company that buys. Only CustomerID is unique.
type Customer struct {
	CustomerID          int64
	FirstName, LastName string
	Company             string
	Archived            bool
	Emails              []ContactEntry // of the use Primary or Secondary
	Phones              []ContactEntry // of the use Home, Work, Mobile, Pager or Fax
	Addresses           []Address      // at most one
}

// ContactEntry is an e-mail address or a phone number with its use.
type ContactEntry struct{ Text, Use string }

// Address is a postal address.
type Address struct {
	Line1, Line2, City, State, Zip, Country string
}

func customerRow(r *row) Customer {
	c := Customer{
		CustomerID: r.primaryID("customerID"),
		FirstName:  r.optText("firstName"),
		LastName:   r.optText("lastName"),
		Company:    r.optText("company"),
		Archived:   r.flag("archived"),
	}
	about, _ := r.field("Contact")
	var contact row
	contact.read(about)
	c.Emails, _ = nested(&contact, "Emails", "ContactEmail", entryRow("address"))
	c.Phones, _ = nested(&contact, "Phones", "ContactPhone", entryRow("number"))
	c.Addresses, _ = nested(&contact, "Addresses", "ContactAddress", addressRow)
	if r.err == nil {
		r.err = contact.err
	}
	return c
}

func entryRow(key string) func(*row) ContactEntry {
	return func(r *row) ContactEntry { return ContactEntry{Text: r.optText(key), Use: r.optText("useType")} }
}

func addressRow(r *row) Address {
	return Address{Line1: r.optText("address1"), Line2: r.optText("address2"), City: r.optText("city"),
		State: r.optText("state"), Zip: r.optText("zip"), Country: r.optText("country")}
}

// CustomersByEmail reads every customer with this e-mail address, by id, without archived ones. There may be several.
func (a *Account) CustomersByEmail(ctx context.Context, email string) ([]Customer, error) {
	if err := searchable(email); err != nil {
		return nil, fmt.Errorf("find customers by e-mail: %w", err)
	}
	found, err := readAll(ctx, a, "Customer", map[string]string{"load_relations": `["Contact"]`, "Contact.email": email}, customerRow)
	if err != nil {
		return nil, fmt.Errorf("find customers by e-mail: %w", err)
	}
	return found, nil
}

// phoneFilters are the fields by which contacts are found by their phone numbers.
func phoneFilters() []string {
	return []string{"Contact.mobile", "Contact.phoneHome", "Contact.phoneWork"}
}

// CustomersByPhone reads every customer with this mobile, home or work number, by id, without archived ones. How the number is
// written makes no difference, see [text.SamePhone]. A text that is no phone number finds nobody.
func (a *Account) CustomersByPhone(ctx context.Context, phone string) ([]Customer, error) {
	key := text.PhoneKey(phone)
	if key == "" {
		return nil, nil
	}
	// Numbers are stored as they were typed, so the search is for the last digits with anything between them.
	pattern := "~,%" + strings.Join(strings.Split(key[len(key)-searchedDigits:], ""), "%") + "%"
	var customers []Customer
	for _, field := range phoneFilters() {
		found, err := readAll(ctx, a, "Customer", map[string]string{"load_relations": `["Contact"]`, field: pattern}, customerRow)
		if err != nil {
			return nil, fmt.Errorf("find customers by phone: %w", err)
		}
		customers = append(customers, found...)
	}
	customers = slices.DeleteFunc(customers, func(c Customer) bool {
		return !slices.ContainsFunc(c.Phones, func(p ContactEntry) bool { return text.SamePhone(p.Text, phone) })
	})
	return byCustomerID(customers), nil
}

func byCustomerID(customers []Customer) []Customer {
	slices.SortFunc(customers, func(a, b Customer) int { return cmp.Compare(a.CustomerID, b.CustomerID) })
	return slices.CompactFunc(customers, func(a, b Customer) bool { return a.CustomerID == b.CustomerID })
}

// searchedDigits is how many of a phone number's last digits are searched for: as many as every number has that people are found by.
const searchedDigits = 7

// CustomersSince reads the customers that changed at that time or later, page by page.
func (a *Account) CustomersSince(since time.Time) *Pager[Customer] {
	p := map[string]string{"load_relations": `["Contact"]`}
	err := selection(p, nil, since, 0)
	return newPager(a, "Customer", query(p), "", customerRow).failing(err)
}

// NewCustomer is a customer to be made. Empty fields are left out.
type NewCustomer struct {
	FirstName, LastName, Company string
	Email, Phone                 string
	Address                      Address
}

// CreateCustomer makes a customer. He may be written to and called, which Lightspeed would forbid by default. A second call makes
// a second one, so a request whose outcome is not known is not repeated: its error is [ErrUnclear].
func (a *Account) CreateCustomer(ctx context.Context, c NewCustomer) (Customer, error) {
	const records = 4 // the contact with an address, a phone and an e-mail
	rq := call{method: http.MethodPost, path: "/Customer.json", cost: costOfWrite + costOfNested*records}
	made, err := send(ctx, a, rq, "Customer", c.body(), customerRow)
	if err != nil {
		return Customer{}, fmt.Errorf("create customer: %w", err)
	}
	return made, nil
}

type customerBody struct {
	FirstName string      `json:"firstName,omitempty"`
	LastName  string      `json:"lastName,omitempty"`
	Company   string      `json:"company,omitempty"`
	Contact   contactBody `json:"Contact"`
}

type contactBody struct {
	NoEmail   string         `json:"noEmail"`
	NoPhone   string         `json:"noPhone"`
	NoMail    string         `json:"noMail"`
	Addresses *addressesBody `json:"Addresses,omitempty"`
	Phones    *phonesBody    `json:"Phones,omitempty"`
	Emails    *emailsBody    `json:"Emails,omitempty"`
}

type addressesBody struct {
	Address addressBody `json:"ContactAddress"`
}

type addressBody struct {
	Line1   string `json:"address1,omitempty"`
	Line2   string `json:"address2,omitempty"`
	City    string `json:"city,omitempty"`
	State   string `json:"state,omitempty"`
	Zip     string `json:"zip,omitempty"`
	Country string `json:"country,omitempty"`
}

type phonesBody struct {
	Phone struct {
		Number string `json:"number"`
		Use    string `json:"useType"`
	} `json:"ContactPhone"`
}

type emailsBody struct {
	Email struct {
		Address string `json:"address"`
		Use     string `json:"useType"`
	} `json:"ContactEmail"`
}

func (c NewCustomer) body() customerBody {
	b := customerBody{FirstName: c.FirstName, LastName: c.LastName, Company: c.Company,
		Contact: contactBody{NoEmail: "false", NoPhone: "false", NoMail: "false"}}
	if c.Address != (Address{}) {
		b.Contact.Addresses = &addressesBody{Address: addressBody(c.Address)}
	}
	if c.Phone != "" {
		b.Contact.Phones = &phonesBody{}
		b.Contact.Phones.Phone.Number, b.Contact.Phones.Phone.Use = c.Phone, "Mobile"
	}
	if c.Email != "" {
		b.Contact.Emails = &emailsBody{}
		b.Contact.Emails.Email.Address, b.Contact.Emails.Email.Use = c.Email, "Primary"
	}
	return b
}
