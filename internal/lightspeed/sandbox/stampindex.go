package sandbox

import "sort"

// stampIndex keeps the rows of a table in the order of (stamp, id), so that a poll for changes need not sort the table. A moved
// row leaves a dead entry behind. Dead entries are removed when they are more than half.
type stampIndex struct {
	entries []stampEntry
	dead    int
}

type stampEntry struct {
	stamp int64
	row   int32
	dead  bool
}

func (e stampEntry) less(stamp int64, row int32) bool {
	return e.stamp < stamp || e.stamp == stamp && e.row < row
}

// build fills the index from scratch.
func (x *stampIndex) build(n int, stamp func(row int) int64) {
	x.entries, x.dead = make([]stampEntry, 0, n+n/8), 0
	for row := range n {
		x.entries = append(x.entries, stampEntry{stamp: stamp(row), row: int32(row)})
	}
	sort.Slice(x.entries, func(i, j int) bool { return x.entries[i].less(x.entries[j].stamp, x.entries[j].row) })
}

func (x *stampIndex) search(stamp int64, row int32) int {
	return sort.Search(len(x.entries), func(i int) bool { return !x.entries[i].less(stamp, row) })
}

// insert adds a row. Most stamps are new, so its position is near the end.
func (x *stampIndex) insert(stamp int64, row int32) {
	i := x.search(stamp, row)
	if i < len(x.entries) && x.entries[i].stamp == stamp && x.entries[i].row == row {
		if x.entries[i].dead {
			x.entries[i].dead = false
			x.dead--
		}
		return
	}
	x.entries = append(x.entries, stampEntry{})
	copy(x.entries[i+1:], x.entries[i:])
	x.entries[i] = stampEntry{stamp: stamp, row: row}
}

// move gives a row another stamp.
func (x *stampIndex) move(row int32, from, to int64) {
	if from == to {
		return
	}
	if i := x.search(from, row); i < len(x.entries) && x.entries[i].stamp == from && x.entries[i].row == row &&
		!x.entries[i].dead {
		x.entries[i].dead = true
		x.dead++
	}
	x.insert(to, row)
	if x.dead > 64 && x.dead > len(x.entries)/2 {
		x.sweep()
	}
}

func (x *stampIndex) sweep() {
	live := x.entries[:0]
	for _, e := range x.entries {
		if !e.dead {
			live = append(live, e)
		}
	}
	x.entries, x.dead = live, 0
}

// ordering is the index as an ordering. id returns the id of a row.
func (x *stampIndex) ordering(id func(row int) int64) ordering {
	return ordering{
		n: len(x.entries),
		key: func(i int) (value, int64) {
			return value{n: x.entries[i].stamp}, id(int(x.entries[i].row))
		},
		row: func(i int) (int, bool) { return int(x.entries[i].row), !x.entries[i].dead },
	}
}
