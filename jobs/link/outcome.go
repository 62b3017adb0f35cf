package link

import (
	"fmt"
	"strings"

	"possync/internal/lightspeed"
	"possync/internal/records/connection"
)

// Callback is what the browser brings back from Lightspeed's sign-in page: the query of the redirect.
type Callback struct {
	State, Code             string
	Error, ErrorDescription string // instead of a code, by RFC 6749 section 4.1.2.1
}

// OutcomeKind is how an attempt to connect ended.
type OutcomeKind string

// The outcomes. None has changed the site's connection: after Granted, the user who began the attempt completes it.
const (
	Granted       OutcomeKind = "GRANTED"
	Denied        OutcomeKind = "DENIED"         // the user did not allow it at Lightspeed
	StateInvalid  OutcomeKind = "STATE_INVALID"  // not one of ours
	StateExpired  OutcomeKind = "STATE_EXPIRED"  // ours, but it took too long
	StateUsed     OutcomeKind = "STATE_USED"     // ours, but it came before
	MissingRights OutcomeKind = "MISSING_RIGHTS" // the Lightspeed user may not do what is needed
	OtherAccount  OutcomeKind = "OTHER_ACCOUNT"  // not the earlier account, and no one agreed to the change
	Unavailable   OutcomeKind = "UNAVAILABLE"    // Lightspeed did not respond as expected
)

// Outcome says to the person at the browser how it ended. Besides the code it holds no secret.
type Outcome struct {
	Kind    OutcomeKind
	Message string // plain words for shop staff: what happened and what to do next
	// ReturnURL is where the person wanted to go afterwards; empty for a page of this service, and for StateInvalid.
	ReturnURL string
	// AccountName and EmployeeName are whom Lightspeed says was signed in as; empty when it did not come to that.
	AccountName, EmployeeName string
	Code                      string   // for Granted: with it the user who began the attempt completes it
	Missing                   []string // for MissingRights: the rights, in plain words
}

const tryAgain = "Go to Settings > Lightspeed Settings and click Connect again."

func invalidOutcome() Outcome {
	return Outcome{Kind: StateInvalid, Message: "This sign-in does not belong to a connection that was started here. " + tryAgain}
}

func expiredOutcome() Outcome {
	return Outcome{Kind: StateExpired, Message: "The sign-in took too long, so nothing was changed. " + tryAgain}
}

func usedOutcome() Outcome {
	return Outcome{Kind: StateUsed, Message: "This sign-in was already used, or a newer one was started. If Lightspeed is not connected, " +
		strings.ToLower(tryAgain[:1]) + tryAgain[1:]}
}

func deniedOutcome() Outcome {
	return Outcome{Kind: Denied, Message: "Access was not allowed in Lightspeed, so nothing was changed. To connect, " +
		"go to Settings > Lightspeed Settings, click Connect again and choose to allow access."}
}

func unavailableOutcome() Outcome {
	return Outcome{Kind: Unavailable, Message: "Lightspeed is not responding as expected, so nothing was changed. " +
		"Wait a few minutes. " + tryAgain}
}

func missingRightsOutcome(g connection.Grant, missing []string) Outcome {
	who := "The Lightspeed user"
	if name := g.EmployeeName; name != "" {
		who += " " + name
	}
	return Outcome{
		Kind:        MissingRights,
		AccountName: g.Account.Name, EmployeeName: g.EmployeeName,
		Missing: missing,
		Message: fmt.Sprintf("%s does not have the right to %s, so nothing was changed. Sign in as an admin or manager, or add "+
			"the missing rights to the user's role in Lightspeed. %s", who, joinWords(missing), tryAgain),
	}
}

func otherAccountOutcome(g connection.Grant, earlier lightspeed.AccountInfo) Outcome {
	return Outcome{
		Kind:        OtherAccount,
		AccountName: g.Account.Name, EmployeeName: g.EmployeeName,
		Message: fmt.Sprintf("You signed in to the Lightspeed account %s, but this site belongs to %s, so nothing was "+
			"changed. Click Connect again and sign in to %s. Or, to move the site to %s, confirm the change of account when "+
			"you click Connect: all items, stock and store mappings of the old account are then removed from this site.",
			accountWords(g.Account), accountWords(earlier), accountWords(earlier), accountWords(g.Account)),
	}
}

// grantedOutcome is addressed to the person who allowed the access, who may have been sent there by someone else.
func grantedOutcome(g connection.Grant, siteName, code string) Outcome {
	return Outcome{
		Kind:        Granted,
		AccountName: g.Account.Name, EmployeeName: g.EmployeeName, Code: code,
		Message: fmt.Sprintf("The website “%s” asks to use the Lightspeed account %s. If you manage this website, enter this code in its "+
			"settings within 10 minutes: %s. Otherwise close this page, and nothing will be connected.", siteName, accountWords(g.Account), code),
	}
}

func accountWords(a lightspeed.AccountInfo) string {
	if a.Name == "" {
		return "no. " + a.AccountID
	}
	return fmt.Sprintf("“%s” (no. %s)", a.Name, a.AccountID)
}

// joinWords writes a list as one does in a sentence.
func joinWords(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", to ") + " and to " + words[len(words)-1]
}
