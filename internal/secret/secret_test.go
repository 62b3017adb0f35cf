package secret_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"possync/internal/secret"
)

const place = "pos_account.refresh_token/acct_1"

func generate(t testing.TB, id string) string {
	t.Helper()
	entry, err := secret.GenerateKey(id)
	if err != nil {
		t.Fatal(err)
	}
	return entry
}

func box(t testing.TB, list ...string) *secret.Box {
	t.Helper()
	keys, err := secret.ParseKeys(strings.Join(list, ","))
	if err != nil {
		t.Fatal(err)
	}
	b, err := secret.NewBox(keys)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func seal(t testing.TB, b *secret.Box, plain, aad string) []byte {
	t.Helper()
	sealed, err := b.Seal([]byte(plain), aad)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func TestRoundTrip(t *testing.T) {
	b := box(t, generate(t, "k1"))
	rapid.Check(t, func(rt *rapid.T) {
		plain, aad := rapid.SliceOf(rapid.Byte()).Draw(rt, "plain"), rapid.String().Draw(rt, "aad")
		sealed, err := b.Seal(plain, aad)
		if err != nil {
			rt.Fatal(err)
		}
		got, stale, err := b.Open(sealed, aad)
		if err != nil || stale || !bytes.Equal(got, plain) {
			rt.Fatalf("Open = %q, %v, %v; want %q", got, stale, err, plain)
		}
		if len(plain) > 3 && bytes.Contains(sealed, plain) {
			rt.Fatal("the plaintext shows")
		}
	})
}

func TestLayout(t *testing.T) {
	sealed := seal(t, box(t, generate(t, "key-1")), "abc", place)
	if want := 2 + len("key-1") + 12 + 3 + 16; len(sealed) != want || string(sealed[:7]) != "\x01\x05key-1" {
		t.Errorf("%d bytes %q, want %d that begin with version and key id", len(sealed), sealed, want)
	}
}

func TestSealingTwiceDiffers(t *testing.T) {
	b := box(t, generate(t, "k1"))
	if bytes.Equal(seal(t, b, "token", place), seal(t, b, "token", place)) {
		t.Error("one plaintext gave the same bytes twice")
	}
}

// No bit can be changed, and no byte cut off or added, without notice.
func TestTampering(t *testing.T) {
	b := box(t, generate(t, "k1"), generate(t, "k2"), generate(t, "c1"))
	sealed := seal(t, b, "token", place)
	fails := func(what string, changed []byte) {
		t.Helper()
		plain, _, err := b.Open(changed, place)
		known := errors.Is(err, secret.ErrAuthentication) || errors.Is(err, secret.ErrMalformed) || errors.Is(err, secret.ErrUnknownKey)
		if !known || plain != nil {
			t.Errorf("%s: %q, %v", what, plain, err)
		}
	}
	for i := range sealed {
		for bit := range 8 {
			changed := bytes.Clone(sealed)
			changed[i] ^= 1 << bit
			fails(fmt.Sprintf("bit %d of byte %d", bit, i), changed)
		}
		fails(fmt.Sprintf("cut at %d", i), sealed[:i])
	}
	fails("one byte more", append(bytes.Clone(sealed), 0))
	fails("nothing", nil)
}

func TestMovedCiphertext(t *testing.T) {
	b := box(t, generate(t, "k1"))
	sealed := seal(t, b, "token", place)
	for _, elsewhere := range []string{"", "pos_account.refresh_token/acct_2", "pos_account.access_token/acct_1", place + " "} {
		if _, _, err := b.Open(sealed, elsewhere); !errors.Is(err, secret.ErrAuthentication) {
			t.Errorf("opened at %q: %v", elsewhere, err)
		}
	}
}

func TestRotation(t *testing.T) {
	oldKey, newKey := generate(t, "2025"), generate(t, "2026")
	sealed := seal(t, box(t, oldKey), "token", place)
	both := box(t, newKey, oldKey)
	plain, stale, err := both.Open(sealed, place)
	if err != nil || !stale || string(plain) != "token" {
		t.Fatalf("with both keys: %q, stale %v, %v", plain, stale, err)
	}
	again := seal(t, both, string(plain), place)
	if plain, stale, err := box(t, newKey).Open(again, place); err != nil || stale || string(plain) != "token" {
		t.Errorf("sealed again: %q, stale %v, %v", plain, stale, err)
	}
	if _, _, err := box(t, newKey).Open(sealed, place); !errors.Is(err, secret.ErrUnknownKey) || !strings.Contains(err.Error(), "2025") {
		t.Errorf("without the old key: %v, want ErrUnknownKey that names it", err)
	}
	if _, _, err := box(t, generate(t, "2025")).Open(sealed, place); !errors.Is(err, secret.ErrAuthentication) {
		t.Errorf("another key of that id: %v", err)
	}
}

func TestParseKeys(t *testing.T) {
	a, b := generate(t, "a"), generate(t, "B-2_x.")
	keys, err := secret.ParseKeys(" " + a + " , " + b + "\n")
	if err != nil || strings.Join(keys.IDs(), " ") != "a B-2_x." {
		t.Fatalf("%v, %v", keys, err)
	}
	material := strings.TrimPrefix(a, "a:")
	short := base64.StdEncoding.EncodeToString(make([]byte, 16))
	for _, text := range []string{
		"", ",", a + ",", material, ":" + material, "a", "a:", "a:" + short, "a:" + material[:40], "a:" + material + "=",
		"a b:" + material, strings.Repeat("a", 33) + ":" + material, a + "," + generate(t, "a"), material + ":" + material,
	} {
		_, err := secret.ParseKeys(text)
		if !errors.Is(err, secret.ErrKeys) {
			t.Errorf("ParseKeys(%q) = %v, want ErrKeys", text, err)
		}
		if err != nil && strings.Contains(err.Error(), material[:8]) {
			t.Errorf("key material in the error %q", err)
		}
	}
	if _, err := secret.GenerateKey("a,b"); !errors.Is(err, secret.ErrKeys) {
		t.Errorf("GenerateKey with a bad id: %v", err)
	}
	if _, err := secret.NewBox(secret.Keys{}); !errors.Is(err, secret.ErrKeys) {
		t.Errorf("a box without keys: %v", err)
	}
}

func TestKeysAreNeverPrinted(t *testing.T) {
	entry := generate(t, "k1")
	material := strings.TrimPrefix(entry, "k1:")
	raw, err := base64.StdEncoding.DecodeString(material)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := secret.ParseKeys(entry)
	if err != nil {
		t.Fatal(err)
	}
	b := box(t, entry)
	var out strings.Builder
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, strings.Repeat(format, 5), keys, b, struct{ Keys secret.Keys }{keys}, struct{ keys secret.Keys }{keys}, struct{ box secret.Box }{*b})
	}
	for _, log := range []*slog.Logger{slog.New(slog.NewTextHandler(&out, nil)), slog.New(slog.NewJSONHandler(&out, nil))} {
		log.Info("started", "keys", keys, "box", b)
	}
	text, err := json.Marshal(map[string]any{"keys": keys, "box": b})
	if err != nil {
		t.Fatal(err)
	}
	out.Write(text)
	for _, form := range []string{material, string(raw), fmt.Sprintf("%x", raw), fmt.Sprint(raw), fmt.Sprintf("%#v", raw)} {
		if strings.Contains(out.String(), form) {
			t.Errorf("the key shows in %s", out.String())
		}
	}
	if !strings.Contains(out.String(), "keys[k1]") {
		t.Errorf("the key's id does not show: %s", out.String())
	}
}

const (
	pinnedKey    = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
	pinnedSealed = "01026b319800fd59cc9bef76e441af1946904c3eb0b92f860cc10bf848d619fbf3612746b8"
)

// What is in databases already must open in later versions.
func TestPinnedFormat(t *testing.T) {
	plain, stale, err := box(t, pinnedKey).Open(fromHex(t, pinnedSealed), place)
	if err != nil || stale || string(plain) != "token" {
		t.Errorf("Open = %q, %v, %v", plain, stale, err)
	}
}

func fromHex(t testing.TB, text string) []byte {
	t.Helper()
	bytes, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

func FuzzOpen(f *testing.F) {
	b := box(f, pinnedKey)
	sealed := fromHex(f, pinnedSealed) // the same in all processes that fuzz
	f.Add(sealed, place)
	f.Add(sealed[:10], place)
	f.Add([]byte{1, 255}, "")
	f.Add([]byte{1, 2, 'k', '1'}, "")
	f.Add([]byte{}, "")
	f.Fuzz(func(t *testing.T, data []byte, aad string) {
		before := bytes.Clone(data)
		plain, _, err := b.Open(data, aad)
		if !bytes.Equal(before, data) {
			t.Fatal("Open changed its input")
		}
		if err == nil && (!bytes.Equal(data, sealed) || aad != place || string(plain) != "token") {
			t.Fatalf("opened what was never sealed: %x for %q", data, aad)
		}
	})
}
