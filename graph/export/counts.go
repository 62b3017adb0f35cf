package export

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/weborder"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/message"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// Counts says how many orders there are, by their exports.
type Counts struct {
	States     []*StateCount
	Blockers   []*BlockerCount
	Ready      int
	RefundOpen int
}

// StateCount says how many orders' exports are in a state.
type StateCount struct {
	State *retail.ExportState // nil = no export was requested
	Count int
}

// BlockerCount says how many orders a blocker keeps from being exported.
type BlockerCount struct {
	Code  retail.BlockerCode
	Count int
}

// Message says it for people.
func (c *BlockerCount) Message() string { return c.Code.CountText(c.Count).Text }

// MessageParameters returns the figures in it.
func (c *BlockerCount) MessageParameters() []message.Parameter {
	return c.Code.CountText(c.Count).Parameters
}

// Count counts the site's orders by state and by blocker. The database reads only indexes for it.
func Count(ctx context.Context) (*Counts, error) {
	settings, err := sitedata.Export(ctx)
	if err != nil {
		return nil, err
	}
	var groups []struct {
		State retail.ExportState `sql:"export_state"`
		Bits  int64              `sql:"blocker_bits"`
		Count int                `sql:"count"`
	}
	client := unitofwork.Client(ctx)
	err = client.WebOrder.Query().Where(weborder.ExportStateIn(notExported()...)).
		GroupBy(weborder.FieldExportState, weborder.FieldBlockerBits).Aggregate(ent.Count()).Scan(ctx, &groups)
	if err != nil {
		return nil, fmt.Errorf("count orders by their exports: %w", err)
	}
	// In the end nearly all are exported: these are only counted, which takes a quarter of the time of grouping them.
	exported, err := client.WebOrder.Query().Where(weborder.ExportStateEQ(retail.ExportExported)).Count(ctx)
	if err != nil {
		return nil, fmt.Errorf("count exported orders: %w", err)
	}
	counts := &Counts{States: []*StateCount{}, Blockers: []*BlockerCount{}}
	if counts.RefundOpen, err = client.WebOrder.Query().Where(orderbook.RefundOpen(true)).Count(ctx); err != nil {
		return nil, fmt.Errorf("count orders with an open refund: %w", err)
	}
	byState, byCode := map[retail.ExportState]int{retail.ExportExported: exported}, map[retail.BlockerCode]int{}
	for _, g := range groups {
		byState[g.State] += g.Count
		bits := retail.BlockerBits(g.Bits).Under(settings.Unlinked())
		if g.State == "" && bits == 0 {
			counts.Ready += g.Count
		}
		for _, code := range bits.Codes() {
			byCode[code] += g.Count
		}
	}
	for _, name := range append([]string{""}, retail.ExportState("").Values()...) {
		state := retail.ExportState(name)
		if n := byState[state]; n > 0 {
			c := &StateCount{State: &state, Count: n}
			if state == "" {
				c.State = nil
			}
			counts.States = append(counts.States, c)
		}
	}
	for _, name := range retail.BlockerCode("").Values() {
		if code := retail.BlockerCode(name); byCode[code] > 0 {
			counts.Blockers = append(counts.Blockers, &BlockerCount{Code: code, Count: byCode[code]})
		}
	}
	return counts, nil
}

// notExported are the states of orders that are not at the till, with that of those whose export was never requested.
func notExported() []retail.ExportState {
	states := []retail.ExportState{""}
	for _, name := range retail.ExportState("").Values() {
		if state := retail.ExportState(name); state != retail.ExportExported {
			states = append(states, state)
		}
	}
	return states
}
