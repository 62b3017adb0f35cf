package export

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"
)

// Restores reports whether the database has lost its latest changes. Package restore implements it.
type Restores interface {
	// LostAt returns when that was last noticed; zero = never.
	LostAt(ctx context.Context) (time.Time, error)
	// Beside has a statement that reads rows of another table read that too, in its [restore.BesideColumn]. It fails with
	// [restore.ErrUnverified] when the database must be checked again.
	Beside() (add func(*sql.Selector), decide func(value any) (time.Time, error))
}

// heldError says that nothing is sent yet.
type heldError struct{ until time.Time }

func (e heldError) Error() string {
	return fmt.Sprintf("the database has lost its latest changes: nothing is sent before %s", e.until.Format(time.RFC3339))
}

// lostAt says when the database was last found to have lost its latest changes; zero = never.
type lostAt func(context.Context) (time.Time, error)

// checkRestore fails with a heldError where the database may have forgotten that the order became a sale, until the POS's search must
// have it.
func (t *task) checkRestore(ctx context.Context, lostAt lostAt) error {
	at, err := lostAt(ctx)
	if err != nil {
		return err
	}
	if until := at.Add(sweepAfter); !at.IsZero() && t.x.Clock.Now().Before(until) {
		return heldError{until: until}
	}
	return nil
}
