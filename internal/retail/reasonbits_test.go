package retail

import (
	"math/bits"
	"testing"
)

// The bits are stored: a code keeps its own for ever, and each has one.
func TestReasonBitsAreStable(t *testing.T) {
	stored := map[ReasonCode]ReasonBits{
		ReasonArchived: 1, ReasonNotInCatalogue: 1 << 1, ReasonMatchConflict: 1 << 2, ReasonNoCost: 1 << 3, ReasonNoMSRP: 1 << 4,
		ReasonNoIdentifier: 1 << 5, ReasonNoGTIN: 1 << 6, ReasonInvalidUPC: 1 << 7, ReasonInvalidEAN: 1 << 8, ReasonNoMPN: 1 << 9,
		ReasonNoBrand: 1 << 10, ReasonNoMappedShop: 1 << 11, ReasonNoRuleEnabled: 1 << 12, ReasonNoRuleMet: 1 << 13,
		ReasonUnconfirmed: 1 << 14,
	}
	for code, bit := range stored {
		if code.Found() != bit || code.Blocks() != bit<<32 {
			t.Errorf("%s has the bits %x and %x, stored are %x and %x", code, code.Found(), code.Blocks(), bit, bit<<32)
		}
	}
	seen := map[ReasonBits]string{}
	for _, name := range ReasonCode("").Values() {
		bit := ReasonCode(name).Found()
		if bits.OnesCount64(uint64(bit)) != 1 || bit >= 1<<31 || seen[bit] != "" {
			t.Errorf("%s has the bit %x, which is %q's", name, bit, seen[bit])
		}
		seen[bit] = name
	}
	if ReasonCode("UNKNOWN").Found() != 0 || ReasonCode("UNKNOWN").Blocks() != 0 {
		t.Error("an unknown code has a bit")
	}
}

func TestBitsOf(t *testing.T) {
	got := BitsOf([]Reason{{ReasonNoCost, true}, {ReasonNoMPN, false}})
	for code, want := range map[ReasonCode][2]bool{
		ReasonNoCost: {true, true}, ReasonNoMPN: {true, false}, ReasonArchived: {false, false},
	} {
		if got.Has(code.Found()) != want[0] || got.Has(code.Blocks()) != want[1] {
			t.Errorf("%s: found %v, blocks %v; want %v", code, got.Has(code.Found()), got.Has(code.Blocks()), want)
		}
	}
	if BitsOf(nil) != 0 {
		t.Error("no reasons have bits")
	}
}
