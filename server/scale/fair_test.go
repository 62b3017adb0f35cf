package scale_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"possync/ent/migrate/migrations"
	"possync/internal/database/databasetest"
	"possync/internal/records/display/displaytest"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/secret"
	"possync/internal/tenant"
	"possync/internal/yardstick"
	"possync/server/auth"
)

var (
	fair      = flag.Bool("fair", false, "measure what one site's requests cost another")
	fairFor   = flag.Duration("fair-for", 8*time.Second, "how long each attack lasts")
	fairRuns  = flag.Int("fair-runs", 3, "how often each attack is run; the median counts")
	fairItems = flag.Int("fair-items", 20_000, "items of the site that attacks")
	unbounded = flag.Bool("fair-unbounded", false, "without the bounds of a site, to see what they are for")
)

// The bars: what another site must not notice.
const (
	worstLatency = 100 * time.Millisecond // or slower times idle, if that is more
	slower       = 5
	mostMemory   = 250 << 20
)

// TestFair has one site attack the server, in each of several ways, from a process of its own, and measures how long another site's small
// query takes meanwhile. `make fair` runs it.
func TestFair(t *testing.T) {
	if !*fair {
		t.Skip("make fair runs it")
	}
	db := databasetest.Postgres(t, databasetest.Migrations(t, migrations.Files))
	client := store.NewClient(db)
	ctx, site := storetest.Site(t, client, "attacker")
	displaytest.Fill(t, ctx, client, rand.New(rand.NewPCG(5, 6)), site.ID, 3, *fairItems)
	storetest.Site(t, client, "victim")
	analyze(tenant.System(t.Context()), t, client)
	key, err := secret.GenerateKey("fair")
	must(t, err)
	program := build(t, db.URL(), key)
	if *unbounded {
		for _, name := range []string{"REQUESTS", "SUBSCRIPTIONS", "DOWNLOADS", "COST_PER_SECOND"} {
			program.settings = append(program.settings, "POSSYNC_SITE_"+name+"=0")
		}
	}
	address := freeAddress(t)
	program.settings = append(program.settings, "POSSYNC_LISTEN="+address)
	server := program.start("http://127.0.0.1:1")
	v := victim{url: "http://" + address, token: program.token(t, "victim", tenant.RoleView)}
	v.awaitReady(t)

	idle := v.measure(t, *fairFor)
	limit := max(worstLatency, slower*idle.p99)
	t.Logf("idle: median %s, p99 %s; so the bar is %s", idle.median, idle.p99, limit)
	for _, attack := range attacks {
		var p99s []time.Duration
		var memory int64
		for range *fairRuns {
			stop := attackFrom(t, attack.name, v.url, program.token(t, "attacker", attack.role))
			time.Sleep(*fairFor / 4) // until it is in full swing
			before := yardstick.UsageOf(t, server.Process.Pid, "")
			seen := v.measure(t, *fairFor)
			after := yardstick.UsageOf(t, server.Process.Pid, "")
			what := stop()
			p99s, memory = append(p99s, seen.p99), max(memory, after.Memory)
			t.Logf("%s: median %s, p99 %s, longest %s; server %.0f %% of a core, memory %d MB; /readyz failed %d times; %s", attack.name,
				seen.median, seen.p99, seen.longest, 100*(after.Process-before.Process).Seconds()/fairFor.Seconds(), after.Memory>>20, seen.notReady, what)
			if seen.notReady > 0 {
				t.Errorf("%s: /readyz failed %d times", attack.name, seen.notReady)
			}
			v.awaitReady(t)
		}
		slices.Sort(p99s)
		if p99 := p99s[len(p99s)/2]; p99 > limit {
			t.Errorf("%s: the other site's p99 is %s, want at most %s", attack.name, p99, limit)
		}
		if memory > mostMemory {
			t.Errorf("%s: the server uses %d MB, want at most %d", attack.name, memory>>20, mostMemory>>20)
		}
	}
}

// token makes a token that the server accepts.
func (p *program) token(t *testing.T, site string, role tenant.Role) string {
	t.Helper()
	token, err := p.signer.Sign(auth.Token{Site: site, User: "ann", Role: role, ExpiresAt: time.Now().Add(12 * time.Hour)})
	must(t, err)
	return token
}

// freeAddress returns an address on which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	must(t, l.Close())
	return l.Addr().String()
}

// attackFrom starts an attack in another process. stop ends it, and returns what it has to say: what it was answered, and its CPU.
func attackFrom(t *testing.T, name, url, token string) (stop func() string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	command := exec.CommandContext(ctx, os.Args[0], "-test.run", "^TestAttacker$")
	command.Env = append(os.Environ(), attackVariable+"="+name, "ATTACK_URL="+url, "ATTACK_TOKEN="+token)
	var out strings.Builder
	command.Stdout, command.Stderr = &out, &out
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 15 * time.Second
	must(t, command.Start())
	return func() string {
		cancel()
		_ = command.Wait() // it was interrupted
		return fmt.Sprintf("%s; its own CPU %.1f s", strings.TrimSpace(out.String()), (command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Seconds())
	}
}

// victim is another site's user.
type victim struct{ url, token string }

// noticed is what the victim noticed.
type noticed struct {
	median, p99, longest time.Duration
	notReady             int
}

// measure sends a small query every 10 milliseconds, or as soon as the last is answered, and looks at /readyz twice a second.
func (v victim) measure(t *testing.T, d time.Duration) (n noticed) {
	t.Helper()
	client := &http.Client{Timeout: 20 * time.Second}
	var took []time.Duration
	lastReady := time.Now()
	for end := time.Now().Add(d); time.Now().Before(end); {
		begin := time.Now()
		status, body := request(t.Context(), client, v.url, v.token, `{"query":"{ setup { complete } }"}`)
		took = append(took, time.Since(begin))
		if status != http.StatusOK || !strings.Contains(body, `"complete":false`) {
			t.Errorf("the other site was answered %d %s", status, body)
		}
		if time.Since(lastReady) > 500*time.Millisecond {
			lastReady = time.Now()
			if !v.ready(t.Context()) {
				n.notReady++
			}
		}
		time.Sleep(max(0, 10*time.Millisecond-time.Since(begin)))
	}
	slices.Sort(took)
	n.median, n.p99, n.longest = took[len(took)/2], took[len(took)*99/100], took[len(took)-1]
	return n
}

func (v victim) ready(ctx context.Context) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, v.url+"/readyz", nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	defer func() { _ = response.Body.Close() }()
	return response.StatusCode == http.StatusOK
}

func (v victim) awaitReady(t *testing.T) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !v.ready(t.Context()); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the server does not become ready")
		}
	}
}
