package catalogue_test

import (
	"context"
	"strings"
	"testing"

	"luoshi/internal/service/catalogue"
	"luoshi/ledger"
)

// shown are stretches as a page shows them, what was found in brackets.
func shown(stretches []catalogue.Stretch) string {
	var b strings.Builder
	for _, s := range stretches {
		if s.Found {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestSearchTellsKindByKind(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		ctx := d.Office(t.Context())
		search := func(q catalogue.Search) string {
			t.Helper()
			found, err := d.Search(ctx, q)
			must(t, err)
			var lines []string
			for _, kind := range found {
				for _, hit := range kind.Hits {
					lines = append(lines, kind.Kind+" "+shown(hit.Title)+" | "+shown(hit.Passage))
				}
			}
			return strings.Join(lines, "\n")
		}
		everything := "commitments 新增养老床位 | 新增养老床位200张以上，推进[望溪路]改造。\nprojects [望溪路]改造 | [望溪路]改造\n" +
			"documents 望溪区2026年工作要点 | 新增养老床位200张以上，推进[望溪路]改造。"
		if got := search(catalogue.Search{Words: "望溪路"}); got != everything {
			t.Errorf("got %s", got)
		}
		if got := search(catalogue.Search{Words: "望溪路", Kind: catalogue.FoundProject}); got != "projects [望溪路]改造 | [望溪路]改造" {
			t.Errorf("got %s", got)
		}
		if got := search(catalogue.Search{Words: "望溪路", Unit: d.Bureau.ID}); !strings.HasPrefix(got, "commitments") || strings.Contains(got, "projects") || strings.Contains(got, "documents") {
			t.Errorf("got %s", got)
		}
		if got := search(catalogue.Search{Words: "望溪路", Plan: ledger.PlanID("other")}); got != "" {
			t.Errorf("got %s", got)
		}
		for _, nothing := range []string{"", "  ", "%", "没有"} {
			if got := search(catalogue.Search{Words: nothing}); got != "" {
				t.Errorf("%q finds %s", nothing, got)
			}
		}
		for name, ctx := range map[string]context.Context{"an administrator": d.administrator(t.Context()), "the public": t.Context()} {
			found, err := d.Search(ctx, catalogue.Search{Words: "望溪路"})
			must(t, err)
			for _, kind := range found {
				if len(kind.Hits) > 0 {
					t.Errorf("%s finds %+v", name, kind)
				}
			}
		}
	})
}

func TestAnExcerptShowsWhatWasFound(t *testing.T) {
	long := strings.Repeat("前", 100) + "公路桥" + strings.Repeat("后", 100)
	if got := shown(catalogue.Excerpt(long, "公路")); !strings.HasPrefix(got, "…前") || !strings.Contains(got, "[公路]桥") || !strings.HasSuffix(got, "后…") || len([]rune(got)) != 124 {
		t.Errorf("got %s", got)
	}
	if got := shown(catalogue.Excerpt(long, "没有")); !strings.HasPrefix(got, "前") || !strings.HasSuffix(got, "…") {
		t.Errorf("got %s", got)
	}
	if got := shown(catalogue.Excerpt("ＧＤＰ增长5.5%", "gdp")); got != "[ＧＤＰ]增长5.5%" {
		t.Errorf("got %s", got)
	}
	if got := catalogue.Excerpt("", "甲"); got != nil {
		t.Errorf("got %v", got)
	}
}
