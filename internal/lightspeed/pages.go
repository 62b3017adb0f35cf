package lightspeed

import (
	"cmp"
	"strings"
)

// The addresses of pages in Lightspeed's back office: {id} is the record's number. {account} may stand for the account's.
const (
	DefaultSalePage     = "https://us.merchantos.com/?name=transaction.views.transaction&form_name=view&tab=details&id={id}"
	DefaultItemPage     = "https://us.merchantos.com/?name=item.views.item&form_name=view&tab=details&id={id}"
	DefaultCustomerPage = "https://us.merchantos.com/?name=customer.views.customer&form_name=view&tab=details&id={id}"
)

// Pages are the addresses at which people see records in Lightspeed. Empty ones are the defaults.
type Pages struct{ Item, Sale, Customer string }

// ItemURL is where the item with this number is shown.
func (p Pages) ItemURL(accountID string, itemID int64) string {
	return pageURL(cmp.Or(p.Item, DefaultItemPage), accountID, itemID)
}

// SaleURL is where the sale with this number is shown.
func (p Pages) SaleURL(accountID string, saleID int64) string {
	return pageURL(cmp.Or(p.Sale, DefaultSalePage), accountID, saleID)
}

// CustomerURL is where the customer with this number is shown.
func (p Pages) CustomerURL(accountID string, customerID int64) string {
	return pageURL(cmp.Or(p.Customer, DefaultCustomerPage), accountID, customerID)
}

func pageURL(template, accountID string, number int64) string {
	return strings.NewReplacer("{id}", id(number), "{account}", accountID).Replace(template)
}
