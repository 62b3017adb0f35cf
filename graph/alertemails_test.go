package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/alertemail"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/database"
	records "possync/internal/records/alertemail"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

const alertEmailFields = `revision available mode dailyTime addresses { address lastEmail { id kind state problem serverSaid sentAt } }`

// Managers enter to whom alerts go: what is wrong is said beside each address, every change has a revision and a place in the history, and
// messages for an address that is removed are not sent.
func TestAlertEmailSettings(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		t.Parallel()
		ctx, _ := storetest.Site(t, client, "a")
		storetest.Site(t, client, "b")
		api := graphtest.New(t, client, func(d *graph.Deps, _ *graph.HTTPOptions) {
			d.SendsEmail, d.AlertsURL = true, "https://possync.example/manage/alerts"
		})
		ann := api.As(t, "a", tenant.RoleManage)
		read := func(as graphtest.Caller) string {
			t.Helper()
			return fmt.Sprint(graphtest.At(t, as.Tree("{ alertEmailSettings { "+alertEmailFields+" } }", nil), "alertEmailSettings"))
		}
		update := func(in map[string]any) (string, []string) {
			t.Helper()
			tree := ann.Tree(`mutation($in: UpdateAlertEmailSettingsInput!) { updateAlertEmailSettings(input: $in) { alertEmailSettings { `+alertEmailFields+` } userErrors { code field } } }`, map[string]any{"in": in})
			payload, _ := graphtest.At(t, tree, "updateAlertEmailSettings").(map[string]any)
			var found []string
			list, _ := payload["userErrors"].([]any)
			for _, e := range list {
				found = append(found, fmt.Sprint(e))
			}
			return fmt.Sprint(payload["alertEmailSettings"]), found
		}
		const before = "map[addresses:[] available:true dailyTime:08:00 mode:AT_ONCE revision:1]"
		if got := read(ann); got != before {
			t.Errorf("at first: %s", got)
		}
		for name, c := range map[string]struct {
			in   map[string]any
			want []string
		}{
			"no addresses": {map[string]any{"addresses": []any{"ann", "Ann <ann@a.example>", "x@a.example\nBcc: y@a.example", "ok@a.example", "OK@a.example"}},
				[]string{"map[code:INVALID field:[addresses 0]]", "map[code:INVALID field:[addresses 1]]", "map[code:INVALID field:[addresses 2]]", "map[code:DUPLICATE field:[addresses 4]]"}},
			"too many":  {map[string]any{"addresses": slices.Repeat([]any{"a@a.example"}, 11)}, []string{"map[code:TOO_MANY field:[addresses]]"}},
			"null mode": {map[string]any{"mode": nil}, []string{"map[code:INVALID field:[mode]]"}},
			"stale":     {map[string]any{"mode": "DAILY", "expectedRevision": 7}, []string{"map[code:STALE_REVISION field:[expectedRevision]]"}},
		} {
			if _, found := update(c.in); !slices.Equal(found, c.want) {
				t.Errorf("%s: %v", name, found)
			}
		}
		if got := read(ann); got != before {
			t.Errorf("after refused changes: %s", got)
		}
		got, found := update(map[string]any{"addresses": []any{" Ann@A.Example ", "bob@a.example"}, "expectedRevision": 1})
		if want := "map[addresses:[map[address:Ann@a.example lastEmail:<nil>] map[address:bob@a.example lastEmail:<nil>]] available:true dailyTime:08:00 mode:AT_ONCE revision:2]"; got != want || found != nil {
			t.Errorf("%s %v", got, found)
		}
		if got, _ := update(map[string]any{"addresses": []any{"Ann@a.example", "bob@a.example"}}); !strings.Contains(got, "revision:2]") {
			t.Errorf("a change that changes nothing: %s", got)
		}
		if _, found := update(map[string]any{"mode": "DAILY", "dailyTime": "06:30"}); found != nil {
			t.Error(found)
		}
		row := client.AlertEmailSettings.Query().OnlyX(ctx)
		if row.DailyDueAt == nil || !row.DailyDueAt.After(storetest.Now()) || row.DailyDueAt.Sub(storetest.Now()) > 24*time.Hour {
			t.Errorf("the daily message is due at %v", row.DailyDueAt)
		}
		changes := ann.Tree(`{ settingChanges(where: {settings: ["alertEmailSettings"]}) { totalCount } auditEvents(where: {actions: [UPDATE_ALERT_EMAIL_SETTINGS]}) { totalCount } }`, nil)
		if text := fmt.Sprint(changes); text != "map[auditEvents:map[totalCount:2] settingChanges:map[totalCount:3]]" {
			t.Errorf("the history has %s", text)
		}
		if other := read(api.As(t, "b", tenant.RoleManage)); other != before {
			t.Errorf("another site has %s", other)
		}

		for _, address := range []string{"Ann@a.example", "bob@a.example"} {
			client.AlertEmail.Create().SetKind(retail.AlertEmailAlerts).SetAddress(address).SetSubject("s").SetBody("b").SetDueAt(storetest.Now()).ExecX(ctx)
		}
		if _, found := update(map[string]any{"addresses": []any{"bob@a.example"}}); found != nil {
			t.Error(found)
		}
		if left := client.AlertEmail.Query().OnlyX(ctx); left.Address != "bob@a.example" {
			t.Errorf("a message to %s waits", left.Address)
		}
		if _, found := update(map[string]any{"addresses": nil}); found != nil || client.AlertEmail.Query().ExistX(ctx) || client.AlertEmailSettings.Query().OnlyX(ctx).DailyDueAt != nil {
			t.Errorf("without addresses messages are sent (%v)", found)
		}
	})
}

// A test message goes to an address of the site alone, so many times, and shows what the mail server said.
func TestSendTestEmail(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		t.Parallel()
		ctx, _ := storetest.Site(t, client, "a")
		client.AlertEmailSettings.Create().SetAddresses("ann@a.example").SetMode(retail.AlertEmailAtOnce).SetDailyAt(480).ExecX(ctx)
		api := graphtest.New(t, client, func(d *graph.Deps, _ *graph.HTTPOptions) { d.SendsEmail = true })
		without := graphtest.New(t, client)
		send := func(api *graphtest.API, to string) (id, code string) {
			t.Helper()
			tree := api.As(t, "a", tenant.RoleManage).Tree(`mutation($to: String!) { sendTestEmail(input: {address: $to}) { email { id state } userErrors { code } } }`, map[string]any{"to": to})
			payload, _ := graphtest.At(t, tree, "sendTestEmail").(map[string]any)
			if list, _ := payload["userErrors"].([]any); len(list) > 0 {
				return "", fmt.Sprint(list...)
			}
			email, _ := payload["email"].(map[string]any)
			return fmt.Sprint(email["id"]), fmt.Sprint(email["state"])
		}
		if _, code := send(without, "ann@a.example"); code != "map[code:EMAIL_NOT_AVAILABLE]" {
			t.Errorf("without a mail server: %s", code)
		}
		for _, to := range []string{"bob@a.example", "", "ann@a.example, bob@a.example"} {
			if _, code := send(api, to); code != "map[code:NOT_FOUND]" {
				t.Errorf("to %q: %s", to, code)
			}
		}
		id, state := send(api, " ann@A.example")
		if state != "QUEUED" {
			t.Fatal(state)
		}
		row := client.AlertEmail.Query().Where(alertemail.ID(id)).OnlyX(ctx)
		if ok, err := records.Claim(ctx, client, row, api.Clock.Now()); err != nil || !ok {
			t.Fatal(ok, err)
		}
		if _, err := records.Done(ctx, client, row, records.Result{Problem: retail.EmailTryLater, Said: "busy"}, api.Clock.Now()); err != nil {
			t.Fatal(err)
		}
		tree := api.As(t, "a", tenant.RoleView).Tree(`query($id: ID!) { node(id: $id) { ... on AlertEmail { kind state address problem serverSaid sentAt } } }`, map[string]any{"id": id})
		if got := fmt.Sprint(graphtest.At(t, tree, "node")); got != "map[address:ann@a.example kind:TEST problem:TRY_LATER sentAt:<nil> serverSaid:busy state:FAILED]" {
			t.Error(got)
		}
		for range 4 {
			if _, code := send(api, "ann@a.example"); code != "QUEUED" {
				t.Fatal(code)
			}
		}
		if _, code := send(api, "ann@a.example"); code != "map[code:TOO_MANY]" {
			t.Errorf("the sixth: %s", code)
		}
		api.Clock.Advance(11 * time.Minute)
		if _, code := send(api, "ann@a.example"); code != "QUEUED" {
			t.Errorf("later: %s", code)
		}
	})
}
