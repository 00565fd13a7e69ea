package main

import (
	"regexp"
	"strings"
	"testing"

	"luoshi/internal/present/wording/wordingtest"
)

func TestMessagesSpeakBothLanguages(t *testing.T) { wordingtest.SameKeys(t, messages) }

func TestChineseUnlessEnglishIsAskedFor(t *testing.T) {
	t.Setenv("LANG", "en_US.UTF-8")
	for _, c := range []struct {
		variable string
		args     []string
		want     string
	}{
		{"", nil, "zh"},
		{"", []string{"read", "--lang", "en"}, "en"},
		{"", []string{"read", "--lang=en"}, "en"},
		{"en", nil, "en"},
		{"en_GB", []string{"read"}, "en"},
		{"en", []string{"--lang", "zh"}, "zh"},
		{"", []string{"read", "--", "--lang=en"}, "zh"},
	} {
		t.Setenv("LUOSHI_LANG", c.variable)
		if got := languageOf(c.args); string(got) != c.want {
			t.Errorf("LUOSHI_LANG=%q %v speaks %s, want %s", c.variable, c.args, got, c.want)
		}
	}
}

var han = regexp.MustCompile(`\p{Han}`)

func TestHelpIsInOneLanguage(t *testing.T) {
	t.Setenv("LUOSHI_LANG", "")
	for _, args := range [][]string{{"--help"}, {"read", "--help"}, {"help", "read"}, {"version", "--help"}} {
		if zh := execute(t, nil, args...); !strings.Contains(zh.stdout, "用法\uff1a") || strings.Contains(zh.stdout, "Usage") {
			t.Errorf("%v is not in Chinese:\n%s", args, zh.stdout)
		}
		if en := execute(t, nil, append(args, "--lang", "en")...); han.MatchString(en.stdout) || !strings.Contains(en.stdout, "Usage:") {
			t.Errorf("%v is not in English:\n%s", args, en.stdout)
		}
	}
}
