package export

import (
	"maps"
	"slices"

	"possync/internal/lightspeed"
	"possync/internal/retail"
)

const (
	// chunkRecords is how many records one request makes of a sale that is sent in chunks: each costs half a drip.
	chunkRecords = 20
	// sentInChunks is how many attempts send a long sale in chunks. Later ones send it at once, in case Lightspeed stores chunks in another way
	// than we expect.
	sentInChunks = 2
)

// chunksOf returns the chunks in which the lines of a plan are sent: after how many lines each of them ends. A short sale is one chunk.
//
// The first chunk makes the sale, with all payments. Each chunk comes to more than nothing, whatever its taxes. So a chunk that reaches
// Lightspeed twice leaves more to be paid than was, and Lightspeed will not complete the sale. One that cannot be divided like that is one
// chunk too.
func chunksOf(plan retail.SalePlan, records int) (ends []int) {
	lines := newLines(plan.Lines)
	total := len(plan.Payments)
	for _, l := range lines {
		total += l.Records()
	}
	if total <= 2*records {
		return []int{len(lines)}
	}
	var chunk worth
	var earlier []worth
	n := 0
	for i, l := range plan.Lines {
		chunk.add(l.UnitPrice * retail.Amount(l.Units))
		if n += lines[i].Records(); n >= records && chunk.owed() {
			ends, earlier = append(ends, i+1), append(earlier, chunk)
			n, chunk = 0, worth{}
		}
	}
	if n == 0 {
		return ends
	}
	for last := len(ends) - 1; last >= 0 && !chunk.owed(); last-- { // what is left belongs to the chunks before
		chunk = worth{chunk.plus + earlier[last].plus, chunk.minus + earlier[last].minus}
		ends = ends[:last]
	}
	return append(ends, len(lines))
}

// worth is what lines come to without their taxes: those that cost something, and those that take something off.
type worth struct{ plus, minus retail.Amount }

func (w *worth) add(amount retail.Amount) {
	if amount > 0 {
		w.plus += amount
	} else {
		w.minus -= amount
	}
}

// owed reports whether the lines come to more than nothing whatever their taxes are: a tax of less than the price may add to what they take off
// alone.
func (w worth) owed() bool { return w.plus > 2*w.minus }

// chunks are those of the sale of an attempt.
func (t *task) chunks(attempt int) []int {
	if attempt > sentInChunks {
		return []int{len(t.export.Plan.Lines)}
	}
	return chunksOf(t.export.Plan, t.x.chunkRecords)
}

// content is what an open sale has of its plan.
type content int

const (
	whole    content = iota // all lines, or it was not sent in chunks
	begun                   // the first chunks
	repeated                // these, and some of them again: a chunk has reached it twice
	altered                 // others: somebody has changed it
)

// contentOf compares the lines of an open sale of ours with its plan, and returns how many lines of the plan it has, if it was begun.
func (t *task) contentOf(sale lightspeed.Sale) (c content, lines int) {
	plan, ends := t.export.Plan, t.chunks(attemptOf(sale))
	if len(ends) < 2 {
		return whole, 0
	}
	counted := countLines(sale.Lines)
	for _, end := range ends {
		if !counted.equal(countPlan(plan.Lines[:end])) {
			continue
		}
		switch {
		case end == len(plan.Lines):
			return whole, end
		case sale.Paid.IsZero(), sale.Paid.Equal(plan.Total.Decimal()):
			return begun, end
		}
		return altered, 0
	}
	if repeats(counted, plan.Lines, ends) {
		return repeated, 0
	}
	return altered, 0
}

// repeats reports whether lines are those of the first chunks of a plan, and of some of these again.
func repeats(counted lineCount, plan []retail.SaleLine, ends []int) bool {
	chunks := make([]lineCount, len(ends))
	from := 0
	for i, end := range ends {
		chunks[i] = countPlan(plan[from:end])
		from = end
		more, ok := counted.minus(countPlan(plan[:end]))
		if !ok {
			return false // nor has it the chunks behind
		}
		if more.of(chunks[:i+1], maxRepeats) {
			return true
		}
	}
	return false
}

// maxRepeats is how many chunks too many are looked for.
const maxRepeats = 4

// lineKey is what lines of a sale have in common that are the same.
type lineKey struct {
	item, units int64
	price       string
}

// lineCount is how often a sale has a line.
type lineCount map[lineKey]int

func countLines(lines []lightspeed.SaleLine) lineCount {
	count := lineCount{}
	for _, l := range lines {
		count[lineKey{l.ItemID, l.UnitQuantity, l.UnitPrice.StringFixed(2)}]++
	}
	return count
}

func countPlan(lines []retail.SaleLine) lineCount {
	count := lineCount{}
	for _, l := range lines {
		count[lineKey{l.ItemID, l.Units, l.UnitPrice.Decimal().StringFixed(2)}]++
	}
	return count
}

func (c lineCount) equal(other lineCount) bool {
	if len(c) != len(other) {
		return false
	}
	for line, n := range c {
		if other[line] != n {
			return false
		}
	}
	return true
}

// minus returns the lines without others; ok is false if it does not have all of these.
func (c lineCount) minus(others lineCount) (left lineCount, ok bool) {
	left = maps.Clone(c)
	for line, n := range others {
		switch left[line] -= n; {
		case left[line] < 0:
			return nil, false
		case left[line] == 0:
			delete(left, line)
		}
	}
	return left, true
}

// of reports whether the lines are those of chunks, each any number of times, but so many together at most.
func (c lineCount) of(chunks []lineCount, most int) bool {
	if len(c) == 0 {
		return true
	}
	if most == 0 {
		return false
	}
	var some lineKey // that one of the chunks must have
	for some = range c {
		break
	}
	return slices.ContainsFunc(chunks, func(chunk lineCount) bool {
		left, ok := c.minus(chunk)
		return ok && chunk[some] > 0 && left.of(chunks, most-1)
	})
}

// hasLines reports whether a sale has the plan's lines.
func hasLines(sale lightspeed.Sale, plan retail.SalePlan) bool {
	return countLines(sale.Lines).equal(countPlan(plan.Lines))
}

// matchesPlan reports whether a sale has the plan's lines and total.
func matchesPlan(sale lightspeed.Sale, plan retail.SalePlan) bool {
	return hasLines(sale, plan) && sale.Total.Equal(plan.Total.Decimal())
}

func newLines(lines []retail.SaleLine) []lightspeed.NewSaleLine {
	made := make([]lightspeed.NewSaleLine, len(lines))
	for i, l := range lines {
		made[i] = lightspeed.NewSaleLine{ItemID: l.ItemID, UnitQuantity: l.Units, UnitPrice: l.UnitPrice.Decimal(), Tax: l.Taxed, Note: l.Text}
	}
	return made
}
