package demo_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/filelock"
	"possync/internal/tenant"
	"possync/server/demo"
)

const products = 120

// screen is the terminal that the demo prints on.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
	wait chan struct{} // closed and replaced with each print
}

func newScreen() *screen { return &screen{wait: make(chan struct{})} }

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.wait)
	s.wait = make(chan struct{})
	return s.text.Write(p)
}

// await returns what is on the screen as soon as words are.
func (s *screen) await(ctx context.Context, t *testing.T, words string) string {
	t.Helper()
	for {
		s.mu.Lock()
		text, wait := s.text.String(), s.wait
		s.mu.Unlock()
		if strings.Contains(text, words) {
			return text
		}
		select {
		case <-wait:
		case <-ctx.Done():
			t.Fatalf("the demo does not print %q:\n%s", words, text)
		}
	}
}

type fixture struct {
	*demo.Demo
	screen *screen
	dir    string
	ctx    context.Context // ends when the test has taken too long
}

// start runs a small demo until the end of the test.
func start(t *testing.T, change func(*demo.Options)) *fixture {
	t.Helper()
	f := &fixture{screen: newScreen(), dir: t.TempDir()}
	o := demo.Options{
		Listen: "127.0.0.1:0", SandboxListen: "127.0.0.1:0", Dir: f.dir, Items: 200, Shops: 3, Products: products, Seed: 1,
		Out: f.screen, Logger: slog.New(slog.DiscardHandler),
	}
	if change != nil {
		change(&o)
	}
	var err error
	if f.Demo, err = demo.New(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- f.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("Run = %v", err)
		}
	})
	limited, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(cancel)
	f.ctx = limited
	f.screen.await(f.ctx, t, "Press Ctrl-C here to stop everything")
	return f
}

func (f *fixture) client(t *testing.T, role tenant.Role) demo.Client {
	t.Helper()
	token, err := f.Token(role)
	if err != nil {
		t.Fatal(err)
	}
	return demo.Client{URL: f.URL(), Token: token}
}

func (f *fixture) do(t *testing.T, query string, data any) {
	t.Helper()
	if err := f.client(t, tenant.RoleManage).Do(f.ctx, query, nil, data); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// enter completes the connection with the code on the page.
func (f *fixture) enter(t *testing.T, page string) {
	t.Helper()
	code := regexp.MustCompile(`[0-9A-Z]{5}-[0-9A-Z]{5}`).FindString(page)
	f.do(t, fmt.Sprintf(`mutation { completeConnection(input: {code: %q}) { lightspeedLink { state } userErrors { message } } }`, code), nil)
}

// connect goes through the sign-in page as a browser does and returns the page it ends on.
func (f *fixture) connect(t *testing.T, user, decision string) (status int, page string) {
	t.Helper()
	var begun struct{ ConnectLightspeed struct{ AuthorizeURL string } }
	f.do(t, `mutation { connectLightspeed(input: {}) { authorizeUrl userErrors { message } } }`, &begun)
	address := begun.ConnectLightspeed.AuthorizeURL
	_, form := f.fetch(t, http.MethodGet, address, nil)
	fields := url.Values{"user": {user}, "decision": {decision}}
	for _, field := range regexp.MustCompile(`name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(form, -1) {
		if name := field[1]; name != "user" && name != "decision" {
			fields.Set(name, html.UnescapeString(field[2]))
		}
	}
	before, _, _ := strings.Cut(address, "?")
	return f.fetch(t, http.MethodPost, before, fields)
}

func (f *fixture) fetch(t *testing.T, method, address string, form url.Values) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(f.ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "text/html")
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// status is what the stream of syncStatus says.
type status struct {
	State string
	Run   *struct{ Kind, Trigger string }
}

// watch follows the stream of syncStatus until until says so.
func (f *fixture) watch(t *testing.T, until func(status) bool) {
	t.Helper()
	body := strings.NewReader(`{"query":"subscription { syncStatus { state run { kind trigger } } }"}`)
	request, err := http.NewRequestWithContext(f.ctx, http.MethodPost, f.URL()+"/graphql", body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	request.Header.Set("Authorization", "Bearer "+f.client(t, tenant.RoleView).Token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var event struct {
			Data   struct{ SyncStatus status }
			Errors []struct{ Message string }
		}
		if err := json.Unmarshal([]byte(data), &event); err != nil || len(event.Errors) > 0 {
			t.Fatalf("%s: %v", data, err)
		}
		if until(event.Data.SyncStatus) {
			return
		}
	}
	t.Fatalf("the stream ended: %v", lines.Err())
}

type productPage struct {
	Products struct {
		TotalCount int
		Edges      []struct {
			Node struct {
				Key     string
				PosItem struct{ LightspeedItemID string }
				Stock   []struct {
					Location  struct{ Name string }
					Available int
				}
			}
		}
	}
}

// The first thing that the terminal shows is a link that signs a browser in; the next one is shown when it was used.
func TestLinkToThePages(t *testing.T) {
	databasetest.NotRaced(t)
	f := start(t, nil)
	first, _, _ := strings.Cut(strings.TrimSpace(f.screen.await(f.ctx, t, "Press Ctrl-C")), "API ")
	code := regexp.MustCompile(`http://\S+/manage/#code=(\w+)`).FindStringSubmatch(first)
	if code == nil {
		t.Fatalf("no link above everything else:\n%s", first)
	}
	status, page := f.fetch(t, http.MethodGet, f.URL()+"/manage/", nil)
	if status != http.StatusOK || !strings.Contains(page, "/manage/assets/") {
		t.Fatalf("%d\n%s", status, page)
	}
	post := func(path, body string, cookies []*http.Cookie) *http.Response {
		request, err := http.NewRequestWithContext(f.ctx, http.MethodPost, f.URL()+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cookies {
			request.AddCookie(c)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = response.Body.Close() })
		return response
	}
	signedIn := post("/manage/session", `{"code":"`+code[1]+`"}`, nil)
	f.screen.await(f.ctx, t, "For another browser: "+f.URL()+"/manage/#code=")
	var answer struct{ Token string }
	if err := json.NewDecoder(post("/manage/token", "", signedIn.Cookies()).Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	var viewer struct{ Viewer struct{ Role string } }
	if err := (demo.Client{URL: f.URL(), Token: answer.Token}).Do(f.ctx, "{ viewer { role } }", nil, &viewer); err != nil || viewer.Viewer.Role != "MANAGE" {
		t.Errorf("%+v, %v", viewer, err)
	}
}

// The whole way that the README tells, as a person with a browser goes it: connect, map, and the shop's stock is on the
// website, to the unit. It is the only test of the demo in the race pass, because the race detector makes
// SQLite 40 times slower.
func TestFromConnectToStock(t *testing.T) {
	f := start(t, nil)
	code, page := f.connect(t, "admin", "allow")
	if code != http.StatusOK || !strings.Contains(page, "asks to use the Lightspeed account") {
		t.Fatalf("%d\n%s", code, page)
	}
	var link struct{ LightspeedLink *struct{ State string } }
	if f.do(t, `{ lightspeedLink { state } }`, &link); link.LightspeedLink != nil {
		t.Fatalf("connected before somebody has entered the code: %+v", link.LightspeedLink)
	}
	f.enter(t, page)
	f.watch(t, func(s status) bool { return s.State == "COMPLETED" && s.Run.Trigger == "CONNECT" })

	var stores struct{ Shops, Locations []struct{ ID, Name string } }
	f.do(t, `{ shops { id name } locations { id name } }`, &stores)
	if len(stores.Shops) != 3 || len(stores.Locations) != 3 {
		t.Fatalf("%+v", stores)
	}
	var pairs []string
	for i, shop := range stores.Shops {
		if shop.Name != stores.Locations[i].Name {
			t.Errorf("shop %q and location %q", shop.Name, stores.Locations[i].Name)
		}
		pairs = append(pairs, fmt.Sprintf("{shopId: %q, locationId: %q}", shop.ID, stores.Locations[i].ID))
	}
	f.do(t, `mutation { setStoreMappings(input: {mappings: [`+strings.Join(pairs, ", ")+`]}) { userErrors { message } } }`, nil)
	f.watch(t, func(s status) bool { return s.State == "COMPLETED" && s.Run.Kind == "EVALUATION" })

	// Nothing is displayed until a manager has seen what would be, and goes live (R7).
	var setup struct {
		Setup    struct{ WouldDisplay int }
		Products struct{ TotalCount int }
	}
	f.do(t, `{ setup { wouldDisplay } products(where: {displayed: true}) { totalCount } }`, &setup)
	if setup.Setup.WouldDisplay == 0 || setup.Products.TotalCount != 0 {
		t.Errorf("before going live: %+v", setup)
	}
	f.screen.await(f.ctx, t, "the first sync is complete")
	f.do(t, `mutation { goLive { userErrors { message } } }`, nil)

	var got productPage
	f.do(t, `{ products(first: 100, where: {displayed: true}) { totalCount edges { node { key posItem { lightspeedItemId } stock { location { name } available } } } } }`, &got)
	if got.Products.TotalCount == 0 {
		t.Fatal("nothing is displayed")
	}
	truth := f.truth(t)
	for _, edge := range got.Products.Edges {
		product := edge.Node
		if len(product.Stock) != 3 {
			t.Errorf("%s: %d places", product.Key, len(product.Stock))
		}
		for _, place := range product.Stock {
			if want := truth[product.PosItem.LightspeedItemID][place.Location.Name]; place.Available != max(want, 0) {
				t.Errorf("%s at %s: %d, want %d", product.Key, place.Location.Name, place.Available, want)
			}
		}
	}
	f.screen.await(f.ctx, t, "the website shows its first stock")
}

// truth is the sandbox's own stock, by item and shop.
func (f *fixture) truth(t *testing.T) map[string]map[string]int {
	t.Helper()
	all := f.Sandbox().Account("").Truth()
	names := map[int64]string{}
	for _, shop := range all.Shops {
		names[shop.ID] = shop.Name
	}
	stock := map[string]map[string]int{}
	for _, item := range all.Items {
		at := map[string]int{}
		for _, place := range item.Stock {
			at[names[place.ShopID]] = place.QOH
		}
		stock[fmt.Sprint(item.ID)] = at
	}
	left := map[string]map[string]int{} // less what was sold of boxes and assemblies before they were made
	for item, at := range stock {
		left[item] = map[string]int{}
		for shop, own := range at {
			left[item][shop] = max(own, 0)
		}
	}
	for _, item := range all.Items {
		for shop, own := range stock[fmt.Sprint(item.ID)] {
			for _, c := range item.Components {
				left[fmt.Sprint(c.ItemID)][shop] -= max(-own, 0) * int(c.Units)
			}
		}
	}
	composed := map[string]map[string]int{}
	for _, item := range all.Items { // what is made of others can be sold as often as it is there or can be made
		made := map[string]int{}
		for shop, own := range left[fmt.Sprint(item.ID)] {
			for i, c := range item.Components {
				if can := max(left[fmt.Sprint(c.ItemID)][shop], 0) / int(c.Units); i == 0 || can < made[shop] {
					made[shop] = can
				}
			}
			made[shop] += max(own, 0)
		}
		if len(item.Components) > 0 {
			composed[fmt.Sprint(item.ID)] = made
		}
	}
	maps.Copy(left, composed)
	return left
}

// What goes wrong at the sign-in page is told there, with a way back, and connects nothing.
func TestSignInThatFails(t *testing.T) {
	databasetest.NotRaced(t)
	f := start(t, nil)
	for name, c := range map[string]struct {
		user, decision string
		status         int
		words          string
	}{
		"denied":           {"admin", "deny", http.StatusForbidden, "access was denied"},
		"clerk":            {"clerk", "allow", http.StatusForbidden, "the Lightspeed user lacks rights"},
		"manager is asked": {"manager", "deny", http.StatusForbidden, "access was denied"},
	} {
		code, page := f.connect(t, c.user, c.decision)
		if code != c.status || !strings.Contains(page, c.words) || !strings.Contains(page, f.URL()) {
			t.Errorf("%s: %d\n%s", name, code, page)
		}
	}
	for address, want := range map[string]int{
		"/oauth/callback":                   http.StatusBadRequest,
		"/oauth/callback?state=x&code=y":    http.StatusBadRequest,
		"/oauth/callback?error=bad&state=x": http.StatusBadRequest,
	} {
		if code, page := f.fetch(t, http.MethodGet, f.URL()+address, nil); code != want {
			t.Errorf("%s: %d\n%s", address, code, page)
		}
	}
	var link struct{ LightspeedLink *struct{ State string } }
	f.do(t, `{ lightspeedLink { state } }`, &link)
	if link.LightspeedLink != nil {
		t.Errorf("connected: %+v", link.LightspeedLink)
	}
}

// The printed commands, typed as they stand, do what they say.
func TestGuideAsTyped(t *testing.T) {
	if !databasetest.Volume(t) {
		t.Skip("volume: TestFromConnectToStock runs the same processes")
	}
	for _, program := range []string{"sh", "curl", "sed", "grep", "cut"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("no %s on this machine", program)
		}
	}
	f := start(t, nil)
	var script []string
	f.screen.await(f.ctx, t, demo.ByHandFile)
	commands, err := os.ReadFile(filepath.Join(f.dir, demo.ByHandFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(commands), "\n") {
		// Commands are indented by two. The stream would not end by itself.
		if command, ok := strings.CutPrefix(line, "  "); ok && !strings.HasPrefix(command, " ") && !strings.Contains(command, "curl -N") &&
			!strings.HasPrefix(command, "API") && !strings.HasPrefix(command, "Lightspeed") && !strings.HasPrefix(command, "gql -N") {
			script = append(script, command, "echo")
		}
	}
	command := exec.CommandContext(f.ctx, "sh", "-eu", "-c", strings.Join(script, "\n"))
	command.Env = []string{"PATH=" + os.Getenv("PATH")}
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, words := range []string{`"lightspeedLink":{"state":"CONNECTED"`, `{"shop":{"name":"North"},"location":{"name":"North"}}`, `"totalCount":`,
		`"goLive":{"setup":{"live":true,"complete":true}`, `{"employee":{"name":"Ada Sample"},"register":{"name":"`, `"exportState":"QUEUED"`,
		"The order is not paid in full"} {
		if !bytes.Contains(out, []byte(words)) {
			t.Errorf("the output lacks %q:\n%s", words, out)
		}
	}
	f.screen.await(f.ctx, t, "the website shows its first stock")
	f.screen.await(f.ctx, t, "the first order is in Lightspeed")

	var sold struct {
		Orders struct {
			Edges []struct {
				Node struct {
					Number string
					Export *struct{ SaleURL *string }
				}
			}
		}
	}
	f.do(t, `{ orders(first: 10, where: {exportStates: [EXPORTED]}) { edges { node { number export { saleUrl } } } } }`, &sold)
	if len(sold.Orders.Edges) == 0 {
		t.Fatal("no order is exported")
	}
	for _, edge := range sold.Orders.Edges {
		if code, page := f.fetch(t, http.MethodGet, *edge.Node.Export.SaleURL, nil); code != http.StatusOK || !strings.Contains(page, edge.Node.Number) {
			t.Errorf("the sale of %s: %d\n%s", edge.Node.Number, code, page)
		}
	}
}

// A demo keeps its folder to itself: another one in it is refused before it has touched anything, with or without --keep.
func TestTwoDemosNeverShareAFolder(t *testing.T) {
	databasetest.NotRaced(t)
	dir := t.TempDir()
	f := start(t, func(o *demo.Options) { o.Dir = dir })
	before := contents(t, dir)
	for _, keep := range []bool{false, true} {
		_, err := demo.New(t.Context(), demo.Options{
			Listen: "127.0.0.1:0", SandboxListen: "127.0.0.1:0", Dir: dir, Keep: keep, Items: 10, Shops: 1, Products: 1,
			Out: io.Discard, Logger: slog.New(slog.DiscardHandler),
		})
		if !errors.Is(err, filelock.ErrHeld) || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "--dir") {
			t.Errorf("keep %v: New = %v, want that the folder is in use", keep, err)
		}
	}
	if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
		t.Errorf("the folder changed:\n%s", diff)
	}
	f.do(t, `{ site { id } }`, nil)
}

// Nor does a demo replace a database that a server runs on.
func TestADemoLeavesAServedDatabaseAlone(t *testing.T) {
	databasetest.NotRaced(t)
	dir := t.TempDir()
	db, err := database.Open(t.Context(), "sqlite:"+filepath.Join(dir, "demo.db"), database.ForOneProcess())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	_, err = demo.New(t.Context(), demo.Options{
		Listen: "127.0.0.1:0", SandboxListen: "127.0.0.1:0", Dir: dir, Items: 10, Shops: 1, Products: 1, Out: io.Discard, Logger: slog.New(slog.DiscardHandler),
	})
	if !errors.Is(err, filelock.ErrHeld) {
		t.Errorf("New = %v, want that the database is in use", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "demo.db")); err != nil {
		t.Errorf("the database is gone: %v", err)
	}
}

// contents returns the keys in a demo's folder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, name := range []string{demo.SigningKeyFile, "demo-seal-key"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		found[name] = string(text)
	}
	return found
}

// Pages of the origins that were given may call the demo's API, and the browser may return to them and to the demo itself.
func TestOrigins(t *testing.T) {
	databasetest.NotRaced(t)
	const shop = "http://localhost:3000"
	f := start(t, func(o *demo.Options) { o.Origins.API = []string{shop} })
	for origin, want := range map[string]string{shop: shop, "http://localhost:3001": ""} {
		request, err := http.NewRequestWithContext(f.ctx, http.MethodOptions, f.URL()+"/graphql", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Origin", origin)
		request.Header.Set("Access-Control-Request-Method", http.MethodPost)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if got := response.Header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s: Access-Control-Allow-Origin is %q, want %q", origin, got, want)
		}
	}
	own, err := url.Parse(f.URL())
	if err != nil {
		t.Fatal(err)
	}
	for address, allowed := range map[string]bool{
		f.URL() + "/settings": true, "http://localhost:" + own.Port() + "/settings": true, shop + "/settings": true,
		"http://localhost:3001/": false, "https://elsewhere.example/": false,
	} {
		err := f.client(t, tenant.RoleManage).Do(f.ctx,
			`mutation($to: String) { connectLightspeed(input: {returnUrl: $to}) { userErrors { message } } }`, map[string]any{"to": address}, nil)
		if (err == nil) != allowed {
			t.Errorf("to return to %s: %v, want allowed %v", address, err, allowed)
		}
	}
}

// A kept demo finds its data again and can be connected again; a fresh one begins empty.
func TestKeep(t *testing.T) {
	if !databasetest.Volume(t) {
		t.Skip("volume: TestFromConnectToStock runs the same processes")
	}
	dir := t.TempDir()
	in := func(keep bool) func(*demo.Options) {
		return func(o *demo.Options) { o.Dir, o.Keep = dir, keep }
	}
	var connected struct{ LightspeedLink *struct{ State string } }
	t.Run("first", func(t *testing.T) {
		f := start(t, in(false))
		_, page := f.connect(t, "admin", "allow")
		f.enter(t, page)
	})
	t.Run("kept", func(t *testing.T) {
		f := start(t, in(true))
		if f.do(t, `{ lightspeedLink { state } }`, &connected); connected.LightspeedLink == nil {
			t.Error("the connection is forgotten")
		}
	})
	t.Run("fresh", func(t *testing.T) {
		connected.LightspeedLink = nil
		f := start(t, in(false))
		if f.do(t, `{ lightspeedLink { state } }`, &connected); connected.LightspeedLink != nil {
			t.Error("the connection is still there")
		}
	})
}
