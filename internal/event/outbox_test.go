package event

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Every topic arrives, no payload is too long, and none is sent that says nothing.
func TestEncode(t *testing.T) {
	topic := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z]{1,9}:site_[0-9a-z]{26}`), rapid.StringN(500, 3000, -1))
	rapid.Check(t, func(t *rapid.T) {
		topics := rapid.SliceOfN(topic, 0, 300).Draw(t, "topics")
		payloads, err := encode(payload{Origin: "origin", Topics: topics})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, text := range payloads {
			p := decode(text)
			if len(text) > maxPayload || p.Origin != "origin" || p.All == (len(p.Topics) > 0) {
				t.Fatalf("payload of %d bytes: %.100s", len(text), text)
			}
			if p.All {
				if len(payloads) > 1 {
					t.Fatal("wakes all, and more")
				}
				return // a topic was too long: it wakes everybody, its own subscribers too
			}
			got = append(got, p.Topics...)
		}
		if !slices.Equal(got, topics) {
			t.Fatalf("%d topics came out of %d", len(got), len(topics))
		}
	})
}

func TestEncodeFillsPayloads(t *testing.T) {
	topics := make([]string, maxWaiting)
	for i := range topics {
		topics[i] = fmt.Sprintf("run:site_%026d", i)
	}
	payloads, err := encode(payload{Origin: "origin", Topics: topics})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range payloads[:len(payloads)-1] {
		if len(p) < maxPayload-100 {
			t.Errorf("a payload of %d bytes before the last", len(p))
		}
	}
	all, err := encode(payload{Origin: "origin", Topics: []string{"a", strings.Repeat("x", maxPayload)}})
	if err != nil || len(all) != 1 || !decode(all[0]).All {
		t.Errorf("a topic too long: %v, %v", all, err)
	}
}

func TestDecodeOfTheUnknownWakesAll(t *testing.T) {
	for _, text := range []string{"", "x", "{}", "[]", `{"t":["a"]}`, `{"o":1}`} {
		if !decode(text).All {
			t.Errorf("decode(%q) does not wake all", text)
		}
	}
}

// sent is what a server received, and when.
type sent struct {
	at     time.Duration
	all    bool
	topics []string
}

// server stands in for PostgreSQL: it receives, and fails while down.
type server struct {
	start time.Time
	down  atomic.Bool
	got   []sent
}

func (s *server) notify(_ context.Context, payloads []string) error {
	if s.down.Load() {
		return errors.New("down")
	}
	for _, text := range payloads {
		p := decode(text)
		s.got = append(s.got, sent{time.Since(s.start), p.All, p.Topics})
	}
	return nil
}

// runOutbox runs use beside an outbox and stops the outbox after it, on a driven clock.
func runOutbox(t *testing.T, use func(o *outbox, s *server)) (got []sent, logged string) {
	t.Helper()
	var log bytes.Buffer
	var s *server
	synctest.Test(t, func(t *testing.T) {
		s = &server{start: time.Now()}
		o := newOutbox("me", slog.New(slog.NewTextHandler(&log, nil)))
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); o.run(ctx, s.notify) }()
		synctest.Wait()
		use(o, s)
		synctest.Wait()
		cancel()
		<-done
	})
	return s.got, log.String()
}

func TestOutboxSendsTheFirstAtOnceAndMergesTheRest(t *testing.T) {
	got, _ := runOutbox(t, func(o *outbox, s *server) {
		o.add([]string{"a"})
		synctest.Wait()
		o.add([]string{"b"})
		time.Sleep(3 * time.Millisecond)
		o.add([]string{"c", "b"})
		time.Sleep(500 * time.Millisecond)
		o.add([]string{"d"})
		synctest.Wait()
	})
	want := []sent{{0, false, []string{"a"}}, {5 * time.Millisecond, false, []string{"b", "c"}}, {503 * time.Millisecond, false, []string{"d"}}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(sent{})); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
}

func TestOutboxBoundsItsRate(t *testing.T) {
	got, _ := runOutbox(t, func(o *outbox, s *server) {
		for i := range 5000 {
			o.add([]string{fmt.Sprint("topic", i%50)})
			time.Sleep(time.Millisecond)
		}
	})
	if n := len(got); n < 5*maxCommits-5 || n > 5*maxCommits+5 {
		t.Errorf("%d sends in 5 s, want %d a second", n, maxCommits)
	}
}

// Who is busy takes what the others leave, and equally busy ones share it.
func TestOutboxLeavesOthersTheirShare(t *testing.T) {
	for _, c := range []struct {
		others []int // how often each of them notifies, in a second
		want   int
	}{
		{nil, 200},
		{[]int{10}, 190},
		{[]int{100}, 100},
		{[]int{200}, 100},
		{[]int{5, 95}, 100},
		{[]int{200, 200, 200}, 50},
	} {
		got, _ := runOutbox(t, func(o *outbox, s *server) {
			for i := range 8000 {
				o.add([]string{"a"})
				for process, n := range c.others {
					if i*n/1000 != (i+1)*n/1000 {
						o.share.heard(fmt.Sprint(process))
					}
				}
				time.Sleep(time.Millisecond)
			}
		})
		last := slices.DeleteFunc(got, func(s sent) bool { return s.at < 7*time.Second })
		if n := len(last); n < c.want*9/10 || n > c.want*11/10 {
			t.Errorf("beside %v: %d sends in the last second, want about %d", c.others, n, c.want)
		}
	}
}

// Processes that all follow each other settle at the bound and do not swing.
func TestSharesSettle(t *testing.T) {
	for _, c := range []struct{ busy, idle, rate int }{{1, 1, 1}, {2, 0, 0}, {2, 2, 1}, {3, 7, 2}} {
		synctest.Test(t, func(t *testing.T) {
			all := make([]share, c.busy+c.idle)
			sends := func(from int) {
				for i := range all {
					if i != from {
						all[i].heard(fmt.Sprint(from))
					}
				}
			}
			next := make([]time.Time, c.busy)
			for second := range 12 {
				total := 0
				for ms := range 1000 {
					for i := range next {
						if now := time.Now(); !now.Before(next[i]) {
							sends(i)
							next[i] = now.Add(all[i].spacing())
							total++
						}
					}
					for i := range c.idle {
						if ms*c.rate/1000 != (ms+1)*c.rate/1000 {
							sends(c.busy + i)
							total++
						}
					}
					time.Sleep(time.Millisecond)
				}
				if second >= 8 && (total > maxCommits*23/20 || total < maxCommits*16/20) {
					t.Errorf("%d busy and %d idle processes: %d commits in second %d, want about %d", c.busy, c.idle, total, second, maxCommits)
				}
			}
		})
	}
}

func TestOutboxKeepsWhatItCouldNotSend(t *testing.T) {
	got, logged := runOutbox(t, func(o *outbox, s *server) {
		s.down.Store(true)
		o.add([]string{"a"})
		time.Sleep(10 * time.Second)
		o.add([]string{"b"})
		time.Sleep(10*time.Second + time.Millisecond)
		s.down.Store(false)
		time.Sleep(2 * time.Second)
	})
	if len(got) != 1 || !slices.Equal(got[0].topics, []string{"a", "b"}) {
		t.Errorf("sent %+v, want a and b together", got)
	}
	if n := strings.Count(logged, "\n"); n != 2 {
		t.Errorf("%d lines in the log, want one for the outage and one for its end:\n%s", n, logged)
	}
}

func TestOutboxSendsTheRestWhenItEnds(t *testing.T) {
	got, _ := runOutbox(t, func(o *outbox, s *server) {
		o.add([]string{"a"})
		synctest.Wait()
		o.add([]string{"b"}) // within the interval
	})
	if len(got) != 2 || !slices.Equal(got[1].topics, []string{"b"}) {
		t.Errorf("sent %+v", got)
	}
}

func TestOutboxWakesAllWhenTooMuchWaits(t *testing.T) {
	got, _ := runOutbox(t, func(o *outbox, s *server) {
		for i := range 3 * maxWaiting {
			o.add([]string{fmt.Sprint(i)})
		}
	})
	all := 0
	for _, s := range got {
		if s.all {
			all++
		}
	}
	if all == 0 || len(got) > 20 {
		t.Errorf("woke all %d times in %d payloads, want at least once in a few", all, len(got))
	}
}
