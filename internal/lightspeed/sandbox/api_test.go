package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestServer_ZeroValue(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{})
	if got, want := r.get("/API/V3/Account.json").body, `{"@attributes":{"count":"1"},"Account":{"accountID":"123456",`+
		`"name":"Example Cycles","link":{"@attributes":{"href":"\/API\/V3\/Account\/123456"}}}}`; got != want {
		t.Errorf("Account.json:\n%s\nwant\n%s", got, want)
	}
	if got := r.get("/API/V3/Account/123456.json"); got.json["Account"] != nil || got.json["name"] != DefaultAccountName {
		t.Errorf("single account must be unwrapped: %s", got.body)
	}
	if got := len(r.all("Item.json?archived=true", "Item")); got != DefaultItems {
		t.Errorf("items: %d, want %d", got, DefaultItems)
	}
	if got, want := len(r.get("Shop.json").rows("Shop")), DefaultShops; got != want {
		t.Errorf("shops: %d, want %d", got, want)
	}
}

func TestServer_DateIsTheSandboxs(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{})
	r.s.Advance(30 * time.Minute)
	got, err := http.ParseTime(r.get("Shop.json").header.Get("Date"))
	if want := start.Add(30*time.Minute + time.Second); err != nil || !got.Equal(want) {
		t.Errorf("Date %v (%v), want %v", got, err, want)
	}
}

// TestEnvelope_OneOrMany: a list of one is an object, an empty one is absent, at the root and below.
func TestEnvelope_OneOrMany(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Shops: 1, Items: 30})
	one := r.get(`Shop.json?load_relations=["Registers","PriceLevel"]`)
	shop, ok := one.json["Shop"].(map[string]any)
	if !ok {
		t.Fatalf("one shop must be an object: %s", one.body)
	}
	if _, ok := shop["Registers"].(map[string]any)["Register"].(map[string]any); !ok {
		t.Errorf("one register must be an object: %s", one.body)
	}
	if got := shop["PriceLevel"].(map[string]any); len(got) != 4 || got["name"] != "Default" {
		t.Errorf("embedded price level: %v", got)
	}
	none := r.get("Shop.json?" + filterParam("shopID", ">", "99"))
	if none.body != `{"@attributes":{"next":"","previous":""}}` {
		t.Errorf("empty list: %s", none.body)
	}
	many := r.get(`Item.json?load_relations=["ItemShops"]&limit=5`)
	for _, row := range many.rows("Item") {
		prices := row["Prices"].(map[string]any)["ItemPrice"].([]any)
		if len(prices) != 5 {
			t.Errorf("prices: %v", prices)
		}
		stock := rowsOf(row["ItemShops"].(map[string]any)["ItemShop"])
		if last := stock[len(stock)-1]; last["shopID"] != "0" {
			t.Errorf("the summary row must be last: %v", stock)
		}
	}
	single := r.get("Item/1.json")
	if _, ok := single.json["Item"].(map[string]any); !ok || single.attr("count") != "1" {
		t.Errorf("single: %s", single.body)
	}
}

// TestEnvelope_ScalarsAreStrings walks a whole body: no number, boolean or null anywhere.
func TestEnvelope_ScalarsAreStrings(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 50})
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, e := range v {
				walk(path+"."+k, e)
			}
		case []any:
			for i, e := range v {
				walk(fmt.Sprintf("%s[%d]", path, i), e)
			}
		case string:
		default:
			t.Errorf("%s is %T", path, v)
		}
	}
	for _, p := range []string{`Item.json?load_relations=all`, "ItemShop.json", `Employee.json?load_relations=all`,
		"PriceLevel.json", "PaymentType.json", "Category.json", "Manufacturer.json", "Register.json",
		`Shop.json?load_relations=all`, "/API/V3/Session.json", "/API/V3/Account.json"} {
		walk(p, r.get(p).json)
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Accounts: []AccountOptions{{ID: "1"}, {ID: "2"}}})
	clerk := r.login("1", LoginClerk).AccessToken
	admin := r.cred.AccessToken
	for _, c := range []struct {
		name, method, path, token, body string
		status                          int
		contains                        string
	}{
		{"no token", "GET", "Shop.json", "", "", 401, "Access token could not be verified"},
		{"bad token", "GET", "Shop.json", "xyz", "", 401, `"error":"access_denied"`},
		{"unknown id", "GET", "Employee/77.json", admin, "", 404,
			"Object of type 'Employee' not found with primary ID '77'."},
		{"unknown resource", "GET", "Nothing.json", admin, "", 404, `"httpCode":"404"`},
		{"not a number", "GET", "Item/x.json", admin, "", 404, `"httpCode":"404"`},
		{"method", "DELETE", "Shop/1.json", admin, "", 405, `"httpMessage":"Method Not Allowed"`},
		{"patch", "PATCH", "Item/1.json", admin, "", 405, `"httpCode":"405"`},
		{"other account", "GET", "/API/V3/Account/2/Shop.json", admin, "", 403, "InsufficientRightsException"},
		{"clerk stock", "GET", "ItemShop.json", clerk, "", 403, "Insufficient rights"},
		{"clerk levels", "GET", "PriceLevel.json", clerk, "", 403, "Insufficient rights"},
		{"clerk edits", "PUT", "Item/1.json", clerk, `{"description":"x"}`, 403, "Insufficient rights"},
		{"clerk items", "GET", "Item.json?limit=1", clerk, "", 200, `"itemID":"1"`},
		{"no description", "POST", "Item.json", admin, `{"upc":"1"}`, 400,
			"Item not created. An Item must have a description."},
		{"bad body", "POST", "Item.json", admin, `{"upc"`, 400, "not a JSON object"},
		{"no suffix is XML", "GET", "Shop", admin, "", 406, "JSON only"},
		{"unknown filter", "GET", "Item.json?colour=red", admin, "", 400, "no field colour"},
		{"unknown sort", "GET", "Item.json?sort=upc", admin, "", 400, "itemID, timeStamp, description"},
		{"offset", "GET", "Item.json?offset=0", admin, "", 400, "not supported in V3"},
		{"orderby", "GET", "Item.json?orderby=itemID", admin, "", 400, "not supported in V3"},
		{"limit", "GET", "Item.json?limit=101", admin, "", 400, "limit"},
		{"bad cursor", "GET", "Item.json?after=zzz", admin, "", 400, "cursor"},
		{"relation", "GET", `Item.json?load_relations=["Nope"]`, admin, "", 400, "no relation Nope"},
		{"filter on unloaded", "GET", "Item.json?ItemShops.qoh=1", admin, "", 400, "must be loaded"},
		{"count with limit", "GET", "Item.json?count=1&limit=5", admin, "", 400, "count cannot be combined"},
		{"twice", "GET", "Item.json?itemID=1&itemID=2", admin, "", 400, "given twice"},
	} {
		r.clock.add(20 * time.Second)
		a, err := r.try(c.method, r.path(c.path), c.token, "application/json", c.body)
		if err != nil {
			t.Fatal(err)
		}
		if a.status != c.status || !strings.Contains(a.body, c.contains) {
			t.Errorf("%s: %d %.300s, want %d with %q", c.name, a.status, a.body, c.status, c.contains)
		}
		if hasBucket := a.header.Get("X-LS-Api-Bucket-Level") != ""; hasBucket == (c.status == 401) {
			t.Errorf("%s: bucket headers: %v", c.name, hasBucket)
		}
	}
}

func TestSession_Rights(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{})
	for login, want := range map[string][2]bool{LoginAdmin: {true, true}, LoginManager: {true, false},
		LoginClerk: {false, false}} {
		r.clock.add(time.Second)
		a, err := r.try("GET", "/API/V3/Session.json", r.login("", login).AccessToken, "", "")
		if err != nil {
			t.Fatal(err)
		}
		rights := a.json["Rights"].(map[string]any)
		if got := [2]bool{rights["admin"] == "true", rights["admin_shops"] == "true"}; got != want {
			t.Errorf("%s: admin, admin_shops = %v, want %v", login, got, want)
		}
		if a.json["@attributes"] != nil || a.json["shopCount"] != "3" {
			t.Errorf("session: %s", a.body)
		}
	}
}
