package web_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"testing"

	"possync/internal/tenant"
)

// rawSocket is the client's end of a WebSocket, with no more than a connection: no goroutine and no buffer of its own, so that what
// is measured is the server's.
type rawSocket struct{ net.Conn }

// dialRaw connects, signs in as a user of the site, and subscribes. The server's first frames are not read yet.
func dialRaw(b *testing.B, address, site, user, subscription string) rawSocket {
	b.Helper()
	conn, err := (&net.Dialer{}).DialContext(b.Context(), "tcp", address)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = conn.Close() })
	s := rawSocket{conn}
	key := base64.StdEncoding.EncodeToString(make([]byte, 16))
	_, err = fmt.Fprintf(conn, "GET /graphql HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Protocol: graphql-transport-ws\r\nSec-WebSocket-Key: %s\r\n\r\n", address, key)
	if err != nil {
		b.Fatal(err)
	}
	var head []byte
	for one := make([]byte, 1); !bytes.HasSuffix(head, []byte("\r\n\r\n")); head = append(head, one[0]) {
		if _, err := io.ReadFull(conn, one); err != nil {
			b.Fatalf("after %q: %v", head, err)
		}
	}
	s.say(b, map[string]any{"type": "connection_init", "payload": map[string]string{"Authorization": "Bearer " + site + "/" + string(tenant.RoleView) + "/" + user}})
	s.say(b, map[string]any{"id": "1", "type": "subscribe", "payload": map[string]string{"query": subscription}})
	return s
}

// say sends a message in one frame.
func (s rawSocket) say(b *testing.B, message any) {
	b.Helper()
	text, err := json.Marshal(message)
	if err != nil {
		b.Fatal(err)
	}
	frame := []byte{0x81, 0x80 | 126, 0, 0, 0, 0, 0, 0} // the mask is zero, which leaves the text as it is
	binary.BigEndian.PutUint16(frame[2:], uint16(len(text)))
	if _, err := s.Write(append(frame, text...)); err != nil {
		b.Fatal(err)
	}
}

// frame reads the next frame into the buffer.
func (s rawSocket) frame(buffer []byte) ([]byte, error) {
	if _, err := io.ReadFull(s, buffer[:2]); err != nil {
		return nil, err
	}
	length := int(buffer[1] & 0x7f)
	if length == 126 {
		if _, err := io.ReadFull(s, buffer[:2]); err != nil {
			return nil, err
		}
		length = int(binary.BigEndian.Uint16(buffer))
	}
	_, err := io.ReadFull(s, buffer[:length])
	return buffer[:length], err
}

// next reads frames up to the next update of the subscription.
func (s rawSocket) next(buffer []byte) ([]byte, error) {
	for {
		frame, err := s.frame(buffer)
		if err != nil || bytes.Contains(frame, []byte(`"next"`)) {
			return frame, err
		}
	}
}
