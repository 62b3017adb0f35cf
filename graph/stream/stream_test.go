package stream_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"possync/graph/stream"
	"possync/internal/clock"
	"possync/internal/event"
	"possync/internal/tenant"
)

// table is what is followed: each site's changes by number, and how often they were looked at.
type table struct {
	mu    sync.Mutex
	last  map[string]int
	looks int
	takes time.Duration // of a read
	down  bool
}

func (d *table) add(site string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last[site]++
}

func (d *table) fail(down bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.down = down
}

func (d *table) takeLooks() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := d.looks
	d.looks = 0
	return n
}

var errDown = errors.New("down")

// change is an update: the site's number, and the kind of reader who has read it.
type change struct {
	site   string
	n      int
	reader string
}

type readerKey struct{}

// source reads a table. It wants each change whose number can be divided.
type source struct {
	*table
	by int
}

func (s source) Sequence(ctx context.Context) (int, error) {
	site, err := tenant.Site(ctx)
	if err != nil {
		return 0, err
	}
	time.Sleep(s.takes)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.looks++
	if s.down {
		return 0, errDown
	}
	return s.last[site], nil
}

func (s source) Number(c change) (n int, wanted bool) { return c.n, c.n%s.by == 0 }

func (s source) Next(ctx context.Context, after stream.Position, sequence int) (stream.Changes[change], error) {
	site, err := tenant.Site(ctx)
	if err != nil {
		return stream.Changes[change]{}, err
	}
	time.Sleep(s.takes)
	reader, _ := ctx.Value(readerKey{}).(string)
	if after.Sequence < 0 {
		return stream.Changes[change]{List: []change{{site, sequence, reader}}, Reached: sequence}, nil
	}
	var list []change
	for n := after.Sequence + 1; n <= sequence && len(list) < stream.MaxChanges; n++ {
		if _, wanted := s.Number(change{n: n}); wanted {
			list = append(list, change{site, n, reader})
		}
	}
	if len(list) == stream.MaxChanges {
		sequence = list[len(list)-1].n
	}
	return stream.Changes[change]{List: list, Reached: sequence}, nil
}

// fixture is a hub on a table, in a bubble of driven time.
type fixture struct {
	*table
	bus *event.Bus
	hub *stream.Hub
	log *strings.Builder
}

func drive(t *testing.T, test func(t *testing.T, f *fixture)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f := &fixture{table: &table{last: map[string]int{}}, bus: event.NewBus(), log: &strings.Builder{}}
		f.hub = stream.NewHub(stream.Options{
			Bus: f.bus, Clock: clock.System(), Logger: slog.New(slog.NewTextHandler(f.log, nil)),
			Acting: func(ctx context.Context, siteID string) context.Context {
				return context.WithValue(tenant.WithSite(ctx, siteID), readerKey{}, "follower")
			},
		})
		test(t, f)
		closeHub(t, f.hub)
	})
}

// follow subscribes as somebody of a site.
func (f *fixture) follow(ctx context.Context, site string, after *int, by int) (<-chan change, error) {
	ctx = context.WithValue(tenant.WithSite(ctx, site), readerKey{}, "own")
	return stream.FollowNumbered(ctx, stream.Feed{Hub: f.hub, Topic: "topic of " + site}, after, source{f.table, by}, source{f.table, 1})
}

func (f *fixture) mustFollow(t *testing.T, site string, after *int, by int) <-chan change {
	t.Helper()
	out, err := f.follow(t.Context(), site, after, by)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (f *fixture) change(site string) {
	f.add(site)
	f.bus.Publish("topic of " + site)
}

func expect(t *testing.T, out <-chan change, want change) {
	t.Helper()
	select {
	case got := <-out:
		if got != want {
			t.Fatalf("sent %v, want %v", got, want)
		}
	case <-time.After(time.Minute):
		t.Fatalf("sent nothing, want %v", want)
	}
}

func silence(t *testing.T, out <-chan change) {
	t.Helper()
	synctest.Wait()
	select {
	case got := <-out:
		t.Fatalf("sent %v, want nothing", got)
	default:
	}
}

// A change is read once, however many follow, and a lost wake-up is noticed by one look.
func TestOneReadForAll(t *testing.T) {
	drive(t, func(t *testing.T, f *fixture) {
		var all []<-chan change
		for range 50 {
			out := f.mustFollow(t, "a", nil, 1)
			expect(t, out, change{"a", 0, "own"})
			all = append(all, out)
		}
		other := f.mustFollow(t, "b", nil, 1)
		expect(t, other, change{"b", 0, "own"})
		f.takeLooks()
		for n, lost := range []bool{false, true} {
			if f.add("a"); !lost {
				f.bus.Publish("topic of a")
			}
			for _, out := range all {
				expect(t, out, change{"a", n + 1, "follower"})
			}
			if looks := f.takeLooks(); looks > 2 { // b is looked at once too
				t.Errorf("%d looks at one change", looks)
			}
		}
		time.Sleep(time.Minute)
		if looks := f.takeLooks(); looks > 2*13 {
			t.Errorf("%d looks in a minute at two sites where nothing happens", looks)
		}
		silence(t, other)
	})
}

// Who takes nothing holds up nobody, and misses nothing.
func TestSlowSubscriber(t *testing.T) {
	drive(t, func(t *testing.T, f *fixture) {
		slow, quick := f.mustFollow(t, "a", nil, 1), f.mustFollow(t, "a", nil, 1)
		expect(t, quick, change{"a", 0, "own"})
		const changes = 5 * stream.MaxChanges
		for n := 1; n <= changes; n++ {
			f.change("a")
			expect(t, quick, change{"a", n, "follower"})
		}
		expect(t, slow, change{"a", 0, "own"})
		for n := 1; n <= changes; n++ {
			if got := <-slow; got.n != n {
				t.Fatalf("sent %v, want number %d", got, n)
			}
		}
		synctest.Wait()
		f.change("a")
		expect(t, slow, change{"a", changes + 1, "follower"})
	})
}

// A later number than there is, one that lies far back, and one that is not a number.
func TestFollowAfter(t *testing.T) {
	drive(t, func(t *testing.T, f *fixture) {
		f.last["a"] = 3 * stream.MaxChanges
		behind, ahead := 7, 3*stream.MaxChanges+2
		back, early := f.mustFollow(t, "a", &behind, 2), f.mustFollow(t, "a", &ahead, 1)
		for n := 8; n <= 3*stream.MaxChanges; n += 2 {
			expect(t, back, change{"a", n, "own"})
		}
		for range 4 {
			f.change("a")
		}
		expect(t, back, change{"a", 3*stream.MaxChanges + 2, "follower"})
		expect(t, early, change{"a", 3*stream.MaxChanges + 3, "follower"})
		negative := -1
		if _, err := f.follow(t.Context(), "a", &negative, 1); err == nil {
			t.Error("a negative number is taken")
		}
	})
}

// A follower's fault is logged once, and made up for. A subscription's own first one ends it.
func TestReadFails(t *testing.T) {
	drive(t, func(t *testing.T, f *fixture) {
		out := f.mustFollow(t, "a", nil, 1)
		expect(t, out, change{"a", 0, "own"})
		f.fail(true)
		if _, err := f.follow(t.Context(), "a", nil, 1); !errors.Is(err, errDown) {
			t.Errorf("followed what cannot be read: %v", err)
		}
		f.change("a")
		time.Sleep(time.Minute)
		f.fail(false)
		expect(t, out, change{"a", 1, "follower"})
		if lines := strings.Count(f.log.String(), "\n"); lines != 1 {
			t.Errorf("logged %d lines, want one:\n%s", lines, f.log)
		}
	})
}

// Without subscribers nobody looks any more, and a closed hub takes no new ones.
func TestLeave(t *testing.T) {
	drive(t, func(t *testing.T, f *fixture) {
		ctx, leave := context.WithCancel(t.Context())
		for range 3 {
			if _, err := f.follow(ctx, "a", nil, 1); err != nil {
				t.Fatal(err)
			}
		}
		leave()
		synctest.Wait()
		f.takeLooks()
		f.change("a")
		time.Sleep(time.Minute)
		if looks := f.takeLooks(); looks > 0 {
			t.Errorf("%d looks for nobody", looks)
		}
		again := f.mustFollow(t, "a", nil, 1)
		expect(t, again, change{"a", 1, "own"})
		closeHub(t, f.hub)
		f.change("a")
		silence(t, again)
		if _, err := f.follow(t.Context(), "a", nil, 1); err == nil {
			t.Error("a closed hub is followed")
		}
	})
}

// However subscribers come, go and dawdle, and wake-ups get lost, each gets every change that it wants, once and in order.
func TestFollowAtRandom(t *testing.T) {
	for seed := range uint64(20) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			drive(t, func(t *testing.T, f *fixture) {
				random := rand.New(rand.NewPCG(seed, 1))
				f.takes = time.Duration(random.IntN(3)) * 20 * time.Millisecond
				const changes = 600
				var group sync.WaitGroup
				for range 30 {
					begin, pace, by := time.Duration(random.IntN(4000))*time.Millisecond, time.Duration(random.IntN(60))*time.Millisecond, 1+random.IntN(3)
					var after *int
					if n := random.IntN(100); n < 50 {
						after = &n
					}
					group.Go(func() {
						time.Sleep(begin)
						ctx, leave := context.WithCancel(t.Context())
						defer leave()
						out, err := f.follow(ctx, "a", after, by)
						if err != nil {
							t.Error(err)
							return
						}
						var last int
						if after == nil {
							last = (<-out).n
						} else {
							last = *after
						}
						for last = last / by * by; last+by <= changes; last += by {
							time.Sleep(pace)
							select {
							case got := <-out:
								if got.n != last+by {
									t.Errorf("sent %v after %d, by %d", got, last, by)
									return
								}
							case <-time.After(time.Minute):
								t.Errorf("sent nothing after %d, by %d", last, by)
								return
							}
						}
					})
				}
				for range changes {
					time.Sleep(time.Duration(random.IntN(20)) * time.Millisecond)
					if f.add("a"); random.IntN(4) > 0 {
						f.bus.Publish("topic of a")
					}
				}
				group.Wait()
				time.Sleep(time.Second)
				f.takeLooks()
				time.Sleep(time.Minute)
				if looks := f.takeLooks(); looks > 0 {
					t.Errorf("%d looks for nobody", looks)
				}
			})
		})
	}
}

func closeHub(t *testing.T, hub *stream.Hub) {
	t.Helper()
	if err := hub.Close(context.Background()); err != nil {
		t.Error(err)
	}
}
