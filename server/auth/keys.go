package auth

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/golang-jwt/jwt/v5"
)

// ErrKey says that a key is of no kind that tokens may be signed with.
var ErrKey = errors.New("want an RSA key of at least 2048 bits, a P-256 key or an Ed25519 key")

// errAlgorithm is for tokens whose algorithm does not belong to the key.
var errAlgorithm = errors.New("the token's algorithm is not the key's")

const minRSABits = 2048

// algorithmOf returns the one algorithm that a public key verifies.
func algorithmOf(key crypto.PublicKey) (string, error) {
	switch k := key.(type) {
	case *rsa.PublicKey:
		if k.N.BitLen() >= minRSABits {
			return "RS256", nil
		}
	case *ecdsa.PublicKey:
		if k.Curve == elliptic.P256() {
			return "ES256", nil
		}
	case ed25519.PublicKey:
		return "EdDSA", nil
	}
	return "", ErrKey
}

// ParsePublicKey reads a public key in PEM: PKIX ("PUBLIC KEY"), PKCS #1 ("RSA PUBLIC KEY") or a certificate.
func ParsePublicKey(text []byte) (crypto.PublicKey, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("is not PEM")
	}
	var key crypto.PublicKey
	var err error
	switch block.Type {
	case "PUBLIC KEY":
		key, err = x509.ParsePKIXPublicKey(block.Bytes)
	case "RSA PUBLIC KEY":
		key, err = x509.ParsePKCS1PublicKey(block.Bytes)
	case "CERTIFICATE":
		var certificate *x509.Certificate
		if certificate, err = x509.ParseCertificate(block.Bytes); err == nil {
			key = certificate.PublicKey
		}
	default:
		return nil, fmt.Errorf("holds a %s, want a PUBLIC KEY", block.Type)
	}
	if err != nil {
		return nil, fmt.Errorf("read the %s: %w", block.Type, err)
	}
	if _, err := algorithmOf(key); err != nil {
		return nil, err
	}
	return key, nil
}

// OneKey is a single known key.
type OneKey struct {
	key       crypto.PublicKey
	algorithm string
}

// NewOneKey returns a key for the one algorithm that fits it, or ErrKey.
func NewOneKey(key crypto.PublicKey) (*OneKey, error) {
	algorithm, err := algorithmOf(key)
	if err != nil {
		return nil, err
	}
	return &OneKey{key: key, algorithm: algorithm}, nil
}

// Generation implements [Keys]: the key never changes.
func (k *OneKey) Generation() uint64 { return 0 }

// Keyfunc implements [Keys].
func (k *OneKey) Keyfunc(context.Context) jwt.Keyfunc {
	return func(t *jwt.Token) (any, error) {
		if t.Method.Alg() != k.algorithm {
			return nil, errAlgorithm
		}
		return k.key, nil
	}
}
