package yardstick

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Usage is what processes have used.
type Usage struct {
	Process  time.Duration // of CPU, by the process that was asked for
	Memory   int64         // bytes that it holds at present
	Postgres time.Duration // of CPU, by PostgreSQL's processes that serve connections to a database
}

// Sum is the CPU of both.
func (u Usage) Sum() time.Duration { return u.Process + u.Postgres }

// Minus is what was used since an earlier look; memory is the present one.
func (u Usage) Minus(earlier Usage) Usage {
	return Usage{Process: u.Process - earlier.Process, Memory: u.Memory, Postgres: u.Postgres - earlier.Postgres}
}

// UsageOf reads what a process of this machine has used, and PostgreSQL for a database, "" = none. What served a connection that has
// been closed is not counted any more. It needs Linux.
func UsageOf(tb testing.TB, pid int, database string) (u Usage) {
	tb.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil || len(stats) == 0 {
		tb.Skip("the CPU of other processes can be read on Linux alone")
	}
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		name, rest, _ := strings.Cut(string(text), ") ")
		fields := strings.Fields(rest)
		if len(fields) < 22 {
			continue
		}
		cpu := ticks(fields[11]) + ticks(fields[12])
		switch {
		case strings.HasPrefix(name, strconv.Itoa(pid)+" "):
			pages, _ := strconv.ParseInt(fields[21], 10, 64)
			u.Process, u.Memory = cpu, pages*int64(os.Getpagesize())
		case database != "" && strings.HasSuffix(name, "(postgres"):
			title, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "cmdline")) // empty once it has ended
			if strings.Contains(string(title), " "+database+" ") {
				u.Postgres += cpu
			}
		}
	}
	return u
}

// ticks are hundredths of a second on every Linux that Go runs on.
func ticks(field string) time.Duration {
	n, _ := strconv.Atoi(field)
	return time.Duration(n) * 10 * time.Millisecond
}

// NameOf is the name of a PostgreSQL database, for [UsageOf]; "" for another one.
func NameOf(ctx context.Context, tb testing.TB, db *sql.DB) (name string) {
	tb.Helper()
	if err := db.QueryRowContext(ctx, "select current_database()").Scan(&name); err != nil {
		return ""
	}
	return name
}
