package graph

import (
	"context"
	"time"

	"possync/internal/fairshare"
	"possync/internal/graphqlhttp"
)

// sharing has a site's requests bounded by its share: it puts the shares into the context of whoever signs in.
func sharing(shares *fairshare.Shares, next authenticator) authenticator {
	if shares == nil || next == nil {
		return next
	}
	return func(ctx context.Context, token string) (context.Context, time.Time, error) {
		ctx, end, err := next(ctx, token)
		if err != nil {
			return ctx, end, err
		}
		return shares.NewContext(ctx), end, nil
	}
}

// admission bounds what a site uses at a time, by its share in the context.
type admission struct{}

var _ graphqlhttp.Admission = admission{}

// Request implements graphqlhttp.Admission.
func (admission) Request(ctx context.Context) (leave func(), err error) {
	if err := fairshare.Solvent(ctx); err != nil {
		return nil, fairshare.Slow(ctx, err)
	}
	leave, err = fairshare.Enter(ctx, fairshare.Requests)
	return leave, fairshare.Slow(ctx, err)
}

// Response implements graphqlhttp.Admission.
func (admission) Response(ctx context.Context) (leave func(), ok bool) {
	leave, err := fairshare.Enter(ctx, fairshare.Responses)
	return leave, err == nil
}

// Subscription implements graphqlhttp.Admission.
func (admission) Subscription(ctx context.Context) (leave func(), err error) {
	return fairshare.Enter(ctx, fairshare.Subscriptions)
}

// costOfRejected is what reading and checking a document costs that is not run.
const costOfRejected = 20

// Rejected implements graphqlhttp.Admission.
func (admission) Rejected(ctx context.Context) { fairshare.Charge(ctx, costOfRejected) }

// Spend implements graphqlhttp.Admission.
func (admission) Spend(ctx context.Context, cost int) (throttle any, err error) {
	budget, err := fairshare.Spend(ctx, cost)
	if budget == nil {
		return nil, err
	}
	return budget, fairshare.Slow(ctx, err)
}
