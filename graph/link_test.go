package graph_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/connectattempt"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/lightspeed"
	"possync/internal/records/connection"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
)

const connectLightspeed = `mutation($in: ConnectLightspeedInput!) { connectLightspeed(input: $in) {
	authorizeUrl expiresAt userErrors { code field message } } }`

func connect(in map[string]any) map[string]any { return map[string]any{"in": in} }

func TestConnectLightspeed(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		api := graphtest.New(t, client)
		caller := api.As(t, "a", tenant.RoleManage)
		tree := caller.Tree(connectLightspeed, connect(map[string]any{"returnUrl": "https://shop.example/settings?tab=pos", "acknowledge": []string{"OTHER_ACCOUNT"}}))
		address, err := url.Parse(graphtest.At(t, tree, "connectLightspeed.authorizeUrl").(string))
		if err != nil {
			t.Fatal(err)
		}
		id, secret, _ := strings.Cut(address.Query().Get("state"), ".")
		attempt := client.ConnectAttempt.GetX(ctx, id)
		raw, err := base64.RawURLEncoding.DecodeString(secret)
		if err != nil || len(raw) != 32 {
			t.Errorf("the secret %q has %d bytes, %v", secret, len(raw), err)
		}
		hash := sha256.Sum256([]byte(secret))
		sealed := "sealed|connect_attempts.verifier/" + id + "|verifier-of-the-test"
		if !bytes.Equal(attempt.StateHash, hash[:]) || string(attempt.Verifier) != sealed || attempt.UserID != "ann" || attempt.UsedAt != nil ||
			attempt.ReturnURL != "https://shop.example/settings?tab=pos" || !attempt.OtherAccountAcknowledged ||
			!attempt.ExpiresAt.Equal(storetest.Now().Add(10*time.Minute)) {
			t.Errorf("attempt %+v", attempt)
		}
		if got := graphtest.At(t, tree, "connectLightspeed.expiresAt"); got != "2026-05-02T18:30:31Z" {
			t.Errorf("expires at %v", got)
		}
		if address.Query().Get("challenge-of") != "verifier-of-the-test" {
			t.Errorf("address %v", address)
		}
		// A newer one ends it.
		caller.Get(nil, connectLightspeed, connect(map[string]any{}))
		caller.Get(nil, connectLightspeed, connect(map[string]any{"returnUrl": nil, "acknowledge": nil}))
		if n := client.ConnectAttempt.Query().Where(connectattempt.ClosedAtIsNil(), connectattempt.IDNEQ(id)).CountX(ctx); n != 1 {
			t.Errorf("%d attempts are open", n)
		}
		if attempt = client.ConnectAttempt.GetX(ctx, id); attempt.ClosedAt == nil {
			t.Error("the first attempt goes on")
		}
		for range 7 {
			caller.Get(nil, connectLightspeed, connect(map[string]any{}))
		}
		if diff := cmp.Diff([]string{"TOO_MANY"}, caller.UserErrors(connectLightspeed, connect(map[string]any{}), "connectLightspeed")); diff != "" {
			t.Errorf("the eleventh within an hour (-want +got):\n%s", diff)
		}
	})
}

const completeConnection = `mutation($code: String!) { completeConnection(input: {code: $code}) {
	lightspeedLink { state accountName connectedBy } userErrors { code field message } } }`

func TestCompleteConnection(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, s := storetest.Site(t, client, "a")
		other, _ := storetest.Site(t, client, "b")
		api := graphtest.New(t, client)
		caller := api.As(t, "a", tenant.RoleManage)
		hold := func() (code string) {
			t.Helper()
			attempt, _, err := connection.Begin(ctx, client, graphtest.Box{}, connection.Request{UserID: "ann", Verifier: "v"}, api.Clock.Now())
			if err != nil {
				t.Fatal(err)
			}
			code, err = connection.Grant{
				Pair:    lightspeed.TokenPair{AccessToken: "access", RefreshToken: "refresh", ExpiresAt: api.Clock.Now().Add(time.Hour)},
				Account: lightspeed.AccountInfo{AccountID: "1", Name: "Alpine Bikes"}, EmployeeName: "Ada",
			}.Hold(ctx, client, graphtest.Box{}, attempt, api.Clock.Now())
			if err != nil {
				t.Fatal(err)
			}
			return code
		}
		refused := func(caller graphtest.Caller, code, want string) {
			t.Helper()
			if diff := cmp.Diff([]string{want}, caller.UserErrors(completeConnection, map[string]any{"code": code}, "completeConnection")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if n := client.LightspeedLink.Query().CountX(ctx) + client.LightspeedLink.Query().CountX(other); n != 0 {
				t.Fatal("something was connected")
			}
		}
		code := hold()
		refused(api.As(t, "b", tenant.RoleManage), code, "INVALID code")
		refused(caller, "", "INVALID code")
		refused(caller, "12345-67890", "INVALID code")
		// What was counted is kept: the fifth ends the attempt, and the grant goes.
		for range 3 {
			refused(caller, "12345-67890", "INVALID code")
		}
		refused(caller, code, "INVALID code")
		if n := client.TokenRevocation.Query().CountX(ctx); n != 1 {
			t.Errorf("%d grants are to be revoked", n)
		}
		code = hold()
		api.Clock.Advance(10 * time.Minute)
		refused(caller, code, "EXPIRED code")
		refused(caller, code, "INVALID code")
		if n := client.TokenRevocation.Query().CountX(ctx); n != 2 {
			t.Errorf("%d grants are to be revoked", n)
		}
		setup, work := api.Bus.Subscribe(synclog.SetupTopic(s.ID)), api.Bus.Subscribe(synclog.WorkTopic)
		defer setup.Close()
		defer work.Close()
		code = hold()
		tree := caller.Tree(completeConnection, map[string]any{"code": strings.ToLower(code)})
		want := map[string]any{"lightspeedLink": map[string]any{"state": "CONNECTED", "accountName": "Alpine Bikes", "connectedBy": "ann"}, "userErrors": []any{}}
		if diff := cmp.Diff(any(want), graphtest.At(t, tree, "completeConnection")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		link := client.LightspeedLink.Query().OnlyX(ctx)
		if string(link.RefreshToken) != "sealed|lightspeed_links.refresh_token/"+link.ID+"|refresh" || string(link.AccessToken) != "sealed|lightspeed_links.access_token/"+link.ID+"|access" {
			t.Errorf("tokens %s, %s", link.AccessToken, link.RefreshToken)
		}
		if len(setup.C()) != 1 || len(work.C()) != 1 {
			t.Error("nobody was woken")
		}
		if got := caller.UserErrors(completeConnection, map[string]any{"code": code}, "completeConnection"); len(got) != 1 || got[0] != "INVALID code" {
			t.Errorf("again: %v", got)
		}
	})
}

func TestConnectLightspeedRefuses(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	ctx, _ := storetest.Site(t, client, "a")
	caller := graphtest.New(t, client, func(d *graph.Deps, _ *graph.HTTPOptions) {
		d.ReturnOrigins = []string{"https://shop.example", "http://127.0.0.1:8080", "http://plain.example"}
	}).As(t, "a", tenant.RoleManage)
	for address, fine := range map[string]bool{
		"https://shop.example": true, "https://shop.example/a?b=c#d": true, "http://127.0.0.1:8080/": true, "": true,
		"http://shop.example/": false, "https://shop.example:8443/": false, "https://evil.example/": false, "//shop.example/": false,
		"https://shop.example@evil.example/": false, "https://user:pw@shop.example/": false, "javascript:alert(1)": false, "/settings": false,
		"http://plain.example/": false, "https://shop.example.evil.example/": false, "https:shop.example": false, "https://shop.example/\n": false,
		"https://shop.example/" + strings.Repeat("x", 2000): false, "%zz": false,
	} {
		want := []string{"INVALID returnUrl"}
		if fine {
			want = []string{}
		}
		got := caller.UserErrors(connectLightspeed, connect(map[string]any{"returnUrl": address}), "connectLightspeed")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%.60q (-want +got):\n%s", address, diff)
		}
	}
	link := client.LightspeedLink.Create().SetState(retail.LinkConnected).SetAccountID("1").SaveX(ctx)
	for state, needed := range map[retail.LinkState]bool{retail.LinkConnected: true, retail.LinkNeedsReauth: true, retail.LinkDisconnected: false} {
		link.Update().SetState(state).ExecX(ctx)
		for _, given := range []bool{false, true} {
			acknowledge, want := []string{"OTHER_ACCOUNT"}, []string{"INVALID returnUrl"}
			if given {
				acknowledge = append(acknowledge, "REPLACES_CONNECTION")
			} else if needed {
				want = []string{"ACKNOWLEDGEMENT_REQUIRED acknowledge", "INVALID returnUrl"}
			}
			got := caller.UserErrors(connectLightspeed, connect(map[string]any{"returnUrl": "x", "acknowledge": acknowledge}), "connectLightspeed")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, acknowledged %v (-want +got):\n%s", state, given, diff)
			}
		}
	}
}

const disconnectLightspeed = `mutation { disconnectLightspeed(input: {acknowledge: [EMPTIES_WEBSITE]}) { lightspeedLink { id state disconnectedAt reauthSince } userErrors { code field message } } }`

func TestDisconnectLightspeed(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, s := storetest.Site(t, client, "a")
		api := graphtest.New(t, client)
		caller := api.As(t, "a", tenant.RoleManage)
		if diff := cmp.Diff([]string{"NOT_CONNECTED"}, caller.UserErrors(disconnectLightspeed, nil, "disconnectLightspeed")); diff != "" {
			t.Errorf("never connected (-want +got):\n%s", diff)
		}
		now := storetest.Now()
		link := client.LightspeedLink.Create().SetState(retail.LinkNeedsReauth).SetAccountID("1").SetReauthSince(now).
			SetAccessToken([]byte("sealed access")).SetRefreshToken([]byte("sealed refresh")).SetAccessExpiresAt(now).
			SetTokenVersion(4).SetRenewalOwner("x").SetRenewalUntil(now).SaveX(ctx)
		client.SyncState.Update().SetNextRunAt(now).ExecX(ctx)
		run, _, err := synclog.Enqueue(ctx, client, synclog.Request{Kind: retail.KindFull, Trigger: retail.TriggerManual}, now)
		if err != nil {
			t.Fatal(err)
		}
		run, err = synclog.Move(ctx, client, run, now, func(u *ent.SyncRunUpdateOne) { u.SetState(retail.RunRunning) })
		if err != nil {
			t.Fatal(err)
		}
		setup := api.Bus.Subscribe(synclog.SetupTopic(s.ID))
		defer setup.Close()
		for _, unasked := range []string{"", "(input: null)", "(input: {})", "(input: {acknowledge: [HIDES_MANY]})"} {
			document := `mutation { disconnectLightspeed` + unasked + ` { userErrors { code field message } } }`
			if diff := cmp.Diff([]string{"ACKNOWLEDGEMENT_REQUIRED acknowledge"}, caller.UserErrors(document, nil, "disconnectLightspeed")); diff != "" {
				t.Errorf("%q (-want +got):\n%s", unasked, diff)
			}
		}
		if now := client.LightspeedLink.GetX(ctx, link.ID); now.State != retail.LinkNeedsReauth || now.TokenVersion != 4 {
			t.Errorf("it is disconnected without consent: %+v", now)
		}
		tree := caller.Tree(disconnectLightspeed, nil)
		want := map[string]any{"id": link.ID, "state": "DISCONNECTED", "disconnectedAt": "2026-05-02T18:20:31Z", "reauthSince": nil}
		if diff := cmp.Diff(any(want), graphtest.At(t, tree, "disconnectLightspeed.lightspeedLink")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		row := client.LightspeedLink.GetX(ctx, link.ID)
		if row.AccessToken != nil || row.RefreshToken != nil || row.AccessExpiresAt != nil || row.TokenVersion != 5 || row.RenewalOwner != "" || row.RenewalUntil != nil {
			t.Errorf("the link keeps %+v", row)
		}
		revocation := client.TokenRevocation.Query().OnlyX(ctx)
		if string(revocation.RefreshToken) != "sealed refresh" || revocation.SealedFor != "lightspeed_links.refresh_token/"+link.ID || !revocation.DueAt.Equal(now) {
			t.Errorf("revocation %+v", revocation)
		}
		if r := client.SyncRun.GetX(ctx, run.ID); !r.CancelRequested || r.State != retail.RunRunning {
			t.Errorf("the run is %s, cancel requested: %v", r.State, r.CancelRequested)
		}
		state := client.SyncState.Query().OnlyX(ctx)
		if state.NextRunAt != nil || state.EvaluationWanted != 1 || state.DueAt == nil || len(setup.C()) != 1 {
			t.Errorf("state %+v", state)
		}
		// Once more: nothing to do.
		if again := caller.Tree(disconnectLightspeed, nil); cmp.Diff(tree, again) != "" {
			t.Errorf("again: %v", again)
		}
		if n := client.TokenRevocation.Query().CountX(ctx); n != 1 {
			t.Errorf("%d revocations", n)
		}
	})
}
