package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
	"strings"
)

// style is all that the pages load. The content security policy allows only this style, by its hash.
const style = `:root{color-scheme:light dark}body{font:1.05rem/1.6 system-ui,sans-serif;max-width:38rem;margin:12vh auto 4rem;padding:0 1.2rem}` +
	`h1{font-size:1.6rem;line-height:1.25}code{overflow-wrap:anywhere}a{font-weight:600}footer{margin-top:3rem;font-size:.85rem;opacity:.75}`

const layout = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}} · POS Sync</title><style>` + style + `</style></head>
<body><main><h1>{{.Title}}</h1>
{{range .Sentences}}<p>{{.}}</p>
{{end}}{{with .Link}}<p><a href="{{.URL}}">{{.Text}}</a></p>
{{end}}</main>{{with .Reference}}<footer>Reference for support: <code>{{.}}</code></footer>{{end}}</body></html>
`

// page is one message to a person.
type page struct {
	Status    int
	Title     string
	Sentences []string
	Link      *pageLink // where to go next; nil = nowhere
	Reference string    // request id; empty = not shown
}

type pageLink struct{ Text, URL string }

// pages shows messages, as HTML to browsers and as text to others.
type pages struct {
	options  Options
	template *template.Template
	policy   string
}

func newPages(o Options) *pages {
	sum := sha256.Sum256([]byte(style))
	return &pages{
		options:  o,
		template: template.Must(template.New("page").Parse(layout)),
		policy: "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
			"'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
	}
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, m page) {
	var body bytes.Buffer
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept")
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", p.policy)
		if err := p.template.Execute(&body, m); err != nil {
			p.options.Logger.ErrorContext(r.Context(), "cannot make a page", "title", m.Title, "error", err)
			http.Error(w, "The page cannot be shown.", http.StatusInternalServerError)
			return
		}
	} else {
		h.Set("Content-Type", "text/plain; charset=utf-8")
		body.WriteString(m.Title + "\n")
		for _, sentence := range m.Sentences {
			body.WriteString(sentence + "\n")
		}
		if m.Link != nil {
			body.WriteString(m.Link.Text + ": " + m.Link.URL + "\n")
		}
		if m.Reference != "" {
			body.WriteString("Reference for support: " + m.Reference + "\n")
		}
	}
	w.WriteHeader(m.Status)
	_, _ = w.Write(body.Bytes())
}

// front is the front page, which says what this is.
func (p *pages) front(w http.ResponseWriter, r *http.Request) {
	m := page{
		Status: http.StatusOK,
		Title:  "POS Sync",
		Sentences: []string{
			"This service keeps a website's catalogue and stock in step with Lightspeed Retail (R-Series).",
			"Its GraphQL API is at " + p.options.PublicURL.String() + "/graphql, for programs with a token: POST, server-sent events and WebSocket.",
			"Version " + p.options.Version + ".",
		},
	}
	if p.options.Demo {
		m.Sentences = append(m.Sentences,
			"This is the demo. Open the link that the terminal shows: it signs you in at the Site Manager pages. Afterwards you can try the API at "+
				p.options.PublicURL.String()+"/explorer/.")
	}
	p.show(w, r, m)
}

func (p *pages) notFound(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		p.show(w, r, page{Status: http.StatusMethodNotAllowed, Title: "Not here", Sentences: []string{"This address accepts only GET and HEAD requests."}})
		return
	}
	p.show(w, r, page{
		Status: http.StatusNotFound, Title: "Nothing here", Sentences: []string{"There is no page at this address."},
		Link: &pageLink{Text: "Go to the front page", URL: p.options.PublicURL.String() + "/"},
	})
}
