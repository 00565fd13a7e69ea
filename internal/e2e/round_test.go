package e2e_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math/big"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/xuri/excelize/v2"

	"luoshi/internal/web/webtest"
)

// What the water service of the demonstration reports of November, and where it is to be seen.
const (
	asks   = "望溪区水务服务中心"
	month  = "2026年11月"
	dredge = "春灌渠道清淤"
	pumps  = "泵站检修"
	dams   = "水库除险加固"
	dike   = "防洪堤"
	wet    = "望溪湿地一期补水"
	usage  = "单位GDP用水量"
	dam    = "水库除险加固（5座）"
	bank   = "望溪河防洪堤（东塘段）"
	trade  = "望溪区商务局"
)

// told is a row of a form as the API has it.
type told struct {
	Subject     string `json:"subject"`
	Observation struct {
		Value, Paid string
		Note        string
	} `json:"observation"`
	Point point `json:"point"`
}

// point is a figure in both views.
type point struct {
	Period     string `json:"period"`
	OfPeriod   string `json:"of_period"`
	Cumulative string `json:"cumulative"`
	State      string `json:"state"`
	Corrected  bool   `json:"corrected"`
}

// round: the office opens a round; a unit fills its form by keys, by pasting, without a connection and by a template, bears
// it out with a picture, and sends it in; its head returns it and signs it; the statistics office has its word on another one; the
// office reviews both, with others, and locks them.
func round(t *testing.T, s *site) {
	far, wire := s.over(t)
	office, reporter, head := s.as(t, "shubai"), far.as(t, "wentao"), s.as(t, "shuiyun")
	openRound(office, reporter)
	g := openGrid(reporter, wire, month)
	byKeys(g)
	byPaste(g)
	withoutConnection(g, office)
	byTemplate(t, g, office)
	withPicture(t, g)
	sentIn(g, head)
	confirmed(s.as(t, "jicheng"), office)
	decided(office)
}

// openRound opens the round of December before its day: the units find their forms.
func openRound(office, reporter *webtest.Tab) {
	office.Helper()
	reporter.Open("/reports")
	want(reporter, month)
	lacks(reporter, "2026年12月")
	office.Open("/rounds")
	followTo(office, "main table th a", "2026年12月")
	submit(office, "form[action$='/open'] button[type=submit]")
	want(office, asks, "填报中")
	reporter.Open("/reports")
	want(reporter, "2026年12月")
}

// byKeys fills two rows by keys alone. A figure that falls is answered at its place, and corrected there.
func byKeys(g *grid) {
	g.Helper()
	g.at(dredge, "cumulative")
	g.keys(g.more(dredge, "6"), kb.Enter)
	g.on(pumps, "cumulative")
	g.keys("2", kb.Enter)
	g.holds(dredge, "period", "6")
	wait(g.Tab, `!!`+g.cell(pumps, "cumulative")+`.closest('tbody').querySelector('.findings li[data-severity=error]')`)
	g.at(pumps, "cumulative")
	g.keys(kb.F2, kb.Backspace, g.more(pumps, "3"), kb.Enter)
	g.holds(pumps, "period", "3")
	g.state("saved")
	wait(g.Tab, `!`+g.cell(pumps, "cumulative")+`.closest('tbody').querySelector('.findings li[data-severity=error]')`)
}

// byPaste fills rows with a column out of Excel, as it comes in Chinese tables.
func byPaste(g *grid) {
	g.Helper()
	g.at(dams, "cumulative")
	water := g.more(wet, "9.88")
	g.paste(g.more(dams, "0") + "\n" + g.more(dike, "0.50") + "\n" + fullWidth.Replace(water) + "\n")
	g.holds(dams, "period", "0")
	g.holds(dike, "period", "0.50")
	g.holds(wet, "cumulative", water)
	g.state("saved")
}

// fullWidth writes figures as input methods for Chinese do.
var fullWidth = strings.NewReplacer("0", "\uff10", "1", "\uff11", "2", "\uff12", "3", "\uff13", "4", "\uff14", "5", "\uff15",
	"6", "\uff16", "7", "\uff17", "8", "\uff18", "9", "\uff19", ".", "\uff0e")

// withoutConnection: an answer that is lost on its way makes no conflict, and what is typed while the connection is down
// outlives the page; both are there when the connection is back.
func withoutConnection(g *grid, office *webtest.Tab) {
	g.Helper()
	after := g.more(dike, "0.60")
	g.leaves()
	g.wire.deafen()
	g.at(dike, "cumulative")
	g.keys(after, kb.Enter)
	for row(office, g, dike).Observation.Value != after {
		if err := g.Context.Err(); err != nil {
			g.Fatal(err)
		}
	}
	g.wire.cut(true)
	g.at(dike, "note")
	g.keys("dike", kb.Tab)
	g.state("offline")
	g.Do(chromedp.Navigate("about:blank"))
	if o := row(office, g, dike).Observation; o.Value != after || o.Note != "" {
		g.Errorf("the server has %+v, and was out of reach when the note was typed", o)
	}
	g.wire.cut(false)
	g.Open(g.form)
	g.state("saved")
	g.holds(dike, "cumulative", after)
	if o := row(office, g, dike).Observation; o.Value != after || o.Note != "dike" {
		g.Errorf("the server has %+v, and not what was typed without a connection", o)
	}
}

// row is a row of a form as somebody else sees it.
func row(tab *webtest.Tab, g *grid, title string) told {
	g.Helper()
	round, unit := of(g.form, "/reports/"), of(g.form, "/reports/"+of(g.form, "/reports/")+"/")
	form := ask[struct{ Rows []told }](tab, "/rounds/"+round+"/forms/"+unit)
	for _, r := range form.Rows {
		if r.Subject == g.subject(title) {
			return r
		}
	}
	g.Fatalf("the server has no row %s", title)
	return told{}
}

// byTemplate takes the form out to Excel, fills it there and brings it back. A mistake is marked in the workbook, and
// nothing is taken before it is corrected.
func byTemplate(t *testing.T, g *grid, office *webtest.Tab) {
	t.Helper()
	invested := map[string]string{dam: g.more(dam, "683"), bank: g.more(bank, "1614")}
	book := openBook(t, answer(g.Tab, `document.querySelector("a[href$='/template.xlsx']").href`, "{}"))
	book.fill(g.subject(usage), "value", "四点四")
	book.fill(g.subject(usage), "growth", "-4.6")
	for title, value := range invested {
		book.fill(g.subject(title), "value", value)
	}
	follow(g.Tab, "a[href$='/template']")
	uploadHere(t, g.Tab, book.save())
	want(g.Tab, usage)
	if o := row(office, g, dam).Observation; o.Value != "" {
		t.Errorf("%s is taken out of a workbook with a mistake: %+v", dam, o)
	}
	marked := openBook(t, answer(g.Tab, `document.querySelector("button[name=then][value=marked]").form.action`, `(function () {
		const button = document.querySelector("button[name=then][value=marked]");
		return {method: 'POST', body: new URLSearchParams(new FormData(button.form, button))};
	})()`))
	if comments := marked.comments(g.subject(usage), "value"); len(comments) == 0 {
		t.Error("the mistake is not marked in the workbook")
	}
	marked.fill(g.subject(usage), "value", 4.4)
	g.Open(g.form + "/template")
	uploadHere(t, g.Tab, marked.save())
	want(g.Tab, dam, bank)
	submit(g.Tab, "button[name=then][value=take]")
	for title, value := range invested {
		if got := row(office, g, title).Observation.Value; got == "" || exact(t, got).Cmp(exact(t, value+"e4")) != 0 {
			t.Errorf("%s came out of the workbook as %s, want %s of 10 000 yuan", title, got, value)
		}
	}
	g.Open(g.form)
	g.holds(dam, "period", "683")
}

// withPicture bears a row out with a picture, which is shown small beside the file.
func withPicture(t *testing.T, g *grid) {
	t.Helper()
	const name = "防洪堤护坡.png"
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, photo(t), 0o600); err != nil {
		t.Fatal(err)
	}
	follow(g.Tab, "[name=then][value='evidence:"+g.subject(dike)+"'], a[href$='/evidence/"+g.subject(dike)+"']")
	lacks(g.Tab, name)
	uploadHere(t, g.Tab, file)
	want(g.Tab, name, "SHA-256")
	wait(g.Tab, shownSmall(name))
	g.Open(g.form)
}

// photo is a picture larger than what is shown of it.
func photo(t *testing.T) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 1600, 1200))
	draw.Draw(picture, image.Rect(0, 700, 1600, 1200), image.NewUniform(color.RGBA{R: 90, G: 120, B: 70, A: 255}), image.Point{}, draw.Src)
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// shownSmall is true where the page has drawn the preview of a picture, and not the picture itself.
func shownSmall(name string) string {
	return `[...document.querySelectorAll("li img[src$='/preview']")].some(e => {
		e.scrollIntoView(); // pictures are fetched when they come into sight
		return e.closest('li').textContent.includes(` + quoted(name) + `) && e.naturalWidth > 0 && e.naturalWidth < 1600;
	})`
}

// confirmed: figures that need the word of the statistics office wait for it, and go to the office when it has confirmed
// them.
func confirmed(statistics, office *webtest.Tab) {
	statistics.Helper()
	office.Open("/approvals?state=approved")
	lacks(office, trade)
	statistics.Open("/approvals")
	lacks(statistics, asks)
	followTo(statistics, "#queue th a", trade)
	want(statistics, "社会消费品零售总额", "待统计部门核定")
	step(statistics, "confirm", "")
	statistics.Open("/approvals")
	lacks(statistics, trade)
}

// sentIn: the reporter sends the form in, the head returns it once, and signs what comes back.
func sentIn(g *grid, head *webtest.Tab) {
	g.Helper()
	const reason = "请注明防洪堤的形象进度"
	for webtest.Value[bool](g.Tab, `[...document.querySelectorAll('label.override:not([hidden]) input')].some(e => !e.value)`) {
		g.Do(chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll('label.override:not([hidden]) input')].find(e => !e.value).focus()`))
		g.keys("已与台账核对")
	}
	submit(g.Tab, "button[name=then][value='step:submit']")
	head.Open("/approvals")
	followTo(head, "#queue th a", asks)
	want(head, dredge)
	wait(head, shownSmall("防洪堤护坡.png"))
	step(head, "return", reason)
	g.Open("/reports")
	want(g.Tab, reason)
	g.Open(g.form)
	set(g.Tab, `[name="`+g.subject(dike)+`|note"]`, "主体完工，正在砌护坡")
	submit(g.Tab, "button[name=then][value='step:submit']")
	head.Open("/approvals")
	followTo(head, "#queue th a", asks)
	want(head, "主体完工，正在砌护坡")
	step(head, "approve", "")
}

// decided: the office reviews several forms at once, and locks one of them.
func decided(office *webtest.Tab) {
	office.Helper()
	office.Open("/approvals?state=approved")
	want(office, asks)
	for _, unit := range []string{asks, trade, "望溪区民政局"} {
		if !webtest.Value[bool](office, `(function () {
			const row = [...document.querySelectorAll('#queue tbody')].find(e => e.textContent.includes(`+quoted(unit)+`) && e.textContent.includes(`+quoted(month)+`));
			if (row) row.querySelector('[name=id]').click();
			return !!row;
		})()`) {
			office.Fatalf("nothing of %s waits: %s", unit, text(office))
		}
	}
	submit(office, "#queue button[name=step][value=review]")
	openBoard(office, month)
	submit(office, "form[action$='/close'] button[type=submit]")
	openBoard(office, month)
	followTo(office, "main table a", asks)
	want(office, "已锁定")
	lacks(office, "未锁定")
}

// openBoard opens who has reported in a round.
func openBoard(tab *webtest.Tab, period string) {
	tab.Helper()
	tab.Open("/rounds")
	followTo(tab, "main table th a", period)
}

// correction: a locked figure changes only by a correction, which somebody else approves. Both figures stay to be seen, and
// those of later periods follow.
func correction(t *testing.T, s *site) {
	const reason, basis = "漏计东干渠一段", "区水务服务中心现场核查记录（2026年11月）"
	head, office := s.as(t, "shuiyun"), s.as(t, "qinghe")
	openBoard(head, "2026年10月")
	followTo(head, "main table a", asks)
	october := path(head)
	submit(head, "a[href^='/corrections/new'][aria-label*="+dredge+"]")
	stood := exact(t, webtest.Value[string](head, `document.querySelector("[name=value]").value`))
	becomes := new(big.Rat).Add(stood, big.NewRat(2, 1))
	set(head, "[name=value]", becomes.FloatString(0))
	set(head, "[name=reason]", reason)
	set(head, "[name=basis]", basis)
	submit(head, "form[action='/corrections'] button[type=submit]")
	proposed := path(head)
	want(head, reason, basis)
	if status := post(head, proposed+"/steps", "step=approve&seen=1"); status < 400 {
		t.Errorf("who proposed a correction approves it: %d", status)
	}
	if p := spoken(t, office, october)["2026-M10"]; p.Corrected || exact(t, p.Cumulative).Cmp(stood) != 0 {
		t.Errorf("the figure changed before somebody approved it: %+v", p)
	}

	office.Open("/corrections?state=proposed")
	followTo(office, "main table th a", dredge)
	want(office, reason, stood.FloatString(0), becomes.FloatString(0))
	step(office, "approve", "")
	want(office, "许青禾", month, "6", "4")
	for period, want := range map[string]struct {
		cumulative, ofPeriod *big.Rat
		corrected            bool
	}{
		"2026-M10": {becomes, nil, true},
		"2026-M11": {new(big.Rat).Add(stood, big.NewRat(6, 1)), big.NewRat(4, 1), false},
	} {
		p := spoken(t, office, october)[period]
		if p.State != "locked" || p.Corrected != want.corrected || exact(t, p.Cumulative).Cmp(want.cumulative) != 0 ||
			want.ofPeriod != nil && exact(t, p.OfPeriod).Cmp(want.ofPeriod) != 0 {
			t.Errorf("%s is now %+v", period, p)
		}
	}
	head.Open(october)
	want(head, "更正", stood.FloatString(0), becomes.FloatString(0))
}

// spoken is what the ledger holds of a row of a submission through the year, by periods.
func spoken(t *testing.T, tab *webtest.Tab, submission string) map[string]point {
	t.Helper()
	form := ask[struct {
		Submission struct{ Plan, Unit string }
		Rows       []struct{ Subject, Title string }
	}](tab, submission)
	points := map[string]point{}
	for _, r := range form.Rows {
		if r.Title != dredge {
			continue
		}
		series := "/plans/" + form.Submission.Plan + "/series?" + url.Values{"subject": {r.Subject}, "unit": {form.Submission.Unit}}.Encode()
		for _, p := range ask[struct{ Points []point }](tab, series).Points {
			points[p.Period] = p
		}
	}
	return points
}

// book is a template in Excel.
type book struct {
	*excelize.File
	t *testing.T
}

func openBook(t *testing.T, data []byte) book {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return book{file, t}
}

// place is the sheet and the cell of a field: subjects stand in the first column, fields in the fourth row.
func (b book) place(subject, field string) (sheet, cell string) {
	b.t.Helper()
	for _, sheet := range b.GetSheetList() {
		rows, err := b.GetRows(sheet)
		if err != nil {
			b.t.Fatal(err)
		}
		for y, row := range rows {
			if y < 4 || len(row) == 0 || row[0] != subject {
				continue
			}
			for x, key := range rows[3] {
				if key == field {
					cell, err := excelize.CoordinatesToCellName(x+1, y+1)
					if err != nil {
						b.t.Fatal(err)
					}
					return sheet, cell
				}
			}
		}
	}
	b.t.Fatalf("the workbook has no %s of %s", field, subject)
	return "", ""
}

func (b book) fill(subject, field string, value any) {
	b.t.Helper()
	sheet, cell := b.place(subject, field)
	if err := b.SetCellValue(sheet, cell, value); err != nil {
		b.t.Fatal(err)
	}
}

// comments are what is said of a cell.
func (b book) comments(subject, field string) []string {
	b.t.Helper()
	sheet, cell := b.place(subject, field)
	all, err := b.GetComments(sheet)
	if err != nil {
		b.t.Fatal(err)
	}
	var said []string
	for _, c := range all {
		if c.Cell == cell {
			said = append(said, c.Text)
		}
	}
	return said
}

// save puts the workbook into a file.
func (b book) save() string {
	b.t.Helper()
	var content bytes.Buffer
	if err := b.Write(&content); err != nil {
		b.t.Fatal(err)
	}
	path := filepath.Join(b.t.TempDir(), "form.xlsx")
	if err := os.WriteFile(path, content.Bytes(), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return path
}
