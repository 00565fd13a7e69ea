package account

import (
	"strings"
	"testing"

	"luoshi/internal/account/template"
)

func TestPhrasesNameWhatThereIs(t *testing.T) {
	for name, variants := range phrases {
		scope, _, _ := strings.Cut(name, ".")
		for _, v := range variants {
			for _, test := range v.When {
				if !nameable(scope, test.Name) {
					t.Errorf("%s asks for %s, which nothing has", name, test.Name)
				}
			}
			for _, p := range v.Parts {
				if p.Name != "" && !nameable(scope, p.Name) {
					t.Errorf("%s says %s, which nothing has", name, p.Name)
				}
			}
		}
	}
}

func nameable(scope, name string) bool {
	v := vocabulary{}
	return v.Holds(scope, name) || v.Holds(template.Report, name) || v.List(scope, name) != ""
}

func TestTablesNameWhatThereIs(t *testing.T) {
	for name, d := range displays {
		scope := byName["report."+d.rows].Of
		if scope == "" {
			t.Errorf("%s is made of %s, which is no list of a report", name, d.rows)
		}
		for _, c := range d.columns {
			if !(vocabulary{}).Holds(scope, c.field) {
				t.Errorf("%s has a column %s, which a %s has not", name, c.field, scope)
			}
			if c.width == 0 && d.chart == "" {
				t.Errorf("%s: the column %s has no width", name, c.field)
			}
		}
	}
}

func TestNoPhraseSaysItself(t *testing.T) {
	for name := range phrases {
		scope, short, _ := strings.Cut(name, ".")
		if says(scope, short, short, map[string]bool{}) {
			t.Errorf("%s says itself", name)
		}
	}
}

// says tells whether a phrase names another one, however indirectly.
func says(scope, phrase, name string, seen map[string]bool) bool {
	if seen[phrase] {
		return false
	}
	seen[phrase] = true
	for _, v := range phrases[scope+"."+phrase] {
		for _, p := range v.Parts {
			if p.Name == name || p.Name != "" && says(scope, p.Name, name, seen) {
				return true
			}
		}
		for _, test := range v.When {
			if test.Name == name || says(scope, test.Name, name, seen) {
				return true
			}
		}
	}
	return false
}

func TestEveryWordIsInBothLanguages(t *testing.T) {
	for _, w := range Words() {
		if w.Label.ZH == "" || w.Label.EN == "" {
			t.Errorf("%s.%s is not told in both languages", w.Scope, w.Name)
		}
		if w.Kind == "list" && w.Of == "" {
			t.Errorf("%s.%s is a list of nothing", w.Scope, w.Name)
		}
	}
}

func TestEveryWordIsFilledBySomething(t *testing.T) {
	filled := map[string]bool{}
	seen := map[*thing]bool{}
	var walk func(one *thing)
	walk = func(one *thing) {
		if seen[one] {
			return
		}
		seen[one] = true
		for name := range one.says {
			filled[one.scope+"."+name] = true
		}
		for name := range one.quotes {
			filled[one.scope+"."+name] = true
		}
		for name, list := range one.lists {
			filled[one.scope+"."+name] = true
			for _, member := range list {
				walk(member)
			}
		}
	}
	for _, f := range everything() {
		walk(newComposer(f).report())
	}
	for name := range filled {
		if _, known := byName[name]; !known {
			t.Errorf("%s is filled, and no template can name it", name)
		}
	}
	for _, w := range Words() {
		if !filled[w.Scope+"."+w.Name] {
			t.Errorf("%s.%s can be named, and nothing fills it", w.Scope, w.Name)
		}
	}
}
