package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"possync/internal/secret"
	"possync/internal/tenant"
	"possync/server/auth"
	"possync/server/demo"
)

// TokenCmd is `possync token`.
type TokenCmd struct {
	Site     string        `default:"demo" help:"The platform's key of the site."`
	User     string        `default:"demo-user" help:"The platform's id of the user or service."`
	Role     string        `default:"manage" enum:"view,manage,service" help:"view, manage or service."`
	TTL      time.Duration `name:"ttl" default:"1h" help:"How long the token is valid, at most 24h."`
	Key      string        `name:"key-file" placeholder:"FILE" help:"PEM file with the private key. Default: the key of the running demo."`
	Dir      string        `default:"var" placeholder:"DIR" help:"The demo's folder."`
	Issuer   string        `default:"possync-demo" help:"Issuer (iss) of the token."`
	Audience string        `default:"possync" help:"Audience (aud) of the token."`
}

// Validate is called by kong.
func (c *TokenCmd) Validate() error {
	if c.TTL <= 0 || c.TTL > 24*time.Hour {
		return errors.New("--ttl must be more than 0 and at most 24h")
	}
	return nil
}

// Run prints a token.
func (c *TokenCmd) Run(s *environment) error {
	path := c.Key
	if path == "" {
		path = filepath.Join(c.Dir, demo.SigningKeyFile)
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) && c.Key == "" {
		return fmt.Errorf("%s does not exist: start the demo first, or use --key-file", path)
	}
	if err != nil {
		return fmt.Errorf("read the signing key: %w", err)
	}
	key, err := auth.ParsePrivateKey(text)
	if err != nil {
		return fmt.Errorf("the signing key in %s: %w", path, err)
	}
	signer, err := auth.NewSigner(key, c.Issuer, c.Audience)
	if err != nil {
		return fmt.Errorf("the signing key in %s: %w", path, err)
	}
	token, err := signer.Sign(auth.Token{Site: c.Site, User: c.User, Role: tenant.Role(c.Role), ExpiresAt: time.Now().Add(c.TTL)})
	if err != nil {
		return err
	}
	return printLine(s, token)
}

// SealKeyCmd is `possync seal-key`.
type SealKeyCmd struct {
	ID string `arg:"" help:"Name of the key, such as 2026-11: 1 to 32 letters, digits, -, _ or a full stop."`
}

// Run prints a key.
func (c *SealKeyCmd) Run(s *environment) error {
	key, err := secret.GenerateKey(c.ID)
	if err != nil {
		return err
	}
	return printLine(s, key)
}

// VersionCmd is `possync version`.
type VersionCmd struct{}

// Run prints the version.
func (VersionCmd) Run(s *environment) error { return printLine(s, "possync "+version()) }

func printLine(s *environment, line string) error {
	if _, err := fmt.Fprintln(s.stdout, line); err != nil {
		return fmt.Errorf("print the result: %w", err)
	}
	return nil
}
