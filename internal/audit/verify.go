package audit

import (
	"bytes"
	"fmt"
)

// Link is an entry as it is stored.
type Link struct {
	Entry
	Sequence      int
	Previous, Sum []byte
}

// Place is a place in a log: that of an entry, or the one before the first.
type Place struct {
	Sequence int
	Sum      []byte // of the entry
}

// Kind is what can be wrong with an entry.
type Kind string

// What can be wrong.
const (
	Changed  Kind = "changed"  // it does not say what it said when it was written
	Missing  Kind = "missing"  // it is not there
	Moved    Kind = "moved"    // it was written after another entry than the one that it follows now
	Replaced Kind = "replaced" // it is not the entry that was written here
	Extra    Kind = "extra"    // it stands outside of the log
)

// Finding is something that is wrong in a log.
type Finding struct {
	Kind     Kind
	Sequence int    // where
	Last     int    // where the last one is that is missing with it
	ID       string // of the entry; empty = it is missing
	After    int    // the sequence of the entry that a moved one was written after
}

// String says in a sentence what is wrong.
func (f Finding) String() string {
	switch f.Kind {
	case Missing:
		if f.Last > f.Sequence {
			return fmt.Sprintf("entries %d to %d are missing", f.Sequence, f.Last)
		}
		return fmt.Sprintf("entry %d is missing", f.Sequence)
	case Moved:
		return fmt.Sprintf("entry %d (%s) was moved: it was written after entry %d", f.Sequence, f.ID, f.After)
	case Replaced:
		return fmt.Sprintf("entry %d (%s) is not the one that was written there", f.Sequence, f.ID)
	case Extra:
		return fmt.Sprintf("entry %d (%s) stands outside of the log", f.Sequence, f.ID)
	default:
		return fmt.Sprintf("entry %d (%s) was changed", f.Sequence, f.ID)
	}
}

// Verifier walks along a log, whose entries come in the order of their sequences. Give it each by Next, then call End.
type Verifier struct {
	at      Place
	id      string // of the entry there
	strange bool   // that entry was changed, or not written after the one before it
	found   []Finding
	// find returns the sequence of the entry with a hash.
	find func(sum []byte) (sequence int, ok bool, err error)
}

// NewVerifier begins after a checkpoint: with [Genesis], before the first entry. find returns the sequence of the entry that has a hash.
func NewVerifier(from Place, find func(sum []byte) (sequence int, ok bool, err error)) *Verifier {
	return &Verifier{at: from, find: find}
}

// Next looks at the next entry.
func (v *Verifier) Next(l Link) error {
	gap := l.Sequence - v.at.Sequence - 1
	if gap < 0 {
		v.found = append(v.found, Finding{Kind: Extra, Sequence: l.Sequence, ID: l.ID})
		return nil
	}
	if gap > 0 {
		v.found = append(v.found, Finding{Kind: Missing, Sequence: v.at.Sequence + 1, Last: l.Sequence - 1})
	}
	sound := bytes.Equal(Hash(l.Previous, l.Entry), l.Sum)
	strange := gap == 0 && sound && !bytes.Equal(l.Previous, v.at.Sum)
	switch {
	case !sound:
		v.found = append(v.found, Finding{Kind: Changed, Sequence: l.Sequence, ID: l.ID})
	case strange && !v.strange: // the entry before says what is wrong with this one
		if err := v.explain(l); err != nil {
			return err
		}
	}
	v.at, v.id, v.strange = Place{l.Sequence, l.Sum}, l.ID, strange || !sound
	return nil
}

// explain says why an entry does not follow on the one before it.
func (v *Verifier) explain(l Link) error {
	after, ok, err := v.find(l.Previous)
	switch {
	case err != nil:
		return err
	case ok:
		v.found = append(v.found, Finding{Kind: Moved, Sequence: l.Sequence, ID: l.ID, After: after})
	case v.id == "": // at the checkpoint
		v.found = append(v.found, Finding{Kind: Replaced, Sequence: l.Sequence, ID: l.ID})
	default:
		v.found = append(v.found, Finding{Kind: Replaced, Sequence: v.at.Sequence, ID: v.id})
	}
	return nil
}

// End compares with where the log ends, and returns all that is wrong.
func (v *Verifier) End(end Place) []Finding {
	switch {
	case v.at.Sequence < end.Sequence:
		v.found = append(v.found, Finding{Kind: Missing, Sequence: v.at.Sequence + 1, Last: end.Sequence})
	case v.at.Sequence > end.Sequence:
		v.found = append(v.found, Finding{Kind: Extra, Sequence: v.at.Sequence, ID: v.id})
	case !bytes.Equal(v.at.Sum, end.Sum):
		v.found = append(v.found, Finding{Kind: Replaced, Sequence: v.at.Sequence, ID: v.id})
	}
	return v.found
}
