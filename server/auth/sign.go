package auth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"possync/internal/tenant"
)

// Signer makes tokens, as the platform's own sign-in does in production. It is for the demo, for tests and for trying out
// a key pair.
type Signer struct {
	key              crypto.Signer
	method           jwt.SigningMethod
	issuer, audience string
}

// NewSigner returns a signer with a private key of one of the kinds that count.
func NewSigner(key crypto.Signer, issuer, audience string) (*Signer, error) {
	algorithm, err := algorithmOf(key.Public())
	if err != nil {
		return nil, err
	}
	return &Signer{key: key, method: jwt.GetSigningMethod(algorithm), issuer: issuer, audience: audience}, nil
}

// NewKey returns a fresh P-256 key.
func NewKey() (crypto.Signer, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a signing key: %w", err)
	}
	return key, nil
}

// Public returns the key that verifies the tokens.
func (s *Signer) Public() crypto.PublicKey { return s.key.Public() }

// Token is what a token to be made says.
type Token struct {
	Site, User string
	Role       tenant.Role
	ExpiresAt  time.Time
	ID         string    // jti; "" = none
	IssuedAt   time.Time // zero = now
}

// Sign makes a token.
func (s *Signer) Sign(t Token) (string, error) {
	switch {
	case !validName(t.User):
		return "", ErrSubject
	case !validName(t.Site):
		return "", ErrSite
	case !t.Role.Valid():
		return "", ErrRole
	}
	issued := t.IssuedAt
	if issued.IsZero() {
		issued = time.Now()
	}
	text, err := jwt.NewWithClaims(s.method, Claims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: s.issuer, Subject: t.User, Audience: jwt.ClaimStrings{s.audience}, ExpiresAt: jwt.NewNumericDate(t.ExpiresAt), ID: t.ID,
			IssuedAt: jwt.NewNumericDate(issued),
		},
		Site: t.Site, Role: t.Role,
	}).SignedString(s.key)
	if err != nil {
		return "", fmt.Errorf("sign a token: %w", err)
	}
	return text, nil
}

// ParsePrivateKey reads a private key in PEM: PKCS #8 ("PRIVATE KEY"), PKCS #1 ("RSA PRIVATE KEY") or SEC 1 ("EC PRIVATE
// KEY").
func ParsePrivateKey(text []byte) (crypto.Signer, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("is not PEM")
	}
	var key any
	var err error
	switch block.Type {
	case "PRIVATE KEY":
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	case "RSA PRIVATE KEY":
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	case "EC PRIVATE KEY":
		key, err = x509.ParseECPrivateKey(block.Bytes)
	default:
		return nil, fmt.Errorf("holds a %s, want a PRIVATE KEY", block.Type)
	}
	if err != nil {
		return nil, fmt.Errorf("read the %s: %w", block.Type, err)
	}
	switch k := key.(type) {
	case *rsa.PrivateKey:
		return k, nil
	case *ecdsa.PrivateKey:
		return k, nil
	case ed25519.PrivateKey:
		return k, nil
	}
	return nil, ErrKey
}

// MarshalPrivateKey writes a private key as PEM in PKCS #8.
func MarshalPrivateKey(key crypto.Signer) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("encode the signing key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}
