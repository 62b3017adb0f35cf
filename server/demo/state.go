package demo

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"possync/internal/filelock"
	"possync/internal/secret"
	"possync/server/auth"
)

// SigningKeyFile holds the key that signs the demo's tokens, within the demo's folder, for `possync token`.
const SigningKeyFile = "demo-signing-key.pem"

const (
	sealKeyFile = "demo-seal-key"
	lockFile    = "demo.lock"
)

// state is what a demo keeps in its folder, and what it generates each time.
type state struct {
	lock         *filelock.Lock // of the folder
	databaseURL  string
	signer       *auth.Signer
	sealKeys     secret.Keys
	clientSecret string
}

// openState makes the content of the demo's folder, or uses what is there if it is to be kept. It locks the folder until close.
func openState(o Options) (_ state, err error) {
	dir := o.Dir
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return state{}, fmt.Errorf("make the demo's folder: %w", err)
	}
	lock, err := filelock.Acquire(filepath.Join(dir, lockFile))
	if errors.Is(err, filelock.ErrHeld) {
		return state{}, fmt.Errorf("the folder %s is %w: another demo uses it. Stop that demo, or choose another folder with --dir", dir, err)
	}
	if err != nil {
		return state{}, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, lock.Release())
		}
	}()
	if !o.Keep {
		if err := removeState(dir); err != nil {
			return state{}, err
		}
	}
	pem, err := loadOrGenerate(filepath.Join(dir, SigningKeyFile), newSigningKey)
	if err != nil {
		return state{}, err
	}
	signer, err := signerOf(pem)
	if err != nil {
		return state{}, err
	}
	text, err := loadOrGenerate(filepath.Join(dir, sealKeyFile), func() (string, error) { return secret.GenerateKey("demo") })
	if err != nil {
		return state{}, err
	}
	keys, err := secret.ParseKeys(strings.TrimSpace(text))
	if err != nil {
		return state{}, fmt.Errorf("read the demo's sealing key: %w", err)
	}
	return state{
		lock: lock, databaseURL: "sqlite:" + filepath.Join(dir, databaseFile), signer: signer, sealKeys: keys, clientSecret: rand.Text(),
	}, nil
}

// close unlocks the folder.
func (s state) close() error { return s.lock.Release() }

// removeState removes the database and the secrets of the last demo.
func removeState(dir string) error {
	if err := removeDatabase(dir); err != nil {
		return err
	}
	for _, name := range []string{SigningKeyFile, sealKeyFile} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("remove the last demo's secrets: %w", err)
		}
	}
	return nil
}

// loadOrGenerate reads a secret from its file, or generates it and writes it there.
func loadOrGenerate(path string, generate func() (string, error)) (string, error) {
	kept, err := os.ReadFile(path)
	if err == nil {
		return string(kept), nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("read the demo's secrets: %w", err)
	}
	text, err := generate()
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return "", fmt.Errorf("keep the demo's secrets: %w", err)
	}
	return text, nil
}

func newSigningKey() (string, error) {
	key, err := auth.NewKey()
	if err != nil {
		return "", err
	}
	text, err := auth.MarshalPrivateKey(key)
	return string(text), err
}

func signerOf(pem string) (*auth.Signer, error) {
	key, err := auth.ParsePrivateKey([]byte(pem))
	if err != nil {
		return nil, fmt.Errorf("the demo's signing key: %w", err)
	}
	return auth.NewSigner(key, Issuer, Audience)
}
