package pid_test

import (
	"bytes"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"possync/internal/pid"
)

func TestNewIsValidAndIncreasing(t *testing.T) {
	last := ""
	for range 10_000 {
		id := pid.New("sync_run")
		if prefix, ok := pid.Prefix(id); !ok || prefix != "sync_run" {
			t.Fatalf("Prefix(%q) = %q, %v", id, prefix, ok)
		}
		if id <= last {
			t.Fatalf("%q came after %q", id, last)
		}
		last = id
	}
}

func TestNewRefusesBadPrefixes(t *testing.T) {
	for _, prefix := range []string{"", "_", "a_", "_a", "Site", "a-b", "a1", strings.Repeat("a", 64)} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("New(%q) did not panic", prefix)
				}
			}()
			pid.New(prefix)
		}()
	}
}

// The example of the TypeID specification, https://github.com/jetify-com/typeid/tree/main/spec.
func TestEncodeKnownValues(t *testing.T) {
	for _, c := range []struct {
		bits [16]byte
		want string
	}{
		{[16]byte{}, "00000000000000000000000000"},
		{[16]byte{15: 1}, "00000000000000000000000001"},
		{[16]byte{0x01, 0x89, 0x0a, 0x5d, 0xac, 0x96, 0x77, 0x4b, 0xbc, 0xce, 0xb3, 0x02, 0x09, 0x9a, 0x80, 0x57}, "01h455vb4pex5vsknk084sn02q"},
		{[16]byte(bytes.Repeat([]byte{0xff}, 16)), "7zzzzzzzzzzzzzzzzzzzzzzzzz"},
	} {
		if got := pid.Encode(c.bits); got != c.want {
			t.Errorf("Encode(%x) = %s, want %s", c.bits, got, c.want)
		}
	}
}

func TestEncodeAgreesWithBase32AndKeepsOrder(t *testing.T) {
	// math/big writes base 32 with 0-9a-v: the same digits under other names.
	toCrockford := map[rune]rune{}
	for i, r := range "0123456789abcdefghijklmnopqrstuv" {
		toCrockford[r] = rune("0123456789abcdefghjkmnpqrstvwxyz"[i])
	}
	generator := rapid.SliceOfN(rapid.Byte(), 16, 16)
	rapid.Check(t, func(t *rapid.T) {
		a, b := [16]byte(generator.Draw(t, "a")), [16]byte(generator.Draw(t, "b"))
		digits := new(big.Int).SetBytes(a[:]).Text(32)
		want := strings.Map(func(r rune) rune { return toCrockford[r] }, strings.Repeat("0", 26-len(digits))+digits)
		if got := pid.Encode(a); got != want {
			t.Fatalf("Encode(%x) = %s, want %s", a, got, want)
		}
		if bytes.Compare(a[:], b[:]) != strings.Compare(pid.Encode(a), pid.Encode(b)) {
			t.Fatalf("order of %x and %x is not kept", a, b)
		}
	})
}

func TestPrefix(t *testing.T) {
	const suffix = "01h455vb4pex5vsknk084sn02q"
	for _, c := range []struct {
		id, want string
		ok       bool
	}{
		{"site_" + suffix, "site", true},
		{"sync_run_" + suffix, "sync_run", true},
		{"site" + suffix, "", false},
		{"_" + suffix, "", false},
		{"Site_" + suffix, "", false},
		{"site_" + strings.ToUpper(suffix), "", false},
		{"site_" + suffix[1:], "", false},
		{"site_" + suffix + "0", "", false},
		{"site_8" + suffix[1:], "", false}, // more than 128 bits
		{"site_0i" + suffix[2:], "", false},
		{"site_" + suffix + " ", "", false},
		{"", "", false},
	} {
		if got, ok := pid.Prefix(c.id); got != c.want || ok != c.ok {
			t.Errorf("Prefix(%q) = %q, %v; want %q, %v", c.id, got, ok, c.want, c.ok)
		}
	}
}
