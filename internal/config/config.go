package config

import (
	"net"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"luoshi/internal/access/credential"
)

// Config is the settings of one server.
type Config struct {
	values map[string]Value
}

// Value is a setting with where it was said.
type Value struct {
	Setting Setting
	Origin  Origin
	text    string
}

// Origin is where a value was said; the zero Origin is the default.
type Origin struct {
	Flag     bool
	Variable string // of the environment
	File     string
	Line     int
}

// IsDefault tells that nobody said anything.
func (o Origin) IsDefault() bool { return o == Origin{} }

// hidden stands where a secret is.
const hidden = "******"

// Shown is the value as it may be shown to people and logs: without secrets.
func (v Value) Shown() string {
	switch {
	case v.text == "":
		return ""
	case v.Setting.Kind == Secret:
		return hidden
	case v.Setting.Kind == Address:
		return withoutPassword(v.text)
	}
	return v.text
}

// withoutPassword hides the password of a URL, and of what only looks like one everything up to the host.
func withoutPassword(address string) string {
	if u, err := url.Parse(address); err == nil {
		if u.User == nil && u.RawQuery == "" {
			return address
		}
		if _, set := u.User.Password(); set {
			u.User = url.UserPassword(u.User.Username(), hidden)
		}
		query := u.Query()
		if query.Has("password") {
			query.Set("password", hidden)
			u.RawQuery = query.Encode()
		}
		return strings.ReplaceAll(u.String(), url.QueryEscape(hidden), hidden)
	}
	if scheme, rest, ok := strings.Cut(address, "://"); ok {
		if at := strings.LastIndexByte(rest, '@'); at >= 0 {
			return scheme + "://" + hidden + rest[at:]
		}
	}
	return address
}

// Text is the settings without secrets in the form of a file of settings.
func (c *Config) Text() string {
	var text strings.Builder
	for _, v := range c.Values() {
		text.WriteString(v.Setting.Name + " = " + v.Shown() + "\n")
	}
	return text.String()
}

// Values are all settings with where each was said, in the order of settings.txt.
func (c *Config) Values() []Value {
	values := make([]Value, 0, len(Settings()))
	for _, s := range Settings() {
		values = append(values, c.values[s.Name])
	}
	return values
}

func (c *Config) text(name string) string { return c.values[name].text }

func (c *Config) secret(name string) credential.Secret { return credential.NewSecret(c.text(name)) }

func (c *Config) on(name string) bool {
	value, _ := strconv.ParseBool(switches[c.text(name)])
	return value
}

func (c *Config) term(name string) time.Duration {
	value, _ := time.ParseDuration(c.text(name)) // was looked at by Load
	return value
}

func (c *Config) number(name string) int {
	value, _ := strconv.Atoi(c.text(name)) // was looked at by Load
	return value
}

// Database is the address of the database, as store.Open takes it.
func (c *Config) Database() string { return c.text("db") }

// Data is the folder of attachments and keys.
func (c *Config) Data() string { return c.text("data") }

// Blobs is the folder of attachments, where they are not in a bucket.
func (c *Config) Blobs() string { return filepath.Join(c.Data(), "files") }

// KeyFile is the file of the key that signs the heads of the audit log.
func (c *Config) KeyFile() string { return filepath.Join(c.Data(), "audit.key") }

// PublicKeyFile is the file of the key that checks them, for whoever wants it.
func (c *Config) PublicKeyFile() string { return filepath.Join(c.Data(), "audit.pub") }

// Backups is the folder of backups.
func (c *Config) Backups() string { return c.text("backups") }

// Daily tells whether a backup is made every day, and how many of these are kept.
func (c *Config) Daily() (made bool, keep int) { return c.on("backup-daily"), c.number("backup-keep") }

// Bucket is where attachments are kept outside the data folder.
type Bucket struct {
	URL, Region, Key string
	Secret           credential.Secret
}

// Bucket is the bucket of attachments, if there is one.
func (c *Config) Bucket() (Bucket, bool) {
	b := Bucket{URL: c.text("bucket"), Region: c.text("bucket-region"), Key: c.text("bucket-key"), Secret: c.secret("bucket-secret")}
	return b, b.URL != ""
}

// Scan is where the virus scanner for evidence answers; empty where there is none.
func (c *Config) Scan() string { return c.text("scan") }

// EvidenceBytes bounds a file of evidence.
func (c *Config) EvidenceBytes() int64 { return int64(c.number("evidence-size")) << 20 }

// Listen is the address of the server's socket.
func (c *Config) Listen() string { return c.text("listen") }

// PublicURL is the address that people type into their browsers, without a slash at its end.
func (c *Config) PublicURL() string { return strings.TrimRight(c.text("public-url"), "/") }

// Host is the name of the server in its public address.
func (c *Config) Host() string {
	u, err := url.Parse(c.PublicURL())
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// Secure tells whether people come by HTTPS, so that cookies may insist on it.
func (c *Config) Secure() bool { return strings.HasPrefix(c.PublicURL(), "https://") }

// TLS are the files of certificate and key; both empty where the server speaks plain HTTP.
func (c *Config) TLS() (cert, key string) { return c.text("tls-cert"), c.text("tls-key") }

// Proxied tells whether the client's address is to be taken from the proxy's header.
func (c *Config) Proxied() bool { return c.on("proxy") }

// Demo tells whether the sign-in page lists the accounts.
func (c *Config) Demo() bool { return c.on("demo") }

// Jobs is how many jobs run at once.
func (c *Config) Jobs() int { return c.number("jobs") }

// Requests are how many requests a second are taken of one address, pages of one account, and requests to the API of
// one token or account.
func (c *Config) Requests() (address, account, api int) {
	return c.number("requests-address"), c.number("requests-account"), c.number("requests-api")
}

// SessionIdle is after how long without a request a session ends.
func (c *Config) SessionIdle() time.Duration { return c.term("session-idle") }

// SessionLife is how long a session lasts at most.
func (c *Config) SessionLife() time.Duration { return c.term("session-life") }

// OIDC is where people sign in with an account of another system.
type OIDC struct {
	Issuer, Client, Claim, Name string
	Secret                      credential.Secret
}

// OIDC is the other system's sign-in, if it is used.
func (c *Config) OIDC() (OIDC, bool) {
	o := OIDC{Issuer: c.text("oidc-issuer"), Client: c.text("oidc-client"), Claim: c.text("oidc-claim"), Name: c.text("oidc-name"), Secret: c.secret("oidc-secret")}
	return o, o.Issuer != ""
}

// Suite names the algorithms of the audit log.
func (c *Config) Suite() string { return c.text("suite") }

// LogFormat is text or json.
func (c *Config) LogFormat() string { return c.text("log-format") }

// LogLevel is debug, info, warn or error.
func (c *Config) LogLevel() string { return c.text("log-level") }

// Metrics is where metrics are offered apart from the pages, and the token that reads them; both may be empty.
func (c *Config) Metrics() (listen string, token credential.Secret) {
	return c.text("metrics-listen"), c.secret("metrics-token")
}

// browsable is a socket's address as a browser on the same machine reaches it.
func browsable(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
