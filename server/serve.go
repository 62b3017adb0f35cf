package main

import (
	"possync/server/app"
	"possync/server/config"
	"possync/server/traces"
)

// ServeCmd is `possync serve`.
type ServeCmd struct {
	config.Flags
}

// Run serves until the process is asked to stop.
func (c *ServeCmd) Run(s *environment) error {
	settings, err := c.Read(s.env)
	if err != nil {
		return err
	}
	o := app.Options{Logger: newLogger(s.stderr, settings.LogLevel, settings.LogFormat), Version: version()}
	if traces.Wanted(s.env) {
		if o.Traces, err = traces.New(s.ctx, o.Version); err != nil {
			return err
		}
	}
	server, err := app.New(s.ctx, settings, o)
	if err != nil {
		return err
	}
	return server.Run(s.ctx)
}
