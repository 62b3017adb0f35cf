package graphqlhttp

import (
	"mime"
	"strconv"
	"strings"
)

const (
	mediaJSON     = "application/json"
	mediaResponse = "application/graphql-response+json"
	mediaEvents   = "text/event-stream"
)

// accepted is what a client's Accept header allows.
type accepted struct {
	// best is the media type that the client prefers among those the server supports; empty = none.
	best string
	// document is the same without event streams, for requests that cannot be streamed.
	document string
	// events reports whether an event stream is acceptable at all.
	events bool
}

// negotiate reads an Accept header. Among types of the same weight the first one wins, and the most exact pattern sets a type's
// weight. Wildcards and a missing header mean application/json.
func negotiate(header string) accepted {
	if strings.TrimSpace(header) == "" {
		return accepted{best: mediaJSON, document: mediaJSON}
	}
	type liking struct {
		q        float64
		exact    int // 0 */*, 1 application/*, 2 the type itself
		position int
	}
	likings := make(map[string]liking, 3)
	for i, part := range strings.Split(header, ",") {
		media, attrs, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		l := liking{q: 1, position: i}
		if text, ok := attrs["q"]; ok {
			if l.q, err = strconv.ParseFloat(text, 64); err != nil || !(l.q >= 0 && l.q <= 1) {
				continue
			}
		}
		var types []string
		switch media {
		case "*/*":
			types = []string{mediaJSON}
		case "application/*":
			types, l.exact = []string{mediaJSON}, 1
		case mediaJSON, mediaResponse, mediaEvents:
			types, l.exact = []string{media}, 2
		}
		for _, t := range types {
			if old, ok := likings[t]; !ok || l.exact > old.exact {
				likings[t] = l
			}
		}
	}
	pick := func(types ...string) (best string) {
		var top liking
		for _, t := range types {
			if l, ok := likings[t]; ok && l.q > 0 && (best == "" || l.q > top.q || l.q == top.q && l.position < top.position) {
				best, top = t, l
			}
		}
		return best
	}
	return accepted{
		best:     pick(mediaJSON, mediaResponse, mediaEvents),
		document: pick(mediaJSON, mediaResponse),
		events:   likings[mediaEvents].q > 0,
	}
}
