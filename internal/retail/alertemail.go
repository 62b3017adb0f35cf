package retail

import (
	"io"
	"regexp"
	"strings"
	"time"
)

// AlertEmailMode says when alerts go out by e-mail.
type AlertEmailMode string

// The modes.
const (
	AlertEmailAtOnce AlertEmailMode = "AT_ONCE" // soon after an alert opens, with what else has opened
	AlertEmailDaily  AlertEmailMode = "DAILY"   // once a day, if there is anything to say
)

// Values lists the spellings.
func (AlertEmailMode) Values() []string { return spellings(AlertEmailAtOnce, AlertEmailDaily) }

// MarshalGQL writes the value as GraphQL.
func (v AlertEmailMode) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *AlertEmailMode) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// AlertEmailKind says what a message is for.
type AlertEmailKind string

// The kinds.
const (
	AlertEmailAlerts AlertEmailKind = "ALERTS"
	AlertEmailDigest AlertEmailKind = "DAILY"
	AlertEmailTest   AlertEmailKind = "TEST"
)

// Values lists the spellings.
func (AlertEmailKind) Values() []string {
	return spellings(AlertEmailAlerts, AlertEmailDigest, AlertEmailTest)
}

// MarshalGQL writes the value as GraphQL.
func (v AlertEmailKind) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *AlertEmailKind) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// AlertEmailState says how far a message has come.
type AlertEmailState string

// The states.
const (
	AlertEmailQueued AlertEmailState = "QUEUED" // it is being sent, or waits to be sent again
	AlertEmailSent   AlertEmailState = "SENT"   // the mail server has taken it
	AlertEmailFailed AlertEmailState = "FAILED" // it is not tried again
)

// Values lists the spellings.
func (AlertEmailState) Values() []string {
	return spellings(AlertEmailQueued, AlertEmailSent, AlertEmailFailed)
}

// MarshalGQL writes the value as GraphQL.
func (v AlertEmailState) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *AlertEmailState) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// EmailProblem says why a message could not be handed to the mail server. Values are only ever added.
type EmailProblem string

// The problems. The first two are of the message; the others are the operator's to solve, and end for all messages at once.
const (
	EmailAddressRefused EmailProblem = "ADDRESS_REFUSED"
	EmailMessageRefused EmailProblem = "MESSAGE_REFUSED"
	EmailTryLater       EmailProblem = "TRY_LATER"
	EmailUnreachable    EmailProblem = "SERVER_UNREACHABLE"
	EmailTimeout        EmailProblem = "SERVER_TIMEOUT"
	EmailNotSecure      EmailProblem = "SERVER_NOT_SECURE"
	EmailSignInRefused  EmailProblem = "SIGN_IN_REFUSED"
	EmailSenderRefused  EmailProblem = "SENDER_REFUSED"
	EmailNotUnderstood  EmailProblem = "SERVER_NOT_UNDERSTOOD"
)

// Values lists the spellings.
func (EmailProblem) Values() []string {
	return spellings(EmailAddressRefused, EmailMessageRefused, EmailTryLater, EmailUnreachable, EmailTimeout, EmailNotSecure, EmailSignInRefused,
		EmailSenderRefused, EmailNotUnderstood)
}

// MarshalGQL writes the value as GraphQL.
func (v EmailProblem) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *EmailProblem) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// Final reports whether trying again would not help.
func (v EmailProblem) Final() bool { return v == EmailAddressRefused || v == EmailMessageRefused }

// OfServer reports whether it would meet every message, whatever it says and whoever it is for.
func (v EmailProblem) OfServer() bool { return v != "" && !v.Final() && v != EmailTryLater }

// DefaultAlertEmailDailyAt is when the daily message is sent until somebody chooses another time.
const DefaultAlertEmailDailyAt TimeOfDay = 8 * 60

// The bounds of alerts by e-mail.
const (
	MaxAlertEmailAddresses = 10
	MaxEmailAddress        = 254 // bytes; no mail server takes a longer one
	maxEmailLocalPart      = 64
)

// emailAddress is an address that needs no quotation marks, so that nothing in it can be taken for another address or for a header.
var emailAddress = regexp.MustCompile(`^[A-Za-z0-9!#$%&'*+/=?^_{|}~` + "`" + `-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_{|}~` + "`" + `-]+)*@` +
	`((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9]))$`)

// EmailAddress reads an e-mail address as a person wrote it, without a name beside it. Its domain is written in lower case.
func EmailAddress(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if len(text) > MaxEmailAddress || !emailAddress.MatchString(text) {
		return "", false
	}
	local, domain, _ := strings.Cut(text, "@")
	return local + "@" + strings.ToLower(domain), len(local) <= maxEmailLocalPart
}

// NextTimeOfDay returns when a time of the day comes next after a moment, in a zone. A time that the clocks leave out comes as much later.
func NextTimeOfDay(at TimeOfDay, zone *time.Location, after time.Time) time.Time {
	local := after.In(zone)
	for day := local.Day(); ; day++ {
		next := time.Date(local.Year(), local.Month(), day, int(at)/60, int(at)%60, 0, 0, zone)
		if next.After(after) {
			return next.UTC()
		}
	}
}
