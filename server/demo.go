package main

import (
	"errors"

	"possync/server/config"
	"possync/server/demo"
)

// DemoCmd is `possync demo`.
type DemoCmd struct {
	Listen        string `setting:"POSSYNC_LISTEN" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address of the server."`
	SandboxListen string `setting:"POSSYNC_SANDBOX_LISTEN" default:"127.0.0.1:8090" placeholder:"HOST:PORT" help:"Address of the local Lightspeed."`
	Dir           string `default:"var" placeholder:"DIR" help:"Folder for the database and the keys."`
	config.OriginFlags
	Keep      bool    `help:"Keep the last demo's database and keys. Its Lightspeed starts over, so connect again."`
	Items     int     `default:"5000" help:"Number of items in the local Lightspeed."`
	Shops     int     `default:"3" help:"Number of shops in the local Lightspeed, 1 to 9."`
	Products  int     `default:"3000" help:"Greatest number of products on the website."`
	Orders    int     `default:"200" help:"Number of orders of the last 30 days on the website, at most 5000."`
	Colleague bool    `default:"true" negatable:"" help:"Somebody else plans sales once you are live, and exports and refunds orders after your first export."`
	Seed      uint64  `default:"1" help:"Seed of the random catalogue: the same seed gives the same catalogue."`
	Traffic   float64 `default:"2" help:"Sales, deliveries and other changes per second; 0 = none."`
	LogLevel  string  `setting:"POSSYNC_LOG_LEVEL" default:"warn" placeholder:"LEVEL" help:"debug, info, warn or error."`
	LogFormat string  `setting:"POSSYNC_LOG_FORMAT" default:"text" placeholder:"FORMAT" help:"json or text."`
}

// Validate is called by kong.
func (c *DemoCmd) Validate() error {
	if c.Orders < 0 || c.Orders > 5000 {
		return errors.New("--orders must be 0 to 5000")
	}
	return validateSize(c.Items, c.Shops)
}

// Run runs the demo until the process is asked to stop.
func (c *DemoCmd) Run(s *environment) error {
	level, format, err := config.LogFlags{LogLevel: c.LogLevel, LogFormat: c.LogFormat}.Read()
	if err != nil {
		return err
	}
	origins, err := c.OriginFlags.Read()
	if err != nil {
		return err
	}
	d, err := demo.New(s.ctx, demo.Options{
		Listen: c.Listen, SandboxListen: c.SandboxListen, Dir: c.Dir, Keep: c.Keep, Origins: origins, Items: c.Items, Shops: c.Shops,
		Products: c.Products, Orders: c.Orders, Colleague: c.Colleague, Seed: c.Seed, Traffic: c.Traffic, Version: version(),
		Out: s.stdout, Logger: newLogger(s.stderr, level, format),
	})
	if err != nil {
		return err
	}
	return d.Run(s.ctx)
}
