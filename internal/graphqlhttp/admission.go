package graphqlhttp

import (
	"context"
	"sync"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// retryAfterExtension is the extension of an error that says after how many seconds the request may pass. It is an int.
const retryAfterExtension = "retryAfter"

// admit takes a place for a request, or returns why there is none. leave may be called again.
func (h *Handler) admit(ctx context.Context) (leave func(), no *result) {
	if h.options.Admission == nil {
		return func() {}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, h.limits.Timeout)
	defer cancel()
	leave, err := h.options.Admission.Request(ctx)
	if err != nil {
		return nil, &result{errors: gqlerror.List{h.present(ctx, err)}, extensions: h.report(0)}
	}
	return sync.OnceFunc(leave), nil
}

// sending frees the place of a request whose response is ready, if there is a place for a response that is being sent. Who has sent it
// calls sent.
func (h *Handler) sending(ctx context.Context, leave func()) (sent func()) {
	if h.options.Admission == nil {
		return func() {}
	}
	sent, ok := h.options.Admission.Response(ctx)
	if !ok {
		return func() {} // the request keeps its place until then
	}
	leave()
	return sent
}

// rejected tells the admission of a request that is not run.
func (h *Handler) rejected(ctx context.Context) {
	if h.options.Admission != nil {
		h.options.Admission.Rejected(ctx)
	}
}

// admitSubscription takes a place for a subscription, or returns why there is none.
func (o *operation) admitSubscription(ctx context.Context) (leave func(), no *result) {
	if o.handler.options.Admission == nil {
		return func() {}, nil
	}
	leave, err := o.handler.options.Admission.Subscription(ctx)
	if err != nil {
		return nil, o.failed(gqlerror.List{o.handler.present(ctx, err)})
	}
	return leave, nil
}

// spend takes the cost of an operation from the caller's budget, and returns the report on it.
func (h *Handler) spend(ctx context.Context, cost int) (costReport, *gqlerror.Error) {
	report := costReport{Requested: cost, Limit: h.limits.Cost}
	if h.options.Admission == nil {
		return report, nil
	}
	throttle, err := h.options.Admission.Spend(ctx, cost)
	report.Throttle = throttle
	if err != nil {
		h.rejected(ctx)
		return report, h.present(ctx, err)
	}
	return report, nil
}
