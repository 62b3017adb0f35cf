// Package unitofwork gives each GraphQL operation its database client. A mutation gets one transaction, committed when its
// response is complete and rolled back if anything failed. A query or subscription gets the plain client.
//
// The wake-ups of a mutation are published after its commit, and only then.
package unitofwork

import (
	"cmp"
	"context"
	stdsql "database/sql"
	"errors"
	"fmt"
	"sync"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/event"
	"possync/internal/fairshare"
	"possync/internal/fault"
	"possync/internal/records/sitedeletion"
)

// Extension is the gqlgen extension that runs the units.
type Extension struct {
	Store    *ent.Client
	Bus      *event.Bus
	Recorder Recorder // nil = none
}

// Recorder writes down what a mutation did, in its transaction. Begin returns the context in which the mutation runs, and End is called
// with it when all of it has succeeded.
type Recorder interface {
	Begin(ctx context.Context) context.Context
	End(ctx context.Context) error
}

var (
	_ graphql.HandlerExtension     = Extension{}
	_ graphql.OperationInterceptor = Extension{}
	_ graphql.FieldInterceptor     = Extension{}
)

type unitKey struct{}

// unit is a mutation under way.
type unit struct {
	resolving sync.Mutex // a transaction is one connection: resolvers take turns
	retryable error      // the error of a resolver for which the whole mutation is run again
}

// Client returns the client that the operation works with. Outside an operation there is none: that is a fault of the
// program, and it panics.
func Client(ctx context.Context) *ent.Client {
	client := ent.FromContext(ctx)
	if client == nil {
		panic("unitofwork: no operation in the context")
	}
	return client
}

// Snapshot calls fn with a context whose client reads the database as it is at one moment. It is for queries: a mutation has a
// transaction already.
func Snapshot(ctx context.Context, fn func(context.Context) error) error {
	tx, err := Client(ctx).BeginTx(ctx, &stdsql.TxOptions{ReadOnly: true, Isolation: stdsql.LevelRepeatableRead})
	if err != nil {
		return fmt.Errorf("begin a snapshot: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // there is nothing to commit
	return fn(ent.NewContext(ctx, tx.Client()))
}

// Lock makes the mutations of a site take turns, by its state row, until the transaction ends. So what one has read
// stays true while it writes. For a site that is not registered yet, or is being deleted, it returns a not-found fault.
func Lock(ctx context.Context) (*ent.SyncState, error) {
	state, err := LockState(ctx)
	if err == nil && state.DeletionRequestedAt != nil {
		return nil, sitedeletion.InProgress()
	}
	return state, err
}

// LockState is Lock also for a site that is being deleted.
func LockState(ctx context.Context) (*ent.SyncState, error) {
	query := Client(ctx).SyncState.Query()
	query.Modify(func(s *sql.Selector) {
		if s.Dialect() == dialect.Postgres { // SQLite has one writer at a time anyway
			s.ForUpdate()
		}
	})
	state, err := query.Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Wrap(fault.NotFound, err, "This site is not registered yet. The platform must register it with registerSite first.")
	}
	if err != nil {
		return nil, fmt.Errorf("lock the site: %w", err)
	}
	return state, nil
}

// ExtensionName implements graphql.HandlerExtension.
func (Extension) ExtensionName() string { return "UnitOfWork" }

// Validate implements graphql.HandlerExtension.
func (e Extension) Validate(graphql.ExecutableSchema) error {
	if e.Store == nil || e.Bus == nil {
		return errors.New("unit of work: a store and a bus are needed")
	}
	return nil
}

// InterceptOperation implements graphql.OperationInterceptor.
func (e Extension) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if graphql.GetOperationContext(ctx).Operation.Operation != ast.Mutation {
		return next(ent.NewContext(ctx, e.Store))
	}
	answered := false
	return func(ctx context.Context) *graphql.Response {
		if answered { // a WebSocket or an event stream asks again, to learn that there is no more
			return nil
		}
		answered = true
		leave, err := fairshare.Enter(ctx, fairshare.Mutations) // before it takes a connection
		if err != nil {
			return failed(err)
		}
		defer leave()
		var response *graphql.Response
		var topics []string
		err = database.Retry(ctx, func(ctx context.Context) error {
			var err error
			response, topics, err = e.attempt(ctx, next)
			return err
		})
		var with *failedResponse
		switch {
		case errors.As(err, &with):
			return with.response
		case database.IsRetryable(err), database.IsLockTimeout(err):
			err = fault.Wrap(fault.Throttled, err, "Someone else is changing the same data. Try again.")
		}
		if err != nil {
			return failed(err)
		}
		e.Bus.Publish(topics...)
		return response
	}
}

// failed is the response of a mutation that did not run, or of which nothing is kept. The handler presents the error.
func failed(err error) *graphql.Response {
	return &graphql.Response{Data: []byte("null"), Errors: gqlerror.List{gqlerror.Wrap(err)}}
}

// attempt runs the operation once in a transaction of its own.
func (e Extension) attempt(ctx context.Context, next graphql.OperationHandler) (*graphql.Response, []string, error) {
	tx, err := e.Store.Tx(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("begin: %w", err)
	}
	ended := false
	defer func() { // also when a panic passes through
		if !ended {
			_ = tx.Rollback() // the reason for it matters more than how it went
		}
	}()
	u := &unit{}
	ctx, wakeUps := event.Collect(ctx)
	ctx = ent.NewContext(context.WithValue(ctx, unitKey{}, u), tx.Client())
	if e.Recorder != nil {
		ctx = e.Recorder.Begin(ctx)
	}
	response := next(ctx)(ctx)
	switch {
	case u.retryable != nil:
		return nil, nil, u.retryable
	case response == nil:
		return nil, nil, cmp.Or(ctx.Err(), errNoResponse)
	case len(response.Errors) > 0:
		response.Data = []byte("null") // what it shows did not happen
		return nil, nil, &failedResponse{response}
	}
	if e.Recorder != nil {
		if err := e.Recorder.End(ctx); err != nil {
			return nil, nil, err
		}
	}
	ended = true // a failed commit ends the transaction too
	if err := tx.Commit(); err != nil {
		return nil, nil, fmt.Errorf("commit: %w", err)
	}
	return response, wakeUps.Topics(), nil
}

var errNoResponse = errors.New("a mutation without a response")

// failedResponse is an answer whose errors were presented already.
type failedResponse struct{ response *graphql.Response }

func (*failedResponse) Error() string { return "the operation failed" }

// InterceptField implements graphql.FieldInterceptor: within a mutation one resolver runs at a time.
func (Extension) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	u, ok := ctx.Value(unitKey{}).(*unit)
	fc := graphql.GetFieldContext(ctx)
	if !ok || fc == nil || !fc.IsResolver && !fc.IsMethod {
		return next(ctx)
	}
	u.resolving.Lock()
	defer u.resolving.Unlock()
	value, err := next(ctx)
	if u.retryable == nil && database.IsRetryable(err) {
		u.retryable = err
	}
	return value, err
}
