package web_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"possync/ent"
	links "possync/graph/download"
	"possync/internal/database"
	"possync/internal/records/store/storetest"
)

// linked is an API with an item on each of two sites, and a link to the first one's items.
type linked struct {
	*api
	link string // below the server's address
}

func newLinked(t *testing.T, client *ent.Client) linked {
	t.Helper()
	for i, key := range []string{"world", "other"} {
		ctx, _ := storetest.Site(t, client, key)
		client.PosItem.Create().SetLightspeedID(int64(i + 1)).SetDescription("Bell of " + key).SaveX(ctx)
		client.PosItem.Create().SetLightspeedID(int64(i + 3)).SetDescription("Old bell of " + key).SetArchived(true).SaveX(ctx)
	}
	a := newAPI(t, client)
	return linked{a, a.newLink("world", "ITEMS_CSV", "archived=false")}
}

// newLink makes a link with a token.
func (a *api) newLink(token, file, query string) string {
	a.t.Helper()
	a.token = token
	var data struct {
		CreateDownloadLink struct {
			DownloadLink *struct {
				URL       string
				ExpiresAt time.Time
			}
			UserErrors []struct{ Message string }
		}
	}
	a.ask(&data, `mutation($f: DownloadFile!, $q: String!) { createDownloadLink(input: {file: $f, query: $q}) { downloadLink { url expiresAt } userErrors { message } } }`,
		map[string]any{"f": file, "q": query})
	got := data.CreateDownloadLink.DownloadLink
	if got == nil || !got.ExpiresAt.Equal(a.clock.Now().Add(5*time.Minute).Truncate(time.Second)) {
		a.t.Fatalf("the link is %+v, %v", got, data.CreateDownloadLink.UserErrors)
	}
	link, ok := strings.CutPrefix(got.URL, "http://possync.example")
	if !ok || strings.Contains(link, token) {
		a.t.Fatalf("the link is %s", got.URL)
	}
	return link
}

// get fetches without a token, unless one is given.
func (a *api) get(path, token string) (int, string) {
	a.t.Helper()
	response := a.do("GET", path, token, nil)
	body, err := io.ReadAll(response.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestDownloadLinkServesItsFile(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		a := newLinked(t, client)
		status, body := a.get(a.link, "")
		if status != http.StatusOK || !strings.Contains(body, "Bell of world") || strings.Contains(body, "other") || strings.Contains(body, "Old") {
			t.Errorf("%d %s", status, body)
		}
		for _, token := range []string{"world/manage", "world/service"} {
			if status, body = a.get(a.newLink(token, "PRODUCTS_NDJSON", ""), ""); status != http.StatusOK || !strings.Contains(body, `"hasMore":false`) {
				t.Errorf("%s: %d %s", token, status, body)
			}
		}
		if status, body = a.get(a.newLink("other", "ITEMS_CSV", ""), ""); status != http.StatusOK || !strings.Contains(body, "Old bell of other") || strings.Contains(body, "world") {
			t.Errorf("another site's link: %d %s", status, body)
		}
		if log := a.log.String(); strings.Contains(log, "link=") || strings.Contains(log, a.link) {
			t.Errorf("the log has the link: %s", log)
		}
	})
}

func TestDownloadLinkRefuses(t *testing.T) {
	client, _ := storetest.Any(t)
	a := newLinked(t, client)
	path, sealed, _ := strings.Cut(a.link, "?link=")
	refused := func(name, link, token string, status int, code string) {
		t.Helper()
		if got, body := a.get(link, token); got != status || !strings.Contains(body, `"`+code+`"`) || strings.Contains(body, "Bell") {
			t.Errorf("%s: %d %s", name, got, body)
		}
	}
	for i := range sealed {
		other := byte('A')
		if sealed[i] == other {
			other = 'B'
		}
		if i == len(sealed)-1 { // whose last bits may mean nothing
			continue
		}
		refused(fmt.Sprint("changed at ", i), path+"?link="+sealed[:i]+string(other)+sealed[i+1:], "", 401, "UNAUTHENTICATED")
	}
	refused("cut", path+"?link="+sealed[:len(sealed)-4], "", 401, "UNAUTHENTICATED")
	refused("empty", path+"?link=", "", 401, "UNAUTHENTICATED")
	refused("another file", "/export/products.ndjson?link="+sealed, "", 401, "UNAUTHENTICATED")
	refused("the schema", "/schema.graphql?link="+sealed, "", 401, "UNAUTHENTICATED")
	refused("another filter", a.link+"&archived=true", "", 400, "BAD_USER_INPUT")
	refused("two links", a.link+"&link="+sealed, "", 400, "BAD_USER_INPUT")
	refused("a token of another site beside it", a.link, "other", 400, "BAD_USER_INPUT")

	a.revoked["world"] = true
	refused("a token that was revoked", a.link, "", 401, "UNAUTHENTICATED")
	delete(a.revoked, "world")
	a.clock.Advance(5*time.Minute - time.Second)
	if status, body := a.get(a.link, ""); status != http.StatusOK {
		t.Errorf("just before its end: %d %s", status, body)
	}
	a.clock.Advance(time.Second)
	refused("expired", a.link, "", 401, "UNAUTHENTICATED")
}

func TestDownloadLinkOfABadFilter(t *testing.T) {
	client, _ := storetest.Any(t)
	a := newLinked(t, client)
	for file, queries := range map[string][]string{
		"ITEMS_CSV":       {"colour=red", "displayed=yes", "%zz", strings.Repeat("a", 32_001), "brand=\u0000"},
		"PRODUCTS_NDJSON": {"after=x", "displayed=true"},
	} {
		for _, query := range queries {
			var data struct {
				CreateDownloadLink struct {
					DownloadLink *struct{ URL string }
					UserErrors   []struct {
						Code, Message string
						Field         []string
					}
				}
			}
			a.ask(&data, `mutation($f: DownloadFile!, $q: String!) { createDownloadLink(input: {file: $f, query: $q}) { downloadLink { url } userErrors { code message field } } }`,
				map[string]any{"f": file, "q": query})
			got := data.CreateDownloadLink
			if got.DownloadLink != nil || len(got.UserErrors) != 1 || got.UserErrors[0].Code != "INVALID" || strings.Join(got.UserErrors[0].Field, "/") != "query" {
				t.Errorf("%s with %.20q: %+v", file, query, got)
			}
		}
	}
}

// A link works with the longest filter that a page makes, and one that would be too long for web servers says what to do.
func TestDownloadLinkOfALongFilter(t *testing.T) {
	client, _ := storetest.Any(t)
	a := newLinked(t, client)
	filter := func(brands int) string {
		random, values := rand.New(rand.NewPCG(1, 2)), url.Values{"search": {strings.Repeat("é", 200)}}
		for range brands {
			name := make([]rune, 16)
			for i := range name {
				name[i] = []rune("abcdefghijklmnopqrstuvwxyz ü")[random.IntN(28)]
			}
			values.Add("brand", string(name))
		}
		return values.Encode()
	}
	link := a.newLink("world", "ITEMS_CSV", filter(250))
	if status, body := a.get(link, ""); status != http.StatusOK || len(link) > links.MaxURL {
		t.Errorf("a link of %d characters: %d %s", len(link), status, body)
	}
	if status, body := a.get(a.newLink("world", "ITEMS_CSV", "search=Bell&brand="+strings.Repeat("&brand=", 240)), ""); status != http.StatusOK {
		t.Errorf("a filter that says the same often: %d %s", status, body)
	}
	var data struct {
		CreateDownloadLink struct {
			UserErrors []struct{ Code, Message string }
		}
	}
	a.ask(&data, `mutation($q: String!) { createDownloadLink(input: {file: ITEMS_CSV, query: $q}) { userErrors { code message } } }`, map[string]any{"q": filter(900)})
	if got := data.CreateDownloadLink.UserErrors; len(got) != 1 || got[0].Code != "TOO_MUCH" || !strings.Contains(got[0].Message, "Choose fewer brands") {
		t.Errorf("a filter that is too long: %+v", got)
	}
}

// The schema is served to those who are signed in.
func TestSchemaFile(t *testing.T) {
	client, _ := storetest.Any(t)
	a := newLinked(t, client)
	if status, body := a.get("/schema.graphql", "world"); status != http.StatusOK || !strings.Contains(body, "type Query {") || !strings.Contains(body, "createDownloadLink(") {
		t.Errorf("%d %.300s", status, body)
	}
	if status, body := a.get("/schema.graphql", ""); status != http.StatusUnauthorized || strings.Contains(body, "type Query") {
		t.Errorf("without a token: %d %.300s", status, body)
	}
	if status, _ := a.get("/schema.graphql?x=1", "world"); status != http.StatusBadRequest {
		t.Errorf("with a parameter: %d", status)
	}
}

// Whatever the HTTP layer refuses of the API, the response is a GraphQL error with a code and the request's id, and says that it cost nothing.
func TestRefusalsOfTheHTTPLayer(t *testing.T) {
	client, _ := storetest.Any(t)
	a := newLinked(t, client)
	for _, tt := range []struct {
		name, method, path string
		header             map[string]string
		status             int
		code               string
	}{
		{"another origin's page", "POST", "/graphql", map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, 403, "FORBIDDEN"},
		{"a media type", "POST", "/graphql", map[string]string{"Content-Type": "text/plain"}, 415, "BAD_USER_INPUT"},
		{"a method", "PUT", "/graphql", nil, 405, "BAD_USER_INPUT"},
		{"a media type to accept", "POST", "/graphql", map[string]string{"Accept": "text/html"}, 406, "BAD_USER_INPUT"},
		{"no token", "POST", "/graphql", map[string]string{"Authorization": ""}, 401, "UNAUTHENTICATED"},
		{"an address below", "GET", "/graphql/playground", nil, 404, "NOT_FOUND"},
		{"another file", "GET", "/export/orders.csv", nil, 404, "NOT_FOUND"},
		{"a method of a file", "POST", "/export/items.csv", nil, 405, "BAD_USER_INPUT"},
		{"a file without a token", "GET", "/export/items.csv", map[string]string{"Authorization": ""}, 401, "UNAUTHENTICATED"},
		{"a method of the schema", "DELETE", "/schema.graphql", nil, 405, "BAD_USER_INPUT"},
		{"a WebSocket of another origin", "GET", "/graphql", map[string]string{"Connection": "Upgrade", "Upgrade": "websocket", "Origin": "https://evil.example"}, 403, "FORBIDDEN"},
		{"a WebSocket without a key", "GET", "/graphql", map[string]string{"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}, 400, "BAD_USER_INPUT"},
		{"a WebSocket of another version", "GET", "/graphql", map[string]string{"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "8"}, 400, "BAD_USER_INPUT"},
		{"a WebSocket that is none", "GET", "/graphql", map[string]string{"Upgrade": "websocket"}, 426, "BAD_USER_INPUT"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), tt.method, a.url+tt.path, strings.NewReader(`{"query":"{ site { id } }"}`))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Authorization", "Bearer world")
			for name, value := range tt.header {
				r.Header.Set(name, value)
			}
			response, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = response.Body.Close() }()
			var body struct {
				Data   json.RawMessage
				Errors []struct {
					Message    string
					Extensions struct{ Code, RequestID string }
				}
				Extensions struct{ Cost *struct{ Requested int } }
			}
			if err := json.NewDecoder(response.Body).Decode(&body); err != nil || len(body.Errors) != 1 || body.Data != nil {
				t.Fatalf("%d: %v, %+v", response.StatusCode, err, body)
			}
			e := body.Errors[0]
			if response.StatusCode != tt.status || e.Extensions.Code != tt.code || e.Message == "" || body.Extensions.Cost == nil {
				t.Errorf("%d %+v", response.StatusCode, body)
			}
			if id := response.Header.Get("X-Request-Id"); id == "" || e.Extensions.RequestID != id {
				t.Errorf("request id %q, in the error %q", id, e.Extensions.RequestID)
			}
		})
	}
}

// A page of an allowed origin may fetch the files; any other may not.
func TestCrossOriginDownloads(t *testing.T) {
	f := newFixture(t, nil)
	for path, want := range map[string]string{"/export/items.csv": "items", "/export/products.ndjson": "products", "/schema.graphql": "schema"} {
		for origin, allowed := range map[string]string{"https://shop.example": "https://shop.example", "https://evil.example": ""} {
			preflight := httptest.NewRequest(http.MethodOptions, "https://possync.example"+path, nil)
			preflight.Header.Set("Origin", origin)
			preflight.Header.Set("Access-Control-Request-Method", http.MethodGet)
			preflight.Header.Set("Access-Control-Request-Headers", "authorization")
			w := httptest.NewRecorder()
			f.handler.ServeHTTP(w, preflight)
			if got := w.Header().Get("Access-Control-Allow-Origin"); got != allowed || w.Body.Len() > 0 {
				t.Errorf("%s asks for %s: allowed is %q", origin, path, got)
			}
			w = f.do("GET", "https://possync.example"+path, map[string]string{"Origin": origin})
			if got := w.Header().Get("Access-Control-Allow-Origin"); got != allowed || w.Body.String() != want {
				t.Errorf("%s fetches %s: allowed is %q, %s", origin, path, got, w.Body)
			}
			if exposed := w.Header().Get("Access-Control-Expose-Headers"); allowed != "" && !strings.Contains(strings.ToLower(exposed), "content-disposition") {
				t.Errorf("%s may read %q", origin, exposed)
			}
		}
	}
}
