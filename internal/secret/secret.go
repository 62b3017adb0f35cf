// Package secret encrypts what must not be readable at rest, such as OAuth tokens: by AES-256-GCM, with a key that can be
// changed, and bound to the row where the sealed bytes are stored.
//
// Sealed bytes are a version (1), the length of the key's id in one byte, the id, then the random nonce of 12 bytes, the
// ciphertext and its tag of 16. The caller's additional data says where they belong, by convention "table.column/row-id":
// copied to another row they do not open.
package secret

import (
	"crypto/cipher"
	"errors"
	"fmt"
	"slices"
)

// Errors of Open, to be found with errors.Is. None reveals anything about the key or the content.
var (
	// ErrMalformed: the bytes were not made by Seal.
	ErrMalformed = errors.New("sealed value is malformed")
	// ErrUnknownKey: the key that sealed them is not in the list.
	ErrUnknownKey = errors.New("sealed value needs a key that is not configured")
	// ErrAuthentication: they were changed, or belong elsewhere, or a different key has that id.
	ErrAuthentication = errors.New("sealed value does not belong here or was changed")
)

const version = 1

// Box seals with the first of its keys and opens with any of them. It is safe for concurrent use.
type Box struct {
	active string
	aeads  map[string]cipher.AEAD
}

// NewBox returns a box for a list of keys, as ParseKeys returns it. The first key is the active one.
func NewBox(keys Keys) (*Box, error) {
	if len(keys.list) == 0 {
		return nil, fmt.Errorf("%w: no key", ErrKeys)
	}
	b := &Box{active: keys.list[0].id, aeads: make(map[string]cipher.AEAD, len(keys.list))}
	for _, k := range keys.list {
		b.aeads[k.id] = k.aead
	}
	return b, nil
}

// Seal encrypts plaintext under the active key for the place that aad names. Sealing again gives other bytes.
func (b *Box) Seal(plaintext []byte, aad string) ([]byte, error) {
	aead := b.aeads[b.active]
	if aead == nil {
		return nil, fmt.Errorf("seal: %w: no key", ErrKeys)
	}
	head := append([]byte{version, byte(len(b.active))}, b.active...)
	sealed := slices.Grow(head, len(plaintext)+aead.Overhead())
	return aead.Seal(sealed, nil, plaintext, bind(head, aad)), nil
}

// Open decrypts what Seal made for the same aad. stale reports that another key than the active one sealed it: seal it again.
func (b *Box) Open(sealed []byte, aad string) (plaintext []byte, stale bool, err error) {
	if len(sealed) < 2 || sealed[0] != version {
		return nil, false, ErrMalformed
	}
	length := 2 + int(sealed[1])
	if len(sealed) < length {
		return nil, false, ErrMalformed
	}
	head, body := sealed[:length], sealed[length:]
	id := string(head[2:])
	if !validID(id) {
		return nil, false, ErrMalformed
	}
	aead, ok := b.aeads[id]
	if !ok {
		return nil, false, fmt.Errorf("%w: %q", ErrUnknownKey, id)
	}
	if len(body) < aead.Overhead() {
		return nil, false, ErrMalformed
	}
	plaintext, err = aead.Open(nil, nil, body, bind(head, aad))
	if err != nil {
		return nil, false, ErrAuthentication
	}
	return plaintext, id != b.active, nil
}

// bind puts the head, whose length it tells itself, before aad: then the head cannot be changed either.
func bind(head []byte, aad string) []byte {
	return slices.Concat(head, []byte(aad))
}
