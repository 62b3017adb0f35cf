package retail_test

import (
	"testing"
	"time"

	"possync/internal/retail"
)

func TestQueuePace(t *testing.T) {
	at := func(seconds int) time.Time { return time.Date(2026, 5, 2, 12, 0, seconds, 0, time.UTC) }
	for name, tt := range map[string]struct {
		finished []retail.FinishedExport
		want     time.Duration
	}{
		"none":                       {nil, 0},
		"one":                        {[]retail.FinishedExport{{at(0), at(7)}}, 7 * time.Second},
		"three requested at once":    {[]retail.FinishedExport{{at(0), at(7)}, {at(0), at(15)}, {at(0), at(21)}}, 7 * time.Second},
		"in any order":               {[]retail.FinishedExport{{at(0), at(21)}, {at(0), at(15)}, {at(0), at(7)}}, 7 * time.Second},
		"with pauses between":        {[]retail.FinishedExport{{at(0), at(5)}, {at(100), at(106)}, {at(500), at(504)}}, 5 * time.Second},
		"one that was blocked":       {[]retail.FinishedExport{{at(0), at(5)}, {at(0), at(900)}, {at(901), at(907)}}, 6 * time.Second},
		"a clock that has gone back": {[]retail.FinishedExport{{at(10), at(5)}}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := retail.QueuePace(tt.finished); got != tt.want {
				t.Errorf("pace %s, want %s", got, tt.want)
			}
		})
	}
}
