package pages

import (
	"embed"
	"net/http"
	"strings"
)

// ExplorerPath is where the demo serves GraphiQL.
const ExplorerPath = "/explorer/"

// explorerPolicy lets GraphiQL put its own styles into the page; everything else is as strict as for the pages.
const explorerPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

//go:embed all:explorer
var builtExplorer embed.FS

// Explorer serves GraphiQL, with which a person at the demo tries the API. It gets its tokens as the pages do, from the demo's sign-in. It is
// safe for concurrent use.
type Explorer struct {
	files map[string]file // by path below ExplorerPath
}

// NewExplorer returns the handler of everything below [ExplorerPath].
func NewExplorer() (*Explorer, error) {
	files, err := load(builtExplorer, "explorer")
	if err != nil {
		return nil, err
	}
	if _, ok := files["index.html"]; !ok {
		return nil, ErrNotBuilt
	}
	return &Explorer{files: files}, nil
}

// ServeHTTP implements [http.Handler].
func (e *Explorer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "This address accepts only GET and HEAD requests.", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, ExplorerPath)
	if name == "" {
		name = "index.html"
	}
	f, found := e.files[name]
	if !found {
		http.Error(w, "There is no file at this address.", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Security-Policy", explorerPolicy)
	send(w, r, f, strings.HasPrefix(name, "assets/"))
}
