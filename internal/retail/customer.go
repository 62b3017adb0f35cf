package retail

// Customer is who placed an order, as the website knows them.
type Customer struct {
	Email     string  `json:"email,omitempty"`
	FirstName string  `json:"firstName,omitempty"`
	LastName  string  `json:"lastName,omitempty"`
	Company   string  `json:"company,omitempty"`
	Phone     string  `json:"phone,omitempty"`
	Address   Address `json:"address,omitzero"` // the billing address
}

// Address is a postal address. All of it may be empty.
type Address struct {
	Line1   string `json:"line1,omitempty"`
	Line2   string `json:"line2,omitempty"`
	City    string `json:"city,omitempty"`
	Region  string `json:"region,omitempty"` // state or province
	Zip     string `json:"zip,omitempty"`
	Country string `json:"country,omitempty"` // ISO 3166 code or name, as the website has it
}
