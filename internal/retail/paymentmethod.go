package retail

import (
	"crypto/sha256"
	"encoding/hex"

	"possync/internal/text"
)

// MaxPaymentMethod is how many bytes the name of a payment method may have.
const MaxPaymentMethod = 1000

// MethodKey identifies a payment method by its name, as names are compared: see [text.FoldName]. It is always equally long.
func MethodKey(method string) string {
	sum := sha256.Sum256([]byte(text.FoldName(method)))
	return hex.EncodeToString(sum[:])
}

// ShortMethodKey is the method's name as names are compared, or where that is long its MethodKey: for keys that people read.
func ShortMethodKey(method string) string {
	if name := text.FoldName(method); len(name) <= 100 {
		return name
	}
	return MethodKey(method)
}

// SameName reports whether people take two names for the same.
func SameName(a, b string) bool { return text.FoldName(a) == text.FoldName(b) }
