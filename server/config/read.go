package config

import (
	"crypto"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"possync/internal/secret"
	"possync/server/auth"
)

// Env looks up an environment variable; the empty value counts as absent.
type Env func(name string) string

// Read checks the flags and returns the settings, or [Problems].
func (f Flags) Read(env Env) (Config, error) {
	r := &reader{env: env}
	c := Config{
		Listen:        r.address("POSSYNC_LISTEN", f.Listen),
		MetricsListen: r.optionalAddress("POSSYNC_METRICS_LISTEN", f.Metrics),
		PublicURL:     r.publicURL("POSSYNC_PUBLIC_URL", f.PublicURL),
		Proxies:       r.networks("POSSYNC_TRUSTED_PROXIES", f.Proxies),
		Database:      f.readDatabase(r),
		ReturnOrigins: r.origins("POSSYNC_RETURN_ORIGINS", f.Returns),
		Lightspeed: Lightspeed{
			ClientID:     r.text("POSSYNC_LIGHTSPEED_CLIENT_ID", f.ClientID, "the integration's client id at Lightspeed"),
			ClientSecret: r.secret("POSSYNC_LIGHTSPEED_CLIENT_SECRET", f.ClientSecretFile),
			OAuthURL:     r.endpoint("POSSYNC_LIGHTSPEED_OAUTH_URL", f.OAuthURL),
			APIURL:       r.endpoint("POSSYNC_LIGHTSPEED_API_URL", f.APIURL),
			ItemPage:     r.page("POSSYNC_LIGHTSPEED_ITEM_PAGE", f.ItemPage),
			SalePage:     r.page("POSSYNC_LIGHTSPEED_SALE_PAGE", f.SalePage),
			CustomerPage: r.page("POSSYNC_LIGHTSPEED_CUSTOMER_PAGE", f.CustomerPage),
		},
		SealKeys:      r.sealKeys("POSSYNC_SEAL_KEYS", f.SealKeysFile),
		Auth:          r.auth(f),
		Workers:       r.number("POSSYNC_WORKERS", f.Workers, 1, 64),
		AuditKeep:     time.Duration(r.number("POSSYNC_AUDIT_DAYS", f.AuditDays, 0, 36500)) * 24 * time.Hour,
		ShutdownGrace: r.duration("POSSYNC_SHUTDOWN_GRACE", f.Grace, time.Second, 10*time.Minute),
		Site:          f.readSite(r),

		HoldNewSites:        !r.boolean("POSSYNC_NEW_SITES_LIVE", f.NewSitesLive),
		CustomerDataKeep:    r.customerDataKeep(f.Customers),
		PlatformSilentAfter: time.Duration(r.number("POSSYNC_PLATFORM_SILENT_HOURS", f.Silent, 0, 720)) * time.Hour,
	}
	origins := f.readOrigins(r)
	c.Origins, c.PagesOrigins = origins.API, origins.Pages
	c.PagesToken = r.tokenEndpoint("POSSYNC_PAGES_TOKEN_ENDPOINT", f.PagesToken)
	c.LogLevel, c.LogFormat = f.readLog(r)
	c.SMTP = f.readSMTP(r)
	if len(r.problems) > 0 {
		return Config{}, r.problems
	}
	return c, nil
}

// Read checks the database's settings alone.
func (f DatabaseFlags) Read(env Env) (Database, error) {
	r := &reader{env: env}
	d := f.readDatabase(r)
	if len(r.problems) > 0 {
		return Database{}, r.problems
	}
	return d, nil
}

// Read checks the sealing keys alone.
func (f SealFlags) Read(env Env) (secret.Keys, error) {
	r := &reader{env: env}
	keys := r.sealKeys("POSSYNC_SEAL_KEYS", f.SealKeysFile)
	if len(r.problems) > 0 {
		return secret.Keys{}, r.problems
	}
	return keys, nil
}

// Read checks the settings of the logs alone.
func (f LogFlags) Read() (slog.Level, string, error) {
	r := &reader{}
	level, format := f.readLog(r)
	if len(r.problems) > 0 {
		return 0, "", r.problems
	}
	return level, format, nil
}

// Read checks the origins alone.
func (f OriginFlags) Read() (Origins, error) {
	r := &reader{}
	origins := f.readOrigins(r)
	if len(r.problems) > 0 {
		return Origins{}, r.problems
	}
	return origins, nil
}

func (f OriginFlags) readOrigins(r *reader) Origins {
	return Origins{API: r.origins("POSSYNC_ALLOWED_ORIGINS", f.Origins), Pages: r.origins("POSSYNC_PAGES_ORIGINS", f.Pages)}
}

func (f DatabaseFlags) readDatabase(r *reader) Database {
	d := Database{
		URL:        r.secret("POSSYNC_DATABASE_URL", f.DatabaseURLFile),
		MaxConns:   r.number("POSSYNC_DATABASE_MAX_CONNS", f.MaxConns, 0, 1000),
		Statements: r.number("POSSYNC_DATABASE_STATEMENTS", f.Statements, 0, 10000),
	}
	scheme, _, _ := strings.Cut(d.URL.Reveal(), ":")
	switch scheme {
	case "", "postgres", "postgresql", "sqlite", "file": // empty: already reported
	default:
		r.wrong("POSSYNC_DATABASE_URL", "must begin with postgres: or sqlite:")
	}
	return d
}

func (f SiteFlags) readSite(r *reader) Site {
	s := Site{
		Requests:      r.number("POSSYNC_SITE_REQUESTS", f.SiteRequests, 0, 100),
		Subscriptions: r.number("POSSYNC_SITE_SUBSCRIPTIONS", f.SiteSubscriptions, 0, 100_000),
		Downloads:     r.number("POSSYNC_SITE_DOWNLOADS", f.SiteDownloads, 0, 1000),
		CostPerSecond: r.number("POSSYNC_SITE_COST_PER_SECOND", f.SiteCost, 0, 1_000_000),
	}
	if 0 < s.CostPerSecond && s.CostPerSecond < leastCostPerSecond {
		r.wrong("POSSYNC_SITE_COST_PER_SECOND", fmt.Sprintf("%d is too little: with less than %d the largest request that is allowed would never run", s.CostPerSecond, leastCostPerSecond))
	}
	return s
}

// leastCostPerSecond makes the budget, which holds ten times as much, large enough for every request.
const leastCostPerSecond = 1000

func (f LogFlags) readLog(r *reader) (slog.Level, string) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(f.LogLevel)); err != nil {
		r.wrong("POSSYNC_LOG_LEVEL", fmt.Sprintf("%q must be debug, info, warn or error", f.LogLevel))
	}
	if f.LogFormat != "json" && f.LogFormat != "text" {
		r.wrong("POSSYNC_LOG_FORMAT", fmt.Sprintf("%q must be json or text", f.LogFormat))
	}
	return level, f.LogFormat
}

// reader collects what is wrong while it reads.
type reader struct {
	env      Env
	problems Problems
}

func (r *reader) wrong(setting, what string) {
	r.problems = append(r.problems, Problem{Setting: setting, What: what})
}

func (r *reader) text(setting, value, what string) string {
	value = strings.TrimSpace(value)
	if value == "" {
		r.wrong(setting, "is missing: "+what)
	}
	return value
}

// secret takes the value of setting from the environment, or from the file that setting_FILE or the flag names.
func (r *reader) secret(setting, file string) Secret {
	value := strings.TrimSpace(r.env(setting))
	switch {
	case value != "" && file != "":
		r.wrong(setting, "is set twice: directly and by "+setting+"_FILE. Remove one of them")
		return ""
	case value != "":
		return Secret(value)
	case file == "":
		r.wrong(setting, "is missing: set it, or set "+setting+"_FILE to a file that contains it")
		return ""
	}
	content, err := os.ReadFile(file)
	if err != nil {
		r.wrong(setting+"_FILE", fmt.Sprintf("%q cannot be read: %v", file, reason(err)))
		return ""
	}
	value = strings.TrimSpace(string(content))
	if value == "" {
		r.wrong(setting+"_FILE", fmt.Sprintf("%q is empty", file))
	}
	return Secret(value)
}

// reason is the operating system's error without the path, which the message already has.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

func (r *reader) address(setting, value string) string {
	if _, port, err := net.SplitHostPort(value); err != nil || port == "" {
		r.wrong(setting, fmt.Sprintf("%q must have the form HOST:PORT", value))
	}
	return value
}

// optionalAddress is address, or empty.
func (r *reader) optionalAddress(setting, value string) string {
	if value = strings.TrimSpace(value); value == "" {
		return ""
	}
	return r.address(setting, value)
}

func (r *reader) number(setting, value string, least, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(value))
	if err != nil || n < least || n > most {
		r.wrong(setting, fmt.Sprintf("%q must be a whole number from %d to %d", value, least, most))
	}
	return n
}

func (r *reader) boolean(setting, value string) bool {
	switch strings.TrimSpace(value) {
	case "true":
		return true
	case "false":
	default:
		r.wrong(setting, fmt.Sprintf("%q must be true or false", value))
	}
	return false
}

// leastCustomerDays is how long the personal data of customers is kept at least: as long as sales are compared with their orders.
const leastCustomerDays = 31

// customerDataKeep reads for how many days the personal data of customers is kept; 0 = for good.
func (r *reader) customerDataKeep(value string) time.Duration {
	const setting = "POSSYNC_CUSTOMER_DATA_DAYS"
	days := r.number(setting, value, 0, 36500)
	if 0 < days && days < leastCustomerDays {
		r.wrong(setting, fmt.Sprintf("%q must be 0, or %d or more", value, leastCustomerDays))
	}
	return time.Duration(days) * 24 * time.Hour
}

func (r *reader) duration(setting, value string, least, most time.Duration) time.Duration {
	d, err := time.ParseDuration(strings.TrimSpace(value))
	if err != nil || d < least || d > most {
		r.wrong(setting, fmt.Sprintf("%q must be a duration from %v to %v, such as 25s", value, least, most))
	}
	return d
}

// loopback reports whether a URL's host is this machine, where http will do.
func loopback(u *url.URL) bool {
	host := u.Hostname()
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// webURL parses an absolute https URL without user or fragment; http is for this machine only.
func webURL(value string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(value))
	switch {
	case err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http"):
		return nil, errors.New("must be a URL such as https://possync.example")
	case u.User != nil || u.Fragment != "":
		return nil, errors.New("must have no user and no fragment")
	case u.Scheme == "http" && !loopback(u):
		return nil, errors.New("must begin with https: (http is allowed only for this machine)")
	}
	return u, nil
}

// rootURL is a webURL that names a host and nothing below it.
func rootURL(value string) (*url.URL, error) {
	u, err := webURL(value)
	if err != nil {
		return nil, err
	}
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return nil, errors.New("must have no path and no query")
	}
	u.Path = ""
	return u, nil
}

func (r *reader) publicURL(setting, value string) *url.URL {
	if strings.TrimSpace(value) == "" {
		r.wrong(setting, "is missing: set the URL at which browsers reach the server, such as https://possync.example")
		return nil
	}
	u, err := rootURL(value)
	if err != nil {
		r.wrong(setting, err.Error())
		return nil
	}
	return u
}

func (r *reader) endpoint(setting, value string) string {
	u, err := rootURL(value)
	if err != nil {
		r.wrong(setting, err.Error())
		return ""
	}
	return u.String()
}

// page reads the address of a page that shows a record by its number.
func (r *reader) page(setting, value string) string {
	_, err := webURL(strings.NewReplacer("{id}", "1", "{account}", "1").Replace(value))
	switch {
	case err != nil:
		r.wrong(setting, err.Error())
	case !strings.Contains(value, "{id}"):
		r.wrong(setting, "must contain {id}, which stands for the record's number")
	}
	return value
}

// origins reads a list of origins: scheme, host and port alone.
func (r *reader) origins(setting, value string) []string {
	var list []string
	for _, text := range split(value) {
		u, err := rootURL(text)
		if err != nil {
			r.wrong(setting, fmt.Sprintf("%q %v", text, err))
			continue
		}
		if strings.Contains(u.Host, "*") { // CORS would take it for many hosts, and nothing else here would
			r.wrong(setting, fmt.Sprintf("%q must name one host, without *", text))
			continue
		}
		list = append(list, strings.ToLower(u.String()))
	}
	return list
}

// networks reads addresses and networks.
func (r *reader) networks(setting, value string) []netip.Prefix {
	var list []netip.Prefix
	for _, text := range split(value) {
		network, err := netip.ParsePrefix(text)
		if address, no := netip.ParseAddr(text); err != nil && no == nil {
			network, err = address.Prefix(address.BitLen())
		}
		if err != nil {
			r.wrong(setting, fmt.Sprintf("%q must be an address or a network, such as 10.0.0.0/8", text))
			continue
		}
		list = append(list, network.Masked())
	}
	return list
}

func (r *reader) sealKeys(setting, file string) secret.Keys {
	before := len(r.problems)
	value := r.secret(setting, file)
	if len(r.problems) > before {
		return secret.Keys{}
	}
	keys, err := secret.ParseKeys(strings.Join(split(value.Reveal()), ",")) // in a file they may be on separate lines
	if err != nil {
		r.wrong(setting, err.Error()+"; `possync seal-key` makes one")
	}
	return keys
}

func (r *reader) auth(f Flags) Auth {
	a, file := Auth{JWKSURL: strings.TrimSpace(f.JWKSURL)}, strings.TrimSpace(f.PublicKeyFile)
	switch {
	case a.JWKSURL == "" && file == "":
		r.wrong("POSSYNC_JWT_JWKS_URL", "is missing: set it, or POSSYNC_JWT_PUBLIC_KEY_FILE")
	case a.JWKSURL != "" && file != "":
		r.wrong("POSSYNC_JWT_JWKS_URL", "is set together with POSSYNC_JWT_PUBLIC_KEY_FILE. Remove one of them")
	case a.JWKSURL != "":
		if _, err := webURL(a.JWKSURL); err != nil {
			r.wrong("POSSYNC_JWT_JWKS_URL", err.Error())
		}
	default:
		a.PublicKey = r.publicKey("POSSYNC_JWT_PUBLIC_KEY_FILE", file)
	}
	a.Issuer = r.text("POSSYNC_JWT_ISSUER", f.Issuer, "the iss that tokens must have")
	a.Audience = r.text("POSSYNC_JWT_AUDIENCE", f.Audience, "the aud that tokens must have")
	a.LongestToken = r.duration("POSSYNC_JWT_MAX_LIFETIME", f.LongestToken, time.Minute, 30*24*time.Hour)
	return a
}

func (r *reader) publicKey(setting, file string) crypto.PublicKey {
	text, err := os.ReadFile(file)
	if err != nil {
		r.wrong(setting, fmt.Sprintf("%q cannot be read: %v", file, reason(err)))
		return nil
	}
	key, err := auth.ParsePublicKey(text)
	if err != nil {
		r.wrong(setting, fmt.Sprintf("%q: %v", file, err))
	}
	return key
}

// split cuts a list at commas and white space.
func split(value string) []string {
	return strings.FieldsFunc(value, func(c rune) bool { return c == ',' || c == ' ' || c == '\n' || c == '\t' || c == '\r' })
}
