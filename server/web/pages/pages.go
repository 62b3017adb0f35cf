// Package pages serves the Site Manager pages: files that were built from ui and are embedded in the program, with the headers that
// they need, and for the demo a sign-in of their own.
package pages

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// Path is where the pages are served.
const Path = "/manage/"

// AlertsPath is where they show the alerts.
const AlertsPath = Path + "alerts"

// assetsPath is where the files are whose names change with their content.
const assetsPath = Path + "assets/"

//go:embed all:dist
var built embed.FS

// ErrNotBuilt says that the pages were not built into the program.
var ErrNotBuilt = errors.New("server/web/pages/dist has no index.html: run make pages")

// Options are the options of the pages.
type Options struct {
	// Origins are those of the sites that may show the pages in a frame and hand them a token. May be empty.
	Origins []string
	// TokenEndpoint is where the pages ask the platform for a token when nobody embeds them: a path of their own origin, or an absolute
	// URL. May be empty.
	TokenEndpoint string
	// Session signs the person at the demo in; nil = the pages get their token from whoever embeds them, or from TokenEndpoint.
	Session *Session
}

// Config is what the pages read before anything else.
type Config struct {
	Origins       []string `json:"origins"`       // may show the pages in a frame and hand them a token
	TokenEndpoint string   `json:"tokenEndpoint"` // where the pages get a token on their own; empty = nowhere
}

// file is one file of the pages, ready to be sent.
type file struct {
	plain, gzipped []byte // gzipped is nil where it would not be smaller
	contentType    string
	etag           string
}

// Handler serves the pages. It is safe for concurrent use.
type Handler struct {
	files   map[string]file // by path below Path
	config  []byte
	policy  string
	framed  bool
	session *Session
}

// New returns the handler of everything below [Path].
func New(o Options) (*Handler, error) {
	files, err := load(built, "dist")
	if err != nil {
		return nil, err
	}
	if _, ok := files["index.html"]; !ok {
		return nil, ErrNotBuilt
	}
	c := Config{Origins: append([]string{}, o.Origins...), TokenEndpoint: o.TokenEndpoint}
	if o.Session != nil {
		c.TokenEndpoint = tokenPath
	}
	text, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("write config.json: %w", err)
	}
	return &Handler{files: files, config: text, policy: policy(o.Origins, originOf(c.TokenEndpoint)), framed: len(o.Origins) > 0, session: o.Session}, nil
}

// ServeHTTP implements [http.Handler].
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h.session != nil && h.session.serves(r) {
		h.session.serve(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "This address accepts only GET and HEAD requests.", http.StatusMethodNotAllowed)
		return
	}
	h.protect(w.Header())
	name := strings.TrimPrefix(r.URL.Path, Path)
	f, found := h.files[name]
	switch {
	case r.URL.Path == Path+"config.json":
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(h.config)
	case found && name != "index.html":
		send(w, r, f, strings.HasPrefix(r.URL.Path, assetsPath))
	case strings.HasPrefix(r.URL.Path, assetsPath):
		http.Error(w, "There is no file at this address.", http.StatusNotFound)
	default: // an address within the pages, which the page itself understands
		send(w, r, h.files["index.html"], false)
	}
}

// protect sets the headers that say what the pages may load and who may frame them.
func (h *Handler) protect(header http.Header) {
	header.Set("Content-Security-Policy", h.policy)
	if h.framed {
		header.Del("X-Frame-Options") // it knows no list of origins, and frame-ancestors has one
	}
}

// send sends a file, compressed where the browser takes it. A file whose name changes with its content is kept for ever.
func send(w http.ResponseWriter, r *http.Request, f file, immutable bool) {
	header := w.Header()
	header.Set("Content-Type", f.contentType)
	header.Set("Etag", f.etag)
	header.Set("Cache-Control", "no-cache")
	if immutable {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	header.Add("Vary", "Accept-Encoding")
	if r.Header.Get("If-None-Match") == f.etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := f.plain
	if f.gzipped != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		body = f.gzipped
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// load reads all files and compresses them once. Compressed files are not committed, because they differ by the version of zlib.
func load(built fs.FS, dir string) (map[string]file, error) {
	files := map[string]file{}
	err := fs.WalkDir(built, dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(built, name)
		if err != nil {
			return err
		}
		zipped, err := compress(text)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(text)
		files[strings.TrimPrefix(name, dir+"/")] = file{
			plain: text, gzipped: zipped, contentType: contentType(name), etag: `"` + hex.EncodeToString(sum[:8]) + `"`,
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the pages: %w", err)
	}
	return files, nil
}

func compress(text []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if b.Len() >= len(text) {
		return nil, nil
	}
	return b.Bytes(), nil
}

// contentType is fixed for each ending, because the tables of systems differ.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml; charset=utf-8"
	case ".json":
		return "application/json"
	case ".txt":
		return "text/plain; charset=utf-8"
	default:
		return "application/octet-stream"
	}
}
