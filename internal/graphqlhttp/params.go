package graphqlhttp

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// badRequest says why a request is not a GraphQL request. It is answered with this HTTP status, whatever the client accepts.
type badRequest struct {
	status int
	err    *gqlerror.Error
}

// tooLarge reports whether the request is well-formed as far as it was read.
func (b *badRequest) tooLarge() bool { return b.status == http.StatusRequestEntityTooLarge }

func newBadRequest(status int, code Code, message string) *badRequest {
	return &badRequest{status: status, err: newError(code, message)}
}

// readBody reads the body of a POST. No error quotes it, as it may hold secrets.
func readBody(w http.ResponseWriter, r *http.Request, l Limits) ([]byte, *badRequest) {
	if bad := checkContentType(r.Header.Get("Content-Type")); bad != nil {
		return nil, bad
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, l.BodyBytes))
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, newBadRequest(http.StatusRequestEntityTooLarge, CodeComplexityLimit, "The request body is too large.")
		}
		return nil, newBadRequest(http.StatusBadRequest, CodeBadUserInput, "The request body could not be read.")
	}
	return body, nil
}

func checkContentType(header string) *badRequest {
	media, attrs, err := mime.ParseMediaType(header)
	if err != nil || media != "application/json" {
		return newBadRequest(http.StatusUnsupportedMediaType, CodeBadUserInput, "The content type must be application/json.")
	}
	if charset := attrs["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
		return newBadRequest(http.StatusUnsupportedMediaType, CodeBadUserInput, "The charset must be utf-8.")
	}
	return nil
}

// paramsOfGET reads the parameters from the query string.
func paramsOfGET(u *url.URL, l Limits) (*graphql.RawParams, *badRequest) {
	if int64(len(u.RawQuery)) > l.BodyBytes {
		return nil, newBadRequest(http.StatusRequestURITooLong, CodeComplexityLimit, "The query string is too large.")
	}
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, newBadRequest(http.StatusBadRequest, CodeBadUserInput, "The query string is malformed.")
	}
	for _, name := range []string{"query", "operationName", "variables", "extensions"} {
		if len(values[name]) > 1 { // a proxy might look at another one than we do
			return nil, newBadRequest(http.StatusBadRequest, CodeBadUserInput, name+" is there more than once.")
		}
	}
	fields := make(map[string]json.RawMessage, 4)
	for _, name := range []string{"query", "operationName"} {
		if values.Has(name) {
			text, err := json.Marshal(values.Get(name))
			if err != nil {
				return nil, newBadRequest(http.StatusBadRequest, CodeBadUserInput, "The query string is malformed.")
			}
			fields[name] = text
		}
	}
	for _, name := range []string{"variables", "extensions"} {
		if text := values.Get(name); text != "" {
			if bad := checkJSON([]byte(text), l); bad != nil {
				return nil, bad
			}
			if !json.Valid([]byte(text)) {
				return nil, newBadRequest(http.StatusBadRequest, CodeBadUserInput, name+" must be JSON.")
			}
			fields[name] = json.RawMessage(text)
		}
	}
	return paramsFrom(fields)
}

// decodeParams reads the parameters from a JSON text: a request body, or the payload of a subscribe message.
func decodeParams(text []byte, l Limits) (*graphql.RawParams, *badRequest) {
	if bad := checkJSON(text, l); bad != nil {
		return nil, bad
	}
	text = bytes.TrimLeft(text, " \t\r\n")
	if len(text) > 0 && text[0] == '[' {
		return nil, newBadRequest(http.StatusBadRequest, CodeBadUserInput, "Batches are not accepted. Send one operation a request.")
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil || fields == nil {
		return nil, newBadRequest(http.StatusBadRequest, CodeBadUserInput, "The request must be a JSON object.")
	}
	return paramsFrom(fields)
}

func paramsFrom(fields map[string]json.RawMessage) (*graphql.RawParams, *badRequest) {
	p := &graphql.RawParams{}
	if query, ok := fields["query"]; !ok || string(query) == "null" {
		return nil, newBadRequest(http.StatusBadRequest, CodeBadUserInput, "query is missing.")
	}
	for _, f := range []struct {
		name string
		into any
		want string
	}{
		{"query", &p.Query, "a string"},
		{"operationName", &p.OperationName, "a string or null"},
		{"variables", &p.Variables, "an object or null"},
		{"extensions", &p.Extensions, "an object or null"},
	} {
		text, ok := fields[f.name]
		if !ok {
			continue
		}
		// Numbers stay as written, so that no id or amount is rounded.
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		if err := d.Decode(f.into); err != nil {
			return nil, newBadRequest(http.StatusBadRequest, CodeBadUserInput, f.name+" must be "+f.want+".")
		}
	}
	return p, nil
}

// requestLevels is how many levels a request has above a variable.
const requestLevels = 2

// checkJSON rejects a JSON text with more values or levels than the limits allow, before it is decoded.
func checkJSON(text []byte, l Limits) *badRequest {
	if values, depth := measureJSON(text); values > l.Values || depth > l.InputDepth+requestLevels {
		return newBadRequest(http.StatusRequestEntityTooLarge, CodeComplexityLimit, "The request has too many values or levels.")
	}
	return nil
}

// measureJSON counts the values of a JSON text and the levels of its lists and objects without decoding them: an empty list takes two
// bytes in the text, and a hundred when decoded.
func measureJSON(text []byte) (values, depth int) {
	level := 0
	values = 1
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			level++
			depth = max(depth, level)
			values++
		case '}', ']':
			level--
		case ',':
			values++
		}
	}
	return values, depth
}
