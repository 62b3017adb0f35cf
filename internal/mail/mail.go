// Package mail hands messages to a mail server by SMTP, and says in what way that has failed.
package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/mail"
	"net/textproto"
	"strconv"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"possync/internal/retail"
	"possync/internal/text"
)

// Security is how the connection to the server is encrypted.
type Security string

// The ways.
const (
	StartTLS Security = "starttls" // after a greeting in clear text; without it nothing is sent
	TLS      Security = "tls"      // from the first byte
	Clear    Security = "none"     // not at all, which is for tests on one machine
)

// Config says which server sends, and as whom.
type Config struct {
	Host     string
	Port     int
	Security Security
	User     string // empty = the server asks for no sign-in
	Password string
	From     mail.Address
	RootCAs  *x509.CertPool // nil = the machine's
}

// Message is a message of plain text to one address.
type Message struct {
	ID      string // unlike that of every other message: a client that gets one twice knows it again by it
	To      string // as retail.EmailAddress returns it
	Subject string
	Text    string
	Date    time.Time
}

// Error says why a message was not taken.
type Error struct {
	Problem retail.EmailProblem
	Code    int    // that the server responded with; 0 = it did not, or with no such code
	Said    string // what else it responded; it may name the address
	err     error
}

// Error implements error. It leaves out what the server said, which may name people.
func (e *Error) Error() string {
	if e.Code > 0 {
		return fmt.Sprintf("%s (the server responded %d)", e.Problem, e.Code)
	}
	return string(e.Problem)
}

// Unwrap returns what the problem was found from.
func (e *Error) Unwrap() error { return e.err }

// timeout is how long the server may take for each step.
const timeout = 20 * time.Second

// Sender sends. It is safe for concurrent use.
type Sender struct{ config Config }

// NewSender returns a sender.
func NewSender(c Config) *Sender { return &Sender{c} }

// Send hands a message to the server. Its error is an [*Error]; a server that has not confirmed the message may have taken it all the same.
func (s *Sender) Send(ctx context.Context, m Message) error {
	message, err := s.compose(m)
	if err != nil {
		return &Error{Problem: retail.EmailMessageRefused, err: err}
	}
	line := &connection{ctx: ctx, config: s.config}
	defer line.close() // the client leaves it open after an error
	client, err := gomail.NewClient(s.config.Host, s.options(line)...)
	if err != nil {
		return &Error{Problem: retail.EmailUnreachable, err: err}
	}
	session, err := client.DialToSMTPClientWithContext(ctx)
	if err == nil {
		if err = client.SendWithSMTPClient(session, message); message.IsDelivered() {
			err = nil
		}
	}
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return &Error{Problem: retail.EmailTimeout, err: err}
	case session == nil:
		return onConnecting(line.conn, err)
	default:
		return onSending(err)
	}
	_ = client.CloseWithSMTPClient(session) // the message was taken, however the server says good-bye
	return nil
}

// signIns are the ways to sign in, the preferred first. The last two send the password, which the client refuses without encryption.
var signIns = []gomail.SMTPAuthType{
	gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthCramMD5, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin,
}

func (s *Sender) options(line *connection) []gomail.Option {
	c := s.config
	security := &tls.Config{ServerName: c.Host, RootCAs: c.RootCAs, MinVersion: tls.VersionTLS12}
	options := []gomail.Option{gomail.WithPort(c.Port), gomail.WithTimeout(timeout), gomail.WithTLSConfig(security)}
	if c.Security == StartTLS {
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	} else {
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS)) // none, or the connection has it already
	}
	if c.User != "" {
		options = append(options, gomail.WithOpportunisticSMTPAuth(signIns...), gomail.WithUsername(c.User), gomail.WithPassword(c.Password))
	}
	return append(options, gomail.WithDialContextFunc(line.dial(security)))
}

// connection is that of one message. It ends when its context does, whatever the client waits for.
type connection struct {
	ctx    context.Context //nolint:containedctx // it lives as long as the one call of Send
	config Config
	conn   net.Conn
	stop   func() bool
}

func (l *connection) dial(security *tls.Config) gomail.DialContextFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		l.conn, l.stop = conn, context.AfterFunc(l.ctx, func() { _ = conn.Close() })
		if l.config.Security != TLS {
			return conn, nil
		}
		secured := tls.Client(conn, security)
		if err := secured.HandshakeContext(ctx); err != nil {
			return nil, err
		}
		return secured, nil
	}
}

func (l *connection) close() {
	if l.conn != nil {
		l.stop()
		_ = l.conn.Close()
	}
}

func (s *Sender) compose(m Message) (*gomail.Msg, error) {
	message := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	message.FromMailAddress(&s.config.From)
	if err := message.To(m.To); err != nil {
		return nil, fmt.Errorf("address the message: %w", err)
	}
	_, domain, _ := strings.Cut(s.config.From.Address, "@")
	message.SetMessageIDWithValue(m.ID + "@" + domain)
	message.SetDateWithValue(m.Date)
	message.Subject(oneLine(m.Subject))
	message.SetGenHeader("Auto-Submitted", "auto-generated") // nobody's absence note answers it
	message.SetBodyString(gomail.TypeTextPlain, m.Text)
	return message, nil
}

// oneLine makes a text fit for a header.
func oneLine(words string) string {
	return strings.Join(strings.FieldsFunc(text.Clean(words), func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }), " ")
}

// onConnecting says why there is no session.
func onConnecting(conn net.Conn, err error) *Error {
	var said *textproto.Error
	var untrusted *tls.CertificateVerificationError
	var noTLS tls.RecordHeaderError
	switch {
	case conn == nil && !isTimeout(err):
		return &Error{Problem: retail.EmailUnreachable, err: err}
	case isTimeout(err):
		return &Error{Problem: retail.EmailTimeout, err: err}
	case errors.As(err, &untrusted), errors.As(err, &noTLS), strings.Contains(err.Error(), "does not support STARTTLS"):
		return &Error{Problem: retail.EmailNotSecure, err: err}
	case errors.As(err, &said) && said.Code/100 == 4:
		return &Error{Problem: retail.EmailTryLater, Code: said.Code, Said: oneLine(said.Msg), err: err}
	case errors.As(err, &said) && strings.Contains(err.Error(), "AUTH"):
		return &Error{Problem: retail.EmailSignInRefused, Code: said.Code, Said: oneLine(said.Msg), err: err}
	case errors.Is(err, gomail.ErrPlainAuthNotSupported), strings.Contains(err.Error(), "AUTH"):
		return &Error{Problem: retail.EmailSignInRefused, err: err}
	case errors.As(err, &said) && said.Code/100 == 5:
		return &Error{Problem: retail.EmailSenderRefused, Code: said.Code, Said: oneLine(said.Msg), err: err}
	}
	return broken(err)
}

// onSending says why the session did not take the message.
func onSending(err error) *Error {
	var failed *gomail.SendError
	if !errors.As(err, &failed) {
		if isTimeout(err) {
			return &Error{Problem: retail.EmailTimeout, err: err}
		}
		return broken(err)
	}
	found := &Error{Code: failed.ErrorCode(), Said: saidIn(failed), err: err}
	switch {
	case found.Code == 0 && strings.Contains(err.Error(), "i/o timeout"):
		return &Error{Problem: retail.EmailTimeout, err: err}
	case found.Code == 0:
		return broken(err)
	case found.Code/100 == 4:
		found.Problem = retail.EmailTryLater
	case failed.Reason == gomail.ErrSMTPMailFrom, refusesUs(found):
		found.Problem = retail.EmailSenderRefused
	case failed.Reason == gomail.ErrSMTPRcptTo:
		found.Problem = retail.EmailAddressRefused
	default:
		found.Problem = retail.EmailMessageRefused
	}
	return found
}

// refusesUs reports whether the server refuses whoever sends, and not this message or its address: by its policy, for want of a sign-in, or
// because too much was sent (RFC 3463: 5.7 and 5.4.5; RFC 4954: 530 and 535).
func refusesUs(found *Error) bool {
	return found.Code == 530 || found.Code == 535 || strings.HasPrefix(found.Said, "5.7.") || strings.HasPrefix(found.Said, "5.4.5")
}

// broken says of a session that ended, or that was none of SMTP.
func broken(err error) *Error {
	if errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) {
		return &Error{Problem: retail.EmailUnreachable, err: err}
	}
	var of *net.OpError
	if errors.As(err, &of) {
		return &Error{Problem: retail.EmailUnreachable, err: err}
	}
	return &Error{Problem: retail.EmailNotUnderstood, err: err}
}

func isTimeout(err error) bool {
	var of net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &of) && of.Timeout()
}

// saidIn returns the server's own words in an error: its text is the step, the code, the words, and then the addresses.
func saidIn(failed *gomail.SendError) string {
	_, words, _ := strings.Cut(failed.Error(), strconv.Itoa(failed.ErrorCode())+" ")
	words, _, _ = strings.Cut(words, ", affected ")
	if unquoted, err := strconv.Unquote(words); err == nil {
		words = unquoted
	}
	return oneLine(words)
}
