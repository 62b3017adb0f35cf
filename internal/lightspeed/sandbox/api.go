package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// caller is who sends an API request.
type caller struct {
	account *Account
	client  string
	user    int // row of the employee
	rights  map[string]bool
}

// api answers everything under /API/. It authenticates the caller, charges the bucket, and runs the request.
func (s *Server) api(r *http.Request, plan *faultPlan) *reply {
	if plan.has(FaultRevokedToken) {
		if plan.first(FaultRevokedToken).Everything {
			s.oauth.revokeConnection(bearer(r))
		} else {
			s.oauth.revokeAccess(bearer(r))
		}
	}
	who, rep := s.authenticate(r)
	if rep != nil {
		return rep
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
	req := s.parseAPI(r)
	v := s.buckets.take(key, lim, req.cost(), s.clock.Now())
	switch {
	case v.limiter != "":
		rep = v.refusal()
	case req.err != nil:
		rep = req.err
	case plan.has(FaultLate) && req.method != http.MethodGet:
		s.late.postpone(s.clock.Now().Add(plan.first(FaultLate).latency()), func() { s.run(r, who, req, plan) })
		rep = &reply{header: http.Header{}}
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

// run executes a request that nothing is wrong with and that the bucket let in.
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
	if !anyRight(who.rights, q.need()) {
		return forbidden()
	}
	switch q.method {
	case http.MethodGet:
		if q.under == nil && strings.Contains(q.path, "/") {
			return s.getOne(a, q, plan)
		}
		return s.getList(r, a, q, plan)
	default:
		return s.change(a, q, plan)
	}
}

// need are the rights of which the caller needs one.
func (q *apiRequest) need() []string {
	switch {
	case q.act != nil:
		return q.act.rights
	case q.method == http.MethodGet:
		return q.res.rights
	case q.under != nil:
		return q.under.rights
	}
	return q.res.write
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
	e.single(whole(q.res, q.query.loads), row)
	return jsonReply(http.StatusOK, e.buf)
}

func missing(res *resource, id int64) *reply {
	return apiError(http.StatusNotFound, "Exception",
		fmt.Sprintf("Object of type '%s' not found with primary ID '%d'.", res.name, id))
}

func (s *Server) getList(r *http.Request, a *Account, q *apiRequest, plan *faultPlan) *reply {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if q.under != nil {
		if _, ok := q.owner.find(a, q.parent); !ok {
			return missing(q.owner, q.parent)
		}
	}
	if f := plan.first(FaultSearchLag); f != nil {
		q.query.unseenSince = s.clock.Now().Add(-f.latency()).UnixNano()
	}
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
	e.page(whole(q.res, q.query.loads), page.rows, neighbours{
		next:     q.query.link(base, r.URL.Path, "after", page.next),
		previous: q.query.link(base, r.URL.Path, "before", page.before),
	})
	return jsonReply(http.StatusOK, e.buf)
}

// change runs a POST, PUT or DELETE and answers with the whole record.
func (s *Server) change(a *Account, q *apiRequest, plan *faultPlan) *reply {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, rep := q.apply(a)
	if rep != nil {
		return rep
	}
	loads := q.query.loads
	if q.method != http.MethodDelete {
		loads = withEcho(q.res, loads)
	}
	e := s.newEncoder(a, plan)
	e.single(whole(q.res, loads), row)
	return jsonReply(http.StatusOK, e.buf)
}

// apply executes a write and returns the row that it made or changed.
func (q *apiRequest) apply(a *Account) (row int, rep *reply) {
	res, id, find := q.res, q.id, q.res.find
	switch {
	case q.act != nil:
		find = q.act.find
	case q.under != nil:
		res, id, find = q.owner, q.parent, q.owner.find
	case q.method == http.MethodPost:
		return res.create(a, q.body)
	}
	row, ok := find(a, id)
	switch {
	case !ok:
		return 0, missing(res, id)
	case q.act != nil:
		return q.act.run(a, row, q.body)
	case q.under != nil:
		return q.under.create(a, row, q.body)
	case q.method == http.MethodPut:
		return row, res.update(a, row, q.body)
	}
	return row, res.remove(a, row)
}

// withEcho adds the relations that answers to writes always have.
func withEcho(res *resource, loads []*loaded) []*loaded {
	out := append([]*loaded(nil), loads...)
next:
	for _, name := range res.echo {
		name, sub, nested := strings.Cut(name, ".")
		rel := res.relation(name)
		for _, l := range loads {
			if l.rel == rel {
				continue next
			}
		}
		l := &loaded{rel: rel}
		if nested {
			l.subs = []*loaded{{rel: findRelation(rel.subs, sub)}}
		}
		out = append(out, l)
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
