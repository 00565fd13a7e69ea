package submissions_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	uses "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/webtest"
	"luoshi/ledger/reporting"
)

// eventually waits until an expression holds in the page, which may be another one by then.
func eventually(tab *webtest.Tab, expression string) {
	tab.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		holds, err := chromedp.Run(tab.Context, chromedp.Evaluate[bool]("!!("+expression+")"))
		if err == nil && holds {
			return
		}
		if time.Now().After(deadline) {
			tab.Fatalf("in the page never: %s (%v)", expression, err)
		}
	}
}

// running is a town whose year is under way: January is locked, and February waits to be signed.
func running(t *testing.T) (o *town, locked, sent, street reporting.SubmissionID) {
	t.Helper()
	o = settle(t, storetest.SQLite(t))
	o.begin(t)
	round := o.month(t, 1)
	locked = o.report(t, round, o.Bureau.ID, 20)
	o.lock(t, 1, locked, o.report(t, round, o.Street.ID, 6))
	round = o.month(t, 2)
	o.photograph(t, round)
	return o, locked, o.report(t, round, o.Bureau.ID, 68), o.report(t, round, o.Street.ID, 11)
}

// photograph adds a picture as evidence to the bureau's form.
func (o *town) photograph(t *testing.T, round uses.RoundView) {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 640, 400))
	for y := range 400 {
		for x := range 640 {
			picture.Set(x, y, color.RGBA{R: uint8(x / 3), G: uint8(y / 2), B: 120, A: 255})
		}
	}
	var file bytes.Buffer
	must(t, png.Encode(&file, picture))
	ctx := o.Fixture.AsAccount(t.Context(), "reporter-bureau", "reporter", o.Bureau.ID)
	beds := reporting.IndicatorSubject(o.Indicator.ID)
	saved := have[uses.Saved](t)(o.uses.Save(ctx, uses.Filling{Round: round.ID, Unit: o.Bureau.ID, Rows: []uses.Filled{
		{Observation: reporting.Observation{Subject: beds, Note: "草稿"}},
	}}))
	have[uses.Evidence](t)(o.uses.Attach(ctx, saved.Submission.ID, beds, "望溪路养老服务中心现场照片.png", &file))
}

func TestTheQueueByKeys(t *testing.T) {
	o, _, sent, street := running(t)
	tab := o.head().Browse(t)
	tab.Open("/approvals")
	current := func() string {
		t.Helper()
		return webtest.Value[string](tab, `document.querySelector('.queue-item.current').id`)
	}
	first := current()
	tab.Press("j")
	second := current()
	if first == second {
		t.Errorf("j stays at %s", first)
	}
	tab.Press("k")
	if current() != first {
		t.Errorf("k leads to %s", current())
	}
	tab.Press("v")
	eventually(tab, `document.querySelector('.queue-item.current .brief td table')`)
	tab.Axe()
	tab.Press("v")
	eventually(tab, `document.querySelector('.queue-item.current .brief').hidden`)
	tab.Press("x")
	tab.Press("J")
	eventually(tab, `document.querySelectorAll('input[name=id]:checked').length === 2`)
	tab.Press(kb.Escape)
	eventually(tab, `document.querySelectorAll('input[name=id]:checked').length === 0`)
	tab.Press("?")
	eventually(tab, `!document.getElementById('keys').hidden`)

	// Returned by its reason, typed and sent by Enter; the other one is signed at once.
	back := webtest.Value[string](tab, `document.querySelector('.queue-item.current').id`)
	tab.Press("r")
	eventually(tab, `document.activeElement.id === 'reason'`)
	tab.Type("#reason", "床位数与民政系统不符，请核对后重报。")
	tab.Press(kb.Enter)
	eventually(tab, `document.querySelectorAll('.queue-item').length === 1 && document.getElementById('messages').textContent.includes('已办理1份')`)
	eventually(tab, `document.querySelector('.queue-item.current') && !document.activeElement.matches('input, select, textarea')`)
	tab.Press("a")
	eventually(tab, `!document.querySelector('.queue-item') && document.querySelector('.empty')`)
	want := map[reporting.SubmissionID]reporting.State{sent: reporting.Approved, street: reporting.Approved}
	want[reporting.SubmissionID(strings.TrimPrefix(back, "q-"))] = reporting.Returned
	for id, state := range want {
		if form := have[uses.FormView](t)(o.uses.Submission(o.office(t), id)); form.Submission.State != state {
			t.Errorf("%s is %s, want %s", id, form.Submission.State, state)
		}
	}
}

func TestManyAreSignedAtOnce(t *testing.T) {
	o, _, sent, street := running(t)
	tab := o.head().Browse(t)
	tab.Open("/approvals")
	tab.Click("[data-choose-all]")
	tab.Picture("queue-chosen")
	// Meanwhile one of them is returned by somebody else: each is listed with what became of it.
	if out := o.uses.Take(o.office(t), "return", []reporting.SubmissionID{street}, "请补充佐证材料"); out[0].Err != nil {
		t.Fatal(out[0].Err)
	}
	tab.Click(`button[name=step][value=approve]`)
	eventually(tab, `document.querySelectorAll('#outcomes tbody tr').length === 2`)
	tab.Axe()
	tab.Picture("queue-outcomes")
	if form := have[uses.FormView](t)(o.uses.Submission(o.office(t), sent)); form.Submission.State != reporting.Approved {
		t.Errorf("the other one is %s", form.Submission.State)
	}
}

func TestSettingsInABrowser(t *testing.T) {
	o := settle(t, storetest.SQLite(t))
	tab := o.Office().Browse(t)
	tab.Open("/rounds/settings?plan=" + o.plan)
	tab.Click(`input[name="month.preset"][value="month-by-28"]`)
	tab.Do(chromedp.SetValue(`[name="kind.task"]`, "month"))
	tab.Click(`input[name=add]`)
	tab.Do(chromedp.SetValue(`[name="add.frequency"]`, "quarter"))
	tab.Axe()
	tab.Click(".settings button[type=submit]")
	eventually(tab, `document.querySelector('.year-round')`)
	saved := have[store.Record[uses.Settings]](t)(o.uses.Settings(o.office(t), o.Plan.ID)).Value
	if len(saved.Asking.Exceptions) != 1 || saved.Asking.Kinds[reporting.OfTask] != reporting.Monthly {
		t.Errorf("saved is %+v", saved)
	}
	if i := saved.Schedules[0]; i.Frequency != reporting.Monthly || i.Day != 28 {
		t.Errorf("the schedule is %+v", i)
	}
}

// TestPagesInABrowser opens every page as an office and as a telephone shows it, in both languages: it fits the screen,
// and nobody is shut out.
func TestPagesInABrowser(t *testing.T) {
	o, locked, sent, _ := running(t)
	round := o.month(t, 3)
	beds := reporting.IndicatorSubject(o.Indicator.ID)
	head := o.Fixture.AsAccount(t.Context(), "bureau-head", "unit-head", o.Bureau.ID)
	wish := uses.Proposal{
		Plan: o.Plan.ID, Subject: beds, Unit: o.Bureau.ID, Period: have[uses.FormView](t)(o.uses.Submission(o.office(t), locked)).Round.Period,
		Reason: "漏报望溪路养老服务中心一期24张床位", Basis: "望民发〔2026〕7号",
	}
	wish.After = reporting.Observation{Subject: beds, Figures: reporting.Figures{Given: reporting.Cumulative}, Note: "含望溪路养老服务中心"}
	wish.After.SetFigure(reporting.FieldValue, have[uses.FormView](t)(o.uses.Submission(o.office(t), sent)).Rows[0].Observation.Value)
	correction := have[uses.CorrectionView](t)(o.uses.ProposeCorrection(head, wish))
	have[store.Record[uses.Grant]](t)(o.uses.SaveGrant(o.office(t), uses.Grant{Token: "tk-民政", Plan: o.Plan.ID, Unit: o.Street.ID, Subjects: []reporting.Subject{beds}}, 0))
	shown := []struct {
		name, path string
		head       bool
	}{
		{"rounds", "/rounds", false},
		{"settings", "/rounds/settings?plan=" + o.plan, false},
		{"grants", "/rounds/grants?plan=" + o.plan, false},
		{"grant", "/rounds/grants?plan=" + o.plan + "&token=tk-2&unit=" + string(o.Bureau.ID), false},
		{"board", "/rounds/" + string(round.ID), false},
		{"burden", "/rounds/" + string(round.ID) + "/burden", false},
		{"queue", "/approvals", true},
		{"submission", "/submissions/" + string(sent), true},
		{"submission-locked", "/submissions/" + string(locked), false},
		{"corrections", "/corrections", false},
		{"correction", "/corrections/" + string(correction.ID), false},
		{"correct", "/corrections/new?submission=" + string(locked) + "&subject=" + beds.String(), false},
	}
	office, above := o.Office().Browse(t), o.head().Browse(t)
	for _, p := range shown {
		tab := office
		if p.head {
			tab = above
		}
		look(tab, p.name, p.path)
	}
	if _, err := o.uses.DecideCorrection(o.office(t), correction.ID, "approve", "", correction.Revision); err != nil {
		t.Fatal(err)
	}
	look(office, "correction-agreed", "/corrections/"+string(correction.ID))
	look(office, "submission-corrected", "/submissions/"+string(locked))
}

// TestASubmissionOnPaper has its figures, that it is not locked, and lines to sign; nothing to press.
func TestASubmissionOnPaper(t *testing.T) {
	o, _, sent, _ := running(t)
	tab := o.head().Browse(t)
	tab.Open("/submissions/" + string(sent))
	if _, err := chromedp.Call(tab.Context, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	tab.Picture("submission-print")
	for _, want := range []string{
		`getComputedStyle(document.querySelector('.signatures')).display === 'grid'`,
		`getComputedStyle(document.querySelector('#steps')).display === 'none'`,
		`document.querySelector('.said-rows .badge').offsetHeight > 0`,
	} {
		if !webtest.Value[bool](tab, want) {
			t.Errorf("on paper it is not so: %s", want)
		}
	}
}

func look(tab *webtest.Tab, name, path string) {
	tab.Helper()
	sign := "?"
	if strings.Contains(path, "?") {
		sign = "&"
	}
	tab.Wide()
	tab.Open(path + sign + "lang=en")
	tab.Fits()
	tab.Picture(name + "-en")
	tab.Open(path + sign + "lang=zh-CN")
	tab.Fits()
	tab.Axe()
	tab.Picture(name + "-zh")
	tab.Narrow()
	tab.Open(path)
	tab.Fits()
	tab.Picture(name + "-narrow")
}
