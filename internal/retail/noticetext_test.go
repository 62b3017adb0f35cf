package retail_test

import (
	"testing"

	"possync/internal/retail"
)

// Two notices are about the same if their causes are, whatever they say. Those of earlier versions have no cause, but a notice to refund
// has always said what the sale has kept.
func TestSameCause(t *testing.T) {
	type params = map[string]string
	for name, tt := range map[string]struct {
		a, b params
		same bool
	}{
		"other words":            {params{"cause": "x", "differences": "Bell"}, params{"cause": "x", "differences": "Big bell"}, true},
		"other causes":           {params{"cause": "x", "differences": "Bell"}, params{"cause": "y", "differences": "Bell"}, false},
		"one without a cause":    {params{"cause": "x", "differences": "Bell"}, params{"differences": "Bell"}, true},
		"and with other words":   {params{"cause": "x", "differences": "Bell"}, params{"differences": "Horn"}, false},
		"both without":           {params{"fields": "note"}, params{"fields": "note"}, true},
		"both without, and else": {params{"fields": "note"}, params{"fields": "note, name"}, false},
		"as much kept":           {params{"keptMillionths": "5", "refund": "1.00"}, params{"keptMillionths": "5", "refund": "2.00", "roundingMillionths": "1"}, true},
		"less kept":              {params{"keptMillionths": "5", "refund": "1.00"}, params{"keptMillionths": "4", "refund": "1.00"}, false},
	} {
		if got := retail.SameCause(tt.a, tt.b); got != tt.same || retail.SameCause(tt.b, tt.a) != got {
			t.Errorf("%s: %t", name, got)
		}
	}
}
