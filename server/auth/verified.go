package auth

import (
	"crypto/sha256"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"possync/internal/tenant"
)

// maxVerified is how many tokens are remembered. A page uses one for minutes, so this is also how many people work at a time without
// any signature being checked twice.
const maxVerified = 10_000

// verified remembers the principals of good tokens by the hash of the token, until the token ends or the keys change. Checking a
// signature takes as long as many a query.
type verified struct {
	tokens *lru.Cache[[sha256.Size]byte, verifiedToken]
}

type verifiedToken struct {
	principal  tenant.Principal
	generation uint64 // of the keys, read before them: keys that came in between end this entry
}

func newVerified() verified {
	tokens, err := lru.New[[sha256.Size]byte, verifiedToken](maxVerified)
	if err != nil {
		panic(err) // the size is positive
	}
	return verified{tokens}
}

// get returns the principal of a token that was verified by the keys of this generation and has not ended.
func (v verified) get(hash [sha256.Size]byte, generation uint64, now time.Time) (tenant.Principal, bool) {
	t, ok := v.tokens.Get(hash)
	if !ok {
		return tenant.Principal{}, false
	}
	if t.generation != generation || !now.Before(t.principal.ExpiresAt) {
		v.tokens.Remove(hash)
		return tenant.Principal{}, false
	}
	return t.principal, true
}

func (v verified) add(hash [sha256.Size]byte, generation uint64, p tenant.Principal) {
	v.tokens.Add(hash, verifiedToken{p, generation})
}
