package jobs

import (
	"context"
	"fmt"
	"time"

	"possync/ent/connectattempt"
	"possync/ent/syncrun"
	"possync/internal/retail"
	"possync/internal/tenant"
)

const (
	keepRuns     = 92 * 24 * time.Hour // the API promises 90 days
	keepAttempts = 24 * time.Hour
)

// tidy removes what nobody can ask for any more: old runs with their changes, and attempts to connect that have expired.
func (s *Service) tidy(ctx context.Context) error {
	ctx = tenant.System(ctx)
	now := s.Clock.Now()
	_, err := s.Client.SyncRun.Delete().
		Where(syncrun.CreatedAtLT(now.Add(-keepRuns)),
			syncrun.StateNotIn(retail.RunQueued, retail.RunRunning, retail.RunWaiting)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("remove old runs: %w", err)
	}
	_, err = s.Client.ConnectAttempt.Delete().Where(connectattempt.ExpiresAtLT(now.Add(-keepAttempts))).Exec(ctx)
	if err != nil {
		return fmt.Errorf("remove old attempts to connect: %w", err)
	}
	return nil
}
