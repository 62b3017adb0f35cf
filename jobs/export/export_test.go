package export

import (
	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/retail"
)

// Without returns an exporter that lacks guards, so that tests can see that they are needed.
func Without(d Deps, intent, choice, look bool) *Exporter {
	x := New(d)
	x.without = guards{intent: intent, choice: choice, look: look}
	return x
}

// ChunksOf returns where the chunks of a plan end that have so many records.
var ChunksOf = chunksOf

// SendInChunks has sales sent in chunks of so many records.
func (x *Exporter) SendInChunks(records int) *Exporter {
	x.chunkRecords = records
	return x
}

// CompareAtOnce has so many sales compared at once.
func (x *Exporter) CompareAtOnce(n int) { x.compare = n }

// ContentOf says what an open sale of the first attempt has of a plan that is sent in chunks of so many records.
func ContentOf(plan retail.SalePlan, records int, sale lightspeed.Sale) string {
	sale.ReferenceNumberSource = "POS Sync-1"
	t := task{x: &Exporter{chunkRecords: records}, export: &ent.OrderExport{Plan: plan}}
	c, _ := t.contentOf(sale)
	return map[content]string{whole: "whole", begun: "begun", repeated: "repeated", altered: "altered"}[c]
}
