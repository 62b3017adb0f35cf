package app_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/records/tenancy"
	"possync/internal/tenant"
)

var (
	attackOperations = flag.Int("attack", 0, "how many operations TestAttack makes in all; 0 = a few")
	attackSeed       = flag.Uint64("attack-seed", 0, "the seed of TestAttack; 0 = a new one with -attack, otherwise always the same")
)

const (
	roundOperations = 500 // on one pair of them, which what the attacker changes spoils
	fewOperations   = 300
	checkEach       = 25 // requests between two checks of the others' rows
)

// Nothing of another site shows in, or is changed by, whatever a site asks of the whole server, with one of the two locks on tenancy as
// with both. No answer tells whether another site has something: it is the same on a server without that site.
func TestAttack(t *testing.T) {
	for _, l := range []locks{{true, true}, {false, true}, {true, false}} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			databases(t, func(t *testing.T, dialect string) {
				a := newAttack(t, dialect, l)
				total := fewOperations
				if *attackOperations > 0 {
					total = *attackOperations / 3 / len(dialects(t))
				}
				for round := uint64(0); a.done < total && len(a.findings) < 5; round++ {
					a.round(t, round, min(roundOperations, total-a.done))
				}
				for _, finding := range a.findings {
					t.Error(finding)
				}
				t.Logf("seed %d: %d operations on %s with %s in %d requests, %d refused for their size, %d answers with data, %d internal errors", a.seed, a.done, dialect, l, a.requests, a.tooLarge, a.answered, a.internal)
				if a.answered < a.requests/3 && l.first {
					t.Errorf("only %d of %d requests were answered", a.answered, a.requests)
				}
			})
		})
	}
}

// Without either lock the same attack finds leaks of every kind: what it does not find otherwise is not there.
func TestAttackFindsLeaks(t *testing.T) {
	databases(t, func(t *testing.T, dialect string) {
		a := newAttack(t, dialect, locks{})
		found := ""
		for round := uint64(0); round < 4; round++ {
			a.round(t, round, fewOperations)
			found = strings.Join(a.findings, "\n")
			a.findings = nil
			if kinds := []string{"shows", "differs", "changed"}; !slices.ContainsFunc(kinds, func(kind string) bool { return !strings.Contains(found, kind) }) {
				return
			}
		}
		t.Errorf("without locks there was no leak, no difference or no change:\n%s", found)
	})
}

// databases runs a test on each of them in a long attack, and otherwise on one.
func databases(t *testing.T, fn func(t *testing.T, dialect string)) {
	t.Helper()
	for _, dialect := range dialects(t) {
		t.Run(dialect, func(t *testing.T) { fn(t, dialect) })
	}
}

func dialects(t *testing.T) []string {
	t.Helper()
	chosen := databasetest.Chosen(t)
	if *attackOperations == 0 {
		return chosen[:1]
	}
	return chosen
}

// attack counts what was tried, and found.
type attack struct {
	dialect string
	locks   locks
	sites   *sites
	seed    uint64
	schema  *ast.Schema
	texts   []string
	cursors map[string][]string

	done, requests, tooLarge, answered, internal int
	findings                                     []string
}

// usualSeed is the seed where none is given and the attack is short.
const usualSeed = 14

func newAttack(t *testing.T, dialect string, l locks) *attack {
	t.Helper()
	a := &attack{dialect: dialect, locks: l, sites: newSites(t, dialect), seed: *attackSeed, schema: graph.NewSchema(graph.Deps{}).Schema()}
	if a.seed == 0 {
		a.seed = usualSeed
		if *attackOperations > 0 && l != (locks{}) { // without locks it is known what there is to be found
			a.seed = uint64(time.Now().UnixNano())
		}
	}
	w := newTwin(t, dialect, a.sites.with, locks{true, true})
	a.texts = append(harvest(t, w.db, a.sites.victim), harvest(t, w.db, a.sites.third)...)
	a.cursors = map[string][]string{}
	for _, site := range []string{"a", "b", "c"} {
		cursors(w, site, a.schema, a.cursors)
	}
	newTwin(t, dialect, a.sites.without, locks{true, true}) // fills the other one
	return a
}

// random writes what the attacker asks: most of it is about others' rows.
func (a *attack) random(source *rand.Rand) *graphtest.Random {
	ids := slices.Concat(a.sites.victim.SomeIDs(), a.sites.victim.AllIDs(), a.sites.third.SomeIDs(), a.sites.attacker.SomeIDs())
	anys := func(texts ...string) (list []any) {
		for _, text := range texts {
			list = append(list, text)
		}
		return list
	}
	keys := anys("key-1", "key-2", "key-3", "key-4", a.sites.victim.Key, "new")
	return &graphtest.Random{Schema: a.schema, Source: source, IDs: ids, Texts: a.texts, Cursors: a.cursors, Named: map[string][]any{
		"currencyCode": anys("USD"), "placedAt": anys("2026-05-01T10:00:00Z"), "sourceVersion": {1, 5, 900_000}, "quantity": anys("1", "2"),
		"unitPrice": anys("1"), "amount": anys("1"), "price": anys("1.50"), "timeZone": anys("Europe/Berlin"), "returnUrl": anys("https://shop.example/back"),
		"intervalMinutes": {15, 60}, "windowStart": anys("05:00"), "windowEnd": anys("23:00"), "key": keys, "productKey": keys, "orderKey": keys,
		"query":  anys("", "brand="+url.QueryEscape(a.sites.victim.Marker+" brand 1"), "search="+a.sites.victim.Marker, "after="+url.QueryEscape(a.cursors["productFeed"][0])),
		"search": anys(a.sites.victim.Marker, a.sites.third.Marker, "key", "1", a.sites.victim.Numbers()), "fromDate": anys("2026-04-01"), "toDate": anys("2026-06-01"),
		"brand": anys(a.sites.victim.Marker+" brand 1", "Neutral"), "lightspeedItemId": anys("1", "2", "3", "4"), "expectedCount": {0, 1, 3}, "acknowledge": {[]any{}},
	}}
}

// next makes a request of one kind or another.
func (a *attack) next(r *graphtest.Random, most int) attempt {
	source := r.Source
	made := attempt{site: "a", role: roles[source.IntN(len(roles))], path: "/graphql", fields: 1}
	of := func(def *ast.Definition, n int, kind ast.Operation) attempt {
		var fields ast.FieldList
		for len(fields) < min(n, most) {
			field := def.Fields[source.IntN(len(def.Fields))]
			if strings.HasPrefix(field.Name, "__") || field.Name == "deleteSite" && source.IntN(20) > 0 {
				continue
			}
			if allowed := allowedRoles(field); len(allowed) > 0 && len(fields) == 0 && source.IntN(10) > 0 {
				made.role = allowed[source.IntN(len(allowed))]
			} else if len(allowed) > 0 && !slices.Contains(allowed, made.role) && source.IntN(10) > 0 {
				continue
			}
			fields = append(fields, field)
		}
		doc := r.Document(kind, fields...)
		if kind == ast.Query {
			made.alone = doc.Alone
		}
		made.body, made.fields = graphQL(doc.Query, doc.Variables), len(fields)
		return made
	}
	switch n := source.IntN(100); {
	case n < 50:
		return of(a.schema.Query, 1+source.IntN(8), ast.Query)
	case n < 88:
		return of(a.schema.Mutation, 1+source.IntN(3), ast.Mutation)
	case n < 94:
		made.stream = true
		return of(a.schema.Subscription, 1, ast.Subscription)
	default:
		feed := r.Cursors["productFeed"]
		text, cursor := r.Texts[source.IntN(len(r.Texts))], feed[source.IntN(len(feed))]
		paths := []string{
			"/export/items.csv", "/export/items.csv?brand=" + url.QueryEscape(text), "/export/items.csv?search=" + url.QueryEscape(text),
			"/export/products.ndjson", "/export/products.ndjson?after=" + url.QueryEscape(cursor), "/export/" + url.PathEscape(text), "/schema.graphql",
			"/oauth/callback?code=1&state=" + url.QueryEscape(text),
		}
		made.path = paths[source.IntN(len(paths))]
		return made
	}
}

func allowedRoles(field *ast.FieldDefinition) (allowed []tenant.Role) {
	if allow := field.Directives.ForName("allow"); allow != nil {
		for _, role := range allow.Arguments.ForName("roles").Value.Children {
			allowed = append(allowed, tenant.Role(strings.ToLower(role.Value.Raw)))
		}
	}
	return allowed
}

func graphQL(query string, variables map[string]any) string {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		panic(err)
	}
	return string(body)
}

// known is what the second lock alone did not hold once: the site's id stood in the statement, but only in a condition of another table.
var known = attempt{site: "a", role: tenant.RoleView, path: "/graphql", fields: 2, body: graphQL(
	`{ products(where: {linked: false}) { edges { node { id key name brand } } } catalogueFacets(where: {linked: false}) { brands { name count } categories { path count } } }`, nil)}

// round attacks a fresh pair of them with so many operations.
func (a *attack) round(t *testing.T, round uint64, operations int) {
	t.Helper()
	changedAfter := 0
	t.Run(fmt.Sprintf("round %d", round), func(t *testing.T) { changedAfter = a.run(t, round, operations, checkEach) })
	if changedAfter == 0 {
		return
	}
	t.Run(fmt.Sprintf("round %d again", round), func(t *testing.T) { // to find which request it was
		replay := *a
		replay.done, replay.findings = 0, nil
		replay.run(t, round, operations, 1)
		for _, finding := range replay.findings {
			if strings.Contains(finding, "changed") {
				a.findings = append(a.findings, finding)
			}
		}
	})
}

// run makes a round, and returns after how many requests the others' rows were found changed, or 0.
func (a *attack) run(t *testing.T, round uint64, operations, each int) (changedAfter int) {
	t.Helper()
	with, without := newTwin(t, a.dialect, a.sites.with, a.locks), newTwin(t, a.dialect, a.sites.without, a.locks)
	fixed := map[string]bool{}
	for _, s := range [...]interface{ AllIDs() []string }{a.sites.attacker, a.sites.third, a.sites.victim, a.sites.other} {
		for _, id := range s.AllIDs() {
			fixed[id] = true
		}
	}
	witness := newWitness(a.sites.attacker, a.sites.victim, a.sites.third)
	here, there := &names{fixed, map[string]int{}}, &names{fixed, map[string]int{}}
	before := checksum(t, with.db, a.sites.victim, a.sites.third)
	r := a.random(rand.New(rand.NewPCG(a.seed, round)))
	for count, requests := 0, 1; count < operations; requests++ {
		asked := a.next(r, operations-count)
		if requests == 1 {
			asked = known
		}
		count, a.done, a.requests = count+asked.fields, a.done+asked.fields, a.requests+1
		for _, id := range anID.FindAllString(asked.body, -1) {
			fixed[id] = true // also those of nothing
		}
		witness.said.WriteString(asked.body + asked.path + "\n")
		if plain, err := url.QueryUnescape(asked.path); err == nil {
			witness.said.WriteString(plain + "\n")
		}
		fail := func(format string, args ...any) {
			a.findings = append(a.findings, fmt.Sprintf("seed %d, round %d, request %d: as %s: %s%s\n", a.seed, round, requests, asked.role, asked.path, asked.body)+fmt.Sprintf(format, args...))
		}
		compare := func(asked attempt) (answer string, same bool) {
			answer, other := with.follow(with.send(asked)), without.follow(without.send(asked))
			if leak := witness.leak(answer); leak != "" {
				fail("shows %s\n%s", leak, answer)
			}
			logged := with.log.take()
			if leak := witness.leak(logged); leak != "" {
				fail("shows %s in the log", leak)
			}
			// The guard may refuse a link to what a row of the attacker's refers to, which is the victim's: see LinkToOther.
			if a.locks == (locks{true, true}) && internalError.MatchString(answer) && !strings.Contains(logged, tenancy.ErrForeign.Error()) {
				fail("fails\n%s\n%s", answer, logged)
			}
			x, y := here.plain(answer), there.plain(other)
			if x != y && len(asked.alone) < 2 {
				fail("differs from what it is where the others are not:\n%s", difference(x, y))
			}
			return answer, x == y
		}
		answer, same := compare(asked)
		if a.count(answer); len(asked.alone) > 1 && (!same || strings.Contains(answer, `"data":null`)) {
			// One failed field has taken the others with it: which ones had been read by then is chance.
			for _, alone := range asked.alone {
				one := asked
				one.alone, one.body = nil, graphQL(alone.Query, alone.Variables)
				answer, _ := compare(one)
				a.count(answer)
				a.requests++
			}
		}
		if requests%each == 0 || count >= operations {
			if after := checksum(t, with.db, a.sites.victim, a.sites.third); after != before {
				if each == 1 {
					fail("or one shortly before changed rows of another site; it answers\n%s", answer)
				}
				return requests
			}
		}
		if len(a.findings) >= 5 {
			return 0
		}
	}
	return 0
}

var internalError = regexp.MustCompile(`"code":"INTERNAL"`)

func (a *attack) count(answer string) {
	switch {
	case strings.Contains(answer, `"code":"TOO_`) || strings.Contains(answer, "COMPLEX"):
		a.tooLarge++
	case internalError.MatchString(answer):
		a.internal++
	case strings.HasPrefix(answer, "200"):
		a.answered++
	}
}
