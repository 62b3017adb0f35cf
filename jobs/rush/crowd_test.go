package rush

import (
	"errors"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/jobs"
	"possync/jobs/lease"
)

// Many orders are asked for at once, again and again, while workers export the ones before: neither gets in the other's way.
func TestCrowd(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB) {
		t.Parallel()
		s := open(t, db, clock.NewAuto(storetest.Now()), sandbox.Options{Items: 60, Shops: 2, RegistersPerShop: 60, Seed: 3}, retail.TaxAsLine, 5)
		two := s.Process(s.Client, "two")
		asked := make(chan struct{})
		var group errgroup.Group
		for _, worker := range []*jobs.Service{s.Jobs, two} {
			group.Go(func() error {
				for {
					// When one waits the clock goes on for both, so that a lease may end before its time.
					if err := worker.WorkDue(t.Context()); err != nil && !errors.Is(err, lease.ErrLost) {
						return err
					}
					select {
					case <-asked:
						return nil
					default:
					}
				}
			})
		}
		for range 8 {
			s.place(25, nil)
		}
		close(asked)
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		s.sweepAfter(3 * time.Minute) // what a worker without its lease has left
		s.audit()
	})
}

// sweepAfter lets time pass, and the jobs work and sweep.
func (s *shop) sweepAfter(d time.Duration) {
	s.T.Helper()
	s.Clock.Advance(d)
	s.Work()
	if err := s.Jobs.SweepDue(s.T.Context()); err != nil {
		s.T.Fatal(err)
	}
}
