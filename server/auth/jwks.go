package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/MicahParks/jwkset"
	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/sync/singleflight"
	"golang.org/x/time/rate"

	"possync/internal/clock"
)

// ErrNoKeys says that a JWKS document holds no key that tokens may be signed with.
var ErrNoKeys = errors.New("the JWKS has no usable key")

const (
	jwksTimeout  = 10 * time.Second
	jwksMaxBytes = 1 << 20
	jwksRefresh  = 15 * time.Minute
	jwksRetry    = 30 * time.Second // after a refresh that failed
	jwksUnknown  = 30 * time.Second // between fetches because of a key id that is not known
)

// JWKS are the keys of a JWKS document on the web. They are fetched at the first need, when Run's time has come, and when
// a token names a key that is not known. A fetch that fails, or brings no usable key, leaves the known keys as they are.
// It is safe for concurrent use.
type JWKS struct {
	url     string
	client  *http.Client
	clock   clock.Clock
	log     *slog.Logger
	store   keyStore
	keyfunc keyfunc.Keyfunc
	fetches singleflight.Group
	unknown *rate.Limiter
	loaded  atomic.Bool
	fetched atomic.Uint64 // counts the documents
}

// keyStore reads a key that it does not know by way of the JWKS.
type keyStore struct {
	*jwkset.MemoryJWKSet
	missed func(ctx context.Context) error
}

// KeyRead implements [jwkset.Storage].
func (s keyStore) KeyRead(ctx context.Context, id string) (jwkset.JWK, error) {
	key, err := s.MemoryJWKSet.KeyRead(ctx, id)
	if !errors.Is(err, jwkset.ErrKeyNotFound) {
		return key, err
	}
	if err := s.missed(ctx); err != nil {
		return jwkset.JWK{}, err
	}
	return s.MemoryJWKSet.KeyRead(ctx, id)
}

// KeyReadAll implements [jwkset.Storage], for tokens that name no key.
func (s keyStore) KeyReadAll(ctx context.Context) ([]jwkset.JWK, error) {
	keys, err := s.MemoryJWKSet.KeyReadAll(ctx)
	if err != nil || len(keys) > 0 {
		return keys, err
	}
	if err := s.missed(ctx); err != nil {
		return nil, err
	}
	return s.MemoryJWKSet.KeyReadAll(ctx)
}

// NewJWKS returns the keys at the URL, none of them fetched yet. A nil client has a timeout of 10 seconds. Redirects are not followed.
func NewJWKS(url string, client *http.Client, clk clock.Clock, log *slog.Logger) (*JWKS, error) {
	if client == nil {
		client = &http.Client{Timeout: jwksTimeout}
	}
	direct := *client // the keys are those of this address, and of no other that it may lead to
	direct.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	k := &JWKS{url: url, client: &direct, clock: clk, log: log, unknown: rate.NewLimiter(rate.Every(jwksUnknown), 1)}
	k.store = keyStore{MemoryJWKSet: jwkset.NewMemoryStorage(), missed: k.missed}
	var err error
	if k.keyfunc, err = keyfunc.New(keyfunc.Options{Storage: k.store}); err != nil {
		return nil, fmt.Errorf("set up the JWKS: %w", err)
	}
	return k, nil
}

// Keyfunc implements [Keys].
func (k *JWKS) Keyfunc(ctx context.Context) jwt.Keyfunc { return k.keyfunc.KeyfuncCtx(ctx) }

// Generation implements [Keys].
func (k *JWKS) Generation() uint64 { return k.fetched.Load() }

// Ready returns an error until keys were fetched once.
func (k *JWKS) Ready() error {
	if !k.loaded.Load() {
		return errors.New("the signing keys have not been fetched yet")
	}
	return nil
}

// Run keeps the keys fresh until ctx ends.
func (k *JWKS) Run(ctx context.Context) error {
	for {
		wait := jwksRefresh
		if err := k.Refresh(ctx); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			wait = jwksRetry
			k.log.WarnContext(ctx, "cannot refresh signing keys, keeping the known ones", "error", err)
		}
		if err := k.clock.Sleep(ctx, wait); err != nil {
			return nil // ctx has ended, which is the one way out
		}
	}
}

// missed fetches the keys because one is not known, but not often: who sends made-up key ids makes no traffic.
func (k *JWKS) missed(ctx context.Context) error {
	if k.loaded.Load() && !k.unknown.AllowN(k.clock.Now(), 1) {
		return jwkset.ErrKeyNotFound
	}
	return k.Refresh(ctx)
}

// Refresh fetches the keys now. Callers at the same time share one fetch, which none of them can cut short.
func (k *JWKS) Refresh(ctx context.Context) error {
	done := k.fetches.DoChan("", func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), jwksTimeout)
		defer cancel()
		return nil, k.fetch(ctx)
	})
	select {
	case result := <-done:
		return result.Err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (k *JWKS) fetch(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, k.url, nil)
	if err != nil {
		return fmt.Errorf("fetch the JWKS: %w", err)
	}
	request.Header.Set("Accept", "application/jwk-set+json, application/json")
	response, err := k.client.Do(request)
	if err != nil {
		return fmt.Errorf("fetch the JWKS: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("fetch the JWKS: HTTP status %d", response.StatusCode)
	}
	var document jwkset.JWKSMarshal
	if err := json.NewDecoder(io.LimitReader(response.Body, jwksMaxBytes)).Decode(&document); err != nil {
		return fmt.Errorf("read the JWKS: %w", err)
	}
	keys := usableKeys(document)
	if len(keys) == 0 {
		return ErrNoKeys
	}
	if err := k.store.KeyReplaceAll(ctx, keys); err != nil {
		return fmt.Errorf("keep the keys: %w", err)
	}
	k.fetched.Add(1)
	k.loaded.Store(true)
	return nil
}

// usableKeys returns the keys of a document that tokens may be signed with. Others may lie beside them: for encryption, of
// other kinds, or broken.
func usableKeys(document jwkset.JWKSMarshal) []jwkset.JWK {
	var keys []jwkset.JWK
	for _, raw := range document.Keys {
		if raw.USE != "" && raw.USE != jwkset.UseSig {
			continue
		}
		key, err := jwkset.NewJWKFromMarshal(raw, jwkset.JWKMarshalOptions{}, jwkset.JWKValidateOptions{})
		if err != nil {
			continue
		}
		algorithm, err := algorithmOf(key.Key())
		if err != nil || raw.ALG != "" && raw.ALG.String() != algorithm {
			continue
		}
		keys = append(keys, key)
	}
	return keys
}
