package jobstest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"possync/ent/migrate/migrations"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/event"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
)

// Start is how fixtures begin that many tests have in common, such as synced ones. It is made once for each database, and copied
// for each test.
type Start struct {
	POS sandbox.Options
	// Name names what Prepare does.
	Name string
	// Prepare does what the tests have in common. It may change nothing in the POS, which is new for each test.
	Prepare func(*Fixture)
}

// Run runs a test in such a fixture on both databases.
func (s Start) Run(t *testing.T, fn func(t *testing.T, w *Fixture)) {
	t.Helper()
	databasetest.Run(t, s.template(t), func(t *testing.T, db *database.DB) { fn(t, s.open(t, db)) })
}

// Any returns such a fixture for a test of what does not depend on the database.
func (s Start) Any(t testing.TB) *Fixture {
	t.Helper()
	return s.open(t, databasetest.Any(t, s.template(t)))
}

// Postgres returns such a fixture on PostgreSQL.
func (s Start) Postgres(t testing.TB) *Fixture {
	t.Helper()
	return s.open(t, databasetest.Postgres(t, s.template(t)))
}

// prepared is what a fixture has besides its database.
type prepared struct {
	pos *sandbox.Server // has issued the tokens
	key string          // seals them
	now time.Time
}

// starts holds what was prepared, by [Start.key] and dialect.
var starts sync.Map

func (s Start) key() string { return fmt.Sprintf("%s %+v", s.Name, s.POS) }

func (s Start) template(t testing.TB) databasetest.Template {
	t.Helper()
	schema := databasetest.Migrations(t, migrations.Files)
	return databasetest.Template{Key: s.key(), Base: &schema, Fill: func(_ context.Context, db *database.DB) error {
		w := New(t, storetest.NewClient(db), s.POS)
		w.DB = db
		s.Prepare(w)
		starts.Store(s.key()+db.Dialect, prepared{w.POS, w.Key, w.Clock.Now()})
		return nil
	}}
}

// open returns the fixture whose database is a copy.
func (s Start) open(t testing.TB, db *database.DB) *Fixture {
	t.Helper()
	found, ok := starts.Load(s.key() + db.Dialect)
	if !ok {
		t.Fatalf("nothing was prepared for %s", s.key())
	}
	p := found.(prepared)
	w := &Fixture{T: t, DB: db, Client: storetest.NewClient(db), Clock: clock.NewAuto(storetest.Now()), Bus: event.NewBus()}
	w.servePOS(s.POS)
	w.POS.CopyConnections(p.pos)
	w.Clock.Set(p.now)
	w.Ctx = tenant.WithSite(t.Context(), tenant.SiteID(siteKey))
	var err error
	w.Site, err = w.Client.Site.Get(w.Ctx, tenant.SiteID(siteKey))
	w.must("read the site", err)
	w.begin(p.key)
	return w
}

// Synced is a start whose first sync is done, whose shops are mapped, and of whose items every nth is a product. name says what
// more, if anything, is done.
func Synced(options sandbox.Options, nth int, name string, more ...func(*Fixture)) Start {
	return Start{POS: options, Name: fmt.Sprint("synced ", nth, " ", name), Prepare: func(w *Fixture) {
		w.ImportCatalogue(nth)
		w.Connect("admin")
		w.Work()
		w.MapAll()
		w.Work()
		for _, do := range more {
			do(w)
		}
	}}
}
