package graphqlhttp

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// operation is a request that has passed all checks and may run.
type operation struct {
	handler *Handler
	ctx     *graphql.OperationContext
	cost    costReport
}

// costReport is extensions.cost of every response.
type costReport struct {
	Requested int `json:"requested"`          // 0 if the request was rejected before it was priced
	Limit     int `json:"limit,omitempty"`    // of the handler that priced it
	Throttle  any `json:"throttle,omitempty"` // see Admission.Spend
}

// result is one response to a client, over any transport.
type result struct {
	errors     gqlerror.List
	data       []byte // the executor's own memory until the next result; nil = no data entry, as for a request that did not run
	extensions map[string]any
}

// prepare passes a request through the checks. A rejected request has not run and has no effect.
func (h *Handler) prepare(ctx context.Context, params *graphql.RawParams) (op *operation, no *result) {
	began := time.Now()
	refuse := func(list gqlerror.List, requested int) *result {
		h.rejected(ctx)
		h.observed(ctx, Operation{Cost: requested}, rejected(ctx, list), began)
		return &result{errors: rejected(ctx, list), extensions: h.report(requested)}
	}
	defer func() {
		if v := recover(); v != nil {
			op, no = nil, &result{errors: gqlerror.List{h.recovered(ctx, v)}, extensions: h.report(0)}
		}
	}()
	doc, list := h.documents.load(params.Query)
	if list != nil {
		return nil, refuse(list, 0)
	}
	chosen, list := choose(doc, params.OperationName)
	if list != nil {
		return nil, refuse(list, 0)
	}
	if err := checkVariables(params.Variables, 0, h.limits); err != nil {
		return nil, refuse(gqlerror.List{err}, 0)
	}
	opCtx, list := h.exec.CreateOperationContext(context.WithValue(graphql.StartOperationTrace(ctx), documentKey{}, doc), params)
	if len(list) > 0 {
		return nil, refuse(plainVariables(list, h.documents.schema, chosen), 0)
	}
	opCtx.DisableIntrospection = false // all callers are signed in
	cost, err := h.price(opCtx)
	if err != nil {
		return nil, refuse(gqlerror.List{err}, 0)
	}
	if cost > h.limits.Cost {
		return nil, refuse(singleError(CodeComplexityLimit, fmt.Sprintf(
			"The document costs %d, and at most %d is allowed. Ask for smaller pages or fewer fields, or send several requests.", cost, h.limits.Cost)), cost)
	}
	report, err := h.spend(ctx, cost)
	op = &operation{handler: h, ctx: opCtx, cost: report}
	if err != nil {
		h.observed(ctx, op.described(), gqlerror.List{err}, began)
		return nil, &result{errors: gqlerror.List{err}, extensions: map[string]any{"cost": report}}
	}
	return op, nil
}

// refused returns the response to a request that was rejected before it was priced.
func (h *Handler) refused(ctx context.Context, err *gqlerror.Error) *result {
	errs := rejected(ctx, gqlerror.List{err})
	h.observed(ctx, Operation{}, errs, time.Now())
	return &result{errors: errs, extensions: h.report(0)}
}

// report returns the extensions of a response to a request that did not run.
func (h *Handler) report(requested int) map[string]any {
	return map[string]any{"cost": costReport{Requested: requested, Limit: h.limits.Cost}}
}

func (o *operation) is(kind ast.Operation) bool { return o.ctx.Operation.Operation == kind }

// run executes a query or a mutation within the time limit, and returns its one response. It calls the executor once: a second
// call would run the hooks around the operation again, such as a transaction.
func (o *operation) run(ctx context.Context) (res *result) {
	began, caller := time.Now(), ctx
	ctx, cancel := context.WithTimeout(ctx, o.handler.limits.Timeout)
	defer cancel()
	defer func() { o.handler.observed(caller, o.described(), res.errors, began) }()
	defer func() {
		if v := recover(); v != nil {
			res = o.failed(gqlerror.List{o.handler.recovered(ctx, v)})
		}
	}()
	responses, ctx := o.handler.exec.DispatchOperation(ctx, o.ctx)
	if response := responses(ctx); response != nil {
		return o.result(ctx, response)
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return o.failed(gqlerror.List{safeError(ctx, &gqlerror.Error{}, CodeTimeout, "The operation took too long and was stopped.")})
	}
	return o.failed(gqlerror.List{safeError(ctx, &gqlerror.Error{}, CodeInternal, "internal error")})
}

// stream executes an operation and passes each of its responses to send, until it ends, the context ends, or send returns
// false. A result without data is the last one, so that a hook that always returns an error ends too.
func (o *operation) stream(ctx context.Context, send func(*result) bool) {
	if !o.is(ast.Subscription) {
		send(o.run(ctx))
		return
	}
	began, caller := time.Now(), ctx
	var last gqlerror.List
	defer func() { o.handler.observed(caller, o.described(), last, began) }()
	defer func() {
		if v := recover(); v != nil {
			failed := o.failed(gqlerror.List{o.handler.recovered(ctx, v)})
			last = failed.errors
			send(failed)
		}
	}()
	leave, no := o.admitSubscription(ctx)
	if no != nil {
		send(no)
		return
	}
	defer leave()
	responses, ctx := o.handler.exec.DispatchOperation(ctx, o.ctx)
	for {
		response := responses(ctx)
		if response == nil {
			return
		}
		res := o.result(ctx, response)
		if len(res.errors) > 0 {
			last = res.errors
		}
		if !send(res) || res.data == nil {
			return
		}
	}
}

func (o *operation) result(ctx context.Context, r *graphql.Response) *result {
	extensions := make(map[string]any, len(r.Extensions)+1)
	maps.Copy(extensions, r.Extensions)
	extensions["cost"] = o.cost
	res := &result{data: r.Data, extensions: extensions}
	for _, err := range r.Errors {
		// Hooks may add errors that have not been through the presenter.
		if code := codeOf(err); code.known() && err.Extensions["requestId"] != nil {
			res.errors = append(res.errors, err)
		} else if e := o.handler.present(ctx, err); e != nil {
			res.errors = append(res.errors, e)
		}
	}
	return res
}

func (o *operation) failed(list gqlerror.List) *result {
	return &result{errors: list, extensions: map[string]any{"cost": o.cost}}
}

// recovered returns the error to send for a panic outside of resolvers.
func (h *Handler) recovered(ctx context.Context, v any) *gqlerror.Error {
	var e *gqlerror.Error
	if err := h.options.Recover(ctx, v); !errors.As(err, &e) || codeOf(e) == "" {
		e = newError(CodeInternal, "internal error")
	}
	if code := codeOf(e); code.known() && code != CodeInternal {
		return safeError(ctx, e, code, e.Message)
	}
	return safeError(ctx, &gqlerror.Error{}, CodeInternal, "internal error")
}
