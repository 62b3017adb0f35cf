package demo_test

import (
	"fmt"
	"strings"
	"testing"

	"possync/internal/tenant"
)

// setUp connects, maps the stores, switches exports on and goes live.
func (f *fixture) setUp(t *testing.T) {
	t.Helper()
	_, page := f.connect(t, "admin", "allow")
	f.enter(t, page)
	f.watch(t, func(s status) bool { return s.State == "COMPLETED" && s.Run.Trigger == "CONNECT" })
	var stores struct{ Shops, Locations, Employees, Registers []struct{ ID string } }
	f.do(t, `{ shops { id } locations { id } employees { id } registers { id } }`, &stores)
	var pairs []string
	for i, shop := range stores.Shops {
		pairs = append(pairs, fmt.Sprintf("{shopId: %q, locationId: %q}", shop.ID, stores.Locations[i].ID))
	}
	f.do(t, `mutation { setStoreMappings(input: {mappings: [`+strings.Join(pairs, ", ")+`]}) { userErrors { message } } }`, nil)
	f.watch(t, func(s status) bool { return s.State == "COMPLETED" && s.Run.Kind == "EVALUATION" })
	f.do(t, fmt.Sprintf(`mutation { updateExportSettings(input: {enabled: true, employeeId: %q, registerId: %q, taxHandling: LINE}) { userErrors { message } } }`,
		stores.Employees[0].ID, stores.Registers[0].ID), nil)
	f.do(t, `mutation { goLive { userErrors { message } } }`, nil)
}

// startSync requests a sync. While another one runs that does not include it, it waits and asks again: the service starts syncs of its
// own, for example after a change of settings.
func (f *fixture) startSync(t *testing.T, input string) {
	t.Helper()
	client := f.client(t, tenant.RoleManage)
	f.watch(t, func(status) bool {
		err := client.Do(f.ctx, `mutation { startSync(input: `+input+`) { userErrors { message } } }`, nil, nil)
		if err != nil && !strings.Contains(err.Error(), "Another sync is running") {
			t.Fatal(err)
		}
		return err == nil
	})
}
