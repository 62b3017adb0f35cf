package prepared

import (
	"fmt"
	"testing"
)

// closable is a statement that is only kept and closed.
type closable struct{ fullStmt }

func (closable) Close() error { return nil }

// However many different statements come, and whoever drops them, what is remembered stays bounded.
func TestMemoryOfStatementsIsBounded(t *testing.T) {
	c := newCache(2)
	for i := range 3 * maxSeen {
		if err := c.add(fmt.Sprint("select ", i), closable{}); err != nil {
			t.Fatal(err)
		}
		if i%7 == 0 {
			c.again(fmt.Sprint("insert ", i))
		}
		if len(c.seen) > maxSeen || len(c.kept) > 2 {
			t.Fatalf("after %d statements %d are remembered and %d kept", i+1, len(c.seen), len(c.kept))
		}
	}
}
