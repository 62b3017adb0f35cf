package graphqlhttp

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/http"
)

// The buffers of a WebSocket. Its messages are mostly shorter; longer ones take a few more system calls.
const (
	readBuffer  = 512
	writeBuffer = 1024
)

// slimHijacker gives a hijacked connection small buffers of its own instead of the server's of 4 kB each.
type slimHijacker struct{ http.ResponseWriter }

// Hijack implements [http.Hijacker].
func (h slimHijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, large, err := http.NewResponseController(h.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, fmt.Errorf("take the connection over: %w", err)
	}
	// What the client has sent already is in the server's buffer. Peek moves it to the small one, which has room for it.
	early := make([]byte, large.Reader.Buffered())
	_, _ = large.Reader.Read(early)
	reader := bufio.NewReaderSize(bytes.NewReader(early), max(readBuffer, len(early)))
	_, _ = reader.Peek(len(early))
	return conn, bufio.NewReadWriter(reader, bufio.NewWriterSize(conn, writeBuffer)), nil
}
