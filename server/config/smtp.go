package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"strings"

	possyncmail "possync/internal/mail"
	"possync/internal/retail"
)

// SMTP is the mail server that alerts by e-mail are sent through.
type SMTP struct {
	Host     string
	Port     int
	Security possyncmail.Security
	User     string // empty = there is no sign-in
	Password Secret
	From     mail.Address
}

// readSMTP reads the settings of the mail server; nil = there is none, so that no e-mail is sent.
func (f SMTPFlags) readSMTP(r *reader) *SMTP {
	address, user := strings.TrimSpace(f.SMTPAddress), strings.TrimSpace(f.SMTPUser)
	if address == "" {
		if user != "" || f.SMTPFrom != "" {
			r.wrong("POSSYNC_SMTP_ADDRESS", "is missing: the mail server that POSSYNC_SMTP_USER and POSSYNC_SMTP_FROM are for")
		}
		return nil
	}
	s := &SMTP{Security: possyncmail.Security(strings.TrimSpace(f.SMTPSecurity)), User: user}
	host, port, err := net.SplitHostPort(address)
	number, wrong := strconv.Atoi(port)
	if err != nil || wrong != nil || host == "" || number < 1 || number > 65535 {
		r.wrong("POSSYNC_SMTP_ADDRESS", fmt.Sprintf("%q must have the form HOST:PORT, such as smtp.example.com:587", address))
	}
	s.Host, s.Port = host, number
	switch s.Security {
	case possyncmail.StartTLS, possyncmail.TLS:
	case possyncmail.Clear:
		if !loopback(&url.URL{Host: address}) {
			r.wrong("POSSYNC_SMTP_TLS", "none is allowed only for a mail server on this machine")
		}
	default:
		r.wrong("POSSYNC_SMTP_TLS", fmt.Sprintf("%q must be starttls, tls or none", f.SMTPSecurity))
	}
	if user != "" {
		s.Password = r.secret("POSSYNC_SMTP_PASSWORD", f.SMTPPasswordFile)
	} else if f.SMTPPasswordFile != "" || r.env("POSSYNC_SMTP_PASSWORD") != "" {
		r.wrong("POSSYNC_SMTP_USER", "is missing: whose password POSSYNC_SMTP_PASSWORD is")
	}
	s.From = r.sender("POSSYNC_SMTP_FROM", f.SMTPFrom)
	return s
}

// sender reads an address that messages come from, with or without a name.
func (r *reader) sender(setting, value string) mail.Address {
	if strings.TrimSpace(value) == "" {
		r.wrong(setting, "is missing: the address that messages come from")
		return mail.Address{}
	}
	from, err := mail.ParseAddress(strings.TrimSpace(value))
	if err != nil {
		r.wrong(setting, fmt.Sprintf("%q must be an address such as POS Sync <alerts@possync.example>", value))
		return mail.Address{}
	}
	plain, ok := retail.EmailAddress(from.Address)
	if !ok {
		r.wrong(setting, fmt.Sprintf("%q must be an address such as POS Sync <alerts@possync.example>", value))
	}
	return mail.Address{Name: from.Name, Address: plain}
}
