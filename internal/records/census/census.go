// Package census counts the runs that are under way, the exports that are not done and the connections, of all sites together.
package census

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/lightspeedlink"
	"possync/ent/orderexport"
	"possync/ent/syncrun"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// Census is what was counted.
type Census struct {
	Runs    map[Run]int
	Exports map[retail.ExportState]Exports
	Grants  map[retail.LinkState]int
}

// Run is what runs have in common that are counted together.
type Run struct {
	Kind   retail.RunKind
	State  retail.RunState
	Reason retail.WaitReason // empty = it does not wait
}

// Exports are those of one state.
type Exports struct {
	Count  int
	Oldest time.Time // when the first of them was asked for
}

// Take counts. It acts as the system.
func Take(ctx context.Context, client *ent.Client) (Census, error) {
	ctx = tenant.System(ctx)
	c := Census{Runs: map[Run]int{}, Exports: map[retail.ExportState]Exports{}, Grants: map[retail.LinkState]int{}}
	var runs []struct {
		Kind   retail.RunKind     `sql:"kind"`
		State  retail.RunState    `sql:"state"`
		Reason *retail.WaitReason `sql:"wait_reason"`
		Count  int                `sql:"count"`
	}
	err := client.SyncRun.Query().Where(syncrun.FinishedAtIsNil()).GroupBy(syncrun.FieldKind, syncrun.FieldState, syncrun.FieldWaitReason).
		Aggregate(ent.Count()).Scan(ctx, &runs)
	if err != nil {
		return c, fmt.Errorf("count the runs: %w", err)
	}
	for _, r := range runs {
		run := Run{Kind: r.Kind, State: r.State}
		if r.Reason != nil {
			run.Reason = *r.Reason
		}
		c.Runs[run] += r.Count
	}
	var exports []struct {
		State retail.ExportState `sql:"state"`
		Count int                `sql:"count"`
	}
	err = client.OrderExport.Query().Where(orderexport.ExportedAtIsNil()).GroupBy(orderexport.FieldState).Aggregate(ent.Count()).Scan(ctx, &exports)
	if err != nil {
		return c, fmt.Errorf("count the exports: %w", err)
	}
	for _, e := range exports {
		first, err := client.OrderExport.Query().Where(orderexport.ExportedAtIsNil(), orderexport.StateEQ(e.State)).
			Order(ent.Asc(orderexport.FieldRequestedAt)).Select(orderexport.FieldRequestedAt).First(ctx)
		if ent.IsNotFound(err) {
			continue // it went on meanwhile
		}
		if err != nil {
			return c, fmt.Errorf("look for the oldest export: %w", err)
		}
		c.Exports[e.State] = Exports{Count: e.Count, Oldest: first.RequestedAt}
	}
	var grants []struct {
		State retail.LinkState `sql:"state"`
		Count int              `sql:"count"`
	}
	if err := client.LightspeedLink.Query().GroupBy(lightspeedlink.FieldState).Aggregate(ent.Count()).Scan(ctx, &grants); err != nil {
		return c, fmt.Errorf("count the connections: %w", err)
	}
	for _, g := range grants {
		c.Grants[g.State] = g.Count
	}
	return c, nil
}
