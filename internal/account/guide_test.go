package account_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/internal/account"
)

func TestTheGuideToTemplatesIsKept(t *testing.T) {
	for file, english := range map[string]bool{"templates.md": true, "templates.zh-CN.md": false} {
		path, got := filepath.Join("..", "..", "docs", file), account.Guide(english)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("docs/%s is not the guide: run the test with -update", file)
		}
	}
}

func TestTheTemplateOfTheGuideIsOne(t *testing.T) {
	_, rest, _ := strings.Cut(account.Guide(false), "```\n")
	text, _, _ := strings.Cut(rest, "```")
	form, err := account.Parse("own", text)
	if err != nil {
		t.Fatal(err)
	}
	if c := account.Compose(form, wangxi()); len(c.Paper.Body) < 5 || len(c.Figures) == 0 {
		t.Errorf("the report of the guide's template is\n%s", printed(c))
	}
}

// FuzzCompose looks for templates that are taken and then cannot be filled.
func FuzzCompose(f *testing.F) {
	for _, form := range account.Templates() {
		f.Add(form.Text)
	}
	facts := wangxi()
	f.Fuzz(func(t *testing.T, text string) {
		form, err := account.Parse("own", text)
		if err != nil {
			return
		}
		c := account.Compose(form, facts)
		if err := c.Paper.Check(); err != nil {
			t.Errorf("the report of %q cannot be printed: %v", text, err)
		}
	})
}

// FuzzApply looks for edits that lose what a person typed.
func FuzzApply(f *testing.F) {
	f.Add("收入{27.95}亿元，增长{7.1|tax.growth}%；失业率{7.1|jobless}%。\n{gdp}")
	f.Add("{}{|}{a|b}}{{ 27.95亿元7.1%")
	f.Fuzz(func(t *testing.T, text string) {
		made, _ := account.Apply(sentence(), []account.Edit{{Block: "L1", Text: text}}, nil)
		for _, b := range made.Paper.Body {
			for _, r := range b.Runs {
				if f, known := made.Figures[r.Figure]; r.Figure != "" && !known || strings.ContainsAny(r.Text, "\n{}") && r.Text != f.Text {
					t.Errorf("of %q is made the run %+v", text, r)
				}
			}
		}
		if !strings.ContainsAny(text, "{}") {
			got := strings.Join(strings.Fields(bare(made)), "")
			if want := strings.Join(strings.Fields(text), ""); want != "" && got != want {
				t.Errorf("of %q is kept %q", want, got)
			}
		}
	})
}

// bare is the text of a report's paragraphs.
func bare(c account.Content) string {
	var lines []string
	for _, b := range c.Paper.Body {
		lines = append(lines, b.String())
	}
	return strings.Join(lines, "\n")
}
