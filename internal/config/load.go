package config

import (
	"errors"
	"maps"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Sources are where settings may be said.
type Sources struct {
	Flags map[string]string // those given, by name
	// Variable looks into the environment; nobody's where it is nil.
	Variable func(name string) (string, bool)
	File     string // no file where empty
}

// Load reads the settings. What is wrong comes back as Problems, all of it at once.
func Load(sources Sources) (*Config, error) {
	var problems Problems
	file, err := readFile(sources.File)
	if err != nil && !errors.As(err, &problems) {
		return nil, err
	}
	c := &Config{values: map[string]Value{}}
	for _, s := range Settings() {
		v := sources.find(s, file)
		problems = append(problems, v.problems()...)
		c.values[s.Name] = v
	}
	c.derive()
	problems = append(problems, c.together()...)
	if len(problems) > 0 {
		return nil, problems
	}
	return c, nil
}

func (sources Sources) find(s Setting, file map[string]Value) Value {
	if text, given := sources.Flags[s.Name]; given {
		return Value{Setting: s, text: text, Origin: Origin{Flag: true}}
	}
	if sources.Variable != nil {
		if text, given := sources.Variable(s.Variable()); given {
			return Value{Setting: s, text: text, Origin: Origin{Variable: s.Variable()}}
		}
	}
	if v, given := file[s.Name]; given {
		return v
	}
	if s.derived() {
		return Value{Setting: s}
	}
	return Value{Setting: s, text: s.Default}
}

// derive fills in what follows other settings.
func (c *Config) derive() {
	for name, text := range map[string]string{
		"db":         "sqlite:" + filepath.Join(c.Data(), "luoshi.db"),
		"backups":    filepath.Join(c.Data(), "backups"),
		"public-url": c.scheme() + "://" + browsable(c.Listen()),
	} {
		if v := c.values[name]; v.text == "" {
			v.text, v.Origin = text, Origin{}
			c.values[name] = v
		}
	}
}

func (c *Config) scheme() string {
	if c.text("tls-cert") != "" {
		return "https"
	}
	return "http"
}

// switches are the words for yes and no, as strconv reads them.
var switches = map[string]string{
	"yes": "true", "true": "true", "on": "true", "1": "true", "是": "true",
	"no": "false", "false": "false", "off": "false", "0": "false", "否": "false", "": "false",
}

// problems tell whether a value is one of its kind.
func (v Value) problems() Problems {
	ok := true
	switch v.Setting.Kind {
	case Switch:
		_, ok = switches[v.text]
	case Term:
		term, err := time.ParseDuration(v.text)
		ok = err == nil && term > 0
	case Number:
		n, err := strconv.Atoi(v.text)
		ok = err == nil && n > 0
	case Choice:
		ok = slices.Contains(v.Setting.Choices, v.text)
	case Text, Path, Secret, Address:
		// Whoever uses an address tells what is wrong with it: only the database knows its own.
		ok = !strings.ContainsAny(v.text, "\n\r\x00")
	}
	if ok {
		return nil
	}
	return Problems{v.problem(string(v.Setting.Kind), strings.Join(v.Setting.Choices, ", "))}
}

// together looks at what belongs together.
func (c *Config) together() Problems {
	var problems Problems
	for _, pair := range [][2]string{{"tls-cert", "tls-key"}, {"oidc-issuer", "oidc-client"}, {"bucket", "bucket-key"}, {"bucket", "bucket-secret"}, {"smtp-server", "smtp-from"}, {"smtp-user", "smtp-password"}, {"narrative-url", "narrative-model"}} {
		one, other := c.values[pair[0]], c.values[pair[1]]
		if one.text != "" && other.text == "" {
			problems = append(problems, other.problem("needed", pair[0]))
		}
	}
	for _, name := range []string{"public-url", "bucket", "oidc-issuer", "narrative-url"} {
		if v := c.values[name]; v.text != "" && !isWeb(v.text) {
			problems = append(problems, v.problem("web", ""))
		}
	}
	for _, name := range []string{"listen", "metrics-listen", "smtp-server"} {
		if v := c.values[name]; v.text != "" && !isSocket(v.text) {
			problems = append(problems, v.problem("socket", ""))
		}
	}
	for _, name := range []string{"webhook-inside", "narrative-inside"} {
		if v := c.values[name]; !areNetworks(v.text) {
			problems = append(problems, v.problem("networks", ""))
		}
	}
	if v := c.values["narrative-url"]; strings.HasPrefix(v.text, "http://") && c.text("narrative-inside") == "" {
		problems = append(problems, v.problem("open", ""))
	}
	problems = append(problems, c.mailProblems()...)
	for _, name := range []string{"tls-cert", "tls-key", "smtp-ca"} {
		v := c.values[name]
		if _, err := os.Stat(v.text); v.text != "" && err != nil {
			problems = append(problems, v.problem("absent", ""))
		}
	}
	return problems
}

func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.Fragment == "" && u.RawQuery == ""
}

func isSocket(address string) bool {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

// Names are the names of all settings, sorted: for what completes and corrects them.
func Names() []string {
	names := map[string]bool{}
	for _, s := range Settings() {
		names[s.Name] = true
	}
	return slices.Sorted(maps.Keys(names))
}
