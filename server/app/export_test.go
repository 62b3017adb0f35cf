package app

import (
	"net/http"

	"possync/ent"
	"possync/internal/database"
)

// WithClient returns the options with another way to open the client on a database.
func (o Options) WithClient(open func(*database.DB) *ent.Client) Options {
	o.open = open
	return o
}

// Handler returns what the App serves, for tests that do not run its jobs.
func (a *App) Handler() http.Handler { return a.http.Handler }
