package intake

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/checking/judge"
	"luoshi/document"
	"luoshi/ledger"
	"luoshi/reading"
)

var update = flag.Bool("update", false, "write the golden files")

// proposed reads a file of testdata and proposes.
func proposed(tb testing.TB, path string) (Proposal, *document.Document) {
	tb.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	doc, err := document.Open(context.Background(), filepath.Base(path), data, document.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return Propose(reading.Read(doc, reading.Options{})), doc
}

// show is items as lines, for golden files.
func show(items []Item) string {
	var b strings.Builder
	for _, i := range items {
		fmt.Fprintf(&b, "%s %s §%d %s by %s", i.ID, i.Kind, i.Section, i.Title, i.By)
		if !i.Firm {
			b.WriteString(" (soft)")
		}
		if i.Owner != "" {
			fmt.Fprintf(&b, " ← %s", i.Owner)
		}
		b.WriteByte('\n')
		for _, t := range i.Targets {
			fmt.Fprintf(&b, "    %d %s %s %s %s%s%s by %s", t.Number, t.Subject, t.Measure, t.Cmp, t.Value.Plain(), t.Unit, t.Words, t.By)
			for _, extra := range []string{t.Code, t.Scope} {
				if extra != "" {
					fmt.Fprintf(&b, " [%s]", extra)
				}
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func TestADocumentIsProposed(t *testing.T) {
	for _, file := range []string{"testdata/plan.txt", "testdata/targets.md"} {
		proposal, _ := proposed(t, file)
		got := fmt.Sprintf("%s, %d\n", proposal.Source.Title, proposal.Year)
		for _, s := range proposal.Outline {
			got += fmt.Sprintf("§%d in §%d, level %d: %s%s\n", s.Number, s.Parent, s.Level, s.Marker, s.Title)
		}
		got += show(proposal.Items)
		golden := strings.TrimSuffix(file, filepath.Ext(file)) + ".golden"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
		}
	}
}

// TestEveryProposalQuotesItsDocument holds proposals of all documents at hand to what is true of any.
func TestEveryProposalQuotesItsDocument(t *testing.T) {
	var paths []string
	for _, pattern := range []string{
		"testdata/*.txt", "testdata/*.md", "../../examples/*-plan.*", "../../../shared/documents/*.txt", "../../../shared/corpus/*/*.txt",
	} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	if len(paths) < 10 {
		t.Log("the documents are not beside the project; only the examples are read")
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			proposal, doc := proposed(t, path)
			if found := ledger.ValidateOutline(proposal.Outline); len(found) > 0 {
				t.Error(found)
			}
			text := []rune(doc.Text)
			for _, item := range proposal.Items {
				for _, problem := range item.Validate() {
					if problem.Code != "target.subject" { // what a figure measures may be left to people
						t.Errorf("%s %s: %s at %s", item.ID, item.Title, problem.Code, problem.Where)
					}
				}
				checkQuotes(t, item, text, len(proposal.Outline))
			}
		})
	}
}

// checkQuotes tells whether an item and its targets stand where they say.
func checkQuotes(t *testing.T, item Item, text []rune, sections int) {
	t.Helper()
	if item.Section < 0 || item.Section > sections {
		t.Errorf("%s stands in section %d of %d", item.ID, item.Section, sections)
	}
	for _, p := range item.Source {
		if p.End() > len(text) || string(text[p.At():p.End()]) != p.Wording() {
			t.Errorf("%s: %q does not stand at %d", item.ID, p.Wording(), p.At())
		}
	}
	for _, target := range item.Targets {
		if item.By.Before(target.By) {
			t.Errorf("%s is due by %s, its target by %s", item.ID, item.By, target.By)
		}
		if !item.Source[0].Holds(target.Quoted) {
			t.Errorf("%s: %s stands outside %q", item.ID, target.Quoted.Wording(), item.Source[0].Wording())
		}
	}
}

func TestKinds(t *testing.T) {
	known := ledger.Target{Code: "economy.gdp"}
	for _, tc := range []struct {
		wording    string
		livelihood bool
		targets    []ledger.Target
		want       ledger.CommitmentKind
	}{
		{"新建公厕25座", true, nil, ledger.KindLivelihood},
		{"建成望溪物流港一期工程", true, nil, ledger.KindLivelihood},
		{"加快望溪大桥建设", false, nil, ledger.KindProject},
		{"总投资12亿元", false, []ledger.Target{known}, ledger.KindProject},
		{"签约项目当年开工率达到80%以上", false, []ledger.Target{{Measure: ledger.Share}}, ledger.KindTask},
		{"精简项目审批事项20项", false, []ledger.Target{{}}, ledger.KindTask},
		{"健全项目储备机制", false, nil, ledger.KindTask},
		{"地区生产总值增长6%", false, []ledger.Target{known}, ledger.KindIndicator},
		{"地区生产总值增长6%，办好节会8场", false, []ledger.Target{known, {}}, ledger.KindTask},
		{"加强作风建设", false, nil, ledger.KindTask},
	} {
		if got := kindOf(promise{tc.wording, tc.livelihood, tc.targets}); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.wording, got, tc.want)
		}
	}
}

func TestBoundsInWordsHaveAMeasure(t *testing.T) {
	for bound, want := range map[string]ledger.Measure{
		"保持正增长": ledger.Growth, "与经济增长同步": ledger.Growth, "零增长": ledger.Growth,
		"稳步下降": ledger.Decline, "完成市下达任务": ledger.Level, "基本稳定": ledger.Level,
	} {
		if rule := judge.Bound(bound); rule == "" || measureOf(rule) != want {
			t.Errorf("%s is judged by %q as %s, want %s", bound, rule, measureOf(rule), want)
		}
	}
}

// TestWordsOfKinds: every list is used, and no word stands twice in one.
func TestWordsOfKinds(t *testing.T) {
	lists := []string{
		"livelihood", "project", "build", "investment", "not_project", "project_count", "project_general", "project_countable",
		"project_total", "project_year", "project_finish", "stage_reserve",
	}
	for _, category := range ledger.ProjectCategories() {
		if category != ledger.OtherProject {
			lists = append(lists, "category_"+string(category))
		}
	}
	for _, list := range lists {
		words := vocabulary()[list]
		if len(words) == 0 {
			t.Errorf("%s is empty", list)
		}
		seen := map[string]bool{}
		for _, w := range words {
			if seen[w] {
				t.Errorf("%s stands twice in %s", w, list)
			}
			seen[w] = true
		}
	}
	if len(vocabulary()) != len(lists) {
		t.Errorf("%d lists", len(vocabulary()))
	}
}
