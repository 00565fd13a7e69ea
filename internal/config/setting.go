package config

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"luoshi/ledger"
)

// Kind is what a setting holds.
type Kind string

const (
	Text    Kind = "text"
	Path    Kind = "path"
	Address Kind = "address" // a URL; its password is hidden
	Secret  Kind = "secret"
	Switch  Kind = "switch"
	Term    Kind = "term"
	Number  Kind = "number"
	Choice  Kind = "choice"
)

// Setting is a line of settings.txt.
type Setting struct {
	Group   ledger.Wording
	Name    string
	Kind    Kind
	Choices []string // of a Choice
	Default string   // in braces where it follows another setting
	Words   ledger.Wording
}

// Variable is the setting's name in the environment.
func (s Setting) Variable() string {
	return "LUOSHI_" + strings.ToUpper(strings.ReplaceAll(s.Name, "-", "_"))
}

// derived tells that the default follows another setting.
func (s Setting) derived() bool { return strings.HasPrefix(s.Default, "{") }

//go:embed settings.txt
var settingsText string

// Settings are all settings in the order of settings.txt.
var Settings = sync.OnceValue(func() []Setting {
	settings, err := parseSettings(settingsText)
	if err != nil {
		panic("config: settings.txt: " + err.Error())
	}
	return settings
})

func parseSettings(text string) ([]Setting, error) {
	var settings []Setting
	var group ledger.Wording
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := cells(strings.Trim(line, "[]"))
		switch {
		case strings.HasPrefix(line, "[") && len(fields) == 3:
			group = ledger.Wording{ZH: fields[1], EN: fields[2]}
		case len(fields) == 5:
			settings = append(settings, settingOf(group, fields))
		default:
			return nil, fmt.Errorf("line %d has %d cells", i+1, len(fields))
		}
	}
	return settings, nil
}

func cells(line string) []string {
	fields := strings.Split(line, "|")
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	return fields
}

func settingOf(group ledger.Wording, fields []string) Setting {
	s := Setting{
		Group: group, Name: fields[0], Kind: Kind(fields[1]), Default: fields[2],
		Words: ledger.Wording{ZH: fields[3], EN: fields[4]},
	}
	if strings.Contains(fields[1], "/") {
		s.Kind, s.Choices = Choice, strings.Split(fields[1], "/")
	}
	return s
}

func settingNamed(name string) (Setting, bool) {
	all := Settings()
	i := slices.IndexFunc(all, func(s Setting) bool { return s.Name == name })
	if i < 0 {
		return Setting{}, false
	}
	return all[i], true
}
