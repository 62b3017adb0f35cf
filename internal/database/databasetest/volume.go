package databasetest

import (
	"os"
	"strings"
	"sync"
	"testing"
)

// volumes says of tests, by their names, whether they have called [Volume], from when they do so or get a database.
var volumes sync.Map

// Volume reports whether the test is to do all that it can, and not the less that is enough with -short. Who calls it, before the
// first database is made, has both databases in the first of two passes too (see EnvRaced).
func Volume(t testing.TB) bool {
	t.Helper()
	if before, _ := volumes.LoadOrStore(outermost(t), true); before == false {
		t.Fatal("databasetest.Volume is called too late: the test has a database")
	}
	return !testing.Short()
}

// leftToRacePass reports whether the test runs on PostgreSQL in the race pass, and does as much there.
func leftToRacePass(t testing.TB) bool {
	volume, _ := volumes.LoadOrStore(outermost(t), false)
	return volume == false && os.Getenv(EnvRaced) == "1" && os.Getenv(EnvDatabases) == ""
}

// outermost is the name of the test function.
func outermost(t testing.TB) string {
	name, _, _ := strings.Cut(t.Name(), "/")
	return name
}

// NotRaced leaves the test out of the race pass, and gives it both databases in the pass before: nothing runs at a time in it that other
// tests of the pass do not run too. It is called before the first database is made.
func NotRaced(t testing.TB) {
	t.Helper()
	if !Volume(t) {
		t.Skip("it is no test of what runs at a time: it runs in the pass before")
	}
}
