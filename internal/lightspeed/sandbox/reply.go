package sandbox

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// reply is a response before it is sent, so that faults can be applied to it.
type reply struct {
	status   int
	header   http.Header
	body     []byte
	message  string        // of an error of the API
	resource string        // for the statistics
	cost     float64       // drips added to the bucket
	cut      bool          // send nothing and cut the connection
	drip     time.Duration // between two bytes of the body; 0 = it is sent at once
	truncate bool          // promise the whole body, send half, cut the connection
}

func newReply(status int, contentType string, body []byte) *reply {
	return &reply{status: status, header: http.Header{"Content-Type": {contentType}}, body: body}
}

func jsonReply(status int, body []byte) *reply { return newReply(status, "application/json", body) }

// apiError is an error of the API. In recordings the JSON of 400 and 404 has the content type of HTML, so no client can rely on
// that.
func apiError(status int, class, message string) *reply {
	contentType := "text/html; charset=UTF-8"
	if status == http.StatusTooManyRequests {
		contentType = "application/json"
	}
	buf := append([]byte(nil), `{"httpCode":"`...)
	buf = strconv.AppendInt(buf, int64(status), 10)
	buf = append(buf, `","httpMessage":`...)
	buf = appendString(buf, http.StatusText(status))
	buf = append(buf, `,"message":`...)
	buf = appendString(buf, message)
	buf = append(buf, `,"errorClass":`...)
	buf = appendString(buf, class)
	rep := newReply(status, contentType, append(buf, '}'))
	rep.message = message
	return rep
}

func badRequest(message string) *reply { return apiError(http.StatusBadRequest, "Exception", message) }

// send writes the reply. To cut the connection it panics with http.ErrAbortHandler, as net/http wants it.
func (s *Server) send(w http.ResponseWriter, r *http.Request, rep *reply) {
	if rep.cut {
		panic(http.ErrAbortHandler)
	}
	h := w.Header()
	for k, v := range rep.header {
		h[k] = v
	}
	h.Set("Date", s.clock.Now().Format(http.TimeFormat))
	h.Add("Vary", "Accept-Encoding")
	body := rep.body
	if !s.NoGzip && len(body) > 1024 && acceptsGzip(r) {
		body = compress(body)
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(rep.status)
	if rep.truncate {
		_, _ = w.Write(body[:len(body)/2])
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
		panic(http.ErrAbortHandler)
	}
	if rep.drip > 0 {
		s.drip(w, r, body, rep.drip)
		return
	}
	// A write error means that the client has gone.
	_, _ = w.Write(body)
}

// drip sends the body byte by byte, as long as the client waits for it.
func (s *Server) drip(w http.ResponseWriter, r *http.Request, body []byte, pause time.Duration) {
	control := http.NewResponseController(w)
	for i := range body {
		if _, err := w.Write(body[i : i+1]); err != nil || control.Flush() != nil {
			return
		}
		if s.clock.Sleep(r.Context(), pause) != nil {
			return
		}
	}
}

func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "gzip" && strings.ReplaceAll(params, " ", "") != "q=0" {
			return true
		}
	}
	return false
}

// gzipWriters are reused, because each one allocates large tables.
var gzipWriters = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

func compress(body []byte) []byte {
	var buf bytes.Buffer
	buf.Grow(len(body) / 6)
	w := gzipWriters.Get().(*gzip.Writer)
	defer gzipWriters.Put(w)
	w.Reset(&buf)
	// A bytes.Buffer does not fail.
	_, _ = w.Write(body)
	_ = w.Close()
	return buf.Bytes()
}
