package config_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/server/config"
)

func none(string) string { return "" }

func env(values map[string]string) config.Env {
	return func(name string) string { return values[name] }
}

func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func seal(id string, b byte) string {
	return id + ":" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat(string(b), 32)))
}

// good returns complete flags and the secrets that go with them.
func good() (config.Flags, map[string]string) {
	f := config.Flags{
		Listen: "127.0.0.1:0", PublicURL: "https://possync.example/", Grace: "25s", SiteFlags: config.SiteFlags{SiteRequests: "4", SiteSubscriptions: "200", SiteDownloads: "2", SiteCost: "5000"}, Workers: "4", AuditDays: "400", Customers: "400", Silent: "24", NewSitesLive: "true",
		Returns:  "https://shop.example",
		ClientID: "client", OAuthURL: "https://cloud.lightspeedapp.com", APIURL: "https://api.lightspeedapp.com/",
		ItemPage: "https://us.example/item/{id}", SalePage: "https://us.example/?id={id}", CustomerPage: "https://us.example/{account}/{id}",
		JWKSURL: "https://platform.example/jwks?tenant=1", Issuer: "https://platform.example", Audience: "possync", LongestToken: "24h",
	}
	f.SMTPAddress, f.SMTPSecurity, f.SMTPUser, f.SMTPFrom = "smtp.example.com:587", "starttls", "app", "POS Sync <Alerts@POSSync.example>"
	f.Origins = "https://Shop.example, https://other.example:8443"
	f.Pages, f.PagesToken = "https://Admin.example", " /possync-token "
	f.Proxies = "10.1.2.3/8, 192.0.2.1, 2001:db8::1"
	f.MaxConns, f.Statements, f.LogLevel, f.LogFormat = "0", "200", "info", "json"
	return f, map[string]string{
		"POSSYNC_DATABASE_URL":             "postgres://app:hunter2@db/possync",
		"POSSYNC_LIGHTSPEED_CLIENT_SECRET": "s3cret",
		"POSSYNC_SMTP_PASSWORD":            "mailpass",
		"POSSYNC_SEAL_KEYS":                seal("b", 'b') + ",\n" + seal("a", 'a'),
	}
}

func TestGood(t *testing.T) {
	f, secrets := good()
	c, err := f.Read(env(secrets))
	if err != nil {
		t.Fatal(err)
	}
	if c.PublicURL.String() != "https://possync.example" || c.Lightspeed.APIURL != "https://api.lightspeedapp.com" {
		t.Errorf("URLs keep their slashes: %v, %v", c.PublicURL, c.Lightspeed.APIURL)
	}
	if diff := cmp.Diff([]string{"https://shop.example", "https://other.example:8443"}, c.Origins); diff != "" {
		t.Error(diff)
	}
	if got := fmt.Sprint(c.Proxies); got != "[10.0.0.0/8 192.0.2.1/32 2001:db8::1/128]" {
		t.Errorf("proxies %s", got)
	}
	if diff := cmp.Diff([]string{"https://admin.example"}, c.PagesOrigins); diff != "" {
		t.Error(diff)
	}
	if c.PagesToken != "/possync-token" {
		t.Errorf("the pages get their token at %q", c.PagesToken)
	}
	if c.ShutdownGrace != 25*time.Second || c.Workers != 4 || c.PlatformSilentAfter != 24*time.Hour || c.Auth.LongestToken != 24*time.Hour || c.LogLevel != slog.LevelInfo {
		t.Errorf("%+v", c)
	}
	if m := c.SMTP; m == nil || m.Host != "smtp.example.com" || m.Port != 587 || m.Security != "starttls" || m.Password.Reveal() != "mailpass" || m.From.String() != `"POS Sync" <Alerts@possync.example>` {
		t.Errorf("%+v", m)
	}
	if c.HoldNewSites {
		t.Error("new sites are held back although nobody asked for it")
	}
	if c.Database.URL.Reveal() != secrets["POSSYNC_DATABASE_URL"] || !slices.Equal(c.SealKeys.IDs(), []string{"b", "a"}) {
		t.Error("the secrets are not those given")
	}
}

func TestSecretsFromFiles(t *testing.T) {
	f, secrets := good()
	f.DatabaseURLFile = file(t, secrets["POSSYNC_DATABASE_URL"]+"\n")
	f.ClientSecretFile = file(t, "s3cret\n")
	f.SealKeysFile = file(t, seal("a", 'a')+"\n")
	f.SMTPPasswordFile = file(t, "mailpass\n")
	c, err := f.Read(none)
	if err != nil {
		t.Fatal(err)
	}
	if c.SMTP.Password.Reveal() != "mailpass" || c.Lightspeed.ClientSecret.Reveal() != "s3cret" || c.Database.URL.Reveal() != secrets["POSSYNC_DATABASE_URL"] || len(c.SealKeys.IDs()) != 1 {
		t.Error("the secrets are not those of the files")
	}
}

// settings returns the names of what is wrong, in order.
func settings(t *testing.T, err error) []string {
	t.Helper()
	var problems config.Problems
	if err == nil {
		return nil
	}
	if !errors.As(err, &problems) {
		t.Fatalf("%T: %v", err, err)
	}
	var names []string
	for _, p := range problems {
		names = append(names, strings.TrimPrefix(p.Setting, "POSSYNC_"))
	}
	return names
}

func TestEveryProblemAtOnce(t *testing.T) {
	_, err := config.Flags{}.Read(none)
	want := []string{
		"LISTEN", "PUBLIC_URL", "DATABASE_URL", "DATABASE_MAX_CONNS", "DATABASE_STATEMENTS", "LIGHTSPEED_CLIENT_ID", "LIGHTSPEED_CLIENT_SECRET",
		"LIGHTSPEED_OAUTH_URL", "LIGHTSPEED_API_URL", "LIGHTSPEED_ITEM_PAGE", "LIGHTSPEED_SALE_PAGE", "LIGHTSPEED_CUSTOMER_PAGE", "SEAL_KEYS", "JWT_JWKS_URL", "JWT_ISSUER", "JWT_AUDIENCE", "JWT_MAX_LIFETIME", "WORKERS", "AUDIT_DAYS",
		"SHUTDOWN_GRACE", "SITE_REQUESTS", "SITE_SUBSCRIPTIONS", "SITE_DOWNLOADS", "SITE_COST_PER_SECOND",
		"NEW_SITES_LIVE", "CUSTOMER_DATA_DAYS", "PLATFORM_SILENT_HOURS", "LOG_LEVEL", "LOG_FORMAT",
	}
	if diff := cmp.Diff(want, settings(t, err)); diff != "" {
		t.Error(diff)
	}
	if lines := strings.Count(err.Error(), "\n"); lines != len(want) {
		t.Errorf("%d lines for %d problems:\n%v", lines, len(want), err)
	}
}

func TestWrong(t *testing.T) {
	for name, c := range map[string]struct {
		change func(f *config.Flags, secrets map[string]string)
		want   []string
	}{
		"metrics":                    {func(f *config.Flags, _ map[string]string) { f.Metrics = "9090" }, []string{"METRICS_LISTEN"}},
		"mail server without a port": {func(f *config.Flags, _ map[string]string) { f.SMTPAddress = "smtp.example.com" }, []string{"SMTP_ADDRESS"}},
		"mail without encryption":    {func(f *config.Flags, _ map[string]string) { f.SMTPSecurity = "none" }, []string{"SMTP_TLS"}},
		"mail by another protocol":   {func(f *config.Flags, _ map[string]string) { f.SMTPSecurity = "ssl" }, []string{"SMTP_TLS"}},
		"mail from nobody":           {func(f *config.Flags, _ map[string]string) { f.SMTPFrom = "" }, []string{"SMTP_FROM"}},
		"mail from no address":       {func(f *config.Flags, _ map[string]string) { f.SMTPFrom = "a@x.example\nBcc: b@x.example" }, []string{"SMTP_FROM"}},
		"mail without a password":    {func(_ *config.Flags, s map[string]string) { delete(s, "POSSYNC_SMTP_PASSWORD") }, []string{"SMTP_PASSWORD"}},
		"mail without a user":        {func(f *config.Flags, _ map[string]string) { f.SMTPUser = "" }, []string{"SMTP_USER"}},
		"mail without a server":      {func(f *config.Flags, _ map[string]string) { f.SMTPAddress = "" }, []string{"SMTP_ADDRESS"}},
		"listen":                     {func(f *config.Flags, _ map[string]string) { f.Listen = "8080" }, []string{"LISTEN"}},
		"proxy by name":              {func(f *config.Flags, _ map[string]string) { f.Proxies = "10.0.0.1, proxy.example" }, []string{"TRUSTED_PROXIES"}},
		"public by http":             {func(f *config.Flags, _ map[string]string) { f.PublicURL = "http://possync.example" }, []string{"PUBLIC_URL"}},
		"public with a path":         {func(f *config.Flags, _ map[string]string) { f.PublicURL = "https://a.example/sync" }, []string{"PUBLIC_URL"}},
		"public is text":             {func(f *config.Flags, _ map[string]string) { f.PublicURL = "possync.example" }, []string{"PUBLIC_URL"}},
		"page without its number":    {func(f *config.Flags, _ map[string]string) { f.SalePage = "https://pos.example/sales" }, []string{"LIGHTSPEED_SALE_PAGE"}},
		"page is text":               {func(f *config.Flags, _ map[string]string) { f.CustomerPage = "customers/{id}" }, []string{"LIGHTSPEED_CUSTOMER_PAGE"}},
		"two bad origins": {func(f *config.Flags, _ map[string]string) { f.Origins = "*,https://a.example,https://b.example/x" },
			[]string{"ALLOWED_ORIGINS", "ALLOWED_ORIGINS"}},
		"an origin of many hosts": {func(f *config.Flags, _ map[string]string) { f.Origins, f.Pages = "https://*.a.example", "https://*" },
			[]string{"ALLOWED_ORIGINS", "PAGES_ORIGINS"}},
		"bad origin of pages":                {func(f *config.Flags, _ map[string]string) { f.Pages = "shop.example" }, []string{"PAGES_ORIGINS"}},
		"token of the pages by http":         {func(f *config.Flags, _ map[string]string) { f.PagesToken = "http://shop.example/token" }, []string{"PAGES_TOKEN_ENDPOINT"}},
		"token of the pages by a text":       {func(f *config.Flags, _ map[string]string) { f.PagesToken = "possync-token" }, []string{"PAGES_TOKEN_ENDPOINT"}},
		"token of the pages by another host": {func(f *config.Flags, _ map[string]string) { f.PagesToken = "//other.example/token" }, []string{"PAGES_TOKEN_ENDPOINT"}},
		"token of the pages by a backslash":  {func(f *config.Flags, _ map[string]string) { f.PagesToken = `/\other.example/token` }, []string{"PAGES_TOKEN_ENDPOINT"}},
		"token of the pages by many hosts":   {func(f *config.Flags, _ map[string]string) { f.PagesToken = "https://*.shop.example/token" }, []string{"PAGES_TOKEN_ENDPOINT"}},
		"database of another kind":           {func(_ *config.Flags, s map[string]string) { s["POSSYNC_DATABASE_URL"] = "mysql://x" }, []string{"DATABASE_URL"}},
		"secret given twice":                 {func(f *config.Flags, _ map[string]string) { f.ClientSecretFile = "x" }, []string{"LIGHTSPEED_CLIENT_SECRET"}},
		"secret's file is gone": {func(f *config.Flags, s map[string]string) {
			delete(s, "POSSYNC_SEAL_KEYS")
			f.SealKeysFile = "/nowhere/keys"
		}, []string{"SEAL_KEYS_FILE"}},
		"short key": {func(_ *config.Flags, s map[string]string) { s["POSSYNC_SEAL_KEYS"] = "a:aGVsbG8=" }, []string{"SEAL_KEYS"}},
		"key twice": {func(_ *config.Flags, s map[string]string) {
			s["POSSYNC_SEAL_KEYS"] = seal("a", 'a') + "," + seal("a", 'b')
		}, []string{"SEAL_KEYS"}},
		"key bare": {func(_ *config.Flags, s map[string]string) {
			s["POSSYNC_SEAL_KEYS"] = strings.TrimPrefix(seal("a", 'a'), "a:")
		}, []string{"SEAL_KEYS"}},
		"only commas":  {func(_ *config.Flags, s map[string]string) { s["POSSYNC_SEAL_KEYS"] = ",," }, []string{"SEAL_KEYS"}},
		"both keys":    {func(f *config.Flags, _ map[string]string) { f.PublicKeyFile = "x" }, []string{"JWT_JWKS_URL"}},
		"jwks by http": {func(f *config.Flags, _ map[string]string) { f.JWKSURL = "http://platform.example/jwks" }, []string{"JWT_JWKS_URL"}},
		"key file gone": {func(f *config.Flags, _ map[string]string) { f.JWKSURL, f.PublicKeyFile = "", "/nowhere/key" },
			[]string{"JWT_PUBLIC_KEY_FILE"}},
		"key file is none": {func(f *config.Flags, _ map[string]string) { f.JWKSURL, f.PublicKeyFile = "", "config_test.go" },
			[]string{"JWT_PUBLIC_KEY_FILE"}},
		"numbers": {func(f *config.Flags, _ map[string]string) {
			f.Workers, f.MaxConns, f.Grace, f.Silent, f.SiteRequests, f.SiteCost = "0", "many", "1h", "721", "101", "999"
		},
			[]string{"DATABASE_MAX_CONNS", "WORKERS", "SHUTDOWN_GRACE", "SITE_REQUESTS", "SITE_COST_PER_SECOND", "PLATFORM_SILENT_HOURS"}},
		"neither yes nor no": {func(f *config.Flags, _ map[string]string) { f.NewSitesLive = "no" }, []string{"NEW_SITES_LIVE"}},
		"logs":               {func(f *config.Flags, _ map[string]string) { f.LogLevel, f.LogFormat = "loud", "xml" }, []string{"LOG_LEVEL", "LOG_FORMAT"}},
	} {
		t.Run(name, func(t *testing.T) {
			f, secrets := good()
			c.change(&f, secrets)
			_, err := f.Read(env(secrets))
			if diff := cmp.Diff(c.want, settings(t, err)); diff != "" {
				t.Error(diff)
			}
			for _, secret := range secrets {
				if err != nil && len(secret) > 4 && strings.Contains(err.Error(), secret) {
					t.Errorf("the error tells a secret: %v", err)
				}
			}
		})
	}
}

func TestHTTPOnThisMachine(t *testing.T) {
	for _, url := range []string{"http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"} {
		f, secrets := good()
		f.PublicURL = url
		if _, err := f.Read(env(secrets)); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestSecretsAreNeverShown(t *testing.T) {
	f, secrets := good()
	c, err := f.Read(env(secrets))
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "config", c, "url", c.Database.URL)
	encoded, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	shown := fmt.Sprintf("%v %+v %#v", c, c, c) + log.String() + string(encoded)
	for _, secret := range []string{"hunter2", "s3cret", "YmJi", "mailpass"} {
		if strings.Contains(shown, secret) {
			t.Errorf("%q is shown in %s", secret, shown)
		}
	}
}
