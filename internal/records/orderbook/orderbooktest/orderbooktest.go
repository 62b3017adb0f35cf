// Package orderbooktest makes what a site's orders need in order to be exported.
package orderbooktest

import (
	"context"
	"testing"

	"possync/ent"
)

// Shop is a site whose main location is the shop with the two registers.
type Shop struct {
	Bell, Cable *ent.Product // linked, not linked
	Item        *ent.PosItem // the bell at the POS
	Main        *ent.Location
	Branch      *ent.Location // has no shop
	Employee    *ent.Employee
	Front, Back *ent.Register
}

// Fill makes it for the site that the context acts as. The connection and the export settings are up to the test.
func Fill(t testing.TB, ctx context.Context, client *ent.Client) *Shop {
	t.Helper()
	s := &Shop{}
	s.Main = client.Location.Create().SetKey("main").SetName("Main").SaveX(ctx)
	s.Branch = client.Location.Create().SetKey("branch").SetName("Branch").SaveX(ctx)
	pos := client.Shop.Create().SetLightspeedID(3).SetName("Main").SaveX(ctx)
	client.StoreMapping.Create().SetShopID(pos.ID).SetLocationID(s.Main.ID).ExecX(ctx)
	s.Employee = client.Employee.Create().SetLightspeedID(5).SetName("Web").SaveX(ctx)
	s.Front = client.Register.Create().SetLightspeedID(11).SetName("Front").SetLightspeedShopID(3).SaveX(ctx)
	s.Back = client.Register.Create().SetLightspeedID(12).SetName("Back").SetLightspeedShopID(3).SaveX(ctx)
	s.Bell = client.Product.Create().SetKey("bell").SetName("Bell").SaveX(ctx)
	s.Cable = client.Product.Create().SetKey("cable").SetName("Cable").SaveX(ctx)
	s.Item = client.PosItem.Create().SetLightspeedID(77).SetDescription("Bell").SetProductID(s.Bell.ID).SaveX(ctx)
	return s
}
