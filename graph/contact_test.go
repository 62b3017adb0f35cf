package graph_test

import (
	"testing"
	"time"

	"possync/graph/graphtest"
	"possync/internal/tenant"
)

// Each request of the platform is a contact, noted every five minutes at most; those of staff are none.
func TestPlatformContact(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		seen := func() (at time.Time) {
			t.Helper()
			for _, c := range s.Client.PlatformContact.Query().AllX(s.Ctx) {
				at = c.SeenAt
			}
			return at
		}
		s.Staff.Tree("{ site { id } }", nil)
		if at := seen(); !at.IsZero() {
			t.Errorf("staff were noted at %v", at)
		}
		s.Platform.Tree("{ site { id } }", nil)
		first := seen()
		if !first.Equal(s.API.Clock.Now()) {
			t.Errorf("noted at %v", first)
		}
		s.API.Clock.Advance(4 * time.Minute)
		s.Platform.Tree("{ site { id } }", nil)
		if at := seen(); !at.Equal(first) {
			t.Errorf("noted again at %v", at)
		}
		s.API.Clock.Advance(time.Minute)
		s.Platform.Tree("{ site { id } }", nil)
		if at := seen(); !at.Equal(s.API.Clock.Now()) {
			t.Errorf("after five minutes: %v", at)
		}
		s.API.As(t, "nobody", tenant.RoleService).Ask("{ site { id } }", nil)
		if n := s.Client.PlatformContact.Query().CountX(s.Ctx); n != 1 {
			t.Errorf("%d notes", n)
		}
	})
}
