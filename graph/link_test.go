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
	"possync/internal/records/runlog"
	"possync/internal/records/store/storetest"
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
		// Each attempt is one of its own; those of days ago are removed.
		api.Clock.Advance(25 * time.Hour)
		caller.Get(nil, connectLightspeed, connect(map[string]any{}))
		caller.Get(nil, connectLightspeed, connect(map[string]any{"returnUrl": nil, "acknowledge": nil}))
		if ids := client.ConnectAttempt.Query().Order(ent.Asc(connectattempt.FieldID)).IDsX(ctx); len(ids) != 2 || ids[0] == id {
			t.Errorf("attempts %v", ids)
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

const disconnectLightspeed = `mutation { disconnectLightspeed { lightspeedLink { id state disconnectedAt reauthSince } userErrors { code field message } } }`

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
		run, _, err := runlog.Enqueue(ctx, client, runlog.Request{Kind: retail.KindFull, Trigger: retail.TriggerManual}, now)
		if err != nil {
			t.Fatal(err)
		}
		run, err = runlog.Move(ctx, client, run, now, func(u *ent.SyncRunUpdateOne) { u.SetState(retail.RunRunning) })
		if err != nil {
			t.Fatal(err)
		}
		setup := api.Bus.Subscribe(runlog.SetupTopic(s.ID))
		defer setup.Close()
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
