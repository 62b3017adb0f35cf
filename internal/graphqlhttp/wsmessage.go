package graphqlhttp

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/ast"
)

// idBytes is the greatest length of the id that a client gives an operation.
const idBytes = 256

// message is one message of a client. Its type and the types of its fields have been checked.
type message struct {
	kind    string
	id      string
	payload json.RawMessage
}

// parseMessage reads a message, or returns why it does not follow the protocol.
func parseMessage(kind websocket.MessageType, text []byte) (message, *closure) {
	if kind != websocket.MessageText {
		return message{}, &closure{closeBadRequest, "Invalid message: want text, not binary"}
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil || fields == nil {
		return message{}, &closure{closeBadRequest, "Invalid message: want a JSON object"}
	}
	var m message
	if err := json.Unmarshal(fields["type"], &m.kind); err != nil || m.kind == "" {
		return message{}, &closure{closeBadRequest, "Invalid message: type must be a string"}
	}
	m.payload = fields["payload"]
	if bytes.Equal(bytes.TrimSpace(m.payload), []byte("null")) {
		m.payload = nil
	}
	switch m.kind {
	case "connection_init", "ping", "pong":
		if m.payload != nil && m.payload[0] != '{' {
			return message{}, &closure{closeBadRequest, "Invalid message: payload must be an object"}
		}
	case "subscribe", "complete":
		if err := json.Unmarshal(fields["id"], &m.id); err != nil || m.id == "" || len(m.id) > idBytes {
			return message{}, &closure{closeBadRequest, fmt.Sprintf("Invalid message: id must be a string of 1 to %d bytes", idBytes)}
		}
	default:
		return message{}, &closure{closeBadRequest, "Invalid message: unknown type"}
	}
	return m, nil
}

// handle handles a message. It returns the context for the next messages, or why the socket must close.
func (s *socket) handle(ctx context.Context, kind websocket.MessageType, text []byte) (context.Context, *closure) {
	m, bad := parseMessage(kind, text)
	if bad != nil {
		return ctx, bad
	}
	switch m.kind {
	case "connection_init":
		return s.initiate(ctx, m.payload)
	case "ping":
		s.mu.Lock()
		defer s.mu.Unlock()
		s.write(ctx, encode("pong", "", m.payload))
	case "subscribe":
		return ctx, s.subscribe(ctx, m)
	case "complete":
		s.mu.Lock()
		defer s.mu.Unlock()
		if op, ok := s.operations[m.id]; ok {
			delete(s.operations, m.id)
			op.cancel()
		}
	}
	return ctx, nil
}

// initiate signs the client in with the token of the payload, or else of the upgrade request.
func (s *socket) initiate(ctx context.Context, payload json.RawMessage) (context.Context, *closure) {
	s.mu.Lock()
	again := s.initiated
	s.initiated = true
	s.mu.Unlock()
	if again {
		return ctx, &closure{closeTooManyInits, "Too many initialisation requests"}
	}
	token := bearer(s.header.Get("Authorization"))
	var fields map[string]any
	if payload != nil && json.Unmarshal(payload, &fields) == nil {
		for _, name := range []string{"Authorization", "authorization"} {
			if value, ok := fields[name].(string); ok {
				token = bearer(value)
				break
			}
		}
	}
	signedIn, who, ok := s.handler.signIn(ctx, token)
	if !ok {
		return ctx, &closure{closeForbidden, "Forbidden"}
	}
	release, ok := s.handler.streams.occupy(who.principal, s.handler.limits.Streams)
	if !ok {
		return ctx, &closure{websocket.StatusTryAgainLater, "too many connections"}
	}
	s.release = release
	s.arrived()
	s.conn.SetReadLimit(s.messageBytes())
	s.expire(who.expiry)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acked, s.signedIn = true, signedIn
	s.write(ctx, []byte(`{"type":"connection_ack"}`))
	return signedIn, nil
}

// subscribe starts an operation of any kind.
func (s *socket) subscribe(ctx context.Context, m message) *closure {
	if signedIn := s.signedInContext(); signedIn != nil && !s.handler.accepted(signedIn) {
		return &closure{closeForbidden, "Forbidden: " + revoked}
	}
	params, bad := decodeParams(m.payload, s.handler.limits)
	if bad != nil && !bad.tooLarge() {
		return &closure{closeBadRequest, "Invalid message: " + bad.err.Message}
	}
	ctx = WithRequestID(ctx, rand.Text())

	s.mu.Lock()
	defer s.mu.Unlock()
	limit := s.handler.limits.OperationsPerConn
	switch {
	case !s.acked:
		return &closure{closeUnauthorized, "Unauthorized"}
	case s.operations[m.id] != nil:
		return &closure{closeIDInUse, fmt.Sprintf("Subscriber for %s already exists", m.id)}
	case bad != nil:
		s.write(ctx, encodeErrors(m.id, s.handler.refused(ctx, bad.err)))
		return nil
	case len(s.operations) >= limit || s.goroutines >= lingeringOperations*limit:
		err := newError(CodeThrottled, fmt.Sprintf("A connection can run at most %d operations at a time.", limit))
		s.write(ctx, encodeErrors(m.id, s.handler.refused(ctx, err)))
		return nil
	}
	params.Headers = s.header
	operationCtx, cancel := context.WithCancel(ctx)
	op := &running{socket: s, id: m.id, ctx: ctx, cancel: cancel}
	s.operations[m.id] = op
	s.goroutines++
	s.background.Add(1)
	go op.run(operationCtx, params)
	return nil
}

// run runs the operation. The goroutine of a subscription waits in it for updates: its stack is small as long as no frame on it is
// large, so what has a large one is not done here.
func (op *running) run(ctx context.Context, params *graphql.RawParams) {
	defer op.end()
	o, leave := op.prepare(ctx, params)
	if o == nil {
		return
	}
	defer leave()
	o.stream(ctx, op.answer)
	op.finish(encode("complete", op.id, nil))
}

// end frees the operation's place among those that run.
func (op *running) end() {
	defer op.socket.background.Done()
	op.cancel()
	op.socket.mu.Lock()
	defer op.socket.mu.Unlock()
	op.socket.goroutines--
}

// prepare returns the operation to run, or none if it was rejected, and what frees the request's place.
func (op *running) prepare(ctx context.Context, params *graphql.RawParams) (*operation, func()) {
	h := op.socket.handler
	leave, no := h.admit(ctx)
	if no != nil {
		op.finish(encodeErrors(op.id, no))
		return nil, nil
	}
	o, no := h.prepare(ctx, params)
	if no != nil {
		leave()
		op.finish(encodeErrors(op.id, no))
		return nil, nil
	}
	if o.is(ast.Subscription) {
		leave() // a subscription has a place of its own
	}
	return o, leave
}

// answer sends a result. One without data is the last.
func (op *running) answer(r *result) bool {
	if r.data == nil {
		return op.finish(encodeErrors(op.id, r))
	}
	return op.send(encode("next", op.id, r.json()))
}

// send sends a message of the operation, unless that has completed already.
func (op *running) send(message []byte) bool {
	s := op.socket
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.operations[op.id] == op && s.write(op.ctx, message)
}

// finish sends the last message of the operation, unless that has completed already. The client can use the id again as soon as it has
// the message, so the id is free before that.
func (op *running) finish(message []byte) bool {
	s := op.socket
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.operations[op.id] != op {
		return false
	}
	delete(s.operations, op.id)
	return s.write(op.ctx, message)
}

// encodeErrors returns an error message. By the protocol it is a list of errors and has no place for the response's extensions, so those
// are put into the first error's.
func encodeErrors(id string, r *result) []byte {
	errs := slices.Clone(r.errors)
	if len(errs) > 0 {
		first := *errs[0]
		first.Extensions = maps.Clone(first.Extensions)
		maps.Copy(first.Extensions, r.extensions)
		errs[0] = &first
	}
	var b bytes.Buffer
	writeJSON(&b, errs)
	return encode("error", id, b.Bytes())
}

// encode returns a message with a payload, which is JSON already.
func encode(kind, id string, payload []byte) []byte {
	var b bytes.Buffer
	b.Grow(len(payload) + len(id) + 64)
	b.WriteByte('{')
	if id != "" {
		b.WriteString(`"id":`)
		writeJSON(&b, id)
		b.WriteByte(',')
	}
	b.WriteString(`"type":"` + kind + `"`)
	if payload != nil {
		b.WriteString(`,"payload":`)
		b.Write(payload)
	}
	b.WriteByte('}')
	return b.Bytes()
}
