package demo

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/template"
	"time"

	"possync/internal/clock"
	"possync/internal/tenant"
	"possync/server/web/pages"
)

// welcome is what the terminal shows: the link first, and no more than fits below it.
const welcome = `
POS Sync demo. Open this link in a browser: it signs you in at the Site Manager pages, once, within ten minutes.

{{.Link}}

  API         {{.URL}}/graphql   (try it at {{.URL}}{{.Explorer}} once you are signed in; examples are in docs/api.md, commands for curl in {{.ByHand}})
  Lightspeed  {{.Sandbox}}   (local, with {{.Items}} items and {{.Shops}} shops that trade all the time; open it in a browser to see their sales and stock)
{{- if .Colleague}}
  Colleague   somebody else works at the shop too: once you are live they plan sales, and after your first export they export and refund orders{{end}}

Press Ctrl-C here to stop everything.

`

// ByHandFile is the file in the demo's folder with the commands that do by the API what the pages do.
const ByHandFile = "by-hand.txt"

// byHand is what that file says. Its commands need only a shell and curl.
const byHand = `What the Site Manager pages do, by hand with the API. The demo must be running.

  API         {{.URL}}/graphql   (site "{{.Site}}": {{.Locations}} locations, {{.Products}} products; database {{.Database}})

Type this in a terminal. First set the token, and a shortcut for calling the API:

  export TOKEN={{.Token}}
  gql() { curl -sS "$@" -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' {{.URL}}/graphql; }

1. Connect Lightspeed. This prints the address of its sign-in page: open it in a browser and click Allow. The page that follows
   shows a code; type CODE=that code ...

  URL=$(gql -d '{{.Connect}}' | sed 's/.*"authorizeUrl":"\([^"]*\)".*/\1/; s/\\u0026/\&/g'); echo "$URL"

   ... or sign in from here, as the shop's admin:

  CODE=$(curl -sSL -d user=admin -d decision=allow "$URL" | grep -oE '[0-9A-Z]{5}-[0-9A-Z]{5}'); echo "$CODE"

   The code proves that the person who allowed access wants it for this website. Complete the connection with it:

  gql -d '{"query":"mutation { completeConnection(input: {code: \"'$CODE'\"}) { lightspeedLink { state accountName } userErrors { message } } }"}'

2. Map each Lightspeed shop to the location of the same name, as soon as the shops are known:

  until set -- $(gql -d '{"query":"{ shops { id } locations { id } }"}' | grep -oE '"id":"[^"]+"' | cut -d'"' -f4); [ $# = {{.Ids}} ]; do sleep 1; done
  gql -d '{"query":"mutation { setStoreMappings(input: {mappings: [{{.Pairs}}]}) { storeMappings { mappings { shop { name } location { name } } } userErrors { message } } }"}'

3. Watch the sync (a stream; Ctrl-C ends it) ...

  gql -N -H 'Accept: text/event-stream' -d '{"query":"subscription { syncStatus { state phase done total run { kind counts { itemsRead stockChanged shown hidden } } } }"}'

   ... and go live once you have seen what the website would display:

  while gql -d '{"query":"{ setup { issues { code } } }"}' | grep -q FIRST_SYNC_PENDING; do sleep 1; done
  gql -d '{"query":"{ setup { wouldDisplay repriced } diagnosisSummary { reasons { code count } } reviewSummary { total } exportCounts { ready } }"}'
  gql -d '{"query":"mutation { goLive { setup { live complete } userErrors { message } } }"}'

   The stock that the website shows:

  gql -d '{"query":"{ products(first: 3, where: {displayed: true}) { totalCount edges { node { name stock { location { name } available asOf } } } } }"}'

4. Export orders to Lightspeed. The website has sold a few. Choose the employee and the register for the sales in Lightspeed,
   and switch on order exporting ...

  until set -- $(gql -d '{"query":"{ employees { id } registers { id } }"}' | sed -n 's/.*"employees":\[{"id":"\([^"]*\)".*"registers":\[{"id":"\([^"]*\)".*/\1 \2/p'); [ $# = 2 ]; do sleep 1; done
  gql -d '{"query":"mutation { updateExportSettings(input: {enabled: true, employeeId: \"'$1'\", registerId: \"'$2'\"}) { exportSettings { employee { name } register { name } } userErrors { message } } }"}'

   ... export the orders that nothing blocks ...

  until set -- $(gql -d '{"query":"{ orders(first: 5, where: {blocked: false}, orderBy: {direction: ASC}) { edges { node { id } } } }"}' | grep -oE 'ord_[0-9a-z]+'); [ $# -gt 0 ]; do sleep 1; done
  for id in "$@"; do gql -d '{"query":"mutation { exportOrder(input: {orderId: \"'$id'\"}) { order { number exportState } userErrors { message } } }"}'; echo; done

   ... and a moment later see the sales, and what blocks the other orders:

  gql -d '{"query":"{ orders(first: 10, orderBy: {direction: ASC}) { edges { node { number total { amount } exportState export { ticketNumber } exportBlockers { message advice } } } } }"}'
`

// The ids of shops and locations come ordered by name, and have the same names.
func pairs(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf(`{shopId: \"'${%d}'\", locationId: \"'${%d}'\"}`, i+1, n+i+1))
	}
	return strings.Join(list, ", ")
}

// connectQuery starts a connection. A kept database may have the connection of an earlier demo, whose Lightspeed is gone.
const connectQuery = `{"query":"mutation { connectLightspeed(input: {acknowledge: [REPLACES_CONNECTION]}) { authorizeUrl userErrors { message } } }"}`

// printGuide writes the commands into the demo's folder, and then welcomes the reader.
func (d *Demo) printGuide() error {
	token, err := d.Token(tenant.RoleManage)
	if err != nil {
		return err
	}
	shops, file := len(d.locations()), filepath.Join(d.options.Dir, ByHandFile)
	values := map[string]any{
		"Link": pages.Link(d.URL(), d.session.Code()), "Explorer": pages.ExplorerPath, "ByHand": file,
		"URL": d.URL(), "Sandbox": d.sandbox.BaseURL, "Site": Site, "Token": token, "Database": strings.TrimPrefix(d.state.databaseURL, "sqlite:"),
		"Locations": shops, "Shops": shops, "Items": d.options.Items, "Products": len(catalogue(d.sandbox, d.options.Products)),
		"Colleague": d.options.Colleague, "Connect": connectQuery, "Pairs": pairs(shops), "Ids": 2 * shops,
	}
	var commands bytes.Buffer
	if err := fill(&commands, byHand, values); err != nil {
		return err
	}
	if err := os.WriteFile(file, commands.Bytes(), 0o600); err != nil { // it holds a token
		return fmt.Errorf("write the commands: %w", err)
	}
	return fill(d.options.Out, welcome, values)
}

func fill(w io.Writer, text string, values map[string]any) error {
	t, err := template.New("guide").Parse(text)
	if err != nil {
		return fmt.Errorf("read the guide: %w", err)
	}
	if err := t.Execute(w, values); err != nil {
		return fmt.Errorf("print the guide: %w", err)
	}
	return nil
}

// printNextLink prints a new link to the pages, because the last one can be used no more.
func (d *Demo) printNextLink(code string, signedIn bool) {
	words := "The link to the Site Manager pages was too old. Open this one: %s\n"
	if signedIn {
		words = "Signed in at the Site Manager pages. For another browser: %s\n"
	}
	if _, err := fmt.Fprintf(d.options.Out, words, pages.Link(d.URL(), code)); err != nil {
		d.options.Logger.Warn("cannot print a link to the pages", "error", err)
	}
}

// milestone is the effect of a step of the guide.
type milestone struct {
	reached bool
	words   string
	then    func(context.Context) (words string, err error) // the colleague does it afterwards, once; nil = nothing
}

const followQuery = `{
	lightspeedLink { state }
	storeMappings { mappings { id } }
	setup { live wouldDisplay }
	products(first: 1, where: {displayed: true}) { totalCount }
	syncStatus { state lastSuccessAt }
	orders(first: 1, where: {exportStates: [EXPORTED]}) { totalCount }
}`

// follow prints when each step has had its effect, until all have.
func (d *Demo) follow(ctx context.Context, began time.Time) error {
	token, err := d.Token(tenant.RoleView)
	if err != nil {
		return err
	}
	viewer, reported := Client{URL: d.URL(), Token: token}, map[string]bool{}
	for len(reported) < 6 {
		if clock.System().Sleep(ctx, time.Second) != nil {
			return nil // the demo is ending
		}
		var now struct {
			LightspeedLink *struct{ State string }
			StoreMappings  struct{ Mappings []struct{ ID string } }
			Setup          struct {
				Live         bool
				WouldDisplay int
			}
			Products   struct{ TotalCount int }
			SyncStatus struct {
				State         string
				LastSuccessAt *time.Time
			}
			Orders struct{ TotalCount int }
		}
		if err := viewer.Do(ctx, followQuery, nil, &now); err != nil {
			if ctx.Err() == nil {
				d.options.Logger.WarnContext(ctx, "cannot read set-up progress", "error", err)
			}
			continue
		}
		through := now.SyncStatus.LastSuccessAt != nil && strings.HasPrefix(now.SyncStatus.State, "COMPLETED")
		for _, m := range []milestone{
			{now.LightspeedLink != nil && now.LightspeedLink.State == "CONNECTED", "Lightspeed is connected", nil},
			{len(now.StoreMappings.Mappings) > 0, "stores are mapped", nil},
			{now.Setup.WouldDisplay > 0 && through, fmt.Sprintf("the first sync is complete: the website can display %d items", now.Setup.WouldDisplay), nil},
			{now.Setup.Live, "the site is live", nil},
			{now.Products.TotalCount > 0, "the website shows its first stock", d.planSales},
			{now.Orders.TotalCount > 0, "the first order is in Lightspeed", d.exportSome},
		} {
			key, _, _ := strings.Cut(m.words, ":")
			if m.reached && !reported[key] {
				reported[key] = true
				if err := d.printProgress(began, m.words); err != nil {
					return err
				}
				if err := d.helpOut(ctx, began, m.then); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (d *Demo) printProgress(began time.Time, words string) error {
	if _, err := io.WriteString(d.options.Out, fmt.Sprintf("%4.0f s  %s\n", time.Since(began).Seconds(), words)); err != nil {
		return fmt.Errorf("print the progress: %w", err)
	}
	return nil
}

// helpOut has the colleague do something, and says what. A kept database has it from the last demo. The demo goes on without it.
func (d *Demo) helpOut(ctx context.Context, began time.Time, act func(context.Context) (string, error)) error {
	if act == nil || !d.options.Colleague || d.options.Keep {
		return nil
	}
	words, err := act(ctx)
	switch {
	case err != nil && ctx.Err() == nil:
		d.options.Logger.InfoContext(ctx, "the colleague could not do it", "error", err)
	case err == nil && words != "":
		return d.printProgress(began, words)
	}
	return nil
}
