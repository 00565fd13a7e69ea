package light

import (
	"strings"
	"testing"
)

func TestEveryRuleSaysWhereItComesFrom(t *testing.T) {
	for _, r := range Rules() {
		for name, words := range map[string]string{
			"title": r.Title.ZH, "English title": r.Title.EN, "quote": r.Quote, "source": r.Source, "own": r.Own.ZH, "English own": r.Own.EN,
		} {
			if words == "" {
				t.Errorf("%s has no %s", r.Name, name)
			}
		}
		if found, ok := RuleByName(r.Name); !ok || found.Title != r.Title {
			t.Errorf("%s is not found by its name", r.Name)
		}
	}
	if _, ok := RuleByName("nowhere"); ok {
		t.Error("a rule that is none was found")
	}
}

func TestWrongRulesAreRefused(t *testing.T) {
	sound := "rule a\nmeasured gap\napprox 0.5 5\ngrade good green <=0\ngrade bad red\nlevel good green <=0\nlevel bad red\n"
	if _, err := ParseRules(sound); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"a limit that does not grow": {"grade bad", "grade worse red <=0\ngrade bad"},
		"a better grade behind":      {"grade bad red", "grade bad blue"},
		"a last grade with a limit":  {"grade bad red", "grade bad red <=5"},
		"a limit without a sign":     {"green <=0", "green 0"},
		"no such colour":             {"grade bad red", "grade bad pink"},
		"no such measure":            {"measured gap", "measured wind"},
		"no grades":                  {"level", "start"},
		"an unknown line":            {"approx 0.5 5", "approx 0.5 5\nmood good"},
		"delays that grow better":    {"approx 0.5 5", "approx 0.5 5\nstart red 1\nstart yellow 2"},
		"a line before any rule":     {"rule a\n", ""},
	} {
		text := strings.ReplaceAll(sound, change[0], change[1])
		if _, err := ParseRules(text); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}
