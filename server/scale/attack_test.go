package scale_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"possync/internal/tenant"
)

// attackVariable names the attack that this process makes.
const attackVariable = "ATTACK"

// attack is what one site does to the server until the context ends.
type attack struct {
	name string
	role tenant.Role
	run  func(ctx context.Context, a *attacker)
}

var attacks = []attack{
	{"40 parallel importProducts", tenant.RoleService, func(ctx context.Context, a *attacker) {
		a.parallel(ctx, 40, func(n int) string { return importOf(n) })
	}},
	{"10 documents with previews", tenant.RoleView, func(ctx context.Context, a *attacker) {
		a.parallel(ctx, 10, func(int) string {
			return document(`{ previewSettings(input: {importSettings: {onHand: false, onOrder: true}}) { displayedAfter appearing items(first: 50) { totalCount } } }`)
		})
	}},
	{"200 unread downloads", tenant.RoleView, func(ctx context.Context, a *attacker) { a.downloads(ctx, 200) }},
	{"1,000 subscriptions", tenant.RoleView, func(ctx context.Context, a *attacker) { a.subscribe(ctx, 20, 50) }},
	{"60 small mutations", tenant.RoleManage, func(ctx context.Context, a *attacker) {
		a.parallel(ctx, 60, func(n int) string {
			return document(fmt.Sprintf(`mutation { updateImportSettings(input: {reorder: %t}) { userErrors { message } } }`, n%2 == 0))
		})
	}},
	{"10 × productFeed", tenant.RoleService, func(ctx context.Context, a *attacker) {
		a.parallel(ctx, 10, func(int) string {
			return document(`{ productFeed(first: 1000) { endCursor products { key displayed price { amount } stock { available } } } }`)
		})
	}},
	{"introspection", tenant.RoleView, func(ctx context.Context, a *attacker) {
		a.parallel(ctx, 20, func(int) string {
			return document(`{ __schema { types { name fields { name type { name kind ofType { name kind } } args { name } } } } }`)
		})
	}},
	{"facets and searches", tenant.RoleView, func(ctx context.Context, a *attacker) {
		a.parallel(ctx, 20, func(n int) string {
			return document(fmt.Sprintf(`{ catalogueFacets { brands { name count } categories { path count } } posItems(first: 50, where: {search: "%c"}) { totalCount edges { node { id description diagnosis { displayed } } } } }`, 'a'+rune(n%26)))
		})
	}},
	{"nonsense", tenant.RoleView, func(ctx context.Context, a *attacker) {
		a.parallel(ctx, 40, func(int) string { return document("{ " + strings.Repeat("nothing ", 400) + "}") })
	}},
}

// TestAttacker is the process that attacks, for TestFair.
func TestAttacker(t *testing.T) {
	name := os.Getenv(attackVariable)
	if name == "" {
		t.Skip("TestFair runs it")
	}
	ctx, cancel := signal.NotifyContext(t.Context(), os.Interrupt)
	defer cancel()
	a := &attacker{url: os.Getenv("ATTACK_URL"), token: os.Getenv("ATTACK_TOKEN"), client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 300}}}
	for _, attack := range attacks {
		if attack.name == name {
			attack.run(ctx, a)
		}
	}
	fmt.Printf("%d answers, %d of them throttled\n", a.answers.Load(), a.throttled.Load())
}

// attacker is the user who attacks.
type attacker struct {
	url, token         string
	client             *http.Client
	answers, throttled atomic.Int64
}

// parallel sends requests, each as soon as the last was answered, from so many clients at the same time.
func (a *attacker) parallel(ctx context.Context, clients int, body func(n int) string) {
	var group sync.WaitGroup
	for c := range clients {
		group.Go(func() {
			for n := c; ctx.Err() == nil; n += clients {
				_, answer := request(ctx, a.client, a.url, a.token, body(n))
				a.note(answer)
			}
		})
	}
	group.Wait()
}

func (a *attacker) note(answer string) {
	a.answers.Add(1)
	if strings.Contains(answer, "THROTTLED") {
		a.throttled.Add(1)
	}
}

// downloads opens files and reads no more than what comes first.
func (a *attacker) downloads(ctx context.Context, n int) {
	a.each(n, func(int) {
		for ctx.Err() == nil {
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, a.url+"/export/items.csv", nil)
			if err != nil {
				return
			}
			r.Header.Set("Authorization", "Bearer "+a.token)
			response, err := a.client.Do(r)
			if err != nil {
				continue
			}
			var first [512]byte
			got, _ := response.Body.Read(first[:])
			a.note(string(first[:got]))
			if response.StatusCode == http.StatusOK {
				<-ctx.Done()
			}
			_ = response.Body.Close()
		}
	})
}

// subscribe opens sockets with subscriptions on each, and reads what comes.
func (a *attacker) subscribe(ctx context.Context, sockets, each int) {
	a.each(sockets, func(int) {
		conn, _, err := websocket.Dial(ctx, strings.Replace(a.url, "http", "ws", 1)+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
		if err != nil {
			return
		}
		defer func() { _ = conn.CloseNow() }()
		conn.SetReadLimit(1 << 20)
		send := func(text string) { _ = conn.Write(ctx, websocket.MessageText, []byte(text)) }
		send(`{"type":"connection_init","payload":{"Authorization":"Bearer ` + a.token + `"}}`)
		for {
			_, text, err := conn.Read(ctx)
			if err != nil {
				return
			}
			if strings.Contains(string(text), "connection_ack") {
				for id := range each {
					send(fmt.Sprintf(`{"type":"subscribe","id":"%d","payload":{"query":"subscription { setupChanged { complete } }"}}`, id))
				}
				continue
			}
			a.note(string(text))
		}
	})
	<-ctx.Done()
}

func (a *attacker) each(n int, do func(i int)) {
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { do(i) })
	}
	group.Wait()
}

// request posts a request, and returns the status and the body of the answer. Without an answer the status is 0.
func request(ctx context.Context, client *http.Client, url, token, body string) (int, string) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/graphql", strings.NewReader(body))
	if err != nil {
		return 0, err.Error()
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	response, err := client.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, err.Error()
	}
	return response.StatusCode, string(text)
}

func document(query string) string {
	text, _ := json.Marshal(map[string]string{"query": query})
	return string(text)
}

// importOf is an import of 250 products, of which each differs from what was imported before.
func importOf(n int) string {
	products := make([]map[string]any, 250)
	for i := range products {
		products[i] = map[string]any{"key": fmt.Sprintf("k-%d-%d", n%40, i), "name": fmt.Sprintf("Tube %d as of %d", i, time.Now().UnixNano()), "price": "7.50"}
	}
	var text bytes.Buffer
	_ = json.NewEncoder(&text).Encode(map[string]any{
		"query":     `mutation($products: [ProductInput!]!) { importProducts(input: {products: $products}) { results { key outcome } userErrors { message } } }`,
		"variables": map[string]any{"products": products},
	})
	return text.String()
}
