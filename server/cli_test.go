package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"possync/internal/database/databasetest"
	"possync/server/auth"
	"possync/server/demo"
)

// outcome is what a command did.
type outcome struct {
	code           int
	stdout, stderr string
}

func run(t *testing.T, env map[string]string, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := Run(t.Context(), args, func(name string) string { return env[name] }, &stdout, &stderr)
	return outcome{code, stdout.String(), stderr.String()}
}

// Every way in which serve can be misconfigured is told in one go, on standard error, and nothing is tried.
func TestServeListsEveryMissingSetting(t *testing.T) {
	o := run(t, map[string]string{"POSSYNC_WORKERS": "none", "POSSYNC_DATABASE_URL": "mysql://user:hunter2@db/x"}, "serve")
	if o.code != exitUsage || o.stdout != "" {
		t.Errorf("code %d, output %q", o.code, o.stdout)
	}
	for _, setting := range []string{
		"PUBLIC_URL", "DATABASE_URL", "LIGHTSPEED_CLIENT_ID", "LIGHTSPEED_CLIENT_SECRET", "SEAL_KEYS", "JWT_JWKS_URL",
		"JWT_ISSUER", "JWT_AUDIENCE", "WORKERS",
	} {
		if !strings.Contains(o.stderr, "\n  POSSYNC_"+setting+": ") {
			t.Errorf("%s is not told:\n%s", setting, o.stderr)
		}
	}
	if strings.Contains(o.stderr, "hunter2") {
		t.Error("a password is told")
	}
}

func TestUsage(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"--help"}, exitOK, "sandbox"},
		{[]string{"serve", "--help"}, exitOK, "$POSSYNC_DATABASE_URL"},
		{[]string{"version"}, exitOK, "possync "},
		{[]string{"seal-key", "2026-11"}, exitOK, "2026-11:"},
		{nil, exitUsage, "expected one of"},
		{[]string{"fly"}, exitUsage, "fly"},
		{[]string{"sandbox", "--items", "0"}, exitUsage, "--items"},
		{[]string{"sandbox", "--shops", "many"}, exitUsage, "--shops"},
		{[]string{"sandbox", "--accounts", "0"}, exitUsage, "--accounts"},
		{[]string{"token", "--ttl", "48h"}, exitUsage, "--ttl"},
		{[]string{"token", "--role", "root"}, exitUsage, "--role"},
		{[]string{"token", "--dir", "/nowhere"}, exitFailed, "start the demo first"},
		{[]string{"migrate"}, exitUsage, "POSSYNC_DATABASE_URL"},
		{[]string{"demo", "--log-level", "loud"}, exitUsage, "POSSYNC_LOG_LEVEL"},
		{[]string{"demo", "--allowed-origins", "shop"}, exitUsage, "POSSYNC_ALLOWED_ORIGINS"},
	} {
		o := run(t, nil, c.args...)
		if o.code != c.code || !strings.Contains(o.stdout+o.stderr, c.want) {
			t.Errorf("possync %s: %+v, want code %d with %q", strings.Join(c.args, " "), o, c.code, c.want)
		}
	}
}

func TestMigrate(t *testing.T) {
	databasetest.NotRaced(t)
	env := map[string]string{"POSSYNC_DATABASE_URL": "sqlite:" + filepath.Join(t.TempDir(), "x.db")}
	if o := run(t, env, "migrate", "--status"); o.code != exitFailed || !strings.Contains(o.stdout, "pending ") {
		t.Errorf("status of an empty database: %+v", o)
	}
	if o := run(t, env, "migrate"); o.code != exitOK || !strings.Contains(o.stdout, "applied ") || !strings.HasSuffix(o.stdout, "up to date\n") {
		t.Errorf("migrate: %+v", o)
	}
	if o := run(t, env, "migrate"); o.code != exitOK || strings.Contains(o.stdout, "applied") {
		t.Errorf("migrate again: %+v", o)
	}
	if o := run(t, env, "migrate", "--status"); o.code != exitOK || o.stdout != "nothing is pending\n" {
		t.Errorf("status: %+v", o)
	}
}

// The keys are changed as the documentation says, by the command.
func TestReseal(t *testing.T) {
	databasetest.NotRaced(t)
	env := map[string]string{"POSSYNC_DATABASE_URL": "sqlite:" + filepath.Join(t.TempDir(), "possync.db")}
	if o := run(t, env, "reseal"); o.code != exitUsage || !strings.Contains(o.stderr, "POSSYNC_SEAL_KEYS") {
		t.Errorf("without keys: %+v", o)
	}
	old, fresh := strings.TrimSpace(run(t, nil, "seal-key", "old").stdout), strings.TrimSpace(run(t, nil, "seal-key", "new").stdout)
	env["POSSYNC_SEAL_KEYS"] = old
	if o := run(t, env, "reseal"); o.code != exitFailed || !strings.Contains(o.stderr, "possync migrate") {
		t.Errorf("before the migrations: %+v", o)
	}
	if o := run(t, env, "migrate"); o.code != exitOK {
		t.Fatalf("%+v", o)
	}
	for _, step := range []struct {
		keys, want string
		code       int
	}{
		{old, "everything is encrypted with old", exitOK},
		{fresh, `"old"`, exitFailed},
		{fresh + "," + old, "everything is encrypted with new", exitOK},
		{fresh, "everything is encrypted with new", exitOK},
		{old, `"new"`, exitFailed},
	} {
		env["POSSYNC_SEAL_KEYS"] = step.keys
		o := run(t, env, "reseal")
		if o.code != step.code || !strings.Contains(o.stdout+o.stderr, step.want) {
			t.Errorf("%+v, want code %d and %q", o, step.code, step.want)
		}
		for _, key := range []string{old, fresh} {
			_, secret, _ := strings.Cut(key, ":")
			if strings.Contains(o.stdout+o.stderr, secret) {
				t.Error("a key is printed")
			}
		}
	}
}

func TestToken(t *testing.T) {
	dir := t.TempDir()
	key, err := auth.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	text, err := auth.MarshalPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, demo.SigningKeyFile), text, 0o600); err != nil {
		t.Fatal(err)
	}
	o := run(t, nil, "token", "--dir", dir, "--site", "bikes", "--user", "eve", "--role", "view", "--ttl", "5m")
	if o.code != exitOK {
		t.Fatalf("%+v", o)
	}
	keys, err := auth.NewOneKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	p, err := auth.NewVerifier(keys, demo.Issuer, demo.Audience, 24*time.Hour, time.Now).Verify(t.Context(), strings.TrimSpace(o.stdout))
	if err != nil || p.SiteKey != "bikes" || p.UserID != "eve" || p.Role != "view" {
		t.Errorf("%+v, %v", p, err)
	}
}

// Each account of the sandbox has a line of its own, with a token that opens this account and no other, and other data.
func TestSandboxWithTwoAccounts(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan int)
	go func() {
		code := Run(ctx, []string{"sandbox", "--listen", "127.0.0.1:0", "--items", "20", "--accounts", "2"}, none, in, io.Discard)
		_ = in.Close()
		done <- code
	}()
	lines := bufio.NewScanner(out)
	var accounts []map[string]string
	for len(accounts) < 2 && lines.Scan() {
		var account map[string]string
		if err := json.Unmarshal(lines.Bytes(), &account); err != nil {
			t.Fatalf("%s: %v", lines.Bytes(), err)
		}
		accounts = append(accounts, account)
	}
	if len(accounts) < 2 {
		t.Fatal("less than two lines")
	}
	get := func(account, token map[string]string) (status int, body string) {
		address := account["url"] + "/API/V3/Account/" + account["accountID"] + "/Item.json?limit=5"
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+token["accessToken"])
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		content, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		_, rows, _ := strings.Cut(string(content), `"Item":`)
		return response.StatusCode, rows
	}
	first, items := get(accounts[0], accounts[0])
	second, others := get(accounts[1], accounts[1])
	if first != http.StatusOK || second != http.StatusOK || items == others {
		t.Errorf("%d %d, the same items: %v", first, second, items == others)
	}
	if status, _ := get(accounts[1], accounts[0]); status != http.StatusForbidden {
		t.Errorf("the first account's token opens the second: %d", status)
	}
	cancel()
	if code := <-done; code != exitOK {
		t.Errorf("exit code %d", code)
	}
}

// The first line of the sandbox is all that a client needs, and the sandbox answers by the time the line is there.
func TestSandboxFirstLine(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan int)
	go func() {
		code := Run(ctx, []string{"sandbox", "--listen", "127.0.0.1:0", "--items", "120", "--traffic", "100"}, none, in, io.Discard)
		_ = in.Close()
		done <- code
	}()
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("no line")
	}
	var keys map[string]string
	if err := json.Unmarshal(lines.Bytes(), &keys); err != nil {
		t.Fatalf("%s: %v", lines.Bytes(), err)
	}
	want := []string{"accessToken", "accountID", "clientID", "clientSecret", "refreshToken", "url"}
	var got []string
	for key, value := range keys {
		if got = append(got, key); value == "" {
			t.Errorf("%s is empty", key)
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("keys %v, want %v", got, want)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, keys["url"]+"/API/V3/Account/"+keys["accountID"]+"/Item.json?limit=1", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+keys["accessToken"])
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("Item.json: HTTP %d", response.StatusCode)
	}
	cancel()
	if lines.Scan() {
		t.Errorf("another line: %s", lines.Bytes())
	}
	if code := <-done; code != exitOK {
		t.Errorf("exit code %d", code)
	}
}

// Of two programs that want a port the second says so, and what to do.
func TestTakenPorts(t *testing.T) {
	busy := taken(t)
	dir := t.TempDir()
	for setting, args := range map[string][]string{
		"POSSYNC_LISTEN":         {"--listen", busy, "--sandbox-listen", "127.0.0.1:0"},
		"POSSYNC_SANDBOX_LISTEN": {"--listen", "127.0.0.1:0", "--sandbox-listen", busy},
	} {
		o := run(t, nil, append([]string{"demo", "--dir", dir}, args...)...)
		if o.code != exitFailed || !strings.Contains(o.stderr, "another program uses the address "+busy) || !strings.Contains(o.stderr, setting) {
			t.Errorf("%+v", o)
		}
	}
}

func none(string) string { return "" }

// taken is an address on which somebody listens already.
func taken(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().String()
}
