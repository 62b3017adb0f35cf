package sandbox

import (
	"bytes"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// signInPage asks who signs in and whether he allows the client.
var signInPage = template.Must(template.New("sign-in").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sign in - Lightspeed sandbox</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}
fieldset{margin:1rem 0;border:1px solid #999;border-radius:.4rem}label{display:block;padding:.2rem}
button{font:inherit;padding:.4rem 1.4rem;margin-right:.6rem}</style></head>
<body><h1>Lightspeed sandbox</h1>
<p>Choose a user, and allow or deny the app <strong>{{.Client}}</strong> access to: <code>{{.Scope}}</code>.</p>
<form method="post" action="/auth/oauth/authorize">
{{range $k, $v := .Params}}<input type="hidden" name="{{$k}}" value="{{$v}}">
{{end}}{{range .Accounts}}<fieldset><legend>{{.Name}} ({{.ID}})</legend>
{{range .Users}}<label><input type="radio" name="user" value="{{.Value}}"{{if .Checked}} checked{{end}}> {{.Name}},
 {{.Role}}</label>
{{end}}</fieldset>
{{end}}<button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button>
</form></body></html>
`))

type pageAccount struct {
	ID, Name string
	Users    []pageUser
}

type pageUser struct {
	Value, Name, Role string
	Checked           bool
}

// authorize answers GET with the sign-in page, and POST by sending the browser back to the client. The form has the same
// parameters, and user (a login, or accountID/login) and decision (allow or deny).
func (s *Server) authorize(r *http.Request) *reply {
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		return methodNotAllowed(r)
	}
	if err := r.ParseForm(); err != nil {
		return invalidRequest("The parameters cannot be read")
	}
	code, rep := s.checkAuthorize(r.Form)
	if rep != nil {
		return rep
	}
	if r.Method == http.MethodGet {
		return s.signIn(r.Form, code.client)
	}
	back := url.Values{}
	if state := r.Form.Get("state"); state != "" {
		back.Set("state", state)
	}
	switch r.Form.Get("decision") {
	case "allow":
		if rep := s.pickUser(r.Form.Get("user"), code); rep != nil {
			return rep
		}
		code.issued = s.clock.Now()
		back.Set("code", s.oauth.newCode(code))
	case "deny":
		back.Set("error", "access_denied")
		back.Set("error_description", "The resource owner or authorization server denied the request.")
		back.Set("hint", "The user denied the request")
	default:
		return invalidRequest("Check the `decision` parameter")
	}
	target := code.redirect
	if strings.Contains(target, "?") {
		target += "&" + back.Encode()
	} else {
		target += "?" + back.Encode()
	}
	out := newReply(http.StatusFound, "text/html; charset=UTF-8", nil)
	out.header.Set("Location", target)
	out.header.Set("Cache-Control", "no-store")
	return out
}

// checkAuthorize reads an authorization request. Its errors are shown, and not sent to an address that nobody registered.
func (s *Server) checkAuthorize(form url.Values) (*authCode, *reply) {
	client := s.oauth.byID(form.Get("client_id"))
	if client == nil {
		return nil, oauthError(http.StatusBadRequest, "invalid_client", "Client authentication failed", "")
	}
	if form.Get("response_type") != "code" {
		return nil, invalidRequest("Check the `response_type` parameter")
	}
	redirect, err := client.redirectFor(form.Get("redirect_uri"))
	if err != nil {
		return nil, invalidRequest(err.Error())
	}
	scope, ok := parseScope(form.Get("scope"))
	if !ok {
		return nil, oauthError(http.StatusBadRequest, "invalid_scope",
			"The requested scope is invalid, unknown, or malformed", "Check the `scope` parameter")
	}
	c := &authCode{client: client, scope: scope, redirect: redirect, challenge: form.Get("code_challenge"),
		method: form.Get("code_challenge_method")}
	if c.method == "" {
		c.method = "plain"
	}
	switch {
	case c.challenge == "" && client.Public:
		return nil, invalidRequest("Code challenge must be provided for public clients")
	case !slices.Contains([]string{"plain", "S256"}, c.method):
		return nil, invalidRequest("Code challenge method must be `S256` or `plain`")
	case c.challenge != "" && (len(c.challenge) < 43 || len(c.challenge) > 128):
		return nil, invalidRequest("Code challenge must follow the specifications of RFC-7636.")
	}
	return c, nil
}

// pickUser finds the user who signed in.
func (s *Server) pickUser(text string, code *authCode) *reply {
	accountID, login, ok := strings.Cut(text, "/")
	if !ok {
		accountID, login = "", text
	}
	a := s.Account(accountID)
	if a == nil {
		return invalidRequest("Check the `user` parameter")
	}
	if code.user, ok = a.user(login); !ok || a.lockedOut(code.user) {
		return invalidRequest("Check the `user` parameter")
	}
	code.account = a
	return nil
}

func (s *Server) signIn(form url.Values, client *ClientOptions) *reply {
	params := map[string]string{}
	for _, k := range []string{"response_type", "client_id", "scope", "state", "redirect_uri", "code_challenge",
		"code_challenge_method"} {
		if form.Has(k) {
			params[k] = form.Get(k)
		}
	}
	var accounts []pageAccount
	for i, a := range s.accounts {
		p := pageAccount{ID: a.opts.ID, Name: a.opts.Name}
		a.mu.RLock()
		for _, e := range a.employees {
			if e.login != "" && !e.locked && !e.archived {
				p.Users = append(p.Users, pageUser{Value: a.opts.ID + "/" + e.login, Name: e.first + " " + e.last,
					Role: roles()[e.role].name, Checked: i == 0 && e.login == LoginAdmin})
			}
		}
		a.mu.RUnlock()
		accounts = append(accounts, p)
	}
	var buf bytes.Buffer
	err := signInPage.Execute(&buf, map[string]any{"Client": client.ID, "Scope": form.Get("scope"), "Params": params,
		"Accounts": accounts})
	if err != nil {
		return apiError(http.StatusInternalServerError, "Exception", "The page could not be made.")
	}
	out := newReply(http.StatusOK, "text/html; charset=utf-8", buf.Bytes())
	out.header.Set("Cache-Control", "no-store")
	return out
}
