package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"possync/internal/fault"
	"possync/internal/graphqlhttp"
	"possync/jobs/link"
)

// Return takes what the browser brought back from Lightspeed; see [link.Links.Return].
type Return func(ctx context.Context, cb link.Callback) (link.Outcome, error)

// callback is where Lightspeed sends the browser after its sign-in page. It shows nothing of what is in the address. Requests
// that no person makes, such as HEAD, are refused.
func (p *pages) callback(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		p.show(w, r, page{Status: http.StatusMethodNotAllowed, Title: "Not here", Sentences: []string{"This address accepts only GET requests."}})
		return
	}
	query := r.URL.Query()
	outcome, err := p.options.Return(r.Context(), link.Callback{
		State: query.Get("state"), Code: query.Get("code"),
		Error: query.Get("error"), ErrorDescription: query.Get("error_description"),
	})
	if err != nil {
		p.options.Logger.ErrorContext(r.Context(), "cannot complete a connection",
			"requestId", graphqlhttp.RequestID(r.Context()), "error", err)
		outcome = link.Outcome{} // shows our page for internal errors
	}
	if outcome.Kind == link.StateInvalid {
		p.options.Logger.LogAttrs(r.Context(), slog.LevelWarn, "a return from Lightspeed was refused that belongs to no attempt to connect",
			fault.Security("callback"), slog.String("requestId", graphqlhttp.RequestID(r.Context())))
	}
	if address, ok := returnAddress(outcome); ok {
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, address, http.StatusSeeOther)
		return
	}
	status, title := heading(outcome.Kind)
	m := page{
		Status: status, Title: title, Sentences: []string{outcome.Message},
		Link: &pageLink{Text: "Go to the front page of POS Sync", URL: p.options.PublicURL.String() + "/"},
	}
	switch {
	case err != nil:
		m.Sentences = []string{"Something went wrong on our side, and nothing was changed. Go to Settings > Lightspeed Settings and click Connect again. If this happens again, contact support."}
		m.Reference = graphqlhttp.RequestID(r.Context())
	case outcome.Kind == link.Granted:
		m.Link = nil // a person who did not start this should only close the page
	}
	p.show(w, r, m)
}

// returnAddress is the website's own address with the outcome in it: ?lightspeed=granted, denied and so on, each kind of
// [link.OutcomeKind] in lower case, and with granted the code as lightspeedCode.
func returnAddress(o link.Outcome) (string, bool) {
	u, err := url.Parse(o.ReturnURL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return "", false
	}
	query := u.Query()
	query.Set("lightspeed", strings.ToLower(string(o.Kind)))
	query.Del("lightspeedCode")
	if o.Kind == link.Granted {
		query.Set("lightspeedCode", o.Code)
	}
	u.RawQuery = query.Encode()
	return u.String(), true
}

// heading returns the status and the title of the page for an outcome.
func heading(kind link.OutcomeKind) (int, string) {
	switch kind {
	case link.Granted:
		return http.StatusOK, "Not connected yet: enter the code"
	case link.Denied:
		return http.StatusForbidden, "Not connected: access was denied"
	case link.StateExpired:
		return http.StatusGone, "Not connected: this took too long"
	case link.StateUsed:
		return http.StatusConflict, "This link was already used"
	case link.StateInvalid:
		return http.StatusBadRequest, "This link is not valid"
	case link.MissingRights:
		return http.StatusForbidden, "Not connected: the Lightspeed user lacks rights"
	case link.OtherAccount:
		return http.StatusConflict, "Not connected: this is a different Lightspeed account"
	case link.Unavailable:
		return http.StatusBadGateway, "Not connected: Lightspeed is not responding"
	default:
		return http.StatusInternalServerError, "Not connected: something went wrong"
	}
}
