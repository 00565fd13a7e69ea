package progress

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"

	"luoshi/internal/service/catalogue/workbook"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Grid is a table as it stands on a page and in a file. Figures in it are exact.
type Grid struct {
	Name     string
	Headings []string
	Widths   []float64
	Rows     [][]GridCell
}

// GridCell is words or a figure; empty where it is neither.
type GridCell struct {
	Text   string
	Figure ledger.Decimal
}

// Plain is what the cell says.
func (c GridCell) Plain() string {
	if c.Figure.Known() {
		return c.Figure.Plain()
	}
	return c.Text
}

//go:embed tablewords.txt
var tableLines string

var tableWords = func() map[string]ledger.Wording {
	all := map[string]ledger.Wording{}
	for line := range strings.Lines(tableLines) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if !strings.HasPrefix(line, "#") && len(cells) == 3 {
			all[strings.TrimSpace(cells[0])] = ledger.Wording{ZH: strings.TrimSpace(cells[1]), EN: strings.TrimSpace(cells[2])}
		}
	}
	return all
}()

// Language is in what a table is written.
type Language string

const (
	Chinese Language = "zh"
	English Language = "en"
)

func (l Language) of(w ledger.Wording) string {
	if l == English {
		return w.EN
	}
	return w.ZH
}

func (l Language) say(key string, facts ...string) string {
	text := l.of(tableWords[key])
	for i, fact := range facts {
		text = strings.ReplaceAll(text, "{"+strconv.Itoa(i)+"}", fact)
	}
	return text
}

// IndicatorGrid is the table of indicators: 指标名称, 单位, 预期目标, 完成数, 增长%, 备注.
func (t Tables) IndicatorGrid(l Language) Grid {
	year := l.of(reporting.Period{Frequency: reporting.Yearly, Year: t.Plan.Year, Number: 1}.Title())
	period := l.of(t.Period.Title())
	g := Grid{
		Name:     l.say("indicators"),
		Headings: []string{l.say("name"), l.say("unit"), l.say("expected", year), l.say("done", period), l.say("growth", period), l.say("remark")},
		Widths:   []float64{32, 10, 22, 18, 18, 40},
	}
	for _, line := range t.Indicators {
		g.Rows = append(g.Rows, []GridCell{
			{Text: line.Name}, {Text: line.Unit}, {Text: l.of(line.Expected)}, {Figure: line.Done}, {Figure: line.Growth}, {Text: l.of(line.Remark)},
		})
	}
	return g
}

// ProjectGrid is the table of projects by category, the total first: 项目类别, 年度计划投资, 累计完成投资, 占年度计划比例,
// 新开工, 已开工, 开工率, 备注. Money is in 亿元, or in 万元 where all of it is less than one.
func (t Tables) ProjectGrid(l Language) Grid {
	scale, unit := t.money()
	g := Grid{
		Name: l.say("projects"),
		Headings: []string{
			l.say("category"), l.say("planned", unit), l.say("invested", unit, l.of(t.Period.Title())), l.say("share"), l.say("to_start"),
			l.say("started"), l.say("start_rate"), l.say("remark"),
		},
		Widths: []float64{28, 18, 22, 16, 12, 20, 12, 60},
	}
	for i, line := range t.Projects {
		name := l.say("total", strconv.Itoa(line.Count))
		if line.Category != "" {
			name = l.say("line", chineseNumber(i), l.of(line.Category.Label()), strconv.Itoa(line.Count))
		}
		g.Rows = append(g.Rows, []GridCell{
			{Text: name}, {Figure: reporting.Scaled(line.Planned, scale)}, {Figure: reporting.Scaled(line.Done, scale)}, {Figure: line.Share},
			{Figure: ledger.Int(int64(line.ToStart))}, {Figure: ledger.Int(int64(line.Started))}, {Figure: line.StartRate}, {Text: l.of(line.Remark)},
		})
	}
	return g
}

// money is the power of ten in which the table of projects states money, and its unit.
func (t Tables) money() (int, string) {
	hundredMillion := big.NewRat(1e8, 1)
	if len(t.Projects) > 0 && t.Projects[0].Planned.Rat().Cmp(hundredMillion) < 0 {
		return 4, "万元"
	}
	return 8, "亿元"
}

// chineseNumber counts lines: 一, 二, …, 十, 十一.
func chineseNumber(n int) string {
	digits := []rune("零一二三四五六七八九十")
	if n <= 10 {
		return string(digits[n])
	}
	return "十" + string(digits[n-10])
}

// OpenGrid lists what does not count yet.
func (t Tables) OpenGrid(l Language) Grid {
	g := Grid{
		Name: l.say("open"), Headings: []string{l.say("open_title"), l.say("open_unit"), l.say("open_state")}, Widths: []float64{40, 30, 20},
	}
	for _, o := range t.Open {
		state := l.say("open_none")
		if o.State != "" {
			state = l.of(o.State.Label())
		}
		g.Rows = append(g.Rows, []GridCell{{Text: o.Title}, {Text: o.UnitName}, {Text: state}})
	}
	return g
}

// Workbook are the tables as sheets of Excel: both of them, and what does not count yet.
func (t Tables) Workbook(l Language) []workbook.Sheet {
	var sheets []workbook.Sheet
	for _, g := range []Grid{t.IndicatorGrid(l), t.ProjectGrid(l), t.OpenGrid(l)} {
		sheets = append(sheets, g.sheet())
	}
	return sheets
}

func (g Grid) sheet() workbook.Sheet {
	sheet := workbook.Sheet{Name: g.Name}
	for i, heading := range g.Headings {
		sheet.Columns = append(sheet.Columns, workbook.Column{Heading: heading, Width: g.Widths[i], Wrap: g.Widths[i] >= 40})
	}
	rows := make([][]workbook.Cell, len(g.Rows))
	for i, row := range g.Rows {
		for _, c := range row {
			if c.Figure.Known() {
				rows[i] = append(rows[i], workbook.Figure(c.Figure))
			} else {
				rows[i] = append(rows[i], workbook.Text(c.Text))
			}
		}
	}
	sheet.Rows = workbook.Rows(rows...)
	return sheet
}

// WriteCSV writes a table as CSV, in UTF-8 with the mark by which Excel knows it. Words are never taken for a formula.
func (g Grid) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("progress: writing a table: %w", err)
	}
	lines := [][]string{g.Headings}
	for _, row := range g.Rows {
		line := make([]string, len(row))
		for i, c := range row {
			line[i] = c.Plain()
			if !c.Figure.Known() && c.Text != "" && strings.ContainsRune("=+-@\t\r", rune(c.Text[0])) {
				line[i] = "'" + c.Text
			}
		}
		lines = append(lines, line)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("progress: writing a table: %w", err)
	}
	return nil
}
