package mail_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"possync/internal/mail"
	"possync/internal/mail/mailtest"
	"possync/internal/retail"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var message = mail.Message{
	ID: "eml_1", To: "ann@shop.example", Subject: "Räder:\r\nBcc: bob@shop.example 2 new alerts", Text: "Grüße\n.\nThe end.\n",
	Date: time.Date(2026, 6, 1, 8, 0, 0, 0, time.UTC),
}

// A message arrives once and as it was written, whichever way the connection is encrypted, and nothing in it becomes a header.
func TestSend(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]mailtest.Options{
		"starttls": {}, "tls": {Implicit: true}, "clear": {NoTLS: true}, "starttls with a sign-in": {User: "app", Password: "s3cret"}, "tls with a sign-in": {Implicit: true, User: "app", Password: "s3cret"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := mailtest.Start(t, o)
			if err := mail.NewSender(server.Config()).Send(t.Context(), message); err != nil {
				t.Fatal(err, errors.Unwrap(err))
			}
			got := server.Received()
			if len(got) != 1 {
				t.Fatalf("%d messages", len(got))
			}
			m := got[0]
			if m.From != "alerts@possync.example" || m.To != message.To || m.Subject != "Räder: Bcc: bob@shop.example 2 new alerts" ||
				strings.ReplaceAll(m.Body, "\r\n", "\n") != message.Text {
				t.Errorf("%+v", m)
			}
			for header, want := range map[string]string{
				"From": `"POS Sync" <alerts@possync.example>`, "To": "<ann@shop.example>", "Message-Id": "<eml_1@possync.example>", "Bcc": "",
				"Auto-Submitted": "auto-generated", "Date": "Mon, 01 Jun 2026 08:00:00 +0000",
			} {
				if got := m.Header.Get(header); got != want {
					t.Errorf("%s: %q, want %q", header, got, want)
				}
			}
		})
	}
}

// Whatever a server does, the sender says in what way it has failed, in bounded time.
func TestProblems(t *testing.T) {
	t.Parallel()
	on := func(command, response string) mailtest.Options {
		return mailtest.Options{Respond: func(said string) string {
			if strings.HasPrefix(said, command) {
				return response
			}
			return ""
		}}
	}
	for name, c := range map[string]struct {
		options mailtest.Options
		change  func(*mail.Config)
		want    retail.EmailProblem
		said    string
	}{
		"address refused":       {on("RCPT", "550 5.1.1 <ann@shop.example> no such user"), nil, retail.EmailAddressRefused, "5.1.1 <ann@shop.example> no such user"},
		"address refused later": {on("RCPT", "451 4.7.1 try again in 5 minutes"), nil, retail.EmailTryLater, "4.7.1 try again in 5 minutes"},
		"sender refused":        {on("MAIL", "553 not your address"), nil, retail.EmailSenderRefused, "not your address"},
		"message refused":       {on("DATA END", "554 looks like spam"), nil, retail.EmailMessageRefused, "looks like spam"},
		"busy":                  {on("GREETING", "421 too many connections"), nil, retail.EmailTryLater, "too many connections"},
		"closed for us":         {on("GREETING", "554 you are on a list"), nil, retail.EmailSenderRefused, "you are on a list"},
		"garbage":               {on("GREETING", "HTTP/1.1 400 Bad Request"), nil, retail.EmailNotUnderstood, ""},
		"garbage later":         {on("RCPT", "??"), nil, retail.EmailNotUnderstood, ""},
		"wrong password":        {mailtest.Options{User: "app", Password: "s3cret"}, func(c *mail.Config) { c.Password = "other" }, retail.EmailSignInRefused, "wrong password"},
		"no encryption":         {mailtest.Options{NoTLS: true}, func(c *mail.Config) { c.Security = mail.StartTLS }, retail.EmailNotSecure, ""},
		"unknown certificate":   {mailtest.Options{}, func(c *mail.Config) { c.RootCAs = nil }, retail.EmailNotSecure, ""},
		"unknown certificate 2": {mailtest.Options{Implicit: true}, func(c *mail.Config) { c.RootCAs = nil }, retail.EmailNotSecure, ""},
		"hangs at once":         {on("GREETING", mailtest.Hang), nil, retail.EmailTimeout, ""},
		"hangs later":           {on("DATA END", mailtest.Hang), nil, retail.EmailTimeout, ""},
		"nobody listens":        {mailtest.Options{}, func(c *mail.Config) { c.Port = free(t) }, retail.EmailUnreachable, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := mailtest.Start(t, c.options)
			config := server.Config()
			if c.change != nil {
				c.change(&config)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			if c.want == retail.EmailTimeout {
				cancel()
				ctx, cancel = context.WithTimeout(t.Context(), 300*time.Millisecond)
			}
			defer cancel()
			err := mail.NewSender(config).Send(ctx, message)
			var problem *mail.Error
			if !errors.As(err, &problem) {
				t.Fatalf("%T: %v", err, err)
			}
			if problem.Problem != c.want || problem.Said != c.said {
				t.Errorf("%s, the server said %q (%v)", problem.Problem, problem.Said, problem.Unwrap())
			}
			if text := fmt.Sprint(err); strings.Contains(text, "ann") || strings.Contains(text, "s3cret") {
				t.Errorf("the error names people: %s", text)
			}
			if n := len(server.Received()); n > 0 && c.want != retail.EmailTimeout {
				t.Errorf("%d messages arrived", n)
			}
		})
	}
}

// free returns a port at which nobody listens.
func free(t *testing.T) int {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	at, _ := l.Addr().(*net.TCPAddr)
	return at.Port
}
