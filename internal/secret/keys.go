package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// ErrKeys says that a list of keys is wrong, and where, without repeating any part of a key.
var ErrKeys = errors.New("invalid encryption keys")

const (
	keySize  = 32 // AES-256
	maxKeyID = 32
)

// Keys are encryption keys with their ids. Printed or logged, by whatever verb, they show the ids alone.
type Keys struct {
	list []key
}

// key keeps the cipher and not the bytes: package fmt calls no method on an unexported field, but follows no pointer either.
type key struct {
	id   string
	aead cipher.AEAD
}

// ParseKeys reads "ID:base64,ID2:base64". The first key seals, all of them open: to change keys, put the new one first and
// take the old one off when nothing is sealed by it any more. An id is 1 to 32 letters, digits, "-", "_" or "."; a key is
// 32 random bytes in standard base64.
func ParseKeys(text string) (Keys, error) {
	var keys Keys
	seen := map[string]bool{}
	for i, entry := range strings.Split(text, ",") {
		id, encoded, ok := strings.Cut(strings.TrimSpace(entry), ":")
		if !ok || !validID(id) {
			// What is in the place of the id may be a key, so it is not shown.
			return Keys{}, fmt.Errorf("%w: entry %d does not have the form ID:BASE64", ErrKeys, i+1)
		}
		bytes, err := base64.StdEncoding.Strict().DecodeString(encoded)
		if err != nil || len(bytes) != keySize {
			return Keys{}, fmt.Errorf("%w: key %q is not %d bytes in base64", ErrKeys, id, keySize)
		}
		if seen[id] {
			return Keys{}, fmt.Errorf("%w: two keys have the id %q", ErrKeys, id)
		}
		seen[id] = true
		aead, err := newAEAD(bytes)
		if err != nil {
			return Keys{}, fmt.Errorf("%w: key %q: %w", ErrKeys, id, err)
		}
		keys.list = append(keys.list, key{id, aead})
	}
	return keys, nil
}

func newAEAD(bytes []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(bytes)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// GenerateKey returns a new random key as an entry of the list that ParseKeys reads.
func GenerateKey(id string) (string, error) {
	if !validID(id) {
		return "", fmt.Errorf("%w: %q is not a valid key id", ErrKeys, id)
	}
	bytes := make([]byte, keySize)
	rand.Read(bytes) // never fails: the program ends where there is no randomness
	return id + ":" + base64.StdEncoding.EncodeToString(bytes), nil
}

// IDs returns the ids of the keys, the active one first.
func (k Keys) IDs() []string {
	ids := make([]string, len(k.list))
	for i, key := range k.list {
		ids[i] = key.id
	}
	return ids
}

// String implements fmt.Stringer.
func (k Keys) String() string { return "keys[" + strings.Join(k.IDs(), " ") + "]" }

// Format implements fmt.Formatter: some verbs would pass String by.
func (k Keys) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, k.String()) }

// LogValue implements slog.LogValuer.
func (k Keys) LogValue() slog.Value { return slog.StringValue(k.String()) }

// MarshalText implements encoding.TextMarshaler, so that no encoder tells more than String.
func (k Keys) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// String implements fmt.Stringer.
func (b *Box) String() string { return "box[" + b.active + "]" }

// Format implements fmt.Formatter: some verbs would pass String by.
func (b *Box) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, b.String()) }

// LogValue implements slog.LogValuer.
func (b *Box) LogValue() slog.Value { return slog.StringValue(b.String()) }

func validID(id string) bool {
	if id == "" || len(id) > maxKeyID {
		return false
	}
	for _, r := range id {
		letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (r < '0' || r > '9') && !strings.ContainsRune("-_.", r) {
			return false
		}
	}
	return true
}
