package graphqlhttp_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const (
	acceptJSON     = "application/json"
	acceptResponse = "application/graphql-response+json"
)

// TestSpecification holds the rules of GraphQL over HTTP that npm graphql-http audits (audit/ runs the originals), under both media
// types.
func TestSpecification(t *testing.T) {
	h := newHandler(nil, nil)
	typename := `{"query":"{ __typename }"}`
	escape := url.QueryEscape
	tests := []struct {
		name, method, target, body string
		headers                    []string
		status                     int
		media                      string // "" means not checked
		data                       string // "" means there is no data entry
	}{
		{"graphql-response+json is matched", "POST", "", typename, []string{"Accept", acceptResponse}, 200, acceptResponse, `{"__typename":"Query"}`},
		{"json is matched", "POST", "", typename, []string{"Accept", acceptJSON}, 200, acceptJSON, `{"__typename":"Query"}`},
		{"anything means json", "POST", "", typename, []string{"Accept", "*/*"}, 200, acceptJSON, `{"__typename":"Query"}`},
		{"no accept means json", "POST", "", typename, nil, 200, acceptJSON, `{"__typename":"Query"}`},
		{"the better liked type wins", "POST", "", typename, []string{"Accept", "application/json;q=0.8, application/graphql-response+json"}, 200, acceptResponse, `{"__typename":"Query"}`},
		{"unacceptable", "POST", "", typename, []string{"Accept", "text/html"}, 406, acceptJSON, ""},
		{"refused by weight", "POST", "", typename, []string{"Accept", "application/json;q=0"}, 406, acceptJSON, ""},
		{"utf-8 by name", "POST", "", `{"query":"{ __type(name: \"Run🏃Swim🏊\") { name } }"}`, []string{"Content-Type", "application/json; charset=utf-8"}, 200, "", `{"__type":null}`},
		{"another charset", "POST", "", typename, []string{"Content-Type", "application/json; charset=latin1"}, 415, "", ""},
		{"another content type", "POST", "", typename, []string{"Content-Type", "text/plain"}, 415, "", ""},
		{"no content type", "POST", "", typename, []string{"Content-Type", ""}, 415, "", ""},
		{"multipart", "POST", "", typename, []string{"Content-Type", "multipart/form-data; boundary=x"}, 415, "", ""},
		{"no body", "POST", "", "", nil, 400, "", ""},
		{"cut JSON", "POST", "", `{ "not a JSON`, nil, 400, acceptJSON, ""},
		{"cut JSON, graphql-response+json", "POST", "", `{ "not a JSON`, []string{"Accept", acceptResponse}, 400, acceptResponse, ""},
		{"null for a body", "POST", "", `null`, nil, 400, "", ""},
		{"two bodies", "POST", "", typename + typename, nil, 400, "", ""},
		{"no query", "POST", "", `{"qeury":"{ __typename }"}`, nil, 400, "", ""},
		{"empty query, json", "POST", "", `{"query":""}`, nil, 200, "", ""},
		{"empty query, graphql-response+json", "POST", "", `{"query":""}`, []string{"Accept", acceptResponse}, 400, "", ""},
		{"query is an object", "POST", "", `{"query":{"obj":"ect"}}`, nil, 400, "", ""},
		{"query is a number", "POST", "", `{"query":0}`, nil, 400, "", ""},
		{"query is a boolean", "POST", "", `{"query":false}`, nil, 400, "", ""},
		{"query is an array", "POST", "", `{"query":["array"]}`, nil, 400, "", ""},
		{"operation name is an object", "POST", "", `{"query":"{ __typename }","operationName":{"obj":"ect"}}`, nil, 400, "", ""},
		{"variables are a string", "POST", "", `{"query":"{ __typename }","variables":"string"}`, nil, 400, "", ""},
		{"variables are an array", "POST", "", `{"query":"{ __typename }","variables":["array"]}`, nil, 400, "", ""},
		{"extensions are a number", "POST", "", `{"query":"{ __typename }","extensions":0}`, nil, 400, "", ""},
		{"everything null", "POST", "", `{"query":"{ __typename }","variables":null,"operationName":null,"extensions":null}`, nil, 200, "", `{"__typename":"Query"}`},
		{"everything given", "POST", "", `{"query":"query Q($n: String!) { __type(name: $n) { name } }","variables":{"n":"Item"},"operationName":"Q","extensions":{"some":"value"}}`, nil, 200, "", `{"__type":{"name":"Item"}}`},
		{"syntax error, json", "POST", "", `{"query":"{"}`, []string{"Accept", acceptJSON}, 200, acceptJSON, ""},
		{"syntax error, graphql-response+json", "POST", "", `{"query":"{"}`, []string{"Accept", acceptResponse}, 400, acceptResponse, ""},
		{"unknown field, json", "POST", "", `{"query":"{ nothing }"}`, []string{"Accept", acceptJSON}, 200, acceptJSON, ""},
		{"unknown field, graphql-response+json", "POST", "", `{"query":"{ nothing }"}`, []string{"Accept", acceptResponse}, 400, acceptResponse, ""},
		{"bad variable, json", "POST", "", `{"query":"query($id: ID!) { item(id: $id) { id } }","variables":{"id":null}}`, []string{"Accept", acceptJSON}, 200, acceptJSON, ""},
		{"bad variable, graphql-response+json", "POST", "", `{"query":"query($id: ID!) { item(id: $id) { id } }","variables":{"id":null}}`, []string{"Accept", acceptResponse}, 400, acceptResponse, ""},
		{"two operations, none chosen", "POST", "", `{"query":"query A { who } query B { who }"}`, []string{"Accept", acceptResponse}, 400, "", ""},
		{"two operations, an unknown one chosen", "POST", "", `{"query":"query A { who } query B { who }","operationName":"C"}`, []string{"Accept", acceptResponse}, 400, "", ""},
		{"two operations, one chosen", "POST", "", `{"query":"query A { a: who } query B { b: who }","operationName":"B"}`, nil, 200, "", `{"b":"ann"}`},
		{"an error in a nullable field", "POST", "", `{"query":"{ fail(as: PLAIN) }"}`, []string{"Accept", acceptResponse}, 200, acceptResponse, `{"fail":null}`},
		{"an error that empties the data", "POST", "", `{"query":"{ failHard }"}`, []string{"Accept", acceptResponse}, 200, acceptResponse, `null`},
		{"GET", "GET", "?query=" + escape("{ who }"), "", nil, 200, acceptJSON, `{"who":"ann"}`},
		{"GET with variables", "GET", "?query=" + escape("query Q($n: String!) { __type(name: $n) { name } }") + "&operationName=Q&variables=" + escape(`{"n":"Item"}`), "", []string{"Accept", acceptResponse}, 200, acceptResponse, `{"__type":{"name":"Item"}}`},
		{"GET without a query", "GET", "", "", nil, 400, "", ""},
		{"GET with two queries", "GET", "?query=" + escape("{ who }") + "&query=" + escape("{ __typename }"), "", nil, 400, "", ""},
		{"GET with bad variables", "GET", "?query=" + escape("{ who }") + "&variables=" + escape(`{}]`), "", nil, 400, "", ""},
		{"GET of a mutation", "GET", "?query=" + escape("mutation { __typename }"), "", []string{"Accept", acceptResponse}, 405, "", ""},
		{"PUT", "PUT", "", typename, nil, 405, "", ""},
		{"DELETE", "DELETE", "", "", nil, 405, "", ""},
		{"HEAD", "HEAD", "", "", nil, 405, "", ""},
		{"a batch", "POST", "", `[` + typename + `,` + typename + `]`, nil, 400, "", ""},
		{"a subscription without a stream", "POST", "", `{"query":"subscription { ticks(to: 3) }"}`, []string{"Accept", acceptResponse}, 400, "", ""},
		{"no token", "POST", "", typename, []string{"Authorization", ""}, 401, acceptJSON, ""},
		{"a bad token", "POST", "", typename, []string{"Authorization", "Bearer nonsense"}, 401, acceptJSON, ""},
		{"another scheme", "POST", "", typename, []string{"Authorization", "Basic " + token}, 401, acceptJSON, ""},
		{"a body over the limit", "POST", "", `{"query":"{ __typename } #` + strings.Repeat("x", 128<<10) + `"}`, nil, 413, "", ""},
		{"a query string over the limit", "GET", "?query=" + strings.Repeat("x", 129<<10), "", nil, 414, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := send(t, h, tt.method, "/graphql"+tt.target, tt.body, tt.headers...)
			if a.status != tt.status {
				t.Errorf("status %d, want %d\n%s", a.status, tt.status, a.body)
			}
			if media := a.header.Get("Content-Type"); tt.media != "" && media != tt.media+"; charset=utf-8" {
				t.Errorf("content type %q, want %q", media, tt.media)
			}
			if string(a.Data) != tt.data {
				t.Errorf("data %s, want %s", a.Data, tt.data)
			}
			if tt.data == "" && (strings.Contains(a.body, `"data"`) || a.code() == "") {
				t.Errorf("want no data entry and an error with a code: %s", a.body)
			}
			for _, e := range a.Errors {
				if id := e.Extensions["requestId"]; id == nil || id != a.header.Get("X-Request-Id") {
					t.Errorf("an error's requestId is %v, the header's %q", id, a.header.Get("X-Request-Id"))
				}
			}
			if tt.status == http.StatusMethodNotAllowed && a.header.Get("Allow") == "" {
				t.Error("405 without Allow")
			}
			if tt.status == http.StatusUnauthorized && !strings.HasPrefix(a.header.Get("WWW-Authenticate"), "Bearer ") {
				t.Error("401 without a challenge")
			}
			if a.header.Get("Cache-Control") != "private, no-store" {
				t.Error("the answer may be stored")
			}
		})
	}
}
