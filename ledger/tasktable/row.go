package tasktable

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/intake"
)

// Row is a task as a table states it.
type Row struct {
	Line        int
	Number      string
	Parent      string // number of the commitment that it is a part of
	Section     []string
	Kind        ledger.CommitmentKind
	Title       string
	Source      []ledger.Passage // the cells that promise it
	Targets     []ledger.Target
	By          calendar.Date
	Firm        bool
	Lead        ledger.UnitID
	Cooperating []ledger.UnitID
	Post        ledger.PostID
	Weight      ledger.Decimal
	Milestones  []ledger.Milestone
	Problems    []Problem
}

// Good tells whether the row can be imported.
func (r Row) Good() bool {
	return !slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Stops })
}

// Of are the problems of a column.
func (r Row) Of(column Column) []Problem {
	var found []Problem
	for _, p := range r.Problems {
		if p.Column == column {
			found = append(found, p)
		}
	}
	return found
}

// Setting is in what a table is read.
type Setting struct {
	Document ledger.Digest
	Year     int          // of the plan: what a deadline without a year means
	Tree     *ledger.Tree // the units among which names are looked up
	On       calendar.Date
	Posts    []ledger.Post
}

// Read reads the rows of a sheet by a mapping of its columns. A row with one cell only is a heading of what
// follows; rows of totals and remarks are left out.
func Read(s Sheet, mapping Mapping, setting Setting) []Row {
	r := reader{Setting: setting, mapping: mapping, headings: s.Headings}
	for _, row := range s.Rows {
		r.read(row)
	}
	r.relate()
	return r.rows
}

// reader reads rows one after the other.
type reader struct {
	Setting
	mapping Mapping
	// headings are those of the columns.
	headings []string
	heading  string // above the rows that are read now
	rows     []Row
	row      *Row // that is being read
	cells    []Cell
}

func (r *reader) read(row SheetRow) {
	texts := distinct(row.Cells)
	switch {
	case len(texts) == 0 || begins("remark", texts[0]):
		return
	case len(texts) == 1 && (r.cell(row.Cells, Task).Text == "" || len(row.Cells) > 2 && spans(row.Cells)):
		r.heading = texts[0]
		return
	}
	r.row, r.cells = &Row{Line: row.Line, Firm: true, Kind: ledger.KindTask}, row.Cells
	r.readNames()
	r.readTerms()
	r.readOwners()
	r.readTargets()
	r.readKind()
	r.rows = append(r.rows, *r.row)
}

// distinct are the texts of cells, those of merged cells once.
func distinct(cells []Cell) []string {
	var texts []string
	for i, cell := range cells {
		if cell.Text != "" && (i == 0 || cells[i-1].At != cell.At || cells[i-1].End != cell.End) {
			texts = append(texts, cell.Text)
		}
	}
	return texts
}

// spans tells whether the first cell reaches over others.
func spans(cells []Cell) bool {
	return len(cells) > 1 && cells[0].Text != "" && cells[0].At == cells[1].At
}

// cell is the cell of a column; an empty one where the table has no such column.
func (r *reader) cell(cells []Cell, column Column) Cell {
	for i, c := range r.mapping {
		if c == column && i < len(cells) {
			return cells[i]
		}
	}
	return Cell{}
}

// text is what the row says in a column. A dash says nothing.
func (r *reader) text(column Column) string {
	text := strings.TrimSpace(r.cell(r.cells, column).Text)
	if strings.Trim(text, "-—－–/／") == "" {
		return ""
	}
	return text
}

func (r *reader) problem(column Column, code, fact string, stops bool) {
	r.row.Problems = append(r.row.Problems, Problem{column, code, fact, stops})
}

// readNames reads what the row is called and where it stands.
func (r *reader) readNames() {
	row := r.row
	row.Number, row.Parent = r.text(Number), r.text(Parent)
	for part := range strings.SplitSeq(r.text(Section), sectionMark) {
		if part = strings.TrimSpace(part); part != "" {
			row.Section = append(row.Section, part)
		}
	}
	if len(row.Section) == 0 && r.heading != "" {
		row.Section = []string{r.heading}
	}
	task := r.cell(r.cells, Task)
	if task.Text == "" {
		task = r.cell(r.cells, Title)
	}
	if task.Text == "" {
		r.problem(Task, "task.missing", "", true)
		return
	}
	if row.Title = r.text(Title); row.Title == "" {
		row.Title = shorten(task.Text)
	}
	r.quote(task, 0, task.End-task.At)
}

// quote adds a part of a cell to the source of the row.
func (r *reader) quote(cell Cell, from, to int) (ledger.Passage, bool) {
	letters := []rune(cell.Text)
	if len(letters) != cell.End-cell.At || from < 0 || to > len(letters) {
		return ledger.Passage{}, false
	}
	passage, err := ledger.RestorePassage(r.Document, cell.At+from, cell.At+to, string(letters[from:to]))
	if err != nil {
		return ledger.Passage{}, false
	}
	if from == 0 && to == len(letters) {
		r.row.Source = append(r.row.Source, passage)
	}
	return passage, true
}

// readTerms reads deadline, firmness, weight and milestones.
func (r *reader) readTerms() {
	row := r.row
	switch text := r.text(Firmness); {
	case text == "" || isWord("firm", text):
	case isWord("soft", text):
		row.Firm = false
	default:
		r.problem(Firmness, "firmness.unknown", text, true)
	}
	switch text := r.text(Deadline); {
	case text == "":
		// 全年目标 says by when in its heading.
		if by, ok := r.headingDate(Target); ok && r.text(Target) != "" {
			row.By = by
			break
		}
		r.problem(Deadline, "deadline.missing", "", false)
	default:
		var ok bool
		if row.By, ok = deadline(text, r.Year); ok {
			break
		}
		if begins("open_ended", text) {
			r.problem(Deadline, "deadline.open", text, false)
			break
		}
		r.problem(Deadline, "deadline.unreadable", text, true)
	}
	if text := r.text(Weight); text != "" {
		weight, err := ledger.ParseDecimal(text)
		switch {
		case err != nil:
			r.problem(Weight, "weight.unreadable", text, true)
		case weight.Sign() < 0:
			r.problem(Weight, "weight.negative", text, true)
		default:
			row.Weight = weight
		}
	}
	r.readMilestones()
}

// headingDate is the time that the heading of a column names.
func (r *reader) headingDate(column Column) (calendar.Date, bool) {
	at := slices.Index(r.mapping, column)
	if at < 0 || at >= len(r.headings) {
		return calendar.Date{}, false
	}
	return deadline(r.headings[at], r.Year)
}

// readMilestones reads the milestones of all columns that have some.
func (r *reader) readMilestones() {
	for i, column := range r.mapping {
		if column != Milestones || i >= len(r.cells) {
			continue
		}
		if by, ok := deadline(r.headings[i], r.Year); ok {
			r.readStep(r.cells[i].Text, by)
			continue
		}
		r.readList()
	}
}

// readStep reads what is to be reached by the time that the heading of a column names.
func (r *reader) readStep(text string, by calendar.Date) {
	if text = strings.TrimSpace(text); strings.Trim(text, "-—－–/／") == "" {
		return
	}
	if bareFigure.MatchString(text) {
		text = r.row.Title + text + r.text(MeasureUnit)
	}
	if !r.row.By.IsZero() && r.row.By.Before(by) {
		r.problem(Milestones, "milestone.late", text, true)
		return
	}
	r.row.Milestones = append(r.row.Milestones, ledger.Milestone{Number: len(r.row.Milestones) + 1, Title: shorten(text), By: by})
}

// readList reads “2026-06-30 完成选址（0.4）；…”.
func (r *reader) readList() {
	for _, part := range split(r.text(Milestones), separator+";") {
		head, _, weight := cut(part, opening)
		day, title, _ := strings.Cut(strings.TrimSpace(head), " ")
		milestone := ledger.Milestone{Number: len(r.row.Milestones) + 1, Title: bare(title)}
		var err error
		if milestone.By, err = calendar.ParseDate(day); err != nil || milestone.Title == "" {
			r.problem(Milestones, "milestone.unreadable", part, false)
			continue
		}
		if milestone.Weight, err = ledger.ParseDecimal(strings.TrimSuffix(strings.TrimSpace(weight), closing)); err != nil || milestone.Weight.Sign() < 0 {
			r.problem(Milestones, "milestone.unreadable", part, true)
			continue
		}
		if !r.row.By.IsZero() && r.row.By.Before(milestone.By) {
			r.problem(Milestones, "milestone.late", milestone.Title, true)
			continue
		}
		r.row.Milestones = append(r.row.Milestones, milestone)
	}
}

// readKind reads the kind. Where the table does not say it, the words of the row tell.
func (r *reader) readKind() {
	text := r.text(Kind)
	for _, kind := range ledger.CommitmentKinds() {
		if kind.Label().ZH == text || string(kind) == text {
			r.row.Kind = kind
			return
		}
	}
	if text != "" {
		r.problem(Kind, "kind.unknown", text, true)
	}
	r.row.Kind = intake.KindOf(strings.Join(append([]string{r.row.Title, r.cell(r.cells, Task).Text}, r.row.Section...), " "), r.row.Targets)
}

// relate looks at the rows together: numbers stand once, and parents are there and good.
func (r *reader) relate() {
	at, parts := map[string]int{}, map[string][]int{}
	for i := range r.rows {
		r.row = &r.rows[i]
		if number := r.row.Number; number != "" {
			if _, twice := at[number]; twice {
				r.problem(Number, "number.twice", number, true)
			} else {
				at[number] = i
			}
		}
		if r.row.Parent != "" {
			parts[r.row.Parent] = append(parts[r.row.Parent], i)
		}
	}
	var refused []string // numbers whose parts are yet to be refused
	for i := range r.rows {
		r.row = &r.rows[i]
		if parent, there := at[r.row.Parent]; r.row.Parent != "" && (!there || parent == i) {
			r.problem(Parent, "parent.unknown", r.row.Parent, true)
		}
		if first, there := at[r.row.Number]; there && first == i && !r.row.Good() {
			refused = append(refused, r.row.Number)
		}
	}
	for ; len(refused) > 0; refused = refused[1:] {
		for _, i := range parts[refused[0]] {
			if r.row = &r.rows[i]; !r.row.Good() {
				continue
			}
			r.problem(Parent, "parent.refused", r.row.Parent, true)
			if first, there := at[r.row.Number]; there && first == i {
				refused = append(refused, r.row.Number)
			}
		}
	}
}

// longest is the length of a title in characters: what is longer is cut.
const longest = 40

func shorten(text string) string {
	letters := []rune(text)
	if len(letters) <= longest {
		return text
	}
	return string(letters[:longest-1]) + "…"
}
