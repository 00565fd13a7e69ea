// Package wordingtest holds the promise that every catalogue keeps: each language has each message,
// and with the same arguments.
package wordingtest

import (
	"regexp"
	"slices"
	"testing"

	"luoshi/internal/present/wording"
)

var argument = regexp.MustCompile(`\{\d+\}`)

// SameKeys fails the test for each message that one language lacks or that takes other arguments there.
func SameKeys(t *testing.T, c wording.Catalogue) {
	t.Helper()
	for _, lang := range wording.Langs {
		for key, message := range c[lang] {
			if message == "" {
				t.Errorf("%s: %s is empty", lang, key)
			}
			for _, other := range wording.Langs {
				translated, ok := c[other][key]
				if !ok {
					t.Errorf("%s is in %s and not in %s", key, lang, other)
					continue
				}
				if !slices.Equal(arguments(message), arguments(translated)) {
					t.Errorf("%s takes other arguments in %s than in %s", key, lang, other)
				}
			}
		}
	}
}

func arguments(message string) []string {
	found := argument.FindAllString(message, -1)
	slices.Sort(found)
	return slices.Compact(found)
}
