package alertemail

import (
	"fmt"
	"strings"
	"time"

	"possync/ent"
)

const (
	maxListed  = 20  // alerts in each part of a message
	maxSubject = 120 // characters of an alert's message
)

// text writes the message. It holds what the alerts say, which names no customer, and where they are shown.
func (n *news) text(site, url string, zone *time.Location) (subject, body string) {
	var b strings.Builder
	list := func(title string, alerts []*ent.Alert, at func(*ent.Alert) (string, time.Time)) {
		if len(alerts) == 0 {
			return
		}
		fmt.Fprintf(&b, "%s\n\n", title)
		for i, a := range alerts {
			if i == maxListed {
				fmt.Fprintf(&b, "- and %d more\n\n", len(alerts)-i)
				break
			}
			since, when := at(a)
			fmt.Fprintf(&b, "- %s\n  %s %s\n\n", a.Message, since, when.In(zone).Format("Monday, 2 January 2006, 15:04 MST"))
		}
	}
	since := func(a *ent.Alert) (string, time.Time) { return "Since", a.FirstAt }
	list("New:", n.opened, since)
	list("Still open:", n.open, since)
	list("Ended:", n.over, func(a *ent.Alert) (string, time.Time) { return "Ended", *a.ResolvedAt })
	fmt.Fprintf(&b, "See all alerts of %s:\n%s\n", site, url)
	return n.subject(site), b.String() + footer
}

const footer = "\n-- \nA manager added your address on the page Alerts of POS Sync, and can remove it there.\n"

func (n *news) subject(site string) string {
	switch opened, open := len(n.opened), len(n.open); {
	case opened == 1:
		return site + ": " + firstSentence(n.opened[0].Message)
	case opened > 1:
		return fmt.Sprintf("%s: %d new alerts", site, opened)
	case open == 1:
		return site + ": 1 open alert"
	case open > 1:
		return fmt.Sprintf("%s: %d open alerts", site, open)
	default:
		return site + ": all alerts have ended"
	}
}

func firstSentence(text string) string {
	sentence, _, _ := strings.Cut(text, ". ")
	sentence = strings.TrimSuffix(sentence, ".")
	if letters := []rune(sentence); len(letters) > maxSubject {
		return strings.TrimSpace(string(letters[:maxSubject])) + "…"
	}
	return sentence
}

// testText is the message that somebody asks for to see whether messages arrive.
func testText(site, url string) (subject, body string) {
	return site + ": test message", fmt.Sprintf("This is a test. Alerts of %s will arrive at this address.\n\nThe alerts:\n%s\n", site, url) + footer
}
