package scale_test

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"possync/server/auth"
)

// program is the server, built, and the settings that its processes share.
type program struct {
	t        *testing.T
	path     string
	settings []string
	signer   *auth.Signer // of tokens that the server accepts
}

func build(t *testing.T, databaseURL, sealKey string) *program {
	t.Helper()
	dir := t.TempDir()
	p := &program{t: t, path: filepath.Join(dir, "possync")}
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", p.path, "possync/server").CombinedOutput(); err != nil {
		t.Fatalf("build the server: %v\n%s", err, out)
	}
	key, err := auth.NewKey()
	must(t, err)
	p.signer, err = auth.NewSigner(key, "issuer", "possync")
	must(t, err)
	der, err := x509.MarshalPKIXPublicKey(p.signer.Public())
	must(t, err)
	public := filepath.Join(dir, "public.pem")
	must(t, os.WriteFile(public, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), 0o600))
	p.settings = append(os.Environ(),
		"POSSYNC_LISTEN=127.0.0.1:0", "POSSYNC_PUBLIC_URL=https://possync.example", "POSSYNC_DATABASE_URL="+databaseURL,
		"POSSYNC_LIGHTSPEED_CLIENT_ID=client", "POSSYNC_LIGHTSPEED_CLIENT_SECRET=secret", "POSSYNC_LIGHTSPEED_OAUTH_URL=http://127.0.0.1:1",
		"POSSYNC_SEAL_KEYS="+sealKey, "POSSYNC_JWT_PUBLIC_KEY_FILE="+public, "POSSYNC_JWT_ISSUER=issuer", "POSSYNC_JWT_AUDIENCE=possync",
		"POSSYNC_LOG_LEVEL=warn")
	return p
}

// process is a running server.
type process struct {
	*exec.Cmd
	log bytes.Buffer
}

// start runs a server that reaches Lightspeed at an address.
func (p *program) start(posURL string) *process {
	p.t.Helper()
	s := &process{Cmd: exec.CommandContext(p.t.Context(), p.path, "serve")}
	s.Env = append(p.settings[:len(p.settings):len(p.settings)], "POSSYNC_LIGHTSPEED_API_URL="+posURL)
	s.Stderr = &s.log
	must(p.t, s.Start())
	p.t.Cleanup(func() {
		_ = s.Process.Kill()
		_ = s.Wait()
		if text := s.log.String(); text != "" {
			p.t.Logf("a process said: %.2000s", text)
		}
	})
	return s
}
