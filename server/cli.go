package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"

	"possync/server/config"
)

// The exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // the command failed
	exitUsage  = 2 // the command line or a setting is wrong: nothing was done
)

// CLI is the command line. Each command has a file of its own.
type CLI struct {
	Serve     ServeCmd     `cmd:"" help:"Serve the API and run the jobs, in production."`
	Migrate   MigrateCmd   `cmd:"" help:"Update the database to the schema of this version."`
	Demo      DemoCmd      `cmd:"" help:"Run everything on this machine: server, SQLite file, local Lightspeed, a website's data."`
	Sandbox   SandboxCmd   `cmd:"" help:"Run only a local Lightspeed Retail (R-Series)."`
	Sites     SitesCmd     `cmd:"" help:"List the sites that were ever connected to Lightspeed, and the state of their connections."`
	Deletions DeletionsCmd `cmd:"" help:"List the sites that were deleted, or are being deleted."`
	Token     TokenCmd     `cmd:"" help:"Make a token for the demo, or sign one with your own key."`
	SealKey   SealKeyCmd   `cmd:"" help:"Make a key for POSSYNC_SEAL_KEYS."`
	Reseal    ResealCmd    `cmd:"" help:"Encrypt everything in the database with the first key again. Servers may keep running."`
	Audit     AuditCmd     `cmd:"" help:"Look for entries of the audit log that were changed, removed or moved. Servers may keep running."`
	Version   VersionCmd   `cmd:"" help:"Show the version."`
}

// environment are what a command may touch.
type environment struct {
	ctx    context.Context
	env    config.Env
	stdout io.Writer
	stderr io.Writer
}

// Run runs the command of args until it or ctx ends, and returns the exit code. It reads only the environment env, and writes
// only to stdout, stderr and the files that its flags name.
func Run(ctx context.Context, args []string, env config.Env, stdout, stderr io.Writer) int {
	var cli CLI
	exited := -1
	parser, err := kong.New(&cli,
		kong.Name("possync"),
		kong.Description("POS Sync keeps a website's catalogue and stock in step with Lightspeed Retail (R-Series). Each flag can also be set by the environment variable that its help shows."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 120}),
		kong.ValueFormatter(describe),
		kong.Resolvers(resolve(env)),
		kong.Bind(&environment{ctx: ctx, env: env, stdout: stdout, stderr: stderr}),
	)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "possync:", err)
		return exitFailed
	}
	command, err := parser.Parse(args)
	if exited >= 0 {
		return exited // --help was all
	}
	if err != nil {
		_, _ = fmt.Fprintf(stderr, "possync: %v\nTry possync --help.\n", err)
		return exitUsage
	}
	err = command.Run()
	var problems config.Problems
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &problems):
		_, _ = fmt.Fprintf(stderr, "possync: %v\nSee possync %s --help for each of them.\n", err, command.Command())
		return exitUsage
	default:
		_, _ = fmt.Fprintln(stderr, "possync:", err)
		return exitFailed
	}
}

// resolve reads flags from the environment variables that their tags name.
func resolve(env config.Env) kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if name := flag.Tag.Get("setting"); name != "" {
			if value := env(name); value != "" {
				return value, nil
			}
		}
		return nil, nil
	})
}

// describe is a flag's help with its default and the environment variables that set it.
func describe(value *kong.Value) string {
	var notes []string
	if value.HasDefault && value.Default != "" && !value.IsBool() {
		notes = append(notes, "default "+value.Default)
	}
	if name := value.Tag.Get("setting"); name != "" {
		notes = append(notes, "$"+name)
	}
	if name := value.Tag.Get("secret"); name != "" {
		notes = append(notes, "or its content by $"+name)
	}
	if len(notes) == 0 {
		return value.Help
	}
	return value.Help + " (" + strings.Join(notes, "; ") + ")"
}

// newLogger writes to standard error, so that standard output has only the command's result.
func newLogger(w io.Writer, level slog.Level, format string) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// version returns the version that Go stored in the program: the module's, or else the commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return "devel"
}
