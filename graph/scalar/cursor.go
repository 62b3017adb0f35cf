package scalar

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"

	"entgo.io/contrib/entgql"
	"github.com/99designs/gqlgen/graphql"
)

// maxCursor bounds the characters of a cursor: a text of 2000 bytes that a list is ordered by, an id or a key, and what is around them.
const maxCursor = 4000

var errCursor = errors.New("must be a cursor exactly as it was received")

// MarshalCursor writes a cursor.
func MarshalCursor(c entgql.Cursor[string]) graphql.Marshaler { return c }

// UnmarshalCursor reads a cursor. What is in it comes from the client, and the decoder of package entgql sets memory aside for as many
// elements as a list or a map says that it has: 30 characters would take gigabytes. So nothing reaches it but what it wrote.
func UnmarshalCursor(v any) (entgql.Cursor[string], error) {
	var c entgql.Cursor[string]
	text, ok := v.(string)
	if !ok || len(text) > maxCursor {
		return c, errCursor
	}
	packed, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil || !isCursor(packed) {
		return c, errCursor
	}
	if c.UnmarshalGQL(base64.RawStdEncoding.EncodeToString(packed)) != nil {
		return entgql.Cursor[string]{}, errCursor
	}
	return c, nil
}

// isCursor reports whether the bytes are a cursor in MessagePack: a map with the text "i", and perhaps "v", which is a text, a number or
// an instant.
func isCursor(packed []byte) bool {
	if rest, ok := bytes.CutPrefix(packed, []byte{0x81, 0xa1, 'i'}); ok {
		_, ok = afterText(rest)
		return ok
	}
	rest, ok := bytes.CutPrefix(packed, []byte{0x82, 0xa1, 'i'})
	if !ok {
		return false
	}
	if rest, ok = afterText(rest); !ok {
		return false
	}
	if rest, ok = bytes.CutPrefix(rest, []byte{0xa1, 'v'}); !ok || len(rest) == 0 {
		return false
	}
	switch first := rest[0]; {
	case first <= 0x7f, first >= 0xe0, 0xcc <= first && first <= 0xd3: // numbers
		return true
	case first == 0xd6, first == 0xd7, first == 0xc7: // instants of 4, 8 and 12 bytes
		return true
	default:
		_, ok = afterText(rest)
		return ok
	}
}

// afterText returns what follows a text of up to 65,535 bytes.
func afterText(b []byte) (rest []byte, ok bool) {
	head, length := 1, 0
	switch {
	case len(b) > 0 && b[0]&0xe0 == 0xa0:
		length = int(b[0] & 0x1f)
	case len(b) > 1 && b[0] == 0xd9:
		head, length = 2, int(b[1])
	case len(b) > 2 && b[0] == 0xda:
		head, length = 3, int(binary.BigEndian.Uint16(b[1:]))
	default:
		return nil, false
	}
	if len(b) < head+length {
		return nil, false
	}
	return b[head+length:], true
}
