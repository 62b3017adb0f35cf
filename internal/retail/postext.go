package retail

import (
	"strings"
	"unicode"

	"possync/internal/text"
)

// How much of a text is sent to Lightspeed, which does not say how much it takes: as many characters as it has always taken.
const (
	posName    = 200
	posPhone   = 50
	posAddress = 200
	posLine    = 500
	posNote    = 2000
	posMethod  = 150 // bytes
	posEmail   = 254 // as mail servers have it
)

// posText returns a text as Lightspeed takes it: on one line, without characters that cannot be shown, and cut to so many.
func posText(s string, most int) string {
	shown := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
			return ' '
		}
		return r
	}, text.Clean(s))
	return strings.TrimSpace(text.First(strings.Join(strings.Fields(shown), " "), most))
}

// ForPOS returns the customer as Lightspeed takes them: texts are cleaned and cut, an e-mail address that is none is left out, and a
// customer without a name gets one that is made of the e-mail address or the phone number. It is empty if nothing is known of them
// that makes a customer.
func (c Customer) ForPOS() Customer {
	p := Customer{
		Email: emailForPOS(c.Email), FirstName: posText(c.FirstName, posName), LastName: posText(c.LastName, posName),
		Company: posText(c.Company, posName), Phone: posText(c.Phone, posPhone), Address: c.Address.forPOS(),
	}
	if p.FirstName == "" && p.LastName == "" && p.Company == "" {
		p.FirstName, p.LastName = nameOf(c.Email)
		if p.FirstName == "" && p.LastName == "" {
			p.LastName = p.Phone
		}
	}
	if p.FirstName == "" && p.LastName == "" && p.Company == "" {
		return Customer{}
	}
	return p
}

// emailForPOS returns an e-mail address; empty if the text is none. Nothing that it returns has a comma, which could make a filter of it
// when Lightspeed is searched by it.
func emailForPOS(typed string) string {
	email := strings.TrimSpace(typed)
	local, domain, at := strings.Cut(email, "@")
	odd := func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) || strings.ContainsRune(`,;:<>()[]\"`, r)
	}
	if !at || local == "" || domain == "" || len(email) > posEmail || strings.ContainsFunc(email, odd) {
		return ""
	}
	return email
}

// nameOf makes a name of an e-mail address: "robin.vega+web@example.com" is Robin Vega. The last name is empty when there is one word.
func nameOf(email string) (first, last string) {
	local, _, _ := strings.Cut(posText(email, posName), "@")
	local, _, _ = strings.Cut(local, "+")
	words := strings.FieldsFunc(local, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
	for i, word := range words {
		letters := []rune(word)
		letters[0] = unicode.ToUpper(letters[0])
		words[i] = string(letters)
	}
	if len(words) == 0 {
		return "", posText(email, posName)
	}
	return words[0], strings.Join(words[1:], " ")
}

// claimedDigits is how many of the last digits of a phone number name its customer while they are being added: the country's code
// may be before them.
const claimedDigits = 10

// PhoneDigits returns the digits of the phone number that the customer is found by, without those before the last ten; empty if it
// distinguishes nobody, see [text.PhoneKey].
func (c Customer) PhoneDigits() string {
	key := text.PhoneKey(c.Phone)
	return key[max(0, len(key)-claimedDigits):]
}

// ClaimKey distinguishes the customer from all others for whom the POS must have one record: by e-mail address, or else by phone number.
// One without either is the customer of this order alone. The customer is as the POS gets it, see [Customer.ForPOS].
func (c Customer) ClaimKey(orderID string) string {
	digits := c.PhoneDigits()
	switch {
	case c.Email != "":
		return strings.ToLower(c.Email)
	case digits != "":
		return "phone:" + digits
	default:
		return "order:" + orderID
	}
}

func (a Address) forPOS() Address {
	for _, line := range []*string{&a.Line1, &a.Line2, &a.City, &a.Region, &a.Zip, &a.Country} {
		*line = posText(*line, posAddress)
	}
	return a
}

// Text writes the address on one line; empty if it is empty.
func (a Address) Text() string {
	var parts []string
	for _, part := range []string{a.Line1, a.Line2, a.City, strings.TrimSpace(a.Region + " " + a.Zip), a.Country} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// methodForPOS returns what the payment type of a method is called.
func methodForPOS(method string) string { return text.Clip(posText(method, posMethod), posMethod) }

// saleNote returns the internal note of the order's sale. The address comes before what the buyer noted, which may have to be cut.
func (o Order) saleNote() string {
	parts := []string{posText(o.Note, posNote)}
	if to := o.Shipping.forPOS().Text(); to != "" {
		parts = []string{"Ship to: " + to + ".", parts[0]}
	}
	return posText(strings.Join(parts, " "), posNote)
}
