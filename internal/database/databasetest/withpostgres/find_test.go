//go:build unix

package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// script writes an executable shell script.
func script(t *testing.T, path, body string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
}

// install puts a PostgreSQL of a version into a folder, as far as finding it goes.
func install(t *testing.T, folder, version string) {
	t.Helper()
	script(t, filepath.Join(folder, "initdb"), "exit 0")
	script(t, filepath.Join(folder, "postgres"), `echo "postgres (PostgreSQL) `+version+`"`)
}

func TestInstalled(t *testing.T) {
	for _, c := range []struct {
		name  string
		setup func(t *testing.T, root string)
		want  string // under root; "" for none
		err   string
	}{
		{"nothing", func(*testing.T, string) {}, "", "no initdb"},
		{"usual folder", func(t *testing.T, root string) { install(t, root+"/lib/15/bin", "15.14 (Debian 15.14-1)") }, "/lib/15/bin", ""},
		{"newest by number", func(t *testing.T, root string) {
			install(t, root+"/lib/15/bin", "15.1")
			install(t, root+"/lib/9/bin", "9.6.24")
			install(t, root+"/lib/18/bin", "18beta1")
		}, "/lib/18/bin", ""},
		{"too old", func(t *testing.T, root string) { install(t, root+"/lib/13/bin", "13.22") }, "", "version 13 is too old"},
		{"clients alone", func(t *testing.T, root string) { script(t, root+"/lib/15/bin/psql", "exit 0") }, "", "no initdb"},
		{"server without initdb", func(t *testing.T, root string) {
			install(t, root+"/lib/15/bin", "15.1")
			if err := os.Remove(root + "/lib/15/bin/initdb"); err != nil {
				t.Fatal(err)
			}
		}, "", "no initdb"},
		{"link on the PATH", func(t *testing.T, root string) {
			install(t, root+"/elsewhere/bin", "16.2")
			if err := os.Symlink(root+"/elsewhere/bin/initdb", root+"/path/initdb"); err != nil {
				t.Fatal(err)
			}
		}, "/elsewhere/bin", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			root, err := filepath.EvalSymlinks(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(root+"/path", 0o755); err != nil {
				t.Fatal(err)
			}
			t.Setenv("PATH", root+"/path")
			c.setup(t, root)
			f := &finder{ways: []string{"installed"}, globs: []string{root + "/lib/*/bin"}, stderr: io.Discard}
			bin, err := f.find(t.Context())
			if got := strings.TrimPrefix(bin, root); got != c.want || (err == nil) != (c.want != "") {
				t.Errorf("found %q, %v; want %q", got, err, c.want)
			}
			if c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) {
				t.Errorf("error %v, want %q", err, c.err)
			}
		})
	}
}

func TestFindReportsWhyEachWayFailed(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	f := &finder{ways: []string{"installed", "package", "npm", "none", "magic"}, cache: t.TempDir(), stderr: io.Discard}
	_, err := f.find(t.Context())
	if err == nil {
		t.Fatal("found on an empty machine")
	}
	want := []string{
		"installed: no initdb and postgres on the PATH or in the usual folders",
		"package: installing the system's package needs root",
		"npm: no npm",
		"none: PostgreSQL is switched off by POSSYNC_POSTGRES_FROM",
		"magic: not a way to get PostgreSQL",
	}
	if diff := cmp.Diff(want, strings.Split(err.Error(), "\n")); diff != "" {
		t.Errorf("error (-want +got):\n%s", diff)
	}
}

func TestWaysFromTheEnvironment(t *testing.T) {
	t.Setenv("POSSYNC_POSTGRES_FROM", "npm,installed")
	if diff := cmp.Diff([]string{"npm", "installed"}, newFinder(io.Discard).ways); diff != "" {
		t.Errorf("ways (-want +got):\n%s", diff)
	}
}

func TestSystemPackage(t *testing.T) {
	root := t.TempDir()
	log, settings, bin := root+"/log", root+"/etc/createcluster.conf", root+"/lib/15/bin"
	install(t, root+"/archive", "15.14")
	script(t, root+"/path/apt-get", `
echo "$DEBIAN_FRONTEND $1 $(for last; do :; done; echo "$last") $(tail -n 1 `+settings+` 2>/dev/null)" >> `+log+`
[ "$1" = update ] || { mkdir -p `+bin+` && cp `+root+`/archive/* `+bin+`; }`)
	t.Setenv("PATH", root+"/path:/usr/bin:/bin")
	f := &finder{globs: []string{root + "/lib/*/bin"}, root: true, stderr: io.Discard, settings: settings}
	// Whatever this machine has installed is found as well, so the answer tells less than the log.
	if _, err := f.systemPackage(t.Context()); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"noninteractive update -q create_main_cluster = false",
		"noninteractive install postgresql create_main_cluster = false",
	}
	if diff := cmp.Diff(want, strings.Split(strings.TrimRight(string(text), "\n"), "\n")); diff != "" {
		t.Errorf("apt-get ran (-want +got):\n%s", diff)
	}
	if _, err := os.Stat(settings); !os.IsNotExist(err) {
		t.Errorf("our settings are left: %v", err)
	}

	// The machine's own settings stay as they are.
	const own = "#create_main_cluster = true\n"
	if err := os.WriteFile(settings, []byte(own), 0o644); err != nil {
		t.Fatal(err)
	}
	script(t, root+"/path/apt-get", "echo E: no network; exit 100")
	if _, err := f.systemPackage(t.Context()); err == nil || !strings.Contains(err.Error(), "E: no network") {
		t.Errorf("apt-get fails: %v", err)
	}
	if after, err := os.ReadFile(settings); err != nil || string(after) != own {
		t.Errorf("settings afterwards: %q, %v", after, err)
	}
	f.root = false
	if _, err := f.systemPackage(t.Context()); err == nil || !strings.Contains(err.Error(), "root") {
		t.Errorf("not root: %v", err)
	}
}
