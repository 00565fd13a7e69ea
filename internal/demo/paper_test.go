package demo_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/demo"
	"luoshi/internal/service"
	"luoshi/internal/service/accounting"
	"luoshi/internal/store"
)

// papersDiffer sees that reports are in several states, that the half-year report and its summary are frozen, and that
// they lead each of their figures somewhere.
func papersDiffer(ctx context.Context, t *testing.T, parts demo.Parts) {
	t.Helper()
	ctx = service.As(ctx, service.Caller{System: "a test", May: []access.Action{"account.read", "account.edit", "account.review", "submission.read"}})
	list, err := parts.Papers.List(ctx, accounting.Filter{}, store.Page{})
	if err != nil {
		t.Fatal(err)
	}
	states, frozen := map[accounting.State]bool{}, map[string]accounting.ID{}
	for _, r := range list.Reports {
		if states[r.State] = true; r.State == accounting.Frozen {
			frozen[r.Template] = r.ID
		}
	}
	for _, state := range []accounting.State{accounting.Drafted, accounting.Reviewed, accounting.Waiting} {
		if !states[state] {
			t.Errorf("no report is %s", state.Label().EN)
		}
	}
	for template, least := range map[string]int{"summary": 50, "half-year": 700} {
		if frozen[template] == "" {
			t.Errorf("no report of the template %s is frozen", template)
			continue
		}
		everyFigureIsSourced(ctx, t, parts, frozen[template], least)
	}
	everyKindOfFigureIsTold(ctx, t, parts, frozen["half-year"])
}

// everyKindOfFigureIsTold sees that the half-year report gives each kind of figure that such reports give: what was done and
// by how much it grew, against the target and the time elapsed, the share in the city and the distance from it, the turn of
// a rate since the year before, the place among other districts.
func everyKindOfFigureIsTold(ctx context.Context, t *testing.T, parts demo.Parts, id accounting.ID) {
	t.Helper()
	report, err := parts.Papers.Report(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, block := range report.Shown.Paper.Body {
		text.WriteString(block.String() + "\n")
	}
	for _, kind := range []string{
		`地区生产总值[0-9.]+亿元，同比增长[0-9.]+%`, `(超出|高于|低于)预期目标[0-9.]+个百分点`, `[快慢]于序时进度[0-9.]+个百分点`, `地区生产总值占青澜市[0-9.]+%`,
		`地区生产总值增速[高低]于青澜市[0-9.]+个百分点`, `城镇登记失业率[0-9.]+%，较上年末(提高|下降)[0-9.]+个百分点`, `城镇登记失业率[高低]于青澜市[0-9.]+个百分点`,
		`地区生产总值增速在4个地区中居第[1-4]位`, `计划新开工[0-9]+项，已全部开工|开工率[0-9.]+%`, `原因是`,
	} {
		if !regexp.MustCompile(kind).MatchString(text.String()) {
			t.Errorf("nothing in the half-year report is like %s", kind)
		}
	}
}

// everyFigureIsSourced sees that a frozen report has a number and so many figures, each of which leads to its source.
func everyFigureIsSourced(ctx context.Context, t *testing.T, parts demo.Parts, id accounting.ID, least int) {
	t.Helper()
	frozen, err := parts.Papers.Report(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]string{}
	for key, f := range frozen.Shown.Figures {
		if len(f.Sources) == 0 {
			t.Errorf("%s of %s is from nowhere", f.Name, frozen.Title())
		}
		for _, source := range f.Sources {
			if source.ID != "" || len(source.Of) > 0 {
				kinds[string(source.Kind)] = key
			}
		}
	}
	for kind, key := range kinds {
		traced, err := parts.Papers.Figure(ctx, id, key)
		if err != nil || len(traced.From) == 0 {
			t.Errorf("%s of %s, from its %s, leads to %+v: %v", key, frozen.Title(), kind, traced.From, err)
		}
	}
	if n := len(frozen.Shown.Figures); n < least || !frozen.Public || frozen.Number.IsZero() {
		t.Errorf("%s has %d figures and number %s", frozen.Title(), n, frozen.Number)
	}
	if frozen.Shown.Lacks != nil {
		t.Errorf("%s lacks %d figures, such as %+v", frozen.Title(), len(frozen.Shown.Lacks), frozen.Shown.Lacks[0])
	}
}
