//go:build unix

package graphqlhttp_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"
)

// serve answers one POST and throws the answer away.
func serve(h http.Handler, body string) int {
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Accept", acceptResponse)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}

// BenchmarkRefusal measures how long each attack takes to refuse: the bar is 1 ms.
func BenchmarkRefusal(b *testing.B) {
	h := newHandler(nil, nil)
	for _, a := range attacks() {
		b.Run(a.name, func(b *testing.B) {
			body := request(a.query, a.variables)
			start := cpuTime(b)
			for b.Loop() {
				if status := serve(h, body); status != 400 && status != 413 {
					b.Fatalf("answered %d", status)
				}
			}
			b.ReportMetric(float64((cpuTime(b)-start).Microseconds())/1000/float64(b.N), "cpu-ms/op")
		})
	}
}

// BenchmarkQuery measures a page of the usual kind, parsed before.
func BenchmarkQuery(b *testing.B) {
	h := newHandler(nil, nil)
	body := request("query Page($n: Int) { items(first: $n) { edges { cursor node { id name tags } } totalCount } }", map[string]any{"n": 50})
	b.ReportAllocs()
	for b.Loop() {
		if status := serve(h, body); status != 200 {
			b.Fatalf("answered %d", status)
		}
	}
}

// BenchmarkWorstAccepted searches documents at the limits for the one that takes longest without being refused for its size, parsed
// afresh each time: the bar is 50 ms of CPU. Invalid documents count too, since validation is where the time goes.
func BenchmarkWorstAccepted(b *testing.B) {
	h := newHandler(nil, nil)
	random := rand.New(rand.NewPCG(1, 2))
	var worst time.Duration
	var document string
	n := 0
	for b.Loop() {
		text := nearTheLimits(random, n)
		n++
		body := request(text+fmt.Sprintf("#%d", n), nil)
		start := cpuTime(b)
		serve(h, body)
		took := cpuTime(b) - start
		if took > worst {
			// Once more, so that a garbage collection does not count.
			start = cpuTime(b)
			serve(h, request(text+fmt.Sprintf("#again %d", n), nil))
			if took = min(took, cpuTime(b)-start); took > worst {
				worst, document = took, text
			}
		}
	}
	b.ReportMetric(float64(worst.Microseconds())/1000, "worst-ms")
	b.Logf("%d documents, the worst took %v: %.200s", n, worst, document)
}

// cpuTime is what the process has used so far, which other programs on the machine do not change.
func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// nearTheLimits makes documents that spend their tokens in one way or a mix of two.
func nearTheLimits(r *rand.Rand, i int) string {
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	fields := func(n int, f ...string) string {
		var b strings.Builder
		for range n {
			b.WriteString(pick(f...) + " ")
		}
		return b.String()
	}
	n := 1 + r.IntN(480)
	switch i % 10 {
	case 0: // one field again and again: fields that merge are compared in pairs
		return "{ item(id: 1) { " + fields(n, "id") + "} }"
	case 1: // fields with sets that must merge too
		return "{ item(id: 1) { " + fields(n/4, "parent { id name }", "related { totalCount }", "id") + "} }"
	case 2: // many fragments on one set
		k := 1 + r.IntN(60)
		per := max(1, 400/(2*k))
		return "{ item(id: 1) { " + repeat(k, func(i int) string { return fmt.Sprintf("...F%d ", i) }) + "} } " +
			repeat(k, func(i int) string {
				return fmt.Sprintf("fragment F%d on Item { %s} ", i, fields(per, "id", "name", "parent { id }"))
			})
	case 3: // fragments that spread fragments
		k := 1 + r.IntN(25)
		return "{ item(id: 1) { ...F0 } } " + repeat(k, func(i int) string {
			return fmt.Sprintf("fragment F%d on Item { %s ...F%d } ", i, fields(max(1, 400/k), "id", "name"), i+1)
		}) + fmt.Sprintf("fragment F%d on Item { id }", k)
	case 4: // variables that are used nowhere and everywhere
		k := 1 + r.IntN(180)
		return "query(" + repeat(k, func(i int) string { return fmt.Sprintf("$v%d: Int ", i) }) + ") { " +
			repeat(min(k, 10), func(i int) string { return fmt.Sprintf("a%d: items(first: $v%d) { totalCount } ", i, i) }) + "}"
	case 5: // unknown names in every place
		return "{ item(id: 1) { " + fields(min(n, 300), "nmae", "idd", "tgas") + "} }"
	case 6: // unknown arguments and input fields
		return "{ items(where: {" + fields(min(n, 300), "nmae: 1", "nameI: 2") + "}) { totalCount } }"
	case 7: // deep and wide at once
		return "{ item(id: 1) { " + strings.Repeat("parent { id name ", 10) + fields(n/2, "id", "tags") + strings.Repeat("} ", 10) + "} }"
	case 8: // aliases that conflict
		return "{ item(id: 1) { " + repeat(30, func(i int) string { return fmt.Sprintf("a: %s ", pick("id", "name")) }) + fields(min(n, 400), "id", "name") + "} }"
	default: // pages as large as the cost allows: execution
		return fmt.Sprintf("{ items(first: 100) { nodes { %s} edges { node { %s} } } }", fields(1+r.IntN(50), "id", "name", "tags"), fields(1+r.IntN(48), "id", "name"))
	}
}
