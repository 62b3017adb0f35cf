package reference_test

import (
	"strings"
	"testing"

	"possync/internal/lightspeed"
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/jobs/reference"
)

// Texts of any length and script are stored: one that the columns did not take would hold up every sync of the site.
func TestStoreLongTexts(t *testing.T) {
	client, _ := storetest.Any(t)
	ctx, _ := storetest.Site(t, client, "site")
	for _, letter := range []string{"x", "é", "店", "🚲"} {
		long := strings.Repeat(letter, 400)
		stored, err := settings.Read(ctx, client)
		if err != nil {
			t.Fatal(err)
		}
		_, err = reference.Store(ctx, client, stored, reference.Lists{
			Shops:         []lightspeed.Shop{{ShopID: 1, Name: long, TimeZone: long}},
			Registers:     []lightspeed.Register{{RegisterID: 1, Name: long}},
			Employees:     []lightspeed.Employee{{EmployeeID: 1, FirstName: long, LastName: long}},
			PriceLevels:   []lightspeed.PriceLevel{{PriceLevelID: 1, Name: long}},
			PaymentTypes:  []lightspeed.PaymentType{{PaymentTypeID: 1, Name: long, Type: long, Code: long}},
			Manufacturers: []lightspeed.Manufacturer{{ManufacturerID: 1, Name: long}},
			Categories:    []lightspeed.Category{{CategoryID: 1, FullPathName: long}},
		}, storetest.Now())
		if err != nil {
			t.Errorf("400 × %s: %v", letter, err)
		}
	}
}
