//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// systemPackage installs Debian's or Ubuntu's package, without the cluster that it would make and start.
func (f *finder) systemPackage(ctx context.Context) (bin string, err error) {
	if !f.root {
		return "", errors.New("installing the system's package needs root")
	}
	if _, err := exec.LookPath("apt-get"); err != nil {
		return "", errors.New("no apt-get")
	}
	fmt.Fprintln(f.stderr, "withpostgres: installing the system's package of PostgreSQL…")
	ctx, cancel := context.WithTimeout(ctx, obtainTimeout)
	defer cancel()
	apt := func(args ...string) error {
		return command(ctx, "/", []string{"DEBIAN_FRONTEND=noninteractive"}, "apt-get", args...)
	}
	install := []string{"install", "-y", "-q", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold"}
	if err := errors.Join(apt("update", "-q"), apt(append(install, "postgresql-common")...)); err != nil {
		return "", err
	}
	restore, err := withoutCluster(f.createCluster)
	if err != nil {
		return "", err
	}
	err = errors.Join(apt(append(install, "postgresql")...), restore())
	if err != nil {
		return "", err
	}
	return f.installed(ctx)
}

// withoutCluster adds "no cluster" to the settings until restore is called.
func withoutCluster(path string) (restore func() error, err error) {
	before, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("read the settings of postgresql-common: %w", err)
	}
	missing := err != nil
	if err := os.WriteFile(path, append(before, "\ncreate_main_cluster = false\n"...), 0o644); err != nil {
		return nil, fmt.Errorf("change the settings of postgresql-common: %w", err)
	}
	return func() error {
		if missing {
			return os.Remove(path)
		}
		return os.WriteFile(path, before, 0o644)
	}, nil
}
