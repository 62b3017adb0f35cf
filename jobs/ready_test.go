package jobs

import (
	"strings"
	"testing"
	"time"
)

// A process whose scheduler has not ticked for half a minute is not ready.
func TestReadyNeedsATick(t *testing.T) {
	s, now := &Service{}, time.Now()
	if err := s.readyAt(now); err == nil || !strings.Contains(err.Error(), "not running") {
		t.Errorf("before the first tick: %v", err)
	}
	s.lastTick.Store(now.UnixNano())
	if err := s.readyAt(now.Add(staleAfter)); err != nil {
		t.Errorf("soon after a tick: %v", err)
	}
	if err := s.readyAt(now.Add(staleAfter + time.Second)); err == nil || !strings.Contains(err.Error(), "not ticked for 31s") {
		t.Errorf("long after a tick: %v", err)
	}
}
