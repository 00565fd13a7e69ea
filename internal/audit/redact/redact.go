// Package redact keeps secrets out of what is written down for ever: it blanks the values that stand under the
// name of a secret, and those that look like one wherever they stand.
//
// secrets.txt holds the patterns of both. The log cannot be cleaned afterwards, so a pattern that blanks too
// much is the lesser evil.
package redact

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Blank stands where a secret was. That it changed can still be seen, what it was cannot.
const Blank = "[secret]"

//go:embed secrets.txt
var secretsText string

// secrets are the patterns of secrets.txt.
type secrets struct {
	names  map[string]bool // in snake case
	begins []string        // how names begin
	ends   []string        // how names end
	values []string        // what gives a secret away within a value
}

var known = func() secrets {
	s, err := parse(secretsText)
	if err != nil {
		panic("redact: secrets.txt: " + err.Error())
	}
	return s
}()

func parse(text string) (secrets, error) {
	s := secrets{names: map[string]bool{}}
	for number, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		kind, pattern, _ := strings.Cut(line, " ")
		switch {
		case kind == "name" && pattern != "":
			if err := s.addName(pattern); err != nil {
				return secrets{}, fmt.Errorf("line %d: %w", number+1, err)
			}
		case kind == "value" && pattern != "":
			s.values = append(s.values, pattern)
		default:
			return secrets{}, fmt.Errorf("line %d: %q is neither a name nor a value", number+1, line)
		}
	}
	return s, nil
}

// addName takes the pattern of a name in: a word, the beginning of one or the end of one.
func (s *secrets) addName(pattern string) error {
	word := strings.Trim(pattern, "*")
	if word == "" || strings.Contains(word, "*") || word != snake(word) {
		return fmt.Errorf("the pattern %s is not a word in snake case with a star before or behind it", pattern)
	}
	switch pattern {
	case word:
		s.names[word] = true
	case word + "*":
		s.begins = append(s.begins, word)
	case "*" + word:
		s.ends = append(s.ends, word)
	default:
		return fmt.Errorf("the pattern %s has more than one star", pattern)
	}
	return nil
}

// Value returns the value, made of the types that decoded JSON has, with its secrets blanked. The value given
// is left as it is.
func Value(value any) any {
	switch value := value.(type) {
	case string:
		if known.isSecretValue(value) {
			return Blank
		}
	case []any:
		list := make([]any, len(value))
		for i, item := range value {
			list[i] = Value(item)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(value))
		for name, item := range value {
			object[name] = field(name, item)
		}
		return object
	}
	return value
}

// field blanks what a secret's name stands over, except what says by itself that there is nothing.
func field(name string, value any) any {
	if value != nil && value != "" && known.isSecretName(name) {
		return Blank
	}
	return Value(value)
}

func (s secrets) isSecretName(name string) bool {
	plain := snake(name)
	return s.names[plain] ||
		slices.ContainsFunc(s.begins, func(begin string) bool { return strings.HasPrefix(plain, begin) }) ||
		slices.ContainsFunc(s.ends, func(end string) bool { return strings.HasSuffix(plain, end) })
}

func (s secrets) isSecretValue(value string) bool {
	return slices.ContainsFunc(s.values, func(mark string) bool { return strings.Contains(value, mark) })
}

// snake writes passwordHash, PasswordHash and password-hash alike as password_hash.
func snake(name string) string {
	if isSnake(name) {
		return name
	}
	var plain strings.Builder
	lower := false
	for _, r := range name {
		switch {
		case r == '-' || r == '.' || r == ' ' || r == '/':
			r = '_'
		case unicode.IsUpper(r) && lower:
			plain.WriteRune('_')
		}
		lower = unicode.IsLower(r) || unicode.IsDigit(r)
		plain.WriteRune(unicode.ToLower(r))
	}
	return plain.String()
}

// isSnake tells the usual names, which need no rewriting.
func isSnake(name string) bool {
	for i := range len(name) {
		if c := name[i]; c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
