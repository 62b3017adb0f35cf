package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// caller is who an API request comes from.
type caller struct {
	account *Account
	client  string
	user    int // row of the employee
	rights  map[string]bool
}

// api answers everything under /API/: it authenticates, charges the bucket, then runs the request.
func (s *Server) api(r *http.Request, plan *faultPlan) *reply {
	if plan.has(FaultRevokedToken) {
		s.oauth.revokeByAccess(bearer(r), plan.first(FaultRevokedToken).Everything)
	}
	who, rep := s.authenticate(r)
	if rep != nil {
		return rep
	}
	path, ok := strings.CutPrefix(r.URL.Path, "/API/V3/")
	if !ok && (r.URL.Path == "/API/Session.json" || r.URL.Path == "/API/Session") {
		path, ok = "Session.json", true
	}
	key := bucketKey{who.account.opts.ID, who.client}
	lim := limitsFor(who.account.Registers())
	if f := plan.first(FaultThrottle); f != nil {
		v := s.buckets.peek(key, lim, s.clock.Now())
		v.limiter, v.retryAfter, v.cost = f.limiter(), f.retryAfter(), 1
		rep := v.refusal()
		v.headers(rep.header, key.account, key.client)
		return rep
	}
	req := s.parseAPI(r, path, ok)
	v := s.buckets.take(key, lim, req.cost(), s.clock.Now())
	switch {
	case v.limiter != "":
		rep = v.refusal()
	case req.err != nil:
		rep = req.err
	default:
		rep = s.run(r, who, req, plan)
		rep.cost = v.cost
	}
	if v.limiter == "" {
		rep.cost = v.cost
	}
	rep.resource = req.name
	v.headers(rep.header, key.account, key.client)
	return rep
}

// apiRequest is a request as far as its text tells; err is what is wrong with it.
type apiRequest struct {
	method  string
	account string // "" for Account.json and Session.json
	name    string // resource, or Account, Session
	path    string // what follows the account
	res     *resource
	id      int64 // 0 for a collection
	query   *query
	body    payload
	err     *reply
}

func (q *apiRequest) cost() float64 { return requestCost(q.method, q.path, q.query, q.body) }

func (s *Server) parseAPI(r *http.Request, path string, known bool) *apiRequest {
	q := &apiRequest{method: r.Method, path: path}
	notFound := func() *apiRequest {
		q.err = apiError(http.StatusNotFound, "Exception", "No route for "+r.URL.Path+".")
		return q
	}
	trimmed, suffix := strings.CutSuffix(path, ".json")
	if !known {
		return notFound()
	}
	if rep := negotiate(r, suffix); rep != nil {
		q.err = rep
		return q
	}
	parts := strings.Split(trimmed, "/")
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
	if q.res == nil || len(parts) > 4 {
		q.name = ""
		return notFound()
	}
	if len(parts) == 4 {
		id, err := strconv.ParseInt(parts[3], 10, 64)
		if err != nil || id < 0 {
			return notFound()
		}
		q.id = id
	}
	return q.parse(r, len(parts) == 4)
}

// parse reads the parameters and the body.
func (q *apiRequest) parse(r *http.Request, single bool) *apiRequest {
	allowed := r.Method == http.MethodGet ||
		r.Method == http.MethodPost && !single && q.res.create != nil ||
		r.Method == http.MethodPut && single && q.res.update != nil ||
		r.Method == http.MethodDelete && single && q.res.remove != nil
	if !allowed {
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
	if q.query, err = parseQuery(q.res, r.URL.RawQuery, single || r.Method != http.MethodGet); err != nil {
		q.query, q.err = nil, badRequest(err.Error())
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

// negotiate lets JSON through: by the Accept header, else by the suffix. The vendor's default is XML, which the
// sandbox does not speak.
func negotiate(r *http.Request, suffix bool) *reply {
	accept := r.Header.Get("Accept")
	switch {
	case strings.Contains(accept, "application/json"):
		return nil
	case suffix && (accept == "" || strings.Contains(accept, "*/*")):
		return nil
	}
	return apiError(http.StatusNotAcceptable, "Exception",
		"The sandbox speaks JSON only: use the .json suffix or Accept: application/json.")
}

// run executes a request that is well-formed and paid for.
func (s *Server) run(r *http.Request, who caller, q *apiRequest, plan *faultPlan) *reply {
	a := who.account
	if q.account != "" && q.account != a.opts.ID {
		return forbidden()
	}
	switch {
	case q.name == "Session":
		return jsonReply(http.StatusOK, s.session(who))
	case q.name == "Account" && q.account == "":
		return jsonReply(http.StatusOK, a.listJSON())
	case q.name == "Account":
		return jsonReply(http.StatusOK, a.singleJSON())
	}
	need := q.res.rights
	if q.method != http.MethodGet {
		need = q.res.write
	}
	if !anyRight(who.rights, need) {
		return forbidden()
	}
	switch q.method {
	case http.MethodGet:
		if q.id != 0 || strings.Contains(q.path, "/") {
			return s.getOne(a, q, plan)
		}
		return s.getList(r, a, q, plan)
	default:
		return s.change(a, q, plan)
	}
}

func forbidden() *reply {
	return apiError(http.StatusForbidden, "InsufficientRightsException",
		"Not Authorized: Insufficient rights to perform the request")
}

func (s *Server) newEncoder(a *Account, plan *faultPlan) *encoder {
	return &encoder{a: a, mangle: plan.mangle, buf: make([]byte, 0, 4096)}
}

func (s *Server) getOne(a *Account, q *apiRequest, plan *faultPlan) *reply {
	a.mu.RLock()
	defer a.mu.RUnlock()
	row, ok := q.res.find(a, q.id)
	if !ok {
		if s.MissingItemAs200 && q.res.name == "Item" {
			return jsonReply(http.StatusOK, []byte(`{"@attributes":{"count":"0"}}`))
		}
		return missing(q.res, q.id)
	}
	e := s.newEncoder(a, plan)
	e.single(q.res, row, q.query.loads)
	return jsonReply(http.StatusOK, e.buf)
}

func missing(res *resource, id int64) *reply {
	return apiError(http.StatusNotFound, "Exception",
		fmt.Sprintf("Object of type '%s' not found with primary ID '%d'.", res.name, id))
}

func (s *Server) getList(r *http.Request, a *Account, q *apiRequest, plan *faultPlan) *reply {
	a.mu.RLock()
	defer a.mu.RUnlock()
	e := s.newEncoder(a, plan)
	if q.query.count {
		e.total(q.query.total(a, q.res))
		return jsonReply(http.StatusOK, e.buf)
	}
	page, err := q.query.run(a, q.res)
	if err != nil {
		return badRequest(err.Error())
	}
	e.buf = make([]byte, 0, 1024+len(page.rows)*1600)
	base := s.baseURL(r)
	e.page(q.res, page.rows, q.query.loads,
		q.query.link(base, r.URL.Path, "after", page.next),
		q.query.link(base, r.URL.Path, "before", page.before))
	return jsonReply(http.StatusOK, e.buf)
}

// change runs a POST, PUT or DELETE and answers with the whole record.
func (s *Server) change(a *Account, q *apiRequest, plan *faultPlan) *reply {
	a.mu.Lock()
	defer a.mu.Unlock()
	var row int
	var rep *reply
	loads := q.query.loads
	if q.method == http.MethodPost {
		row, rep = q.res.create(a, q.body)
	} else {
		var ok bool
		if row, ok = q.res.find(a, q.id); !ok {
			return missing(q.res, q.id)
		}
		if q.method == http.MethodPut {
			rep = q.res.update(a, row, q.body)
		} else {
			rep = q.res.remove(a, row)
		}
	}
	if rep != nil {
		return rep
	}
	if q.method != http.MethodDelete {
		loads = withEcho(q.res, loads)
	}
	e := s.newEncoder(a, plan)
	e.single(q.res, row, loads)
	return jsonReply(http.StatusOK, e.buf)
}

// withEcho adds the relations that answers to writes hold unasked.
func withEcho(res *resource, loads []*loaded) []*loaded {
	out := append([]*loaded(nil), loads...)
next:
	for _, name := range res.echo {
		rel := res.relation(name)
		for _, l := range loads {
			if l.rel == rel {
				continue next
			}
		}
		out = append(out, &loaded{rel: rel})
	}
	return out
}

// decodeJSON reads the body of a control request; no body is an empty object.
func decodeJSON(r *http.Request, v any) error {
	dec := json.NewDecoder(io.LimitReader(r.Body, maxBody))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("decode the body: %w", err)
	}
	return nil
}
