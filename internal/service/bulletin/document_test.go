package bulletin_test

import (
	"bytes"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/document/limit"
	"luoshi/internal/service/bulletin"
	paper "luoshi/ledger/bulletin"
	"luoshi/office/docx"
)

// printed is a bulletin with everything that one can have.
func printed() bulletin.Paper {
	figure := func(key, text string) paper.Part {
		return paper.Part{Text: text, Key: key, From: &paper.Source{Kind: paper.FromLights}}
	}
	words := func(text string) paper.Part { return paper.Part{Text: text} }
	return bulletin.Paper{
		Series: "督查通报", Office: "望溪区人民政府督查室", Copies: "区委办公室", Number: paper.Number{Sign: "望督通", Year: 2026, N: 17},
		Title: "关于2026年6月工作进展的通报", On: "2026-07-06",
		Recipients: []bulletin.Recipient{{Name: "区水务局"}, {Name: "城关街道"}},
		Blocks:     paper.Blocks{paper.Opening: "现将情况通报如下。", paper.Lights: "请各单位对照检查。\n抓好整改。"},
		Content: paper.Content{On: day(6, 30), Sections: []paper.Section{
			{Kind: paper.Overview, Title: "总体进展情况", Sentences: []paper.Sentence{{words("已完成"), figure("lights.done", "6"), words("项。")}}},
			{Kind: paper.Lights, Title: "各单位进展情况", Tables: []paper.Table{{
				Name: "units", Title: "各单位承诺事项进展情况表", Total: true, Left: 3,
				Columns: []paper.Column{{Title: "责任单位"}, {Title: "已完成（项）", Number: true}},
				Rows: [][]paper.Part{
					{words("区水务局"), figure("units/water.done", "2")}, {words("城关街道"), figure("units/street.done", "4")}, {words("合计"), figure("units/all.done", "6")},
				},
			}}},
		}},
	}
}

// TestABulletinIsWrittenAsAWordFile reads the file back: it says what the bulletin says, and its figures are found.
func TestABulletinIsWrittenAsAWordFile(t *testing.T) {
	var file bytes.Buffer
	must(t, docx.Write(&file, printed().Document(), docx.Options{}))
	read := have[*document.Document](t)(document.Open(t.Context(), "bulletin.docx", file.Bytes(), document.Options{}))
	for _, line := range []string{
		"督查通报", "第十七期", "望督通〔2026〕17号", "望溪区人民政府督查室 2026年7月6日", "关于2026年6月工作进展的通报", "区水务局、城关街道：", "现将情况通报如下。",
		"一、总体进展情况", "已完成6项。", "二、各单位进展情况", "各单位承诺事项进展情况表", "责任单位 | 已完成（项）", "城关街道 | 4", "合计 | 6",
		"注：另有3项未列入本表，可在系统中查看。", "请各单位对照检查。", "抓好整改。", "数据来源：落实系统台账，截至2026年6月30日。文中数字均可在系统中查到出处。",
		"望溪区人民政府督查室", "2026年7月6日", "抄送：区委办公室。",
	} {
		if !strings.Contains("\n"+read.Text, "\n"+line+"\n") {
			t.Errorf("no line %q in\n%s", line, read.Text)
		}
	}
	figures := have[[]docx.Figure](t)(docx.Figures(t.Context(), file.Bytes(), limit.Limits{}))
	if len(figures) != 4 || figures[0] != (docx.Figure{Tag: "lights.done", Text: "6"}) {
		t.Errorf("figures %v", figures)
	}
}

func TestTheTotalOfABulletinIsASum(t *testing.T) {
	for _, b := range printed().Document().Body {
		if b.Table == nil {
			continue
		}
		total := b.Table.Rows[2][1]
		if len(total.Formula.Of) != 2 || total.Value != "6" || !total.Bold {
			t.Errorf("the total is %+v", total)
		}
	}
}

func TestADraftHasNeitherNumberNorDay(t *testing.T) {
	p := printed()
	p.Number, p.On = paper.Number{}, ""
	d := p.Document()
	if d.Head.Number != "" || d.Head.Issue != "" || d.Date != "" || d.Head.On != "" {
		t.Errorf("%+v, %q", d.Head, d.Date)
	}
}

// TestFiguresHaveRoom: however long the names beside them are, figures and their headings stay on their lines.
func TestFiguresHaveRoom(t *testing.T) {
	p := printed()
	p.Content.Sections[1].Tables[0].Rows[0][0].Text = strings.Repeat("望溪区城市管理和综合执法局", 9)
	for _, b := range p.Document().Body {
		if b.Table == nil {
			continue
		}
		if unit, done := b.Table.Columns[0].Width, b.Table.Columns[1].Width; done != 8 || unit != 64 {
			t.Errorf("the unit has %d places and the figure %d", unit, done)
		}
	}
}
