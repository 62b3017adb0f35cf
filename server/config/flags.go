package config

// Flags are the settings of the server as kong reads them. All are text, so that all wrong values are reported together. The tag
// setting names the environment variable.
//
// Secrets have no flag, because other users of the machine can read command lines. They come from the environment, or from a
// file that the environment or a flag names.
type Flags struct {
	Listen      string `setting:"POSSYNC_LISTEN" default:"127.0.0.1:8080" placeholder:"HOST:PORT" group:"Server" help:"Address of the HTTP server."`
	PublicURL   string `name:"public-url" setting:"POSSYNC_PUBLIC_URL" placeholder:"URL" group:"Server" help:"URL at which browsers reach the server, such as https://possync.example. Register this URL with the path /oauth/callback as the redirect URI of the Lightspeed client."`
	Proxies     string `name:"trusted-proxies" setting:"POSSYNC_TRUSTED_PROXIES" placeholder:"NETWORK,…" group:"Server" help:"Addresses or networks of the proxies in front of the server, such as 10.0.0.0/8. Their X-Forwarded-For says which client a request comes from."`
	OriginFlags `group:"Server"`
	PagesToken  string `name:"pages-token-endpoint" setting:"POSSYNC_PAGES_TOKEN_ENDPOINT" placeholder:"URL" group:"Server" help:"Where the Site Manager pages get a token when they are opened by themselves: a path of their own origin that a proxy gives to the platform, such as /possync-token, or an https URL of the platform. Empty = nowhere."`
	Returns     string `name:"return-origins" setting:"POSSYNC_RETURN_ORIGINS" placeholder:"ORIGIN,…" group:"Server" help:"Origins, besides the server's own, that connectLightspeed may send the browser back to."`
	Grace       string `name:"shutdown-grace" setting:"POSSYNC_SHUTDOWN_GRACE" default:"25s" placeholder:"DURATION" group:"Server" help:"How long the server may take to stop before running work is cut off."`

	DatabaseFlags `group:"Database"`

	ClientID         string `name:"lightspeed-client-id" setting:"POSSYNC_LIGHTSPEED_CLIENT_ID" placeholder:"ID" group:"Lightspeed" help:"The integration's client id at Lightspeed."`
	ClientSecretFile string `name:"lightspeed-client-secret-file" setting:"POSSYNC_LIGHTSPEED_CLIENT_SECRET_FILE" secret:"POSSYNC_LIGHTSPEED_CLIENT_SECRET" placeholder:"FILE" group:"Lightspeed" help:"File with the integration's client secret."`
	OAuthURL         string `name:"lightspeed-oauth-url" setting:"POSSYNC_LIGHTSPEED_OAUTH_URL" default:"https://cloud.lightspeedapp.com" placeholder:"URL" group:"Lightspeed" help:"Lightspeed's OAuth server."`
	APIURL           string `name:"lightspeed-api-url" setting:"POSSYNC_LIGHTSPEED_API_URL" default:"https://api.lightspeedapp.com" placeholder:"URL" group:"Lightspeed" help:"Lightspeed's API server."`
	ItemPage         string `name:"lightspeed-item-page" setting:"POSSYNC_LIGHTSPEED_ITEM_PAGE" default:"https://us.merchantos.com/?name=item.views.item&form_name=view&tab=details&id={id}" placeholder:"URL" group:"Lightspeed" help:"Page on which people see an item in Lightspeed: {id} stands for its number, {account} for the account's."`
	SalePage         string `name:"lightspeed-sale-page" setting:"POSSYNC_LIGHTSPEED_SALE_PAGE" default:"https://us.merchantos.com/?name=transaction.views.transaction&form_name=view&tab=details&id={id}" placeholder:"URL" group:"Lightspeed" help:"Page on which people see a sale in Lightspeed: {id} stands for its number, {account} for the account's."`
	CustomerPage     string `name:"lightspeed-customer-page" setting:"POSSYNC_LIGHTSPEED_CUSTOMER_PAGE" default:"https://us.merchantos.com/?name=customer.views.customer&form_name=view&tab=details&id={id}" placeholder:"URL" group:"Lightspeed" help:"The same for a customer."`

	SealFlags `group:"Keys"`

	JWKSURL       string `name:"jwt-jwks-url" setting:"POSSYNC_JWT_JWKS_URL" placeholder:"URL" group:"Tokens" help:"URL of the JWKS document with the keys that sign tokens. Set either this or the public key file."`
	PublicKeyFile string `name:"jwt-public-key-file" setting:"POSSYNC_JWT_PUBLIC_KEY_FILE" placeholder:"FILE" group:"Tokens" help:"PEM file with the one public key that signs tokens: RSA (RS256), P-256 (ES256) or Ed25519 (EdDSA)."`
	Issuer        string `name:"jwt-issuer" setting:"POSSYNC_JWT_ISSUER" placeholder:"ISS" group:"Tokens" help:"Issuer (iss) that tokens must have."`
	Audience      string `name:"jwt-audience" setting:"POSSYNC_JWT_AUDIENCE" placeholder:"AUD" group:"Tokens" help:"Audience (aud) that tokens must have."`
	LongestToken  string `name:"jwt-max-lifetime" setting:"POSSYNC_JWT_MAX_LIFETIME" default:"24h" placeholder:"DURATION" group:"Tokens" help:"How long a token may live, from its iat (or now, if it has none) to its exp: 1m to 720h."`

	SiteFlags `group:"Sites"`

	LogFlags `group:"Logs"`

	SMTPFlags `group:"E-mail"`

	NewSitesLive string `name:"new-sites-live" setting:"POSSYNC_NEW_SITES_LIVE" default:"true" placeholder:"BOOL" group:"Server" help:"Whether a new site displays and exports as soon as its set-up is complete, where registerSite does not say: true, or false = only once a manager has gone live."`

	Metrics string `name:"metrics-listen" setting:"POSSYNC_METRICS_LISTEN" placeholder:"HOST:PORT" group:"Metrics" help:"Address at which metrics are served to Prometheus, without a sign-in; empty = nowhere."`

	Workers string `setting:"POSSYNC_WORKERS" default:"4" placeholder:"N" group:"Jobs" help:"How many sites are worked on at a time, besides those that wait for Lightspeed, and how many export queues; 1 to 64."`

	AuditDays string `setting:"POSSYNC_AUDIT_DAYS" default:"400" placeholder:"DAYS" group:"Jobs" help:"How many days entries of the audit log are kept; 0 = for good."`
	Customers string `name:"customer-data-days" setting:"POSSYNC_CUSTOMER_DATA_DAYS" default:"400" placeholder:"DAYS" group:"Jobs" help:"How many days after an order was placed the personal data of its customer is erased, unless the order still needs it; 0 = never, else 31 or more."`
	Silent    string `name:"platform-silent-hours" setting:"POSSYNC_PLATFORM_SILENT_HOURS" default:"24" placeholder:"HOURS" group:"Jobs" help:"After how many hours without a request of the platform for a site its staff see an alert; 0 = never, at most 720."`
}

// SiteFlags bound what one site uses of this process at a time, so that it does not slow the others.
type SiteFlags struct {
	SiteRequests      string `name:"site-requests" setting:"POSSYNC_SITE_REQUESTS" default:"4" placeholder:"N" help:"How many requests of one site run at the same time; up to 100 more wait. 1 to 100; 0 = not bounded."`
	SiteSubscriptions string `name:"site-subscriptions" setting:"POSSYNC_SITE_SUBSCRIPTIONS" default:"200" placeholder:"N" help:"How many subscriptions of one site may be open; 0 = not bounded."`
	SiteDownloads     string `name:"site-downloads" setting:"POSSYNC_SITE_DOWNLOADS" default:"2" placeholder:"N" help:"How many files one site may download at the same time; 0 = not bounded."`
	SiteCost          string `name:"site-cost-per-second" setting:"POSSYNC_SITE_COST_PER_SECOND" default:"5000" placeholder:"COST" help:"How much cost the budget of one site gains each second; it holds ten times as much. At least 1000; 0 = not bounded."`
}

// SMTPFlags say which mail server takes the alerts that go out by e-mail.
type SMTPFlags struct {
	SMTPAddress      string `name:"smtp-address" setting:"POSSYNC_SMTP_ADDRESS" placeholder:"HOST:PORT" help:"Mail server that alerts by e-mail are sent through, such as smtp.example.com:587; empty = no e-mail is sent."`
	SMTPSecurity     string `name:"smtp-tls" setting:"POSSYNC_SMTP_TLS" default:"starttls" placeholder:"MODE" help:"How the connection to it is encrypted: starttls (nothing is sent without it), tls (from the first byte, usually port 465), or none (only for a mail server on this machine)."`
	SMTPUser         string `name:"smtp-user" setting:"POSSYNC_SMTP_USER" placeholder:"USER" help:"User to sign in there as; empty = the mail server asks for no sign-in."`
	SMTPPasswordFile string `name:"smtp-password-file" setting:"POSSYNC_SMTP_PASSWORD_FILE" secret:"POSSYNC_SMTP_PASSWORD" placeholder:"FILE" help:"File with that user's password."`
	SMTPFrom         string `name:"smtp-from" setting:"POSSYNC_SMTP_FROM" placeholder:"ADDRESS" help:"Address that the messages come from, such as alerts@possync.example or POS Sync <alerts@possync.example>."`
}

// OriginFlags say whose pages may call the API, and who may show ours. The demo has them too.
type OriginFlags struct {
	Origins string `name:"allowed-origins" setting:"POSSYNC_ALLOWED_ORIGINS" placeholder:"ORIGIN,…" help:"Origins, besides the server's own, whose pages may call the API from a browser, such as https://shop.example."`
	Pages   string `name:"pages-origins" setting:"POSSYNC_PAGES_ORIGINS" placeholder:"ORIGIN,…" help:"Origins that may show the Site Manager pages in a frame and hand them a token, such as https://shop.example."`
}

// Origins are the origins that [OriginFlags] name.
type Origins struct {
	API   []string // besides the server's own, may call the API
	Pages []string // may show the Site Manager pages in a frame
}

// DatabaseFlags are the settings of the database. Other commands have them too.
type DatabaseFlags struct {
	DatabaseURLFile string `name:"database-url-file" setting:"POSSYNC_DATABASE_URL_FILE" secret:"POSSYNC_DATABASE_URL" placeholder:"FILE" help:"File with the database's URL: postgres://user:password@host/name or sqlite:PATH."`
	MaxConns        string `name:"database-max-conns" setting:"POSSYNC_DATABASE_MAX_CONNS" default:"0" placeholder:"N" help:"Connections of the pool; 0 = 20 for PostgreSQL, 8 for SQLite."`
	Statements      string `name:"database-statements" setting:"POSSYNC_DATABASE_STATEMENTS" default:"200" placeholder:"N" help:"Prepared statements that each connection keeps; 0 = none, as a transaction pooler such as PgBouncer needs."`
}

// SealFlags are the keys that encrypt secrets in the database. The command reseal has them too.
type SealFlags struct {
	SealKeysFile string `name:"seal-keys-file" setting:"POSSYNC_SEAL_KEYS_FILE" secret:"POSSYNC_SEAL_KEYS" placeholder:"FILE" help:"File with the keys that encrypt Lightspeed's tokens in the database: ID:BASE64 of 32 bytes each, separated by commas or lines. The first key encrypts; all can decrypt."`
}

// LogFlags are the settings of the logs, which go to standard error.
type LogFlags struct {
	LogLevel  string `setting:"POSSYNC_LOG_LEVEL" default:"info" placeholder:"LEVEL" help:"debug, info, warn or error."`
	LogFormat string `setting:"POSSYNC_LOG_FORMAT" default:"json" placeholder:"FORMAT" help:"json or text."`
}
