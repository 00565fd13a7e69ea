package tasktable

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/ledger"
)

func uuid(n int) string { return ledger.NewUUID(int64(n), [10]byte{}) }

// setting is a small district.
func setting(tb testing.TB) Setting {
	tb.Helper()
	government, bureau, street := ledger.UnitID(uuid(1)), ledger.UnitID(uuid(2)), ledger.UnitID(uuid(3))
	tree, problems := ledger.NewTree([]ledger.Unit{
		{ID: government, Kind: ledger.Government, Name: "望溪区人民政府"},
		{ID: bureau, Parent: government, Kind: ledger.Department, Name: "望溪区民政局"},
		{ID: street, Parent: government, Kind: ledger.StreetOffice, Name: "清河街道办事处", Aliases: []string{"清河街道"}},
	}, nil)
	if len(problems) > 0 {
		tb.Fatal(problems)
	}
	return Setting{
		Year: 2026, Tree: tree, On: calendar.LastDay(2026, 1),
		Posts: []ledger.Post{{ID: ledger.PostID(uuid(8)), Unit: government, Title: "副区长"}},
	}
}

// read reads a table of comma-separated values.
func read(tb testing.TB, text string) []Row {
	tb.Helper()
	doc, err := document.Open(tb.Context(), "table.csv", []byte(text), document.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	sheets := Sheets(doc)
	if len(sheets) == 0 {
		tb.Fatalf("no table in %q", text)
	}
	s := setting(tb)
	s.Document = ledger.Digest(doc.Digest)
	return Read(sheets[0], Guess(sheets[0]), s)
}

func TestColumnsAreGuessed(t *testing.T) {
	for headings, want := range map[string]string{
		"序号,任务,牵头单位,责任单位,完成时限,目标":          "order task lead cooperating deadline target",
		"序号,主要任务,责任单位,配合单位,完成时间":           "order task lead cooperating deadline",
		"编号,任务名称,任务内容,工作目标,牵头部门,参与单位,时限":   "number title task target lead cooperating deadline",
		"序号,任务名称,牵头单位,时限":                  "order task lead deadline",
		"重点领域,工作任务,年度目标,责任领导,责任单位,时间节点,备注": "section task target leader lead deadline ",
		"甲,乙,丙": "  ",
	} {
		names := strings.Split(headings, ",")
		var got []string
		for _, column := range Guess(Sheet{Headings: names}) {
			got = append(got, string(column))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, want %q", headings, strings.Join(got, " "), want)
		}
	}
}

func TestATableOfAnyMakeIsRead(t *testing.T) {
	rows := read(t, `望溪区2026年重点任务分解表,,,,,
序号,任务,目标,牵头单位,责任单位,完成时限
一、民生,,,,,
1,新增养老床位,新增养老床位200张以上,区民政局,清河街道、区民政局,2026年6月底
2,办好老年食堂,12个,区民政局,各镇街,12月底前
二、投资,,,,,
3,推进望溪路改造,"完成投资1.5亿元，力争2亿元",清河街道办事处,—,长期坚持
4,,,区民政局,,6月底
5,开展巡查,,区没有的局,,月底见
合计,5项,,,,
`)
	var got []string
	for _, r := range rows {
		var parts []string
		for _, target := range r.Targets {
			parts = append(parts, target.Subject+string(target.Cmp)+target.Value.Plain()+target.Unit)
		}
		var codes []string
		for _, p := range r.Problems {
			codes = append(codes, p.Code)
			if p.What().ZH == "" || p.What().EN == "" {
				t.Errorf("%s has no words", p.Code)
			}
		}
		got = append(got, strings.Join([]string{
			strconv.Itoa(r.Line), strings.Join(r.Section, "/"), r.Title, r.By.String(), strings.Join(parts, "+"),
			string(r.Lead), strconv.Itoa(len(r.Cooperating)), strings.Join(codes, "+"), strconv.FormatBool(r.Good()),
		}, "|"))
	}
	want := []string{
		"3|一、民生|新增养老床位|2026-06-30|新增养老床位ge200张|" + uuid(2) + "|1||true",
		"4|一、民生|办好老年食堂|2026-12-31|办好老年食堂eq12个|" + uuid(2) + "|0|cooperating.unknown|true",
		"6|二、投资|推进望溪路改造||完成投资eq150000000元+完成投资eq200000000元|" + uuid(3) + "|0|deadline.open|true",
		"7|二、投资||2026-06-30||" + uuid(2) + "|0|task.missing|false",
		"8|二、投资|开展巡查||||0|deadline.unreadable+lead.unknown|false",
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Errorf("row %d:\ngot  %v\nwant %v", i, at(got, i), at(want, i))
		}
	}
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "none"
}

func TestDeadlines(t *testing.T) {
	for text, want := range map[string]string{
		"2026-06-30": "2026-06-30", "2026/6/3": "2026-06-03", "2026.6": "2026-06-30", "06-30-26": "2026-06-30",
		"2026年6月30日前": "2026-06-30", "6月底": "2026-06-30", "年底前": "2026-12-31", "上半年": "2026-06-30",
		"一季度启动，三季度完成": "2026-09-30", "2027年3月": "2027-03-31", "全年": "2026-12-31", "2026年": "2026-12-31",
		"2026-13-01": "", "2026-02-30": "", "尽快": "", "": "", "13-01-26": "",
	} {
		got, ok := deadline(text, 2026)
		if got.String() != want || ok != (want != "") {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

func TestRowsBelongTogether(t *testing.T) {
	rows := read(t, `编号,上级编号,任务,牵头单位,完成时限
1,,总任务,区民政局,年底
1,,又一个,区民政局,年底
2,1,第一部分,区民政局,年底
3,9,没有上级,区民政局,年底
4,3,上级有误,区民政局,年底
`)
	var got []string
	for _, r := range rows {
		code := ""
		for _, p := range r.Problems {
			code += p.Code
		}
		got = append(got, code)
	}
	if strings.Join(got, "|") != "|number.twice||parent.unknown|parent.refused" {
		t.Errorf("got %v", got)
	}
	_, sections := Outline(rows)
	commitments := Commitments(rows, sections, 0, ledger.PlanID(uuid(9)), ids())
	if len(commitments) != 2 || commitments[1].Parent != commitments[0].ID {
		t.Errorf("got %+v", commitments)
	}
}

func ids() func() string {
	next := 100
	return func() string { next++; return uuid(next) }
}

// figureOf is a figure of the tests.
func figureOf(text string) ledger.Decimal {
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

// everything is commitments that say whatever a commitment can say.
func everything(t *testing.T) (ledger.Plan, []ledger.Commitment) {
	t.Helper()
	year := calendar.LastDay(2026, 12)
	plan := ledger.Plan{ID: ledger.PlanID(uuid(9)), Year: 2026, Outline: []ledger.Section{
		{Number: 1, Level: 1, Marker: "一、", Title: "民生"}, {Number: 2, Parent: 1, Level: 2, Marker: "（一）", Title: "养老"},
		{Number: 3, Level: 1, Title: "没有序号的一章"},
	}}
	wording := "新增养老床位200张以上，\"推进\"望溪路改造；a=b"
	passage, err := ledger.Quote(ledger.Digest(strings.Repeat("0c", 32)), wording, 0, len([]rune(wording)))
	if err != nil {
		t.Fatal(err)
	}
	first := ledger.CommitmentTerms{
		ID: ledger.CommitmentID(uuid(50)), Plan: plan.ID, Number: "2026-001", Title: "新增养老床位", Section: 2, Kind: ledger.KindLivelihood,
		State: ledger.Prepared, By: year, Firm: true, Lead: ledger.UnitID(uuid(2)), Cooperating: []ledger.UnitID{ledger.UnitID(uuid(3)), ledger.UnitID(uuid(1))},
		Post: ledger.PostID(uuid(8)), Weight: figureOf("1.50"),
		Milestones: []ledger.Milestone{
			{Number: 1, Title: "完成选址（含公示）；开工", By: calendar.LastDay(2026, 6), Weight: figureOf("0.4")},
			{Number: 2, Title: "建成", By: year},
		},
		Targets: []ledger.Target{
			{Number: 1, Subject: "新增养老床位", Code: "security.elderly_beds", Cmp: ledger.AtLeast, Value: figureOf("200.0"), Unit: "张", Measure: ledger.Level, By: year, Firm: true},
			{Number: 2, Subject: "完成投资", Code: "investment.completed", Cmp: ledger.Equal, Value: figureOf("1594e6"), Unit: "元", Measure: ledger.Level, By: year, Firm: false},
			{Number: 3, Subject: "地区生产总值", Code: "economy.gdp", Cmp: ledger.Between, Value: figureOf("5.5"), Upper: figureOf("6.0"), Unit: "%", Measure: ledger.Growth, By: calendar.LastDay(2026, 6), Firm: true, Scope: "全区", Basis: "市政府下达"},
			{Number: 4, Subject: "a=b（c）；d", Cmp: ledger.LessThan, Value: figureOf("-3"), Unit: "万个", Measure: ledger.Share, Firm: true},
			{Number: 5, Subject: "税收", Code: "finance.tax_revenue", Cmp: ledger.AtLeast, Words: "完成市下达任务12亿元", Measure: ledger.Level, By: year, Firm: true},
		},
	}
	second := first
	second.ID, second.Number, second.Title, second.Parent = ledger.CommitmentID(uuid(51)), "2026-002", "一部分", first.ID
	second.Section, second.Firm, second.Milestones, second.Weight, second.Post = 3, false, nil, ledger.Decimal{}, ""
	second.Kind, second.Cooperating, second.Targets = ledger.KindTask, nil, nil
	commitments := []ledger.Commitment{ledger.NewCommitment(first, passage), ledger.NewCommitment(second, passage)}
	if found := ledger.ValidateCommitments(commitments); len(found) > 0 {
		t.Fatal(found)
	}
	return plan, commitments
}

// csvOf is a table as a file.
func csvOf(tb testing.TB, table Table) string {
	tb.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(append([][]string{table.Headings}, table.Rows...)); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	plan, commitments := everything(t)
	s := setting(t)
	table := Write(plan, commitments, s)
	rows := read(t, csvOf(t, table))
	outline, sections := Outline(rows)
	back := Commitments(rows, sections, 0, plan.ID, ids())
	if len(back) != len(commitments) {
		t.Fatalf("%d come back: %+v", len(back), rows)
	}
	for i, c := range back {
		want := commitments[i]
		for n, target := range c.Targets {
			if !target.Same(want.Targets[n]) || target.Value.String() != want.Targets[n].Value.String() {
				t.Errorf("target %d comes back as %+v, was %+v", n+1, target, want.Targets[n])
			}
		}
		if changes := ledger.Changes(want, c); len(changes) > 0 || c.Wording() != want.Wording() || c.Title != want.Title || c.Kind != want.Kind || c.Number != want.Number {
			t.Errorf("it comes back as %+v, changed in %+v", c, changes)
		}
	}
	again := Write(ledger.Plan{ID: plan.ID, Year: plan.Year, Outline: outline}, back, s)
	if first, second := csvOf(t, table), csvOf(t, again); first != second {
		t.Errorf("first\n%s\nthen\n%s", first, second)
	}
}

func TestFiguresWithTheirUnitBeside(t *testing.T) {
	rows := read(t, `序号,重点任务,单位,全年目标,进度安排（一季度末）,进度安排（上半年末）,牵头单位
1,重点项目投资,亿元,186.4,37.3,90,区民政局
2,新增停车泊位,个,"3,500以上",—,完成选址,区民政局
3,空气优良天数,天,≥330,,,区民政局
`)
	var got []string
	for _, r := range rows {
		var parts []string
		for _, target := range r.Targets {
			parts = append(parts, target.Subject+" "+string(target.Cmp)+" "+target.Value.String()+target.Unit+" "+target.Quoted.Wording())
		}
		for _, m := range r.Milestones {
			parts = append(parts, m.By.String()+" "+m.Title)
		}
		if len(r.Problems) > 0 || r.By != calendar.LastDay(2026, 12) {
			t.Errorf("row %d is due %s and has %v", r.Line, r.By, r.Problems)
		}
		got = append(got, strings.Join(parts, "|"))
	}
	want := []string{
		"重点项目投资 eq 1864e7元 186.4|2026-03-31 重点项目投资37.3亿元|2026-06-30 重点项目投资90亿元",
		"新增停车泊位 ge 3500个 3,500以上|2026-06-30 完成选址",
		"空气优良天数 ge 330天 ≥330",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestHeadingsInTwoRows(t *testing.T) {
	doc := &document.Document{Text: "序号\n任务\n责任分工\n牵头单位\n配合单位\n1\n甲\n乙\n丙\n"}
	cell := func(text string, row, col, rows, cols int) document.Cell {
		start := strings.Index(doc.Text, text)
		return document.Cell{Span: document.Span{Start: start, End: start + len(text)}, Row: row, Col: col, RowSpan: rows, ColSpan: cols}
	}
	doc.Tables = []document.Table{{Rows: 3, Cols: 4, Cells: []document.Cell{
		cell("序号", 0, 0, 2, 1), cell("任务", 0, 1, 2, 1), cell("责任分工", 0, 2, 1, 2),
		cell("牵头单位", 1, 2, 1, 1), cell("配合单位", 1, 3, 1, 1),
		cell("1", 2, 0, 1, 1), cell("甲", 2, 1, 1, 1), cell("乙", 2, 2, 1, 1), cell("丙", 2, 3, 1, 1),
	}}}
	sheet := Sheets(doc)[0]
	if got := strings.Join(sheet.Headings, "|"); got != "序号|任务|责任分工 牵头单位|责任分工 配合单位" || len(sheet.Rows) != 1 {
		t.Errorf("got %s and %+v", got, sheet.Rows)
	}
	if got := Guess(sheet); got[1] != Task || got[2] != Lead || got[3] != Cooperating {
		t.Errorf("got %v", got)
	}
}

func TestDataFiles(t *testing.T) {
	for _, column := range []Column{Order, Number, Parent, Section, Kind, Title, Task, Target, MeasureUnit, Lead, Cooperating, Leader, Deadline, Firmness, Weight, Milestones} {
		if label := column.Label(); label.ZH == "" || label.EN == "" || !column.Known() {
			t.Errorf("%s has no label", column)
		}
	}
	if len(Columns()) != 16 || len(Written()) != 15 || Column("wish").Known() {
		t.Errorf("%d columns", len(Columns()))
	}
	seen := map[string]Column{}
	for _, entry := range entries() {
		for _, heading := range entry.headings {
			if other, twice := seen[heading]; twice {
				t.Errorf("%s is a heading of %s and %s", heading, other, entry.column)
			}
			seen[heading] = entry.column
		}
	}
	for _, list := range []string{"firm", "soft", "open_ended", "remark", "rest"} {
		if len(vocabulary()[list]) == 0 {
			t.Errorf("%s is empty", list)
		}
	}
}

// FuzzRead reads whatever is a table: rows that are good make commitments in order, and places are where they say.
func FuzzRead(f *testing.F) {
	f.Add("序号,任务,目标,牵头单位,完成时限\n1,新增床位,床位≥200张（增长）；x：正增长,区民政局,6月底\n")
	f.Add("任务,目标,权重,节点,编号,上级编号\na,b=1e9999,9e99,2026-06-30 x（0.4）；y,1,1\n")
	f.Add("任务,单位,全年目标,进度安排 一季度,进度安排 上半年\na,亿元,110以上,5,=\n")
	f.Add("a,b\n一、,\n任务,目标\n\\=,\\\n")
	s := setting(f)
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := document.Open(t.Context(), "table.csv", []byte(text), document.Options{})
		if err != nil {
			return
		}
		s := s
		s.Document = ledger.Digest(doc.Digest)
		for _, sheet := range Sheets(doc) {
			rows := Read(sheet, Guess(sheet), s)
			outline, sections := Outline(rows)
			if found := ledger.ValidateOutline(outline); len(found) > 0 {
				t.Fatal(found)
			}
			commitments := Commitments(rows, sections, 0, ledger.PlanID(uuid(9)), ids())
			if found := ledger.ValidateCommitments(commitments); len(found) > 0 {
				t.Fatalf("%v: %+v", found, rows)
			}
			for _, c := range commitments {
				for _, passage := range c.Source() {
					if !passage.StandsIn(doc.Text) {
						t.Fatalf("%q does not stand in %q", passage.Wording(), doc.Text)
					}
				}
			}
		}
	})
}

// FuzzNotation writes targets that were read and reads them again.
func FuzzNotation(f *testing.F) {
	for _, text := range []string{"新增养老床位≥200.0张", "a=5～6%（增长，口径：全区）", "x：正增长", "x≥：完成市下达任务", `a\=b<-3\万个（占比，力争）`, "a=15.94亿元"} {
		f.Add(text)
	}
	own := terms{subject: "名称", by: calendar.LastDay(2026, 12), firm: true}
	f.Fuzz(func(t *testing.T, text string) {
		target, ok := own.parse(text)
		if !ok {
			return
		}
		written := own.write(target)
		again, ok := own.parse(written)
		if !ok || again != target {
			t.Fatalf("%q is %+v, written as %q that is %+v", text, target, written, again)
		}
	})
}
