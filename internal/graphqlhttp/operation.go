package graphqlhttp

import (
	"context"
	"errors"
	"maps"

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

// costReport is the response's extensions.cost.
type costReport struct {
	Requested int `json:"requested"`
	Limit     int `json:"limit"`
}

// result is one response to a client, over any transport.
type result struct {
	errors     gqlerror.List
	data       []byte // the executor's own memory until the next result; nil = no data entry, as for a request that did not run
	extensions map[string]any
}

// prepare passes a request through the checks. A rejected request has not run and has no effect.
func (h *Handler) prepare(ctx context.Context, params *graphql.RawParams) (op *operation, no *result) {
	defer func() {
		if v := recover(); v != nil {
			op, no = nil, &result{errors: gqlerror.List{h.recovered(ctx, v)}}
		}
	}()
	doc, list := h.documents.load(params.Query)
	if list != nil {
		return nil, &result{errors: rejected(ctx, list)}
	}
	chosen, list := choose(doc, params.OperationName)
	if list != nil {
		return nil, &result{errors: rejected(ctx, list)}
	}
	if err := checkVariables(params.Variables, 0, h.limits); err != nil {
		return nil, &result{errors: rejected(ctx, gqlerror.List{err})}
	}
	ctx = context.WithValue(graphql.StartOperationTrace(ctx), documentKey{}, doc)
	opCtx, list := h.exec.CreateOperationContext(ctx, params)
	if len(list) > 0 {
		return nil, &result{errors: rejected(ctx, plainVariables(list, h.documents.schema, chosen))}
	}
	opCtx.DisableIntrospection = false // all callers are signed in
	cost, err := h.price(ctx, opCtx)
	if err != nil {
		return nil, &result{errors: rejected(ctx, gqlerror.List{err})}
	}
	report := costReport{Requested: cost, Limit: h.limits.Cost}
	if cost > h.limits.Cost {
		return nil, &result{
			errors:     rejected(ctx, singleError(CodeComplexityLimit, "the document requests too much: use smaller pages, or several requests")),
			extensions: map[string]any{"cost": report},
		}
	}
	return &operation{handler: h, ctx: opCtx, cost: report}, nil
}

func (o *operation) is(kind ast.Operation) bool { return o.ctx.Operation.Operation == kind }

// run executes a query or a mutation within the time limit, and returns its one response. It calls the executor once: a second
// call would run the hooks around the operation again, such as a transaction.
func (o *operation) run(ctx context.Context) (res *result) {
	ctx, cancel := context.WithTimeout(ctx, o.handler.limits.Timeout)
	defer cancel()
	defer func() {
		if v := recover(); v != nil {
			res = o.failed(ctx, o.handler.recovered(ctx, v))
		}
	}()
	responses, ctx := o.handler.exec.DispatchOperation(ctx, o.ctx)
	if response := responses(ctx); response != nil {
		return o.result(ctx, response)
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return o.failed(ctx, safeError(ctx, &gqlerror.Error{}, CodeTimeout, "the operation took too long and was stopped"))
	}
	return o.failed(ctx, safeError(ctx, &gqlerror.Error{}, CodeInternal, "internal error"))
}

// stream executes an operation and passes each of its responses to send, until it ends, the context ends, or send returns
// false. A result without data is the last one, so that a hook that always returns an error ends too.
func (o *operation) stream(ctx context.Context, send func(*result) bool) {
	if !o.is(ast.Subscription) {
		send(o.run(ctx))
		return
	}
	defer func() {
		if v := recover(); v != nil {
			send(o.failed(ctx, o.handler.recovered(ctx, v)))
		}
	}()
	responses, ctx := o.handler.exec.DispatchOperation(ctx, o.ctx)
	for {
		response := responses(ctx)
		if response == nil {
			return
		}
		res := o.result(ctx, response)
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

func (o *operation) failed(_ context.Context, err *gqlerror.Error) *result {
	return &result{errors: gqlerror.List{err}, extensions: map[string]any{"cost": o.cost}}
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
