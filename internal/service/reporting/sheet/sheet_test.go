package sheet

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

func decimal(text string) ledger.Decimal {
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

func day(text string) calendar.Date {
	var d calendar.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		panic(err)
	}
	return d
}

var (
	beds    = reporting.IndicatorSubject("beds")
	budget  = reporting.IndicatorSubject("budget")
	jobless = reporting.TargetSubject("c3", 2)
	market  = reporting.TaskSubject("c4")
	road    = reporting.ProjectSubject("p1")
)

// form is a form of March with a row of every sort.
func form() Template {
	return Template{
		Lang: "zh", Plan: "望溪区2026年工作要点", Round: "r-2026-M03", Period: reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: 3},
		Due: day("2026-04-08"), Unit: "u-civil", Name: "望溪区民政局",
		Units: []Unit{{"u-land", "望溪区自然资源局"}, {"u-money", "望溪区财政局"}},
		Rows: []Row{
			{
				Row: reporting.Row{
					Subject: beds, Title: "新增养老床位", Terms: reporting.Terms{Unit: "张"},
					Fields: []Field{reporting.FieldValue, reporting.FieldGrowth, reporting.FieldBase, reporting.FieldNote, reporting.FieldReason},
				},
				Target: "≥ 200 张", Last: decimal("35"), Basis: reporting.Cumulative, Revision: 3,
				Now: reporting.Observation{Subject: beds, Figures: reporting.Figures{Given: reporting.Cumulative, Value: decimal("58.0"), Growth: decimal("6.5")}},
			},
			{
				Row: reporting.Row{
					Subject: budget, Title: "一般公共预算收入", Terms: reporting.Terms{Unit: "元"}, Scale: 8,
					Fields: []Field{reporting.FieldValue, reporting.FieldGrowth, reporting.FieldNote, reporting.FieldReason},
				},
				Target: "747.7 亿元左右", Last: decimal("12055e6"), Basis: reporting.Cumulative, Now: reporting.Observation{Subject: budget},
			},
			{
				Row: reporting.Row{
					Subject: jobless, Title: "城镇调查失业率", Terms: reporting.Terms{Unit: "%", Rate: true},
					Fields: []Field{reporting.FieldNumerator, reporting.FieldDenominator, reporting.FieldReason},
				},
				Target: "≤ 4 %", Basis: reporting.Cumulative, Fixed: true, Now: reporting.Observation{Subject: jobless},
			},
			{
				Row: reporting.Row{
					Subject: market, Title: "建成零工市场，提供求职招聘、技能培训、权益维护一站式服务",
					Fields: []Field{reporting.FieldPercent, reporting.FieldSaid, reporting.FieldNodes, reporting.FieldNote, reporting.FieldReason, reporting.FieldObstacles},
					Nodes:  []reporting.OpenNode{{Number: 1, Title: "完成选址", By: day("2026-02-28")}, {Number: 2, Title: "开工", By: day("2026-04-30")}},
				},
				Target: "6月底前完成", Now: reporting.Observation{Subject: market, Nodes: []reporting.NodeReached{{Number: 1, On: day("2026-02-20")}}},
			},
			{
				Row: reporting.Row{
					Subject: road, Title: "望溪路改造工程", Terms: reporting.Terms{Unit: "元"}, Scale: 4,
					Fields: []Field{
						reporting.FieldValue, reporting.FieldArrived, reporting.FieldPaid, reporting.FieldPercent, reporting.FieldSaid,
						reporting.FieldNodes, reporting.FieldNote, reporting.FieldReason, reporting.FieldObstacles,
					},
					Nodes: []reporting.OpenNode{{Number: 3, Title: "主体完工", By: day("2026-09-30")}},
				},
				Target: "年度投资 12000 万元", Last: decimal("3000e4"), Basis: reporting.Cumulative, Fixed: true, Now: reporting.Observation{Subject: road},
			},
		},
	}
}

// issue is the workbook of a template.
func issue(t testing.TB, template Template) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := template.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// fill puts values into cells of a workbook, as whoever fills it does. A cell of another sheet is named with it.
func fill(t testing.TB, data []byte, cells map[string]any) []byte {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for at, value := range cells {
		sheet, name, cut := strings.Cut(at, "!")
		if !cut {
			sheet, name = file.GetSheetName(0), at
		}
		if err := file.SetCellValue(sheet, name, value); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// at is the cell of a field in the form of a template.
func (t Template) cellAt(s reporting.Subject, f Field) string {
	p := t.located(Problem{Subject: s, Field: f})
	return p.Sheet + "!" + p.Cell
}

func (t Template) nodeAt(s reporting.Subject, n int) string {
	p := t.located(Problem{Subject: s, Node: n})
	return p.Sheet + "!" + p.Cell
}

func TestAFormComesBackAsItWasFilled(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		form := form()
		form.Lang = lang
		data := fill(t, issue(t, form), map[string]any{
			form.cellAt(beds, "note"):           "新建 2 所",
			form.cellAt(budget, "given"):        "当期",
			form.cellAt(budget, "value"):        "1,234.50",
			form.cellAt(jobless, "numerator"):   380,
			form.cellAt(jobless, "denominator"): 10000,
			form.cellAt(market, "said"):         "In trouble",
			form.cellAt(market, "percent"):      "35%",
			form.cellAt(market, "obstacles"):    "缺少用地\n资金未到位",
			form.cellAt(market, "ask"):          "望溪区自然资源局\n望溪区财政局",
			form.nodeAt(market, 2):              "2026/3/15",
			form.cellAt(road, "value"):          1234.5678,
			form.cellAt(road, "arrived"):        0.1,
			form.cellAt(road, "override"):       "已核实",
			form.nodeAt(road, 3):                46082,
			form.cellAt(road, "said"):           "正在推进",
		})
		got, err := form.Read("三月.xlsx", data)
		if err != nil || len(got.Problems) > 0 {
			t.Fatalf("%v, %+v", err, got.Problems)
		}
		from := func(o reporting.Observation) reporting.Observation {
			o.Origin, o.Source = reporting.Template, "三月.xlsx"
			return o
		}
		want := []Said{
			{from(reporting.Observation{
				Subject: beds, Note: "新建 2 所",
				Figures: reporting.Figures{Given: reporting.Cumulative, Value: decimal("58.0"), Growth: decimal("6.5")},
			}), 3},
			{from(reporting.Observation{Subject: budget, Figures: reporting.Figures{Given: reporting.OfPeriod, Value: decimal("123450000000")}}), 0},
			{from(reporting.Observation{
				Subject: jobless, Figures: reporting.Figures{Given: reporting.Cumulative, Numerator: decimal("380"), Denominator: decimal("10000")},
			}), 0},
			{from(reporting.Observation{
				Subject: market, Figures: reporting.Figures{Percent: decimal("35")}, Said: reporting.InTrouble,
				Nodes:     []reporting.NodeReached{{Number: 1, On: day("2026-02-20")}, {Number: 2, On: day("2026-03-15")}},
				Obstacles: []reporting.Obstacle{{Text: "缺少用地", Ask: "u-land"}, {Text: "资金未到位", Ask: "u-money"}},
			}), 0},
			{from(reporting.Observation{
				Subject: road, Figures: reporting.Figures{Given: reporting.Cumulative, Value: decimal("12345678"), Arrived: decimal("1000")},
				Said: reporting.UnderWay, Override: "已核实", Nodes: []reporting.NodeReached{{Number: 3, On: day("2026-03-01")}},
			}), 0},
		}
		if !reflect.DeepEqual(plain(got.Rows), plain(want)) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", lang, got.Rows, want)
		}
	}
}

// plain are rows as JSON with the figures in plain digits, since 1000 and 1e3 are the same.
func plain(rows []Said) []string {
	var all []string
	for _, r := range rows {
		for _, f := range reporting.Fields() {
			r.Observation.SetFigure(f, decimal(r.Observation.Figure(f).Plain()))
		}
		data, err := json.Marshal(r)
		if err != nil {
			panic(err)
		}
		all = append(all, string(data))
	}
	return all
}

func TestAFormThatNobodyTouchedChangesNothing(t *testing.T) {
	form := form()
	got, err := form.Read("x.xlsx", issue(t, form))
	if err != nil || len(got.Rows) > 0 || len(got.Problems) > 0 {
		t.Errorf("%v: %+v", err, got)
	}
	// What the ledger holds by now is left alone too: the row was not touched by whoever filled the form.
	data := issue(t, form)
	form.Rows[0].Now.Value, form.Rows[0].Revision = decimal("60"), 4
	if got, err := form.Read("x.xlsx", data); err != nil || len(got.Rows) > 0 {
		t.Errorf("%v: %+v", err, got)
	}
	// A basis that is picked and nothing else says nothing.
	got, err = form.Read("x.xlsx", fill(t, data, map[string]any{form.cellAt(budget, "given"): "当期"}))
	if err != nil || len(got.Rows) > 0 {
		t.Errorf("%v: %+v", err, got)
	}
}

func TestWhatTheFormComesFilledWithIsSaidBySendingItBack(t *testing.T) {
	form := form()
	form.Rows[1].Offered = reporting.Observation{
		Subject: budget, Figures: reporting.Figures{Given: reporting.Cumulative, Value: decimal("181.2e8")}, Origin: reporting.Prefilled, Source: "望溪区财政局",
	}
	got, err := form.Read("x.xlsx", issue(t, form))
	if err != nil || len(got.Rows) != 1 || got.Rows[0].Observation.Value.Plain() != "18120000000" ||
		got.Rows[0].Observation.Origin != reporting.Prefilled || got.Rows[0].Observation.Source != "望溪区财政局" {
		t.Errorf("%v: %+v", err, got)
	}
	got, err = form.Read("x.xlsx", fill(t, issue(t, form), map[string]any{form.cellAt(budget, "value"): 182}))
	if err != nil || len(got.Rows) != 1 || got.Rows[0].Observation.Origin != reporting.Template {
		t.Errorf("%v: %+v", err, got)
	}
}

func TestClearingCellsClearsWhatWasSaid(t *testing.T) {
	form := form()
	data := fill(t, issue(t, form), map[string]any{
		form.cellAt(beds, "value"): nil, form.cellAt(beds, "growth"): "", form.nodeAt(market, 1): "无",
	})
	got, err := form.Read("x.xlsx", data)
	if err != nil || len(got.Rows) != 2 || !got.Rows[0].Observation.IsEmpty() || len(got.Rows[1].Observation.Nodes) != 0 {
		t.Errorf("%v: %+v", err, got)
	}
}

func TestWhatCannotBeReadIsNamedByItsCell(t *testing.T) {
	form := form()
	for name, c := range map[string]struct {
		subject reporting.Subject
		field   Field
		value   any
		code    string
		says    string
	}{
		"words":                 {budget, "value", "很多", "figure.unread", "很多"},
		"a unit":                {budget, "value", "123.4张", "figure.unit", "123.4张"},
		"too many digits":       {budget, "value", "12345678901234567890", "figure.unread", "12345678901234567890"},
		"a failing formula":     {budget, "value", "#REF!", "cell.formula", "#REF!"},
		"no choice":             {market, "said", "差不多", "cell.choice", "“差不多”"},
		"a cell not asked for":  {jobless, "value", 3, "cell.unasked", "“3”"},
		"a long text":           {market, "note", strings.Repeat("长", mostLength+1), "cell.long", "4001"},
		"an unknown unit":       {market, "ask", "望溪区气象局", "cell.asked", "气象局"},
		"a unit for no problem": {market, "ask", "望溪区财政局", "cell.problem", "没有写问题"},
	} {
		data := fill(t, issue(t, form), map[string]any{form.cellAt(c.subject, c.field): c.value})
		got, err := form.Read("x.xlsx", data)
		if err != nil || len(got.Problems) != 1 || got.Problems[0].Code != c.code || !strings.Contains(got.Problems[0].What.ZH, c.says) {
			t.Errorf("%s: %v, %+v", name, err, got.Problems)
			continue
		}
		p := form.Located(got.Problems)[0]
		if c.code != "cell.problem" && p.Sheet+"!"+p.Cell != form.cellAt(c.subject, c.field) || p.What.EN == "" || p.Do.ZH == "" || p.Do.EN == "" || p.Title == "" {
			t.Errorf("%s: %+v", name, p)
		}
	}
	data := fill(t, issue(t, form), map[string]any{form.cellAt(budget, "given"): "", form.cellAt(budget, "value"): 3, form.nodeAt(market, 2): "三月中旬", "F40": 7})
	got, err := form.Read("x.xlsx", data)
	var codes []string
	for _, p := range got.Problems {
		codes = append(codes, p.Code)
	}
	slices.Sort(codes)
	if err != nil || !slices.Equal(codes, []string{"cell.basis", "cell.date"}) {
		t.Errorf("%v, %v", err, codes)
	}
}

func TestRowsThatAreNoneOfTheFormAreNamed(t *testing.T) {
	form := form()
	data := fill(t, issue(t, form), map[string]any{"I20": 7, form.cellAt(budget, "note"): "甲", form.cellAt(beds, "note"): "乙"})
	form.Rows = form.Rows[1:] // the matter went to another unit meanwhile
	got, err := form.Read("x.xlsx", data)
	if err != nil || len(got.Problems) != 2 || got.Problems[0].Code != "row.unknown" || got.Problems[1].Code != "row.extra" {
		t.Fatalf("%v, %+v", err, got.Problems)
	}
	if said := got.Problems[0].What.ZH; !strings.Contains(said, "新增养老床位") || !strings.Contains(said, "58") || !strings.Contains(said, "乙") {
		t.Errorf("%s", said)
	}
}

func TestAPercentageIsReadAsItIsSeen(t *testing.T) {
	form := form()
	file, err := excelize.OpenReader(bytes.NewReader(issue(t, form)))
	if err != nil {
		t.Fatal(err)
	}
	style, _ := file.NewStyle(&excelize.Style{NumFmt: 10})
	sheet, at, _ := strings.Cut(form.cellAt(beds, "growth"), "!")
	_ = file.SetCellValue(sheet, at, 0.0725)
	_ = file.SetCellStyle(sheet, at, at, style)
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	got, err := form.Read("x.xlsx", out.Bytes())
	if err != nil || len(got.Rows) != 1 || got.Rows[0].Observation.Growth.Plain() != "7.25" {
		t.Errorf("%v, %+v", err, got)
	}
}

func TestAFormOfAnotherUnitOrRoundIsRefused(t *testing.T) {
	data := issue(t, form())
	tampered := func(cells map[string]any) []byte { return fill(t, data, cells) }
	for name, c := range map[string]struct {
		data   []byte
		change func(*Template)
		code   string
		says   []string
	}{
		"of another unit":   {data, func(f *Template) { f.Unit, f.Name = "u-2", "望溪区体育局" }, "sheet.unit", []string{"望溪区民政局", "望溪区体育局"}},
		"of another round":  {data, func(f *Template) { f.Round, f.Period = "r-4", f.Period.Next() }, "sheet.round", []string{"2026年3月", "2026年4月"}},
		"of another layout": {tampered(map[string]any{"luoshi!B1": "luoshi-form-0"}), nil, "sheet.edition", []string{"luoshi-form-0"}},
		"another table":     {tampered(map[string]any{"luoshi!A1": "x"}), nil, "sheet.foreign", nil},
		"without its keys":  {tampered(map[string]any{"A4": ""}), nil, "sheet.columns", nil},
		"a column twice":    {tampered(map[string]any{"I4": "value", "J4": "value"}), nil, "sheet.columns", nil},
		"an unknown column": {tampered(map[string]any{"I4": "colour"}), nil, "sheet.columns", nil},
		"a broken key":      {tampered(map[string]any{"A6": "indicator"}), nil, "sheet.columns", nil},
		"a broken stamp":    {tampered(map[string]any{"B6": "now"}), nil, "sheet.columns", nil},
		"a row twice":       {tampered(map[string]any{"A7": beds.String()}), nil, "sheet.twice", []string{"一般公共预算收入"}},
		"a broken node":     {tampered(map[string]any{"节点!A6": "task:c4#x"}), nil, "sheet.columns", nil},
		"old Excel":         {[]byte("\xd0\xcf\x11\xe0"), nil, "sheet.format", nil},
		"nothing":           {nil, nil, "sheet.format", nil},
		"half a file":       {data[:len(data)/2], nil, "sheet.damaged", nil},
		"too many bytes":    {make([]byte, MostBytes+1), nil, "sheet.large", []string{"8", "5000"}},
		"too many rows":     {tampered(map[string]any{"C9000": 1}), nil, "sheet.large", nil},
		"too many cells":    {wide(t, data), nil, "sheet.large", nil},
	} {
		template := form()
		if c.change != nil {
			c.change(&template)
		}
		_, err := template.Read("x.xlsx", c.data)
		var fault *service.Fault
		if !errors.As(err, &fault) || fault.Code != c.code || fault.Words.EN == "" {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, said := range c.says {
			if !strings.Contains(fault.Words.ZH, said) {
				t.Errorf("%s: %s", name, fault.Words.ZH)
			}
		}
	}
}

// wide is a workbook with few rows and very many cells.
func wide(t testing.TB, data []byte) []byte {
	cells := map[string]any{}
	for row := 7; row < 17; row++ {
		cells[fmt.Sprintf("XFD%d", row)] = 1
	}
	return fill(t, data, cells)
}

func TestAMarkedFormIsMendedAndComesBack(t *testing.T) {
	form := form()
	data := fill(t, issue(t, form), map[string]any{
		form.cellAt(budget, "value"): "123.4张", form.cellAt(beds, "value"): 580000, form.nodeAt(market, 2): "三月中旬", form.cellAt(road, "note"): "=1+1",
	})
	got, err := form.Read("x.xlsx", data)
	if err != nil || len(got.Problems) != 2 {
		t.Fatalf("%v, %+v", err, got.Problems)
	}
	problems := slices.Concat(got.Problems, []Problem{{
		Code: "check.scale", Subject: beds, Field: "value", Warning: true,
		What: ledger.Wording{ZH: "比上次多一万倍。", EN: "Ten thousand times the last one."}, Do: ledger.Wording{ZH: "请核对单位。", EN: "Check the unit."},
	}})
	var out bytes.Buffer
	if err := form.Mark(&out, got, problems); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("SHEET_OUT"); dir != "" {
		_ = os.WriteFile(dir+"/template.xlsx", issue(t, form), 0o600)
		_ = os.WriteFile(dir+"/marked.xlsx", out.Bytes(), 0o600)
	}
	file, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	comments, err := file.GetComments("指标")
	if err != nil || len(comments) != 2 || !strings.Contains(fmt.Sprint(comments), "123.4张") {
		t.Errorf("%v, %+v", err, comments)
	}
	for at, want := range map[string]string{
		form.cellAt(budget, "value"): red, form.cellAt(beds, "value"): yellow, form.cellAt(road, "value"): white,
	} {
		sheet, name, _ := strings.Cut(at, "!")
		id, _ := file.GetCellStyle(sheet, name)
		if style, err := file.GetStyle(id); err != nil || style.Fill.Color[0] != want || style.Protection.Locked {
			t.Errorf("%s: %v, %+v", at, err, style)
		}
	}
	rows, err := file.GetRows("错误清单")
	if err != nil || len(rows) != 5 || !strings.Contains(rows[0][0], "共 2 处错误、1 处提醒") || rows[2][0] != form.cellAt(beds, "value") ||
		rows[2][1] != "提醒" || rows[4][0] != form.nodeAt(market, 2) || rows[4][3] != "开工" {
		t.Errorf("%v: %q", err, rows)
	}

	mended := fill(t, out.Bytes(), map[string]any{
		form.cellAt(budget, "value"): 123.4, form.cellAt(beds, "override"): "新纳入社会办床位", form.nodeAt(market, 2): "2026-03-15",
	})
	again, err := form.Read("x.xlsx", mended)
	if err != nil || len(again.Problems) > 0 || len(again.Rows) != 4 {
		t.Fatalf("%v, %+v", err, again)
	}
	if o := again.Rows[3].Observation; o.Note != "=1+1" || again.Rows[0].Observation.Value.Plain() != "580000" {
		t.Errorf("%+v", again.Rows)
	}
}

func TestARowThatWasChangedMeanwhileIsShownOnce(t *testing.T) {
	form := form()
	data := fill(t, issue(t, form), map[string]any{form.cellAt(beds, "value"): 59})
	form.Rows[0].Now.Value, form.Rows[0].Revision = decimal("61"), 4
	got, err := form.Read("x.xlsx", data)
	if err != nil || len(got.Rows) != 1 || got.Rows[0].Seen != 3 {
		t.Fatalf("%v, %+v", err, got)
	}
	p := form.Changed(form.Rows[0], "2026-04-02 09:10")
	if !strings.Contains(p.What.ZH, "2026-04-02 09:10") || !strings.Contains(p.What.ZH, "完成数 61") {
		t.Errorf("%s", p.What.ZH)
	}
	var out bytes.Buffer
	if err := form.Mark(&out, got, []Problem{p}); err != nil {
		t.Fatal(err)
	}
	again, err := form.Read("x.xlsx", out.Bytes())
	if err != nil || len(again.Rows) != 1 || again.Rows[0].Seen != 4 || again.Rows[0].Observation.Value.Plain() != "59" {
		t.Errorf("%v, %+v", err, again)
	}
}

// Every field that a row can ask for has a column or a sheet, and every file of words is whole.
func TestEveryFieldHasItsColumn(t *testing.T) {
	for _, c := range columns() {
		if c.title.ZH == "" || c.title.EN == "" || c.width == 0 || !slices.Contains([]kind{fixed, choice, figure, share, wording, unitsOf}, c.kind) {
			t.Errorf("%+v", c)
		}
		if (c.kind == figure || c.kind == share) && !new(reporting.Figures).SetFigure(c.key, decimal("1")) {
			t.Errorf("%s is no figure", c.key)
		}
	}
	for _, f := range reporting.Fields() {
		if _, there := columnOf(f); !there && f != reporting.FieldNodes {
			t.Errorf("%s has no column", f)
		}
	}
	for code, words := range problemWords() {
		if words[0].ZH == "" || words[0].EN == "" || words[1].ZH == "" || words[1].EN == "" {
			t.Errorf("%s lacks words", code)
		}
	}
}

func TestATargetIsWordedAsPlansWordIt(t *testing.T) {
	for want, r := range map[string]reporting.Row{
		"747.7\n增长8%": {Terms: reporting.Terms{Unit: "元"}, Scale: 8, Targets: []reporting.RowTarget{
			{Target: ledger.Target{Cmp: ledger.Equal, Value: decimal("747.7e8"), Unit: "元", Measure: ledger.Level}},
			{Target: ledger.Target{Cmp: ledger.Equal, Value: decimal("8"), Unit: "%", Measure: ledger.Growth}},
			{Target: ledger.Target{Cmp: ledger.Equal, Value: decimal("8"), Unit: "%", Measure: ledger.Growth}},
		}},
		"年度计划投资 12000 万元": {Terms: reporting.Terms{Unit: "元"}, Scale: 4, Planned: decimal("12000e4"), By: day("2027-10-31")},
		"2026-06-30 前完成":  {By: day("2026-06-30")},
		"":                {},
	} {
		if got := Target(r, "zh"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	form := form()
	data := issue(f, form)
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		if got, err := form.Read("x.xlsx", data); err == nil {
			_ = form.Mark(&bytes.Buffer{}, got, got.Problems)
		}
	})
}

// Cells hold whatever somebody types; none of it may keep the form from coming back marked.
func FuzzCells(f *testing.F) {
	form := form()
	data := issue(f, form)
	for _, seed := range []string{"1", "1e99", "0e101", "9e9 ", "inf", "0x10", "007", "-0.0", "１２３", "=1+1", "#N/A", "9999999999999999999", "2026-02-30", "\x00", "万", "1e-100"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		cells := map[string]any{}
		for _, r := range form.Rows {
			for _, c := range columns() {
				if r.asks(c) {
					cells[form.cellAt(r.Subject, c.key)] = fitting(text)
				}
			}
		}
		cells[form.nodeAt(market, 2)] = fitting(text)
		got, err := form.Read("x.xlsx", fill(t, data, cells))
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := form.Mark(&out, got, got.Problems); err != nil {
			t.Fatal(err)
		}
		if again, err := form.Read("x.xlsx", out.Bytes()); err != nil || len(again.Problems) != len(got.Problems) {
			t.Fatalf("%v: %d problems became %d", err, len(got.Problems), len(again.Problems))
		}
	})
}
