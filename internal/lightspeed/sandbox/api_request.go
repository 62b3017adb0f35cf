package sandbox

import (
	"net/http"
	"strconv"
	"strings"
)

// apiRequest is a request that has been read; err is what is wrong with it.
type apiRequest struct {
	method  string
	account string // "" for Account.json and Session.json
	name    string // resource, or Account, Session
	path    string // what follows the account
	res     *resource
	id      int64 // 0 for a collection
	single  bool  // of a record by its id
	// Of Sale/7/SaleLine: res and name are those of the list, parent is the 7 and owner its resource.
	owner  *resource
	under  *underList
	parent int64
	act    *action // of Sale/7/refund
	query  *query
	body   payload
	err    *reply
}

func (q *apiRequest) cost() float64 { return requestCost(q.method, q.path, q.query, q.body) }

func (s *Server) parseAPI(r *http.Request) *apiRequest {
	path, known := strings.CutPrefix(r.URL.Path, "/API/V3/")
	if !known && (r.URL.Path == "/API/Session.json" || r.URL.Path == "/API/Session") {
		path, known = "Session.json", true
	}
	q := &apiRequest{method: r.Method, path: path}
	notFound := func() *apiRequest {
		q.err = apiError(http.StatusNotFound, "Exception", "No route for "+r.URL.Path+".")
		return q
	}
	if !known {
		return notFound()
	}
	if rep := negotiate(r); rep != nil {
		q.err = rep
		return q
	}
	parts := strings.Split(strings.TrimSuffix(path, ".json"), "/")
	switch {
	case len(parts) == 1 && (parts[0] == "Account" || parts[0] == "Session"):
		q.name = parts[0]
		return q.only(http.MethodGet)
	case parts[0] != "Account" || len(parts) < 2:
		return notFound()
	}
	q.account = parts[1]
	if len(parts) == 2 {
		q.name = "Account"
		return q.only(http.MethodGet)
	}
	q.path = strings.Join(parts[2:], "/")
	q.name = parts[2]
	q.res = s.schema.byName[q.name]
	if q.res == nil || len(parts) > 5 {
		q.name = ""
		return notFound()
	}
	if len(parts) > 3 {
		id, err := strconv.ParseInt(parts[3], 10, 64)
		if err != nil || id < 0 {
			return notFound()
		}
		q.id = id
	}
	if len(parts) == 5 && !q.descend(parts[4]) {
		q.name = ""
		return notFound()
	}
	q.single = len(parts) == 4
	return q.parse(r)
}

// descend goes from a record to a list below it or to an action on it.
func (q *apiRequest) descend(name string) bool {
	if act, ok := q.res.actions[name]; ok {
		q.act, q.name = act, q.name+"/"+name
		return true
	}
	list, ok := q.res.under[name]
	if !ok {
		return false
	}
	q.owner, q.under, q.parent = q.res, list, q.id
	q.res, q.id, q.name = list.target, 0, q.name+"/"+name
	return true
}

// allowed reports whether the method can be used on this path.
func (q *apiRequest) allowed() bool {
	switch {
	case q.act != nil:
		return q.method == http.MethodPost
	case q.under != nil:
		return q.method == http.MethodGet || q.method == http.MethodPost && q.under.create != nil
	}
	return q.method == http.MethodGet ||
		q.method == http.MethodPost && !q.single && q.res.create != nil ||
		q.method == http.MethodPut && q.single && q.res.update != nil ||
		q.method == http.MethodDelete && q.single && q.res.remove != nil
}

// parse reads the parameters and the body.
func (q *apiRequest) parse(r *http.Request) *apiRequest {
	if !q.allowed() {
		q.err = methodNotAllowed(r)
		return q
	}
	var err error
	if r.Method == http.MethodPost || r.Method == http.MethodPut {
		if q.body, err = readPayload(r); err != nil {
			q.err = badRequest(err.Error())
			return q
		}
	}
	parse := parseQuery
	if q.single || r.Method != http.MethodGet {
		parse = parseRecordQuery
	}
	if q.query, err = parse(q.res, r.URL.RawQuery); err != nil {
		q.query, q.err = nil, badRequest(err.Error())
		return q
	}
	if q.under != nil && r.Method == http.MethodGet {
		f, err := parseFilter(q.res, q.under.by, strconv.FormatInt(q.parent, 10))
		if err != nil {
			panic("sandbox: " + err.Error()) // the schema names the field
		}
		q.query.filters = append(q.query.filters, f)
	}
	return q
}

func (q *apiRequest) only(method string) *apiRequest {
	if q.method != method {
		q.err = apiError(http.StatusMethodNotAllowed, "Exception", "Method "+q.method+" is not allowed here.")
	}
	return q
}

func methodNotAllowed(r *http.Request) *reply {
	return apiError(http.StatusMethodNotAllowed, "Exception", "Method "+r.Method+" is not allowed here.")
}

// negotiate lets requests for JSON through: by the Accept header, or else by the suffix. Lightspeed's default is XML, which the
// sandbox does not have.
func negotiate(r *http.Request) *reply {
	accept, suffix := r.Header.Get("Accept"), strings.HasSuffix(r.URL.Path, ".json")
	switch {
	case strings.Contains(accept, "application/json"):
		return nil
	case suffix && (accept == "" || strings.Contains(accept, "*/*")):
		return nil
	}
	return apiError(http.StatusNotAcceptable, "Exception",
		"The sandbox has JSON only: use the suffix .json or Accept: application/json.")
}
