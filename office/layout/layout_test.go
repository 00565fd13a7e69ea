package layout

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"luoshi/office/paper"
	"luoshi/office/paper/papertest"
)

// spans is a report with long titles, charts that lack figures, and a wide table whose cells reach over many rows.
func spans(t *testing.T) paper.Document {
	t.Helper()
	data, err := os.ReadFile("testdata/report.json")
	if err != nil {
		t.Fatal(err)
	}
	var d paper.Document
	if err := json.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func set(t *testing.T, d paper.Document) *Printed {
	t.Helper()
	p, err := Set(d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// lines are the texts of a page, those of one height put together.
func lines(p Page) []string {
	var all []string
	last := -1.0
	for _, text := range p.Texts {
		if text.At.Y != last {
			all, last = append(all, ""), text.At.Y
		}
		all[len(all)-1] += text.Text
	}
	return all
}

func runs(parts ...string) []paper.Run {
	var all []paper.Run
	for _, part := range parts {
		all = append(all, paper.Run{Text: part})
	}
	return all
}

func TestAFullPageHas22LinesOf28Characters(t *testing.T) {
	p := set(t, papertest.Full(28*22*2-2))
	if len(p.Pages) != 2 {
		t.Fatalf("%d pages, want 2", len(p.Pages))
	}
	for i, page := range p.Pages {
		got := lines(page)
		got = got[:len(got)-1] // the number of the page
		if len(got) != perPage {
			t.Fatalf("page %d has %d lines", i+1, len(got))
		}
		for n, line := range got {
			want := perLine
			if i == 0 && n == 0 {
				want -= 2
			}
			if count := len([]rune(line)); count != want {
				t.Errorf("line %d of page %d has %d characters, want %d", n+1, i+1, count, want)
			}
		}
	}
}

func TestLinesAreBrokenWhereTheyMayBe(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"not before what closes":      {"一二三四五六，七", "一二三四五|六，七"},
		"nor before two that close":   {"一二三四五六”，七", "一二三四五|六”，七"},
		"not after what opens":        {"一二三四五（六七", "一二三四五|（六七"},
		"not within a number":         {"一二三四212.36亿", "一二三四|212.36亿"},
		"nor before its unit sign":    {"一二三四五12%七", "一二三四五|12%七"},
		"not within a dash":           {"一二三四五——六", "一二三四五|——六"},
		"not within dots":             {"一二三四五……六", "一二三四五|……六"},
		"not within a word":           {"一二三四Luoshi", "一二三四|Luoshi"},
		"but after a space":           {"一二三四Ab cdef", "一二三四Ab |cdef"},
		"in a word that fills a line": {"Luoshiluoshi5", "Luoshiluoshi|5"},
		"and where nothing forbids":   {"一二三四五六七八", "一二三四五六|七八"},
	} {
		s := &setter{metrics: even{}}
		var got []string
		for _, line := range broken(s.said(c.text, bodyStyle), 6*cell+dust, 6*cell+dust) {
			var b strings.Builder
			for _, g := range line {
				b.WriteRune(g.r)
			}
			got = append(got, b.String())
		}
		if text := strings.Join(got, "|"); text != c.want {
			t.Errorf("%s: got %s, want %s", name, text, c.want)
		}
	}
}

func TestALineIsStretchedToBothEdges(t *testing.T) {
	p := set(t, paper.Document{Body: []paper.Block{{Kind: paper.Paragraph, Runs: runs(strings.Repeat("望", 25)+"，区", "，止")}}})
	first := p.Pages[0].Texts[0]
	end := first.At.X
	for _, step := range first.Steps {
		end += step
	}
	if want := marginLeft + areaWidth; end < want-dust || end > want+dust {
		t.Errorf("%q ends at %.2f, want %.2f", first.Text, end, want)
	}
}

func TestNothingIsLeftOut(t *testing.T) {
	for name, d := range map[string]paper.Document{"spans": spans(t), "report": papertest.Report(), "long": papertest.Long(300)} {
		var printed strings.Builder
		for _, page := range set(t, d).Pages {
			for _, text := range page.Texts {
				printed.WriteString(text.Text)
			}
		}
		rest := printed.String()
		for _, want := range papertest.Texts(d) {
			// Cells of a table stand row by row, but those that reach over rows come first; so each is looked for anywhere.
			if !strings.Contains(rest, want) && !acrossPages(rest, want) {
				t.Errorf("%s: %q is not printed", name, want)
			}
		}
	}
}

// acrossPages tells whether a text is printed with the number of a page in its middle.
func acrossPages(printed, text string) bool {
	runes := []rune(text)
	for i := 1; i < len(runes); i++ {
		if _, after, found := strings.Cut(printed, string(runes[:i])+"\u2014 "); found {
			if _, next, found := strings.Cut(after, " \u2014"); found && strings.Contains(next, string(runes[i:])) {
				return true
			}
		}
	}
	return false
}

func TestEverythingStaysOnItsPage(t *testing.T) {
	for name, d := range map[string]paper.Document{"spans": spans(t), "report": papertest.Report(), "long": papertest.Long(300)} {
		if err := within(set(t, d)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// within tells what reaches out of the area of its page; a closing mark may, by less than a character.
func within(p *Printed) error {
	for i, page := range p.Pages {
		a := areaOf(page.Width > page.Height)
		for _, text := range page.Texts[:len(page.Texts)-1] {
			end := text.At.X
			for _, step := range text.Steps {
				end += step
			}
			if text.At.X < a.left-dust || end > a.left+a.width+text.Style.Size || text.At.Y < a.top || text.At.Y > a.top+a.height {
				return fmt.Errorf("%q stands at %v on page %d, outside of %v", text.Text, text.At, i+1, a)
			}
		}
		for _, path := range page.Paths {
			for _, at := range path.Points {
				if at.X < a.left-dust || at.X > a.left+a.width+dust || at.Y < a.top-dust || at.Y > a.top+a.height+dust {
					return fmt.Errorf("a line reaches %v on page %d, outside of %v", at, i+1, a)
				}
			}
		}
	}
	return nil
}

func TestNumbersStandOutside(t *testing.T) {
	p := set(t, papertest.Full(28*22*2))
	for i, want := range []bool{true, false} {
		texts := p.Pages[i].Texts
		last := texts[len(texts)-1]
		if right := last.At.X > paperWidth/2; right != want || last.Text != "\u2014 "+string(rune('1'+i))+" \u2014" {
			t.Errorf("page %d has %q at %v", i+1, last.Text, last.At)
		}
	}
}

func TestAWideTableStandsOnTurnedPages(t *testing.T) {
	d := papertest.Long(60)
	d.Body[0].Table.Wide = true
	d.Body = append(d.Body, paper.Block{Kind: paper.Paragraph, Runs: runs("以上。")})
	p := set(t, d)
	for i, page := range p.Pages {
		turned := page.Width > page.Height
		if want := i > 0 && i < len(p.Pages)-1; turned != want {
			t.Errorf("page %d of %d: turned %t", i+1, len(p.Pages), turned)
		}
		last := page.Texts[len(page.Texts)-1]
		if last.Turned != turned || turned && last.At.X > marginLeft+10 {
			t.Errorf("page %d has its number at %v (turned %t)", i+1, last.At, last.Turned)
		}
		if got := lines(page); turned && !strings.HasPrefix(strings.Join(got, ""), "承诺事项落实情况表") && got[0] != "序号事项责任单位完成数" {
			t.Errorf("page %d begins with %q", i+1, got[0])
		}
	}
}

func TestARowHigherThanAPageGoesOnOnTheNext(t *testing.T) {
	long := strings.Repeat("推进重点项目建设", 400)
	d := paper.Document{Body: []paper.Block{{Kind: paper.Tabular, Table: &paper.Table{
		Caption: "表1", Columns: []paper.Column{{Width: 1}, {Width: 3}},
		Header: [][]paper.Cell{{{Runs: runs("事项")}, {Runs: runs("进展")}}},
		Rows:   [][]paper.Cell{{{Runs: runs("望溪大道")}, {Runs: runs(long)}}, {{Runs: runs("末行")}, {Runs: runs("完成")}}},
	}}}}
	p := set(t, d)
	var printed strings.Builder
	for _, page := range p.Pages {
		for _, line := range lines(page) {
			if line != "事项进展" && !strings.HasPrefix(line, "\u2014") {
				printed.WriteString(line)
			}
		}
	}
	if want := strings.Count(printed.String(), "推进重点项目建设"); len(p.Pages) < 3 || want != 400 {
		t.Errorf("%d pages with %d of 400 sentences", len(p.Pages), want)
	}
	if !strings.HasSuffix(printed.String(), "末行完成") {
		t.Error("the last row does not come last")
	}
}

func TestACellThatReachesOverRowsKeepsItsTextOnOnePage(t *testing.T) {
	const tall = "城市更新交通"
	for rows := 20; rows < 40; rows++ {
		d := paper.Document{Body: []paper.Block{{Kind: paper.Tabular, Table: &paper.Table{
			Caption: "表1", Columns: []paper.Column{{Width: 1}, {Width: 9}}, Header: [][]paper.Cell{{{Runs: runs("类")}, {Runs: runs("项目")}}},
		}}}}
		table := d.Body[0].Table
		for i := range rows + 12 {
			var row []paper.Cell
			switch {
			case i < rows:
				row = append(row, paper.Cell{Runs: runs("类")})
			case i == rows:
				row = append(row, paper.Cell{Runs: runs(tall), Rows: 12})
			}
			table.Rows = append(table.Rows, append(row, paper.Cell{Runs: runs("项目")}))
		}
		p := set(t, d)
		whole := false
		for _, page := range p.Pages {
			text := ""
			for _, part := range page.Texts {
				if strings.Contains(tall, part.Text) {
					text += part.Text
				}
			}
			whole = whole || text == tall
		}
		if !whole {
			t.Errorf("after %d rows the text is torn apart", rows)
		}
	}
}

func TestAHeadingIsFollowedOnItsPage(t *testing.T) {
	for before := range 24 {
		d := papertest.Full(28*before + 10)
		d.Body = append(d.Body, paper.Block{Kind: paper.Heading, Level: 1, Runs: runs("一、情况")}, paper.Block{Kind: paper.Paragraph, Runs: runs("正文。")})
		p := set(t, d)
		page := lines(p.Pages[p.Headings[0].Page])
		if len(page) < 3 || page[len(page)-2] == "一、情况" {
			t.Errorf("after %d lines the heading is the last line of its page", before+1)
		}
	}
}

func TestTheFootStandsAtTheEndOfTheLastPage(t *testing.T) {
	p := set(t, spans(t))
	paths := p.Pages[len(p.Pages)-1].Paths
	low := paths[len(paths)-1].Points[0].Y
	if want := marginTop + areaHeight; low < want-dust || low > want+dust {
		t.Errorf("the last rule is at %.2f, want %.2f", low, want)
	}
}

func TestTheHeadHasItsRuleBelowTheNumber(t *testing.T) {
	p := set(t, papertest.Report()).Pages[0]
	got := lines(p)
	if got[0] != "望溪区人民政府文件" || got[1] != "望政发〔2026〕17号签发人：常川" {
		t.Fatalf("the page begins with %q", got[:2])
	}
	var number float64
	for _, text := range p.Texts {
		if text.Text == "望政发〔2026〕17号" {
			number = text.At.Y
		}
	}
	if rule := p.Paths[0].Points[0].Y; rule < number+3 || rule > number+8 {
		t.Errorf("the rule is at %.2f, the number at %.2f", rule, number)
	}
}

func TestADraftIsMarkedOnEveryPage(t *testing.T) {
	p, err := Set(papertest.Report(), Options{Mark: "送审稿"})
	if err != nil {
		t.Fatal(err)
	}
	for i, page := range p.Pages {
		if n := strings.Count(strings.Join(lines(page), ""), "送审稿"); n != 1 {
			t.Errorf("page %d has %d marks", i+1, n)
		}
	}
}

func TestWhatCannotBePrintedIsAnError(t *testing.T) {
	if _, err := Set(paper.Document{Body: []paper.Block{{Kind: "picture"}}}, Options{}); err == nil {
		t.Error("a block of no kind was printed")
	}
}

func TestATitleIsBrokenBetweenWordsIntoLinesOfOneLength(t *testing.T) {
	for title, want := range map[string]string{
		"望溪区人民政府关于2026年上半年国民经济和社会发展计划执行情况的报告": "望溪区人民政府关于2026年上半年|国民经济和社会发展计划执行情况的报告",
		"望溪区人民政府工作报告": "望溪区人民政府工作报告",
		"（2026年7月28日在望溪区第七届人民代表大会常务委员会第三十二次会议上）": "（2026年7月28日在望溪区|第七届人民代表大会常务委员会|第三十二次会议上）",
	} {
		s := &setter{metrics: even{}}
		var got []string
		for _, line := range balanced(whole(s.said(title, titleStyle)), areaWidth-2*cell) {
			var b strings.Builder
			for _, g := range line {
				b.WriteRune(g.r)
			}
			got = append(got, b.String())
		}
		if text := strings.Join(got, "|"); text != want {
			t.Errorf("got %s, want %s", text, want)
		}
	}
}
