package layout

import (
	"strings"
	"testing"

	"luoshi/office/paper"
	"luoshi/office/paper/papertest"
)

// texts are those of a page with the height at which each stands.
func texts(p Page) map[string]float64 {
	all := map[string]float64{}
	for _, t := range p.Texts {
		all[t.Text] = t.At.Y
	}
	return all
}

func TestABulletinNamesWhoEditsItAboveTheRule(t *testing.T) {
	p := set(t, paper.Document{Head: paper.Head{Organ: "督查通报", Issue: "第一期", Number: "望督通〔2026〕1号", Office: "望溪区人民政府督查室", On: "2026年7月27日"}, Title: "关于上半年重点工作推进情况的通报"})
	page := p.Pages[0]
	office, day := find(t, page, "望溪区人民政府督查室"), find(t, page, "2026年7月27日")
	if office.At.Y != day.At.Y || office.At.X > day.At.X || len(page.Paths) != 1 {
		t.Fatalf("they stand at %v and %v", office.At, day.At)
	}
	rule := page.Paths[0]
	if y := rule.Points[0].Y; y <= office.At.Y || y >= find(t, page, "关于上半年重点工作推进情况的通报").At.Y {
		t.Errorf("the rule stands at %.1f, those above it at %.1f", y, office.At.Y)
	}
}

func TestALetterHasItsOrganAtTheEdgeBetweenDoubleRules(t *testing.T) {
	p := set(t, paper.Document{
		Head: paper.Head{Organ: "望溪区人民政府督查室", Number: "望督〔2026〕1号", Urgency: "特急", Letter: true}, Title: "督办单",
		Body: []paper.Block{{Kind: paper.Paragraph, Runs: runs(strings.Repeat("望溪", 28*22/2))}},
	})
	first := p.Pages[0]
	organ := find(t, first, "望溪区人民政府督查室")
	if top := organ.At.Y - footing(organ.Style.Size, organ.Style.Size); top < 30-dust || top > 30+dust {
		t.Errorf("the organ begins at %.1f mm", top)
	}
	if len(first.Paths) != 4 || first.Paths[2].Points[0].Y != paperHeight-20 {
		t.Errorf("%d rules", len(first.Paths))
	}
	if find(t, first, "特急").At.Y != find(t, first, "望督〔2026〕1号").At.Y {
		t.Error("urgency and number do not stand on one line")
	}
	if _, there := texts(first)["— 1 —"]; there {
		t.Error("the first page of a letter has a number")
	}
	if _, there := texts(p.Pages[1])["— 2 —"]; !there {
		t.Error("the second page has none")
	}
}

// TestTheFootStandsOnTheBackOfTheLastSheet: at the end of the last page, which is an even one, whatever the text needs.
func TestTheFootStandsOnTheBackOfTheLastSheet(t *testing.T) {
	for characters, pages := range map[int]int{10: 2, 28*22 + 10: 2, 28*22*2 + 10: 4} {
		d := papertest.Full(characters)
		d.Foot = paper.Foot{Copies: "区委办公室", Printer: "望溪区人民政府办公室", Printed: "2026年7月28日"}
		p := set(t, d)
		if len(p.Pages) != pages {
			t.Fatalf("%d characters and the foot stand on %d pages, want %d", characters, len(p.Pages), pages)
		}
		last := p.Pages[pages-1]
		rules := last.Paths[len(last.Paths)-1].Points[0].Y
		if rules < marginTop+areaHeight-dust || rules > marginTop+areaHeight+dust || find(t, last, "望溪区人民政府办公室").At.Y > rules {
			t.Errorf("the foot ends at %.1f", rules)
		}
	}
}

// TestASignatureTakesTheLastLinesWithIt: it does not stand on a page alone.
func TestASignatureTakesTheLastLinesWithIt(t *testing.T) {
	d := papertest.Full(28*22 - 2)
	d.Signature, d.Date = []string{"望溪区人民政府"}, "2026年7月28日"
	p := set(t, d)
	if len(p.Pages) != 2 {
		t.Fatalf("%d pages", len(p.Pages))
	}
	if got := lines(p.Pages[1]); len(got) != endLines+3 {
		t.Errorf("the second page says %q", got)
	}
}

func TestProseStandsAtTheLeft(t *testing.T) {
	table := paper.Table{Columns: []paper.Column{{Width: 1}, {Width: 3}, {Width: 3, Prose: true}}, Header: [][]paper.Cell{{{Runs: runs("序号")}, {Runs: runs("单位")}, {Runs: runs("原因")}}},
		Rows: [][]paper.Cell{{{Runs: runs("1")}, {Runs: runs("财政局")}, {Runs: runs("雨季停工")}}}}
	page := set(t, paper.Document{Body: []paper.Block{{Kind: paper.Tabular, Table: &table}}}).Pages[0]
	left := func(column int) float64 { return marginLeft + shares(&table, areaWidth)[column] + padding }
	if at := find(t, page, "雨季停工").At.X; at > left(2)+dust {
		t.Errorf("sentences begin at %.1f, want %.1f", at, left(2))
	}
	if at := find(t, page, "财政局").At.X; at <= left(1)+dust {
		t.Errorf("a name begins at %.1f", at)
	}
}

func find(t *testing.T, p Page, text string) Text {
	t.Helper()
	for _, one := range p.Texts {
		if one.Text == text {
			return one
		}
	}
	t.Fatalf("%q is not on the page: %v", text, texts(p))
	return Text{}
}
