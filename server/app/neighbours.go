package app

import (
	"context"
	"time"

	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/fairshare"
	"possync/server/config"
)

// How the connections to the database are divided.
const (
	percentOfRequests = 60
	percentOfJobs     = 40
)

// After how long PostgreSQL's server gives up. A request has ten seconds. A job's statements handle as much as a site has.
var (
	timeoutsOfRequests = database.Timeouts{Statement: 10 * time.Second, Lock: 5 * time.Second, Idle: 15 * time.Second}
	timeoutsOfJobs     = database.Timeouts{Statement: 5 * time.Minute, Lock: 30 * time.Second, Idle: 2 * time.Minute}
)

// openDatabase opens a pool of connections for requests and one for jobs.
func (a *App) openDatabase(ctx context.Context, c config.Database) (err error) {
	open := func(percent int, timeouts database.Timeouts, more ...database.Option) (*database.DB, error) {
		return database.Open(ctx, c.URL.Reveal(), append(more, database.WithMaxConns(c.MaxConns), database.WithStatements(c.Statements),
			database.WithPercent(percent), database.WithTimeouts(timeouts))...)
	}
	if a.db, err = open(percentOfRequests, timeoutsOfRequests, database.ForOneProcess()); err != nil {
		return err
	}
	a.jobsDB, err = open(percentOfJobs, timeoutsOfJobs)
	return err
}

// What a site may have waiting.
const (
	waitingRequests = 100
	waitingPreviews = 4
	// responsesPerRequest is how many responses may be on their way to slow clients beside each request that runs. Each is in memory.
	responsesPerRequest = 4
	burstSeconds        = 10 // of cost that a site's budget holds
)

// newShares returns what each site may use at a time.
func newShares(s config.Site, c clock.Clock) *fairshare.Shares {
	bounds := map[fairshare.Kind]fairshare.Bound{
		fairshare.Subscriptions: {AtOnce: s.Subscriptions},
		fairshare.Downloads:     {AtOnce: s.Downloads},
	}
	if s.Requests > 0 {
		bounds[fairshare.Requests] = fairshare.Bound{AtOnce: s.Requests, Waiting: waitingRequests}
		bounds[fairshare.Responses] = fairshare.Bound{AtOnce: responsesPerRequest * s.Requests}
		bounds[fairshare.Mutations] = fairshare.Bound{AtOnce: 1, Waiting: waitingRequests}
		bounds[fairshare.Previews] = fairshare.Bound{AtOnce: 1, Waiting: waitingPreviews}
		// More than requests, so that each of them can have a transaction and there is still one for what is read beside it.
		bounds[fairshare.Connections] = fairshare.Bound{AtOnce: s.Requests + 2, Waiting: waitingStatements}
	}
	return fairshare.New(fairshare.Limits{Bounds: bounds, CostPerSecond: s.CostPerSecond, CostBurst: burstSeconds * s.CostPerSecond}, c.Now)
}

// waitingStatements are more than the requests and subscriptions of a site can have: those are bounded already.
const waitingStatements = 10_000
