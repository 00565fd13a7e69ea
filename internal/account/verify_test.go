package account_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/account"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/office/docx"
	"luoshi/office/paper"
)

// word is a report as the file that is offered.
func word(t testing.TB, c account.Content) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := docx.Write(&b, c.Paper, docx.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func districts(t *testing.T) uint64 {
	if testing.Short() {
		return 14
	}
	return 100
}

func TestEveryFigureReadBackIsThatOfTheLedger(t *testing.T) {
	forms := account.Templates()
	figures, read := 0, 0
	for seed := range districts(t) {
		f, form := district(seed, 30, 20), forms[int(seed)%len(forms)]
		if form.OfUnit {
			f.Unit = f.Units[0]
		}
		c := account.Compose(form, f)
		v, err := account.Verify(t.Context(), word(t, c), c, account.Compose(form, f).Figures)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range v.Differences {
			t.Errorf("district %d, %s: %s of %s in %s: %q became %q", seed, form.Name, d.Kind, d.Figure, d.Block, d.Was, d.Is)
			if d.Error != nil {
				t.Log(d.Error.Rule, d.Error.Computation)
			}
		}
		if len(v.Words) > 0 {
			t.Errorf("district %d, %s: numbers without a source: %q", seed, form.Name, v.Words)
		}
		figures, read = figures+v.Figures, read+v.Read
	}
	t.Logf("%d figures printed, %d of them read back as quantities", figures, read)
}

func TestWhatPeopleChangedIsHeldAgainstTheLedger(t *testing.T) {
	form, _ := account.TemplateFor("half-year")
	c := account.Compose(form, wangxi())
	at := slices.IndexFunc(c.Paper.Body, func(b paper.Block) bool { return strings.Contains(b.String(), "同比增长7.1%") })
	block := c.Paper.Body[at]
	for _, test := range []struct {
		name  string
		from  string
		to    string
		bases []account.Basis
		want  []string
	}{
		{"words alone", "地区生产总值", "全区生产总值", nil, nil},
		{"a figure typed over", "{747.7}", "{750}", nil, []string{"altered 747.7→750"}},
		{"a number typed", "望溪区", "望溪区36.6万人共同努力，", nil, []string{"added →36.6万人"}},
		{"a number typed with its basis", "望溪区", "望溪区36.6万人共同努力，", []account.Basis{{Block: block.Key, Text: "36.6万人", From: "第七次人口普查"}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(account.Marked(block), test.from, test.to, 1)
			made, _ := account.Apply(c, []account.Edit{{Block: block.Key, Text: text}}, test.bases)
			v, err := account.Verify(t.Context(), word(t, made), made, c.Figures)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range v.Differences {
				if d.Kind != account.Contradiction {
					got = append(got, string(d.Kind)+" "+d.Was+"→"+d.Is)
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("the differences are %q, not %q", got, test.want)
			}
		})
	}
}

func TestAFigureThatMovedInTheLedgerIsFound(t *testing.T) {
	form, _ := account.TemplateFor("half-year")
	c := account.Compose(form, wangxi())
	f := wangxi()
	f.Indicators[1].Done = decimal("28.01")
	f.Works = f.Works[:2]
	f.Projects = projectLines(f)
	v, err := account.Verify(t.Context(), word(t, c), c, account.Compose(form, f).Figures)
	if err != nil {
		t.Fatal(err)
	}
	has := func(kind account.DifferenceKind, figure string) bool {
		return slices.ContainsFunc(v.Differences, func(d account.Difference) bool { return d.Kind == kind && d.Figure == figure })
	}
	if !has(account.FigureMoved, "indicator:tax.done") || !has(account.FigureGone, "category:wellbeing.planned") {
		t.Errorf("the differences are %v", v.Differences)
	}
}

func TestAFileThatIsNoReportIsRefused(t *testing.T) {
	form, _ := account.TemplateFor("half-year")
	if _, err := account.Verify(t.Context(), []byte("无"), account.Compose(form, wangxi()), nil); err == nil {
		t.Error("a file of one character passes for a report")
	}
}

func TestAPromiseAndWhatIsDoneOfItAreNoContradiction(t *testing.T) {
	f := wangxi()
	roads := indicator("roads", "打通断头路", "条", 0, "3", "", target(ledger.Level, ledger.AtLeast, "4", "条"), ledger.AsSum)
	mixed := indicator("output", "总产值", "亿元", 8, "30.48", "", target(ledger.Level, ledger.AtLeast, "60e8", "元"), ledger.AsSum)
	mixed.Expected = ledger.Wording{ZH: "60以上；增长1倍；11000000000港元以上"}
	f.Indicators = append(f.Indicators, roads, mixed)
	f.Commitments = append(f.Commitments, promise("c9", "打通断头路4条", 1, house, light.Yellow, "75", "83.33", ""))
	for _, name := range []string{"half-year", "month"} {
		form, _ := account.TemplateFor(name)
		f.Unit = house
		c := account.Compose(form, f)
		v, err := account.Verify(t.Context(), word(t, c), c, c.Figures)
		if err != nil {
			t.Fatal(err)
		}
		if !v.Sound() || len(v.Explained) == 0 {
			t.Errorf("%s: the differences are %v, and %d are explained", name, v.Differences, len(v.Explained))
		}
	}
}

// contradictory is a district in which a unit says that 70 and 60 are 120.
func contradictory() account.Facts {
	f := wangxi()
	f.Commitments[0].Note = "全年新建养老床位120张，其中公办70张、民办60张"
	return f
}

func TestAContradictionInWhatAUnitWroteIsPassedOverByAPerson(t *testing.T) {
	form, _ := account.TemplateFor("half-year")
	c := account.Compose(form, contradictory())
	found := verified(t, c)
	if len(found.Differences) != 1 || !found.Differences[0].Arguable || len(found.Differences[0].Figures) != 3 {
		t.Fatalf("the differences are %+v", found.Differences)
	}
	d := found.Differences[0]
	c.Passed = []account.Pass{{Mark: d.Mark, Figures: d.Figures, Reason: "民办床位含在建10张"}}
	if found = verified(t, c); !found.Sound() || len(found.Passed) != 1 || found.Passed[0].Reason == "" {
		t.Errorf("passed over it is %+v", found)
	}
	moved := contradictory()
	moved.Commitments[0].Note = strings.Replace(moved.Commitments[0].Note, "120", "140", 1)
	now := account.Compose(form, moved)
	if now.Passed = c.Passed; c.Passed[0].Holds(now) || verified(t, now).Sound() {
		t.Error("what was passed over holds for other figures")
	}
}

func verified(t *testing.T, c account.Content) account.Verification {
	t.Helper()
	v, err := account.Verify(t.Context(), word(t, c), c, c.Figures)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
