package export

import (
	"time"

	"possync/internal/retail"
)

// said is a choice of the export settings as the history of settings tells it, in the words of the pages.
func said[T ~string](choice T) string {
	switch string(choice) {
	case string(retail.UnlinkedBlock):
		return "hold the order back"
	case string(retail.UnlinkedAsMisc):
		return "send them as text"
	case string(retail.TaxByPOS):
		return "Lightspeed calculates it"
	case string(retail.TaxAsLine):
		return "a line with the order's own amount"
	case string(retail.SupplierLowerStock):
		return "as items"
	case string(retail.SupplierAsText):
		return "as text"
	case string(retail.OpenOrdersDeduct):
		return "keep what they have sold from being sold again"
	case string(retail.OpenOrdersIgnore):
		return "the website keeps account of them"
	}
	return string(choice)
}

// saidTime is a time of the export settings in the history.
func saidTime(t *time.Time) string {
	if t == nil {
		return "none"
	}
	return t.UTC().Format("2006-01-02 15:04:05 UTC")
}
