package metrics_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"log/slog"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"possync/internal/graphqlhttp"
	"possync/internal/lightspeed"
	"possync/internal/records/census"
	"possync/internal/retail"
	"possync/server/metrics"
)

// served are the names of all metrics of a server that has done some of everything.
func served(t *testing.T) map[string]bool {
	t.Helper()
	m := metrics.New("test", slog.New(slog.DiscardHandler))
	m.Operation(t.Context(), graphqlhttp.Operation{Field: "query site"})
	m.Attempt(lightspeed.Attempt{Outcome: lightspeed.Outcomes()[0]})
	counted := census.Census{
		Runs:    map[census.Run]int{{Kind: retail.KindFull, State: retail.RunRunning}: 1},
		Exports: map[retail.ExportState]census.Exports{retail.ExportQueued: {Count: 1, Oldest: time.Now()}},
		Grants:  map[retail.LinkState]int{retail.LinkConnected: 1},
	}
	m.Watch(metrics.State{
		DB: map[string]*sql.DB{"requests": {}}, Streams: func() int { return 0 }, Leases: func() map[string]int { return map[string]int{"sync": 1} }, Writable: func() bool { return true },
		Census: func(context.Context) (census.Census, error) { return counted, nil }, Now: time.Now,
	})
	families, err := m.Registry().Gather()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, f := range families {
		names[f.GetName()] = true
		if f.GetType().String() == "HISTOGRAM" {
			names[f.GetName()+"_bucket"], names[f.GetName()+"_count"], names[f.GetName()+"_sum"] = true, true, true
		}
	}
	return names
}

// used are the names of metrics in an expression.
var used = regexp.MustCompile(`\b(possync|go|process)_[a-z_]+`)

func check(t *testing.T, known map[string]bool, what, expression string) (found int) {
	t.Helper()
	for _, name := range used.FindAllString(expression, -1) {
		found++
		if !known[name] {
			t.Errorf("%s uses %s, which is not there", what, name)
		}
	}
	if found == 0 {
		t.Errorf("%s uses no metric: %s", what, expression)
	}
	if strings.Count(expression, "(") != strings.Count(expression, ")") {
		t.Errorf("%s has unbalanced parentheses: %s", what, expression)
	}
	return found
}

// The alert rules are well formed, and use metrics that are there.
func TestAlertRules(t *testing.T) {
	text, err := os.ReadFile("../../deploy/alerts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Name  string
			Rules []struct {
				Alert, Expr, For string
				Labels           map[string]string
				Annotations      map[string]string
			}
		}
	}
	if err := yaml.UnmarshalWithOptions(text, &file, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	known, rules := served(t), 0
	for _, group := range file.Groups {
		for _, r := range group.Rules {
			rules++
			check(t, known, r.Alert, r.Expr)
			if _, err := time.ParseDuration(r.For); err != nil || r.Labels["severity"] == "" || r.Annotations["summary"] == "" {
				t.Errorf("%s lacks something: %+v", r.Alert, r)
			}
		}
	}
	if rules == 0 {
		t.Error("there are no rules")
	}
}

// The dashboard shows metrics that are there, and every one of ours.
func TestDashboard(t *testing.T) {
	text, err := os.ReadFile("../../deploy/grafana-dashboard.json")
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		Title  string
		Panels []struct {
			ID      int
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(text, &board); err != nil {
		t.Fatal(err)
	}
	known := served(t)
	for _, p := range board.Panels {
		for _, target := range p.Targets {
			check(t, known, p.Title, target.Expr)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if strings.HasPrefix(name, "possync_") && !strings.HasSuffix(name, "_count") && !strings.HasSuffix(name, "_sum") && !known[name+"_bucket"] &&
			!strings.Contains(string(text), name) {
			t.Errorf("no panel shows %s", name)
		}
	}
}
