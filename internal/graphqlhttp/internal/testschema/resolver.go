package testschema

import (
	"context"
	"errors"
	"fmt"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Resolver answers the schema from nothing but its arguments, and the subscription feed from a channel of the test.
type Resolver struct {
	// Who names the caller.
	Who func(ctx context.Context) string
	// Numbers is what the subscription feed sends; closing it ends the subscription.
	Numbers chan int
	// Ended, when set, is told of each feed that was given up or ended.
	Ended func()
}

// Query answers the query root.
func (r *Resolver) Query() QueryResolver { return query{r} }

// Mutation answers the mutation root.
func (r *Resolver) Mutation() MutationResolver { return mutation{r} }

// Subscription answers the subscription root.
func (r *Resolver) Subscription() SubscriptionResolver { return subscription{r} }

type (
	query        struct{ r *Resolver }
	mutation     struct{ r *Resolver }
	subscription struct{ r *Resolver }
)

func (query) Hello(_ context.Context, name *string) (string, error) {
	if name == nil {
		return "hello", nil
	}
	return "hello " + *name, nil
}

func (q query) Who(ctx context.Context) (string, error) { return q.r.Who(ctx), nil }

func (query) Level(_ context.Context, at Level) (Level, error) { return at, nil }

func (query) Even(_ context.Context, value int) (int, error) { return value, nil }

func (query) Item(_ context.Context, id string) (*Item, error) { return item(id), nil }

func (query) Nodes(_ context.Context, ids []string) ([]*Item, error) {
	items := make([]*Item, len(ids))
	for i, id := range ids {
		items[i] = item(id)
	}
	return items, nil
}

func (query) Items(_ context.Context, first, last *int, _ *string, _ []string, _ *ItemWhere) (*ItemConnection, error) {
	n := 50
	if first != nil {
		n = *first
	} else if last != nil {
		n = *last
	}
	c := &ItemConnection{TotalCount: n}
	for i := range n {
		it := item(fmt.Sprint(i))
		c.Nodes = append(c.Nodes, it)
		c.Edges = append(c.Edges, &ItemEdge{Cursor: it.ID, Node: it})
	}
	return c, nil
}

// ErrPrivate has a text that no client may read.
var ErrPrivate = errors.New("dial tcp 10.0.0.7:5432: password=hunter2")

func (query) Fail(_ context.Context, as Failure) (*string, error) {
	switch as {
	case FailureCoded:
		return nil, &gqlerror.Error{Message: "no such thing", Extensions: map[string]any{"code": "NOT_FOUND"}}
	case FailureForeign:
		return nil, &gqlerror.Error{Message: ErrPrivate.Error(), Extensions: map[string]any{"code": "SOMETHING_ELSE"}}
	case FailurePanic:
		panic(ErrPrivate)
	}
	return nil, ErrPrivate
}

func (query) FailHard(context.Context) (string, error) { return "", ErrPrivate }

func (query) Slow(ctx context.Context) (*string, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func (mutation) ImportItems(_ context.Context, in ImportItemsInput) (*ImportItemsPayload, error) {
	p := &ImportItemsPayload{}
	for _, it := range in.Items {
		p.Results = append(p.Results, &Item{ID: it.Name, Name: it.Name, Tags: it.Tags, Related: &ItemConnection{}})
	}
	return p, nil
}

func (subscription) Ticks(ctx context.Context, to int) (<-chan int, error) {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range to {
			select {
			case ch <- i + 1:
			case <-ctx.Done():
				return
			}
		}
	}()
	return ch, nil
}

func (s subscription) Feed(ctx context.Context) (<-chan int, error) {
	ch := make(chan int)
	go func() {
		if s.r.Ended != nil {
			defer s.r.Ended()
		}
		defer close(ch)
		for {
			select {
			case n, ok := <-s.r.Numbers:
				if !ok {
					return
				}
				select {
				case ch <- n:
				case <-ctx.Done():
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return ch, nil
}

func (subscription) Refused(context.Context) (<-chan int, error) { return nil, ErrPrivate }

func (subscription) Panics(context.Context) (<-chan int, error) { panic(ErrPrivate) }

func item(id string) *Item {
	return &Item{ID: id, Name: "item " + id, Tags: []string{}, Related: &ItemConnection{}}
}
