package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestFaults meets each kind once and looks at the effect on the sandbox as well as at the answer.
func TestFaults(t *testing.T) {
	t.Parallel()
	const put = `{"description":"changed"}`
	for _, c := range []struct {
		fault    Fault
		effect   bool // the PUT took effect
		wantErr  bool // the connection broke
		status   int
		contains string
	}{
		{Fault{Kind: FaultErrorBefore}, false, false, 500, `"httpCode":"500"`},
		{Fault{Kind: FaultErrorBefore, Status: 502, Body: "<html>Bad gateway"}, false, false, 502, "<html>"},
		{Fault{Kind: FaultErrorAfter, Status: 503, Body: `{"x":1}`}, true, false, 503, `{"x":1}`},
		{Fault{Kind: FaultCutBefore}, false, true, 0, ""},
		{Fault{Kind: FaultCutAfter}, true, true, 0, ""},
		{Fault{Kind: FaultTruncate}, true, true, 200, `{"@attributes"`},
		{Fault{Kind: FaultMalformed}, true, false, 200, `{"@attributes"`},
		{Fault{Kind: FaultThrottle, RetryAfter: 7}, false, false, 429, "Rate Limit"},
		{Fault{Kind: FaultThrottle, Limiter: limiterBurst}, false, false, 429, "burst"},
		{Fault{Kind: FaultRevokedToken}, false, false, 401, "revoked"},
		{Fault{Kind: FaultMissingField, Field: "upc"}, true, false, 200, `"ean"`},
		{Fault{Kind: FaultWrongType}, true, false, 200, `"itemID":1,`},
		{Fault{Kind: FaultLatency, DelayMS: 5000}, true, false, 200, `"changed"`},
		{Fault{Kind: FaultMovedClock, ShiftSeconds: -600}, true, false, 200, `"changed"`},
	} {
		t.Run(string(c.fault.Kind), func(t *testing.T) {
			t.Parallel()
			r := newRig(t, Options{Items: 3})
			c.fault.Method, c.fault.Path, c.fault.Next = "PUT", "/Item/1", 1
			if _, err := r.s.AddFault(c.fault); err != nil {
				t.Fatal(err)
			}
			r.get("Item/1.json") // another method: not hit
			before := r.s.Now()
			a, err := r.try(http.MethodPut, r.path("Item/1.json"), r.cred.AccessToken, "application/json", put)
			if (err != nil) != c.wantErr || a.status != c.status || !strings.Contains(a.body, c.contains) {
				t.Errorf("answer: %v %d %.200s", err, a.status, a.body)
			}
			it, err := r.s.Account("").Item(1)
			if err != nil {
				t.Fatal(err)
			}
			if got := it.Description == "changed"; got != c.effect {
				t.Errorf("effect: %v, want %v", got, c.effect)
			}
			switch c.fault.Kind {
			case FaultLatency:
				if d := r.s.Now().Sub(before); d != 5*time.Second {
					t.Errorf("waited %v", d)
				}
			case FaultMovedClock:
				if d := it.TimeStamp.Sub(before); d != -600*time.Second {
					t.Errorf("stamp moved by %v", d)
				}
			case FaultMissingField:
				if strings.Contains(a.body, `"upc"`) {
					t.Errorf("the field is there: %s", a.body)
				}
			case FaultMalformed, FaultTruncate:
				if json.Valid([]byte(a.body)) {
					t.Errorf("the body is whole: %s", a.body)
				}
			case FaultThrottle:
				if a.header.Get("Retry-After") == "" || a.header.Get("X-LS-Api-Bucket-Level") == "" {
					t.Errorf("headers: %v", a.header)
				}
			}
			if c.fault.Kind == FaultRevokedToken {
				return
			}
			// The fault is spent.
			if again := r.api(http.MethodPut, "Item/1.json", put); again.status != 200 || !json.Valid([]byte(again.body)) {
				t.Errorf("second request: %d %s", again.status, again.body)
			}
		})
	}
}

func TestFaults_Selection(t *testing.T) {
	t.Parallel()
	hits := func(f Fault, seed uint64) string {
		r := newRig(t, Options{Items: 3, Seed: seed})
		f.Kind, f.Path = FaultErrorBefore, "Shop.json"
		if _, err := r.s.AddFault(f); err != nil {
			t.Fatal(err)
		}
		out := ""
		for range 12 {
			if r.api("GET", "Shop.json", "").status == 500 {
				out += "x"
			} else {
				out += "."
			}
			r.get("Register.json")
		}
		return out
	}
	for _, c := range []struct {
		fault Fault
		want  string
	}{
		{Fault{}, "xxxxxxxxxxxx"},
		{Fault{Next: 2}, "xx.........."},
		{Fault{At: 4}, "...x........"},
		{Fault{At: 4, Next: 3}, "...xxx......"},
	} {
		if got := hits(c.fault, 0); got != c.want {
			t.Errorf("%+v: %s, want %s", c.fault, got, c.want)
		}
	}
	first, second := hits(Fault{Probability: 0.5}, 7), hits(Fault{Probability: 0.5}, 7)
	if first != second || !strings.Contains(first, "x") || !strings.Contains(first, ".") {
		t.Errorf("by chance: %s then %s", first, second)
	}
}

func TestFaults_Every(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 9})
	r.s.FaultFor = func(*http.Request) []Fault {
		return []Fault{{Kind: FaultMissingField, Field: "ItemShops", Every: 3}}
	}
	rows := r.get(`Item.json?archived=true&load_relations=["ItemShops"]`).rows("Item")
	for i, row := range rows {
		if _, ok := row["ItemShops"]; ok == ((i+1)%3 == 0) {
			t.Errorf("row %d has its stock: %v", i, ok)
		}
	}
}

func TestFaults_Control(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 3})
	for _, bad := range []string{`{"kind":"nope"}`, `{"kind":"error_before","status":200}`, `{"kind":"latency","foo":1}`,
		`{"kind":"missing_field"}`, `{"kind":"throttle","limiter":"x"}`, `{"kind":"latency","probability":2}`, `[`} {
		if a := r.control("faults", bad); a.status != 400 {
			t.Errorf("%s: %d %s", bad, a.status, a.body)
		}
	}
	if a := r.control("faults", `{"kind":"error_before","path":"Shop"}`); a.json["id"] != 1.0 {
		t.Fatal(a.body)
	}
	if a := r.api("GET", "Shop.json", ""); a.status != 500 {
		t.Errorf("the fault does not hit: %d", a.status)
	}
	if got := r.s.Faults(); len(got) != 1 || got[0].Hits != 1 {
		t.Errorf("faults: %+v", got)
	}
	if a, err := r.try(http.MethodDelete, "/sandbox/faults/1", "", "", ""); err != nil || a.status != 200 {
		t.Fatal(err, a.body)
	}
	r.get("Shop.json")
}
