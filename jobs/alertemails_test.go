package jobs_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/alertemail"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/event"
	"possync/internal/mail"
	"possync/internal/mail/mailtest"
	"possync/internal/message"
	records "possync/internal/records/alertemail"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
	"possync/jobs"
)

// post is a site whose alerts go out by e-mail.
type post struct {
	t      *testing.T
	client *ent.Client
	site   *ent.Site
	clock  *clock.Manual
	server *mailtest.Server
	jobs   *jobs.Service
	log    *strings.Builder

	mu       sync.Mutex
	outcomes []string
	seen     int
}

func newPost(t *testing.T, client *ent.Client, mode retail.AlertEmailMode, o mailtest.Options, addresses ...string) *post {
	t.Helper()
	p := &post{t: t, client: client, clock: clock.NewManual(storetest.Now()), server: mailtest.Start(t, o), log: &strings.Builder{}}
	ctx, site := storetest.Site(t, client, "a")
	p.site = site
	due := records.NextDaily(mode, 8*60, len(addresses), zone(t, site), p.clock.Now())
	client.AlertEmailSettings.Create().SetAddresses(strings.Join(addresses, "\n")).SetMode(mode).SetDailyAt(8 * 60).SetNillableDailyDueAt(due).ExecX(ctx)
	p.jobs = p.process()
	return p
}

func zone(t *testing.T, site *ent.Site) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(site.TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// process is another process on the same database.
func (p *post) process() *jobs.Service {
	return jobs.New(jobs.Deps{
		Client: p.client, Settings: settings.NewSource(p.client, 10), Bus: event.NewBus(), Clock: p.clock, Logger: slog.New(slog.NewTextHandler(p.log, nil)), Owner: "test",
		Mailer: mail.NewSender(p.server.Config()), AlertsURL: "https://possync.example/manage/alerts", Mailed: func(outcome string) {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.outcomes = append(p.outcomes, outcome)
		},
	})
}

func (p *post) inTx(fn func(tx *ent.Client) error) {
	p.t.Helper()
	ctx := tenant.WithSite(p.t.Context(), p.site.ID)
	if err := store.InTx(ctx, p.client, store.Silent{}, func(_ context.Context, tx *ent.Client) error { return fn(tx) }); err != nil {
		p.t.Fatal(err)
	}
}

func (p *post) raise(cause, text string) {
	p.t.Helper()
	ctx := tenant.WithSite(p.t.Context(), p.site.ID)
	alert := orderbook.Alert{Cause: cause, Code: retail.AlertOwnFault, Message: message.Plain(text)}
	if err := orderbook.Raise(ctx, p.client, alert, p.clock.Now()); err != nil {
		p.t.Fatal(err)
	}
}

func (p *post) resolve(cause string) {
	p.t.Helper()
	if err := orderbook.Resolve(tenant.WithSite(p.t.Context(), p.site.ID), p.client, cause, p.clock.Now()); err != nil {
		p.t.Fatal(err)
	}
}

// after moves the clock, has what is due written and sent, and returns the subjects that arrived meanwhile.
func (p *post) after(d time.Duration) []string {
	p.t.Helper()
	p.clock.Advance(d)
	if err := p.jobs.WriteAlertEmails(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	return p.sent()
}

func (p *post) sent() []string {
	p.t.Helper()
	if err := p.jobs.SendAlertEmails(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	subjects := []string{}
	for _, m := range p.server.Received()[p.seen:] {
		subjects = append(subjects, m.To+" "+m.Subject)
		p.seen++
	}
	slices.Sort(subjects)
	return subjects
}

func (p *post) expect(when string, got []string, want ...string) {
	p.t.Helper()
	if !slices.Equal(got, want) {
		p.t.Errorf("%s: %q, want %q", when, got, want)
	}
}

func (p *post) last() mailtest.Received {
	all := p.server.Received()
	return all[len(all)-1]
}

// Alerts go out once for each opening of a cause, gathered, at a bounded rate, to each address in a message of its own.
func TestAlertsGoOutAtOnce(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		p := newPost(t, client, retail.AlertEmailAtOnce, mailtest.Options{}, "ann@a.example", "bob@a.example")
		name := p.site.Name
		p.raise("1", "Lightspeed is not responding. Wait.")
		p.expect("in the first minute", p.after(30*time.Second))
		p.raise("2", "No register is chosen. Choose one.")
		p.raise("passing", "It passes.")
		p.resolve("passing")
		p.expect("after a minute", p.after(31*time.Second), "ann@a.example "+name+": 2 new alerts", "bob@a.example "+name+": 2 new alerts")
		for _, text := range []string{"Lightspeed is not responding. Wait.", "No register is chosen", "https://possync.example/manage/alerts", name} {
			if !strings.Contains(p.last().Body, text) {
				t.Errorf("%q is not in\n%s", text, p.last().Body)
			}
		}
		p.raise("1", "Lightspeed is not responding. Wait.")
		p.raise("3", "Exports have failed. Look at them.")
		p.expect("soon after a message", p.after(10*time.Minute))
		p.resolve("2")
		p.expect("a quarter of an hour after it", p.after(6*time.Minute), "ann@a.example "+name+": Exports have failed", "bob@a.example "+name+": Exports have failed")
		if body := p.last().Body; !strings.Contains(body, "Still open:\n\n- Lightspeed") || !strings.Contains(body, "Ended:\n\n- No register") || strings.Contains(body, "It passes") {
			t.Errorf("the message says\n%s", body)
		}
		p.expect("while all is as it was", p.after(24*time.Hour))
		p.resolve("1")
		p.raise("1", "Lightspeed is not responding. Wait.")
		p.expect("opened again", p.after(2*time.Minute), "ann@a.example "+name+": Lightspeed is not responding", "bob@a.example "+name+": Lightspeed is not responding")
		p.resolve("1")
		p.clock.Advance(20 * time.Minute)
		p.raise("1", "Lightspeed is not responding. Wait.")
		p.expect("opened again within the hour", p.after(20*time.Minute))
		if got := p.after(30 * time.Minute); len(got) != 2 {
			t.Errorf("still open an hour after: %q", got)
		}
		if strings.Contains(p.log.String(), "example") {
			t.Errorf("the log names people: %s", p.log)
		}
	})
}

// The daily message says what is open and what has ended, at the site's time of day, and there is none when there is nothing to say.
func TestAlertsGoOutDaily(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		p := newPost(t, client, retail.AlertEmailDaily, mailtest.Options{}, "ann@a.example")
		due := retail.NextTimeOfDay(8*60, zone(t, p.site), p.clock.Now()).Sub(p.clock.Now())
		p.expect("nothing to say", p.after(due))
		p.raise("1", "Lightspeed is not responding. Wait.")
		p.expect("a second before it is due", p.after(24*time.Hour-time.Second))
		p.raise("short", "It was short. Look.")
		p.resolve("short")
		p.expect("the next day", p.after(time.Second), "ann@a.example "+p.site.Name+": Lightspeed is not responding")
		if body := p.last().Body; !strings.Contains(body, "Ended:\n\n- It was short") {
			t.Errorf("the message says\n%s", body)
		}
		p.expect("later that day", p.after(12*time.Hour))
		p.expect("still open", p.after(12*time.Hour), "ann@a.example "+p.site.Name+": 1 open alert")
		p.resolve("1")
		p.expect("over", p.after(24*time.Hour), "ann@a.example "+p.site.Name+": all alerts have ended")
		p.expect("nothing to say again", p.after(24*time.Hour))
	})
}

// Two processes write and send each message once. One that dies while it sends has the message sent again, and none is lost.
func TestAlertEmailsOfTwoProcesses(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		p := newPost(t, client, retail.AlertEmailAtOnce, mailtest.Options{}, "ann@a.example", "bob@a.example")
		p.raise("1", "Lightspeed is not responding. Wait.")
		p.clock.Advance(2 * time.Minute)
		var both sync.WaitGroup
		for range 4 {
			process := p.process()
			both.Go(func() {
				for _, job := range []func(context.Context) error{process.WriteAlertEmails, process.SendAlertEmails, process.SendAlertEmails} {
					if err := job(t.Context()); err != nil {
						t.Error(err)
					}
				}
			})
		}
		both.Wait()
		if got := p.sent(); len(got) != 2 || got[0][:3] == got[1][:3] {
			t.Errorf("%q", got)
		}
		p.raise("2", "No register is chosen. Choose one.")
		p.clock.Advance(20 * time.Minute)
		if err := p.jobs.WriteAlertEmails(t.Context()); err != nil {
			t.Fatal(err)
		}
		dies := client.AlertEmail.Query().Where(alertemail.StateEQ(retail.AlertEmailQueued), alertemail.Address("bob@a.example")).OnlyX(tenant.System(t.Context()))
		if ok, err := records.Claim(tenant.System(t.Context()), client, dies, p.clock.Now()); err != nil || !ok {
			t.Fatal(ok, err)
		}
		p.expect("while another process sends one", p.sent(), "ann@a.example "+p.site.Name+": No register is chosen")
		p.expect("once that has died", p.after(6*time.Minute), "bob@a.example "+p.site.Name+": No register is chosen")
		p.expect("later", p.after(time.Hour))
	})
}

// A mail server that fails is asked now and then and gets all that has waited; one that refuses an address is not asked for that again.
func TestMailServerFails(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		var mu sync.Mutex
		refuse, tries := "GREETING", 0
		p := newPost(t, client, retail.AlertEmailAtOnce, mailtest.Options{Respond: func(said string) string {
			mu.Lock()
			defer mu.Unlock()
			if said == "GREETING" {
				tries++
			}
			switch {
			case refuse == "GREETING" && said == "GREETING":
				return "HTTP/1.1 400 Bad Request"
			case strings.HasPrefix(said, "RCPT TO:<gone@"):
				return "550 no such user"
			}
			return ""
		}}, "ann@a.example", "gone@a.example")
		p.raise("1", "Lightspeed is not responding. Wait.")
		for range 60 {
			p.expect("while the server fails", p.after(10*time.Second))
		}
		mu.Lock()
		if tries < 3 || tries > 8 {
			t.Errorf("the server was asked %d times in 10 minutes", tries)
		}
		refuse = ""
		mu.Unlock()
		if n := strings.Count(p.log.String(), "the mail server fails"); n != 1 {
			t.Errorf("the log says it %d times:\n%s", n, p.log)
		}
		// Test messages do not wait.
		p.inTx(func(tx *ent.Client) error {
			_, err := records.Test(tenant.WithSite(t.Context(), p.site.ID), tx, "ann@a.example", p.site.Name, "https://x.example", p.clock.Now())
			return err
		})
		p.expect("a test", p.sent(), "ann@a.example "+p.site.Name+": test message")
		got := append(p.after(6*time.Minute), p.after(6*time.Minute)...)
		p.expect("once it works", append(got, p.after(time.Hour)...), "ann@a.example "+p.site.Name+": Lightspeed is not responding")
		refused := client.AlertEmail.Query().Where(alertemail.Address("gone@a.example")).OnlyX(tenant.System(t.Context()))
		if refused.State != retail.AlertEmailFailed || refused.Problem != retail.EmailAddressRefused || refused.ServerSaid != "no such user" || refused.DueAt != nil {
			t.Errorf("%v", refused)
		}
		if !strings.Contains(p.log.String(), "the mail server works again") || strings.Contains(p.log.String(), "gone@") {
			t.Errorf("the log says %s", p.log)
		}
		if counts := fmt.Sprint(p.outcomes); !strings.Contains(counts, "delayed") || !strings.Contains(counts, "sent") || !strings.Contains(counts, "failed") {
			t.Error(counts)
		}
	})
}
