// Package mailtest is a mail server for tests, on a port of this machine.
package mailtest

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/http/httptest"
	"net/mail"
	"net/textproto"
	"strings"
	"sync"
	"testing"

	possyncmail "possync/internal/mail"
)

// Options change how a server behaves.
type Options struct {
	Implicit       bool   // it speaks TLS from the first byte
	NoTLS          bool   // it does not offer STARTTLS
	User, Password string // empty = it asks for no sign-in
	// Respond is asked first for each command, such as RCPT TO:<ann@x.example>, and for the greeting and the end of a message as GREETING and
	// DATA END; empty = the server responds as usual, HANG = it says nothing more.
	Respond func(command string) string
}

// Hang is a response that never comes.
const Hang = "HANG"

// Received is a message that the server has taken.
type Received struct {
	From, To string
	Header   mail.Header
	Subject  string // decoded
	Body     string
}

// Server is a running server.
type Server struct {
	options  Options
	listener net.Listener
	tls      *tls.Config
	roots    *x509.CertPool

	mu       sync.Mutex
	received []Received
	open     map[net.Conn]bool
	ended    sync.WaitGroup
}

// Start starts a server, which ends with the test.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	lender := httptest.NewUnstartedServer(nil) // it has a certificate for 127.0.0.1
	lender.StartTLS()
	s := &Server{options: o, tls: &tls.Config{Certificates: lender.TLS.Certificates, MinVersion: tls.VersionTLS12}, roots: x509.NewCertPool(), open: map[net.Conn]bool{}}
	s.roots.AddCert(lender.Certificate())
	lender.Close()
	var err error
	if s.listener, err = (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	s.ended.Go(s.accept)
	t.Cleanup(func() {
		_ = s.listener.Close()
		s.mu.Lock()
		for conn := range s.open {
			_ = conn.Close()
		}
		s.mu.Unlock()
		s.ended.Wait()
	})
	return s
}

// Config is how to reach the server.
func (s *Server) Config() possyncmail.Config {
	at, _ := s.listener.Addr().(*net.TCPAddr)
	c := possyncmail.Config{
		Host: "127.0.0.1", Port: at.Port, Security: possyncmail.StartTLS, User: s.options.User, Password: s.options.Password,
		From: mail.Address{Name: "POS Sync", Address: "alerts@possync.example"}, RootCAs: s.roots,
	}
	switch {
	case s.options.Implicit:
		c.Security = possyncmail.TLS
	case s.options.NoTLS:
		c.Security = possyncmail.Clear
	}
	return c
}

// Received returns what the server has taken so far.
func (s *Server) Received() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Received{}, s.received...)
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return // the test has ended
		}
		s.mu.Lock()
		s.open[conn] = true
		s.mu.Unlock()
		s.ended.Go(func() {
			defer func() { _ = conn.Close() }()
			if s.options.Implicit {
				s.serve(tls.Server(conn, s.tls))
				return
			}
			s.serve(conn)
		})
	}
}

// session is what a client has said so far.
type session struct {
	conn     net.Conn
	lines    *textproto.Reader
	signedIn bool
	message  Received
}

func (s *Server) serve(conn net.Conn) {
	c := &session{conn: conn, lines: textproto.NewReader(bufio.NewReader(conn)), signedIn: s.options.User == ""}
	if !s.say(c, "GREETING", "220 mail.example ESMTP") {
		return
	}
	for {
		line, err := c.lines.ReadLine()
		if err != nil {
			return
		}
		if !s.obey(c, line) {
			return
		}
	}
}

// say sends the response to a command, and reports false if the session is over.
func (s *Server) say(c *session, command, usual string) bool {
	response := ""
	if s.options.Respond != nil {
		response = s.options.Respond(command)
	}
	if response == Hang {
		_, _ = io.Copy(io.Discard, c.conn) // until the client gives up
		return false
	}
	if response == "" {
		response = usual
	}
	_, err := fmt.Fprintf(c.conn, "%s\r\n", response)
	return err == nil && (response == usual || response[0] == '5' || response[0] == '4')
}

func (s *Server) obey(c *session, line string) bool {
	verb, rest, _ := strings.Cut(line, " ")
	_, secured := c.conn.(*tls.Conn)
	switch strings.ToUpper(verb) {
	case "EHLO":
		offered := "250-mail.example\r\n"
		if !secured && !s.options.NoTLS {
			offered += "250-STARTTLS\r\n"
		}
		if s.options.User != "" {
			offered += "250-AUTH PLAIN LOGIN\r\n"
		}
		return s.say(c, line, offered+"250 8BITMIME")
	case "STARTTLS":
		if !s.say(c, line, "220 go ahead") {
			return false
		}
		c.conn = tls.Server(c.conn, s.tls)
		c.lines = textproto.NewReader(bufio.NewReader(c.conn))
		return true
	case "AUTH":
		_, encoded, _ := strings.Cut(rest, " ")
		words, _ := base64.StdEncoding.DecodeString(encoded)
		if c.signedIn = string(words) == "\x00"+s.options.User+"\x00"+s.options.Password; c.signedIn {
			return s.say(c, line, "235 welcome")
		}
		return s.say(c, line, "535 wrong password")
	case "MAIL":
		if !c.signedIn {
			return s.say(c, line, "530 sign in first")
		}
		c.message = Received{From: address(rest)}
		return s.say(c, line, "250 ok")
	case "RCPT":
		c.message.To = address(rest)
		return s.say(c, line, "250 ok")
	case "DATA":
		if !s.say(c, line, "354 send it") {
			return false
		}
		return s.take(c)
	case "QUIT":
		s.say(c, line, "221 bye")
		return false
	default:
		return s.say(c, line, "250 ok")
	}
}

func (s *Server) take(c *session) bool {
	all, err := c.lines.ReadDotBytes()
	if err != nil {
		return false
	}
	if s.options.Respond != nil && s.options.Respond("DATA END") != "" {
		return s.say(c, "DATA END", "")
	}
	if !s.say(c, "DATA END", "250 taken") {
		return false
	}
	read, err := mail.ReadMessage(bytes.NewReader(all))
	if err != nil {
		return false
	}
	body, err := io.ReadAll(quotedprintable.NewReader(read.Body))
	if err != nil {
		return false
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject"))
	if err != nil {
		return false
	}
	c.message.Header, c.message.Subject, c.message.Body = read.Header, subject, string(body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.received = append(s.received, c.message)
	return true
}

func address(parameter string) string {
	_, after, _ := strings.Cut(parameter, "<")
	before, _, _ := strings.Cut(after, ">")
	return before
}
