package bulletin

import (
	_ "embed"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/bulletin"
	"luoshi/office/paper"
)

//go:embed document.txt
var documentLines string

// printed are the words of document.txt.
var printed = func() map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(documentLines) {
		if key, text, is := strings.Cut(line, "|"); is && !strings.HasPrefix(line, "#") {
			all[strings.TrimSpace(key)] = strings.TrimSpace(text)
		}
	}
	return all
}()

func say(key string, facts ...string) string {
	text := printed[key]
	for i, fact := range facts {
		text = strings.ReplaceAll(text, "{"+strconv.Itoa(i)+"}", fact)
	}
	return text
}

// Document is the bulletin as an official document, ready to be written in any format. Its figures keep their keys.
func (p Paper) Document() paper.Document {
	on, _ := calendar.ParseDate(p.On) // written from a date; empty before
	d := paper.Document{
		Head:  paper.Head{Organ: p.Series, Issue: p.Number.Issue(), Number: p.Number.String(), Office: p.Office, On: dayText(on)},
		Title: p.Title,
		Date:  dayText(on),
		Foot:  paper.Foot{Copies: p.Copies},
	}
	if p.Office != "" {
		d.Signature = []string{p.Office}
	}
	if len(p.Recipients) > 0 {
		names := make([]string, len(p.Recipients))
		for i, r := range p.Recipients {
			names[i] = r.Name
		}
		d.Addressee = say("to", strings.Join(names, printed["list"]))
	}
	d.Body = typed(p.Blocks, bulletin.Opening)
	for i, s := range p.Content.Sections {
		d.Body = append(d.Body, section(i, s)...)
		d.Body = append(d.Body, typed(p.Blocks, s.Kind)...)
	}
	d.Body = append(d.Body, paragraph(paper.Run{Text: say("source", dayText(p.Content.On))}))
	return d
}

// section is a section with its heading, sentences and tables.
func section(i int, s bulletin.Section) []paper.Block {
	numerals := []rune(printed["numerals"])
	title := string(numerals[i%len(numerals)]) + printed["mark"] + s.Title
	blocks := []paper.Block{{Kind: paper.Heading, Level: 1, Key: string(s.Kind), Runs: []paper.Run{{Text: title}}}}
	for _, sentence := range s.Sentences {
		var runs []paper.Run
		for _, p := range sentence {
			runs = append(runs, paper.Run{Text: p.Text, Figure: p.Key})
		}
		blocks = append(blocks, paragraph(runs...))
	}
	for i := range s.Tables {
		blocks = append(blocks, paper.Block{Kind: paper.Tabular, Key: s.Tables[i].Name, Table: tabular(&s.Tables[i])})
	}
	return blocks
}

// typed is what people wrote at a place.
func typed(blocks bulletin.Blocks, place bulletin.Kind) []paper.Block {
	var all []paper.Block
	for _, text := range blocks.Paragraphs(place) {
		all = append(all, paragraph(paper.Run{Text: text}))
	}
	return all
}

func paragraph(runs ...paper.Run) paper.Block { return paper.Block{Kind: paper.Paragraph, Runs: runs} }

// tabular is a table of a section; its columns are as wide as what they hold asks for.
func tabular(t *bulletin.Table) *paper.Table {
	made := &paper.Table{Caption: t.Title, Header: [][]paper.Cell{nil}}
	share := widths(t)
	for i, c := range t.Columns {
		made.Columns = append(made.Columns, paper.Column{Width: share[i], Number: c.Number})
		made.Header[0] = append(made.Header[0], paper.Cell{Runs: []paper.Run{{Text: c.Title}}})
	}
	for r, row := range t.Rows {
		total := t.Total && r == len(t.Rows)-1
		var cells []paper.Cell
		for c, p := range row {
			cell := paper.Cell{Runs: []paper.Run{{Text: p.Text, Figure: p.Key}}, Bold: total}
			if number, err := ledger.ParseDecimal(p.Text); err == nil && p.IsFigure() {
				cell.Value = number.Plain() // as it is printed; the figure itself may have more digits
			}
			if total && cell.Value != "" {
				cell.Formula = sumOf(c, r)
			}
			cells = append(cells, cell)
		}
		made.Rows = append(made.Rows, cells)
	}
	if t.Left > 0 {
		made.Notes = []string{say("left", strconv.Itoa(t.Left))}
	}
	return made
}

// sumOf is the sum of a column above a row. A workbook computes it where it gives what is printed.
func sumOf(column, rows int) paper.Formula {
	f := paper.Formula{Operation: paper.Sum}
	for r := range rows {
		f.Of = append(f.Of, paper.Place{Row: r, Column: column})
	}
	return f
}

// widths are the shares of a table's columns. Figures and short texts have what they need on one line, each part of a
// heading too; the rest is shared among longer texts.
func widths(t *bulletin.Table) []int {
	const padding, short = 2, 14
	room := 72 // half-width places of a line in a table's type
	if len(t.Columns) > 5 {
		room = 84 // which is smaller then
	}
	all := make([]int, len(t.Columns))
	var long []int
	wanted := 0
	for i, c := range t.Columns {
		heading, text := headingWidth(c.Title), textWidth(t, i)
		all[i] = max(heading, text) + padding
		if c.Number || text <= short {
			room -= all[i]
			continue
		}
		long = append(long, i)
		wanted += all[i]
	}
	for _, i := range long {
		if wanted > room {
			all[i] = max(headingWidth(t.Columns[i].Title)+padding, all[i]*max(room, 0)/wanted)
		}
	}
	return all
}

// headingWidth is what a heading needs on two lines, the second of which is what it has in brackets.
func headingWidth(title string) int {
	name, _, _ := strings.Cut(title, printed["bracket"])
	return max(paper.Width(name), paper.Width(title)-paper.Width(name))
}

func textWidth(t *bulletin.Table, column int) int {
	width := 0
	for _, row := range t.Rows {
		width = max(width, paper.Width(row[column].Text))
	}
	return width
}

// dayText is a day as it is printed; empty where there is none.
func dayText(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return say("day", strconv.Itoa(int(d.Year)), strconv.Itoa(int(d.Month)), strconv.Itoa(int(d.Day)))
}
