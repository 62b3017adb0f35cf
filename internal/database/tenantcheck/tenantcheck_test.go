package tenantcheck_test

import (
	"context"
	"errors"
	"testing"

	"possync/internal/database/tenantcheck"
	"possync/internal/tenant"
)

func TestStatement(t *testing.T) {
	check := tenantcheck.New([]string{"products", "sites"})
	a, b := tenant.SiteID("a"), tenant.SiteID("b")
	nobody := context.Background()
	site, system := tenant.WithSite(nobody, a), tenant.System(nobody)
	for name, test := range map[string]struct {
		ctx   context.Context
		query string
		args  []any
		ok    bool
	}{
		"as the site":                      {site, `select * from "products" where "site_id" = $1`, []any{a}, true},
		"as the site, one of many":         {site, `select * from products where id = $1 and site_id = $2`, []any{"p", a}, true},
		"without the site":                 {site, `select * from "products" where "id" = $1`, []any{"p"}, false},
		"without arguments":                {site, `select * from products`, nil, false},
		"as another site":                  {site, `select * from products where site_id = $1`, []any{b}, false},
		"the site itself":                  {site, `select * from sites where id = $1`, []any{a}, true},
		"another site itself":              {site, `select * from sites where id = $1`, []any{b}, false},
		"a write":                          {site, `update products set name = $1`, []any{"x"}, false},
		"in a subquery":                    {site, `select (select count(*) from products)`, nil, false},
		"in backquotes":                    {site, "delete from `products` where id = ?", []any{"p"}, false},
		"in capitals":                      {site, `SELECT * FROM PRODUCTS`, nil, false},
		"with a schema":                    {site, `select * from public.products`, nil, false},
		"the id as bytes is not the id":    {site, `select * from products where site_id = $1`, []any{[]byte(a)}, false},
		"a table of nobody":                {site, `select * from database_states`, nil, true},
		"a longer name":                    {site, `select * from products_old`, nil, true},
		"the name in data":                 {site, `select 'it''s products', 1`, nil, true},
		"after data":                       {site, `select 'x', 'it''s' from products`, nil, false},
		"the system":                       {system, `select * from products`, nil, true},
		"nobody":                           {nobody, `select * from products where site_id = $1`, []any{a}, false},
		"nobody, a table of nobody":        {nobody, `select 1`, nil, true},
		"a request that became the system": {tenant.System(tenant.NewContext(nobody, tenant.Principal{SiteID: a})), `select * from products`, nil, false},
	} {
		err := check.Statement(test.ctx, test.query, test.args)
		if ok := err == nil; ok != test.ok {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && !errors.Is(err, tenantcheck.ErrRefused) {
			t.Errorf("%s: %v is of no kind", name, err)
		}
	}
}
