package jobs

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/clientmutation"
	"possync/ent/displaysample"
	"possync/ent/syncrun"
	"possync/internal/records/alertemail"
	"possync/internal/records/auditlog"
	"possync/internal/records/connection"
	"possync/internal/records/revokedtoken"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/internal/tenant"
)

const (
	keepRuns  = 92 * 24 * time.Hour // the API promises 90 days
	keepEnded = time.Hour           // of revoked tokens that have ended, for clocks that differ
	keepKeys  = 31 * 24 * time.Hour // of clients; it promises 30 days
)

// applyRetention removes what no one can ask for any more: old runs with their changes, keys of clients, old entries of the
// audit log, revoked tokens that have ended, old e-mails, and connect attempts that expired.
func (s *Service) applyRetention(ctx context.Context) error {
	ctx = tenant.System(ctx)
	now := s.Clock.Now()
	_, err := s.Client.SyncRun.Delete().
		Where(syncrun.CreatedAtLT(now.Add(-keepRuns)),
			syncrun.StateNotIn(retail.RunQueued, retail.RunRunning, retail.RunWaiting)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("remove old runs: %w", err)
	}
	if _, err := s.Client.ClientMutation.Delete().Where(clientmutation.CreatedAtLT(now.Add(-keepKeys))).Exec(ctx); err != nil {
		return fmt.Errorf("remove old keys of clients: %w", err)
	}
	if s.AuditKeep > 0 {
		inTx := func(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) error {
			return store.InTx(ctx, s.Client, store.Silent{}, fn)
		}
		if err := auditlog.Prune(ctx, s.Client, now.Add(-s.AuditKeep), now, inTx); err != nil {
			return err
		}
	}
	if err := alertemail.Prune(ctx, s.Client, now); err != nil {
		return err
	}
	if _, err := s.Client.DisplaySample.Delete().Where(displaysample.DateLT(retail.DateOf(now.Add(-keepRuns)))).Exec(ctx); err != nil {
		return fmt.Errorf("remove old counts of what was displayed: %w", err)
	}
	if err := revokedtoken.Prune(ctx, s.Client, now.Add(-keepEnded)); err != nil {
		return err
	}
	return connection.DeleteOldAttempts(ctx, s.Client, now)
}
