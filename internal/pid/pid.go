// Package pid makes and checks the product's public ids: a prefix that names the kind of thing, an underscore, and a
// UUIDv7 as 26 characters of lower-case Crockford base32 (the TypeID form), for example site_01m83kb0bwek481sx0q6k8q612.
//
// The prefix shows which table an id belongs to. Later ids sort later, so an index on them grows at its end.
package pid

import (
	"strings"

	"github.com/google/uuid"
)

// alphabet is Crockford's base32 in lower case: no i, l, o or u.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

const (
	suffixLength = 26 // 130 bits for 128: the first character is at most 7
	maxPrefix    = 63 // the TypeID specification's bound
)

// New returns a fresh id with the given prefix. Ids made by one process are strictly increasing within a prefix.
// It panics if the prefix is not of the form that Prefix accepts, or if the system's random source fails.
func New(prefix string) string {
	if !validPrefix(prefix) {
		panic("pid: invalid prefix " + prefix)
	}
	return prefix + "_" + Encode(uuid.Must(uuid.NewV7()))
}

// Encode writes 128 bits, most significant first, as 26 characters. The order of the texts is the order of the bytes.
func Encode(bits [16]byte) string {
	var out [suffixLength]byte
	// Two zero bits stand before the 128, which makes 26 groups of five.
	buffer, held, next := uint32(0), 2, 0
	for _, b := range bits {
		buffer = buffer<<8 | uint32(b)
		for held += 8; held >= 5; next++ {
			held -= 5
			out[next] = alphabet[buffer>>held&31]
		}
	}
	return string(out[:])
}

// Prefix returns the part of an id before its last underscore, and whether the whole has the form of an id: a prefix of
// 1 to 63 lower-case letters and inner underscores, and a suffix of 26 characters that stand for 128 bits. It says
// nothing about whether such a thing exists.
func Prefix(id string) (prefix string, ok bool) {
	cut := strings.LastIndexByte(id, '_')
	if cut < 0 || !validPrefix(id[:cut]) || !validSuffix(id[cut+1:]) {
		return "", false
	}
	return id[:cut], true
}

func validPrefix(prefix string) bool {
	if prefix == "" || len(prefix) > maxPrefix || prefix[0] == '_' || prefix[len(prefix)-1] == '_' {
		return false
	}
	for i := range len(prefix) {
		if c := prefix[i]; c != '_' && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

func validSuffix(suffix string) bool {
	if len(suffix) != suffixLength || suffix[0] > '7' {
		return false
	}
	for i := range len(suffix) {
		if strings.IndexByte(alphabet, suffix[i]) < 0 {
			return false
		}
	}
	return true
}
