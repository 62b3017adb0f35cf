package app_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/database/tenantcheck"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/tenant"
	"possync/server/app"
	"possync/server/auth"
)

// locks are the two locks on tenancy that a server has, or lacks.
type locks struct{ first, second bool }

func (l locks) String() string {
	switch l {
	case locks{true, true}:
		return "both locks"
	case locks{false, true}:
		return "the second lock alone"
	case locks{true, false}:
		return "the first lock alone"
	default:
		return "no lock"
	}
}

// open opens a client with these locks. Without the first one new rows still get their site: otherwise nothing could be written, and
// nothing would be tried.
func (l locks) open(db *database.DB) *ent.Client {
	check := tenantcheck.New(nil)
	switch {
	case l.first && l.second:
		return store.NewClient(db)
	case l.first:
		return store.NewClientOver(store.DriverChecking(db, check))
	}
	driver := store.DriverChecking(db, check)
	if l.second {
		driver = store.Driver(db)
	}
	client := ent.NewClient(ent.Driver(driver))
	client.Use(func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			siteID, kind := tenant.Scope(ctx)
			if _, given := m.Field("site_id"); m.Op().Is(ent.OpCreate) && kind == tenant.ScopeSite && !given && m.Type() != ent.TypeSite {
				if err := m.SetField("site_id", siteID); err != nil {
					return nil, err
				}
			}
			return next.Mutate(ctx, m)
		})
	})
	return client
}

// sites are three sites on two databases that differ in one of them: the attacker and a third are the same, and in place of the victim
// the second database has another site, with other ids, texts and numbers.
type sites struct {
	attacker, third, victim, other *tenancytest.Site
	with, without                  databasetest.Template
}

func newSites(t *testing.T, dialect string) *sites {
	t.Helper()
	s := &sites{}
	base := databasetest.Migrations(t, migrations.Files)
	filled := databasetest.Template{Key: t.Name(), Base: &base, Fill: func(_ context.Context, db *database.DB) error {
		client := storetest.NewClient(db)
		s.attacker = tenancytest.Fill(t, client, "a", "Quaxa", 3)
		s.third = tenancytest.Fill(t, client, "c", "Quaxc", 2)
		return nil
	}}
	variant := func(name string, site **tenancytest.Site, key, marker string, rows int) databasetest.Template {
		return databasetest.Template{Key: filled.Key + "/" + name, Base: &filled, Fill: func(_ context.Context, db *database.DB) error {
			client := storetest.NewClient(db)
			*site = tenancytest.Fill(t, client, key, marker, rows)
			s.attacker.LinkToOther(t, client, db, *site)
			return nil
		}}
	}
	s.with = variant("with", &s.victim, "b", "Quaxb", 3)
	s.without = variant("without", &s.other, "d", "Quaxd", 3)
	return s
}

// twin is a server on one of the databases, without its jobs.
type twin struct {
	t      *testing.T
	db     *database.DB
	server *httptest.Server
	tokens map[string]string // by site and role
	log    *recorder
}

func newTwin(t *testing.T, dialect string, template databasetest.Template, l locks) *twin {
	t.Helper()
	var db *database.DB
	if dialect == database.SQLite {
		db = databasetest.SQLite(t, template)
	} else {
		db = databasetest.Postgres(t, template)
	}
	f := newFixture(t, db)
	f.config.PublicURL = must(url.Parse("http://possync.example"))(t)
	w := &twin{t: t, db: db, tokens: map[string]string{}, log: &recorder{}}
	options := app.Options{Logger: slog.New(slog.NewJSONHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})), Version: "test"}
	a := must(app.New(t.Context(), f.config, options.WithClient(l.open)))(t)
	w.server = httptest.NewServer(a.Handler())
	t.Cleanup(func() {
		w.server.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, site := range []string{"a", "b", "c"} {
		for _, role := range roles {
			token := auth.Token{Site: site, User: "mallory", Role: role, ExpiresAt: time.Now().Add(time.Hour)}
			w.tokens[site+"/"+string(role)] = must(f.signer.Sign(token))(t)
		}
	}
	return w
}

var roles = []tenant.Role{tenant.RoleView, tenant.RoleManage, tenant.RoleService}

// recorder keeps what is logged until it is taken.
type recorder struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (r *recorder) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(p)
}

func (r *recorder) take() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.text.Reset()
	return r.text.String()
}

// attempt is what somebody sends.
type attempt struct {
	site   string // its key
	role   tenant.Role
	path   string
	body   string               // "" = GET
	stream bool                 // whose first event is the answer
	alone  []graphtest.Document // what a query asks for, one by one
	fields int                  // of the root type that it asks for, or 1
}

// send returns status, headers and body.
func (w *twin) send(r attempt) string {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	method := http.MethodPost
	if r.body == "" {
		method = http.MethodGet
	}
	sent, err := http.NewRequestWithContext(ctx, method, w.server.URL+r.path, strings.NewReader(r.body))
	if err != nil {
		w.t.Fatal(err)
	}
	sent.Header.Set("Authorization", "Bearer "+w.tokens[r.site+"/"+string(r.role)])
	sent.Header.Set("Content-Type", "application/json")
	if r.stream {
		sent.Header.Set("Accept", "text/event-stream")
	}
	response, err := w.server.Client().Do(sent)
	if err != nil {
		w.t.Fatalf("%s %s: %v", r.path, r.body, err)
	}
	defer func() { _ = response.Body.Close() }()
	var body string
	if r.stream {
		body = firstEvent(response.Body)
	} else {
		all, err := io.ReadAll(response.Body)
		body = string(all)
		if err != nil {
			body += "\ncut off"
		}
	}
	headers := make([]string, 0, len(response.Header))
	for name, values := range response.Header {
		if !slices.Contains([]string{"Date", "X-Request-Id", "Content-Length"}, name) {
			headers = append(headers, name+": "+strings.Join(values, ", "))
		}
	}
	slices.Sort(headers)
	return fmt.Sprintf("%d\n%s\n\n%s", response.StatusCode, strings.Join(headers, "\n"), body)
}

// firstEvent reads until there was something, or the end.
func firstEvent(body io.Reader) string {
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 1<<20)
	var events strings.Builder
	for lines.Scan() {
		events.WriteString(lines.Text() + "\n")
		if data, ok := strings.CutPrefix(lines.Text(), "data:"); ok && strings.TrimSpace(data) != "" {
			break
		}
	}
	return events.String()
}

var linkURL = regexp.MustCompile(`"url":"[^"]*(/export/[^"]+)"`)

// follow fetches the files whose links are in an answer, and puts what they say in their places.
func (w *twin) follow(answer string) string {
	return linkURL.ReplaceAllStringFunc(answer, func(link string) string {
		w.t.Helper()
		path := linkURL.FindStringSubmatch(link)[1]
		path = strings.ReplaceAll(path, `\u0026`, "&")
		r := must(http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.server.URL+path, nil))(w.t)
		response := must(w.server.Client().Do(r))(w.t)
		defer func() { _ = response.Body.Close() }()
		body, _ := io.ReadAll(response.Body) // cut off by both, or by one
		return fmt.Sprintf("%d %s", response.StatusCode, body)
	})
}

// harvest returns the texts and numbers of a site, as they are in the database.
func harvest(t *testing.T, db *database.DB, s *tenancytest.Site) (texts []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, row := range s.Dump(t, db) {
		for _, field := range regexp.MustCompile(`\b[a-z_]+=`).Split(row, -1) {
			if field = strings.TrimSpace(field); field != "" && len(field) < 60 && field != "<nil>" && !strings.Contains(field, s.Secret) {
				seen[field] = true
			}
		}
	}
	for text := range seen {
		texts = append(texts, text)
	}
	slices.Sort(texts)
	return texts
}

// cursors adds the cursors of a site's lists, by the list.
func cursors(w *twin, site string, schema *ast.Schema, found map[string][]string) {
	w.t.Helper()
	one := regexp.MustCompile(`"[a-zA-Z]*[cC]ursor":"([^"]+)"`)
	for _, field := range schema.Query.Fields {
		query := "{ %s(first: 2) { edges { cursor } pageInfo { endCursor } } }"
		switch {
		case field.Name == "productFeed":
			query = "{ %s(first: 2) { endCursor } }"
		case !strings.HasSuffix(field.Type.Name(), "Connection"):
			continue
		}
		answer := w.send(attempt{site: site, role: tenant.RoleView, path: "/graphql", body: graphQL(fmt.Sprintf(query, field.Name), nil)})
		for _, match := range one.FindAllStringSubmatch(answer, -1) {
			if !slices.Contains(found[field.Name], match[1]) {
				found[field.Name] = append(found[field.Name], match[1])
			}
		}
	}
}
