package reports_test

import (
	"context"
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	browser "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"luoshi/internal/web/webtest"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// sheet is the grid in a browser.
type sheet struct {
	*webtest.Tab
	site *site
}

func (s *site) open(t *testing.T) *sheet {
	t.Helper()
	tab := &sheet{s.reporter().Browse(t), s}
	tab.Open(s.path)
	return tab
}

// field is the selector of a field of a row.
func field(subject, name string) string { return `[name="` + subject + `|` + name + `"]` }

func (s *sheet) at(subject, name string) { s.Helper(); s.Click(field(subject, name)) }

// keys presses keys one after the other: names of kb, or characters.
func (s *sheet) keys(keys ...string) {
	s.Helper()
	for _, key := range keys {
		s.Press(key)
	}
}

// with presses a key while another is held down.
func (s *sheet) with(modifier chromedp.Modifier, key string) {
	s.Helper()
	s.Do(chromedp.KeyEvent(key, chromedp.KeyModifiers(modifier)))
}

func (s *sheet) value(subject, name string) string {
	s.Helper()
	return webtest.Value[string](s.Tab, `document.querySelector('`+field(subject, name)+`').value`)
}

func (s *sheet) want(subject, name, value string) {
	s.Helper()
	if got := s.value(subject, name); got != value {
		s.Errorf("%s %s holds %q, want %q", subject, name, got, value)
	}
}

// focus is the name of the field with the focus.
func (s *sheet) focus(subject, name string) {
	s.Helper()
	if got := webtest.Value[string](s.Tab, `document.activeElement.name || ''`); got != subject+"|"+name {
		s.Errorf("the focus is on %q, want %s|%s", got, subject, name)
	}
}

// paste pastes a text as Excel puts it into the clipboard.
func (s *sheet) paste(text string) {
	s.Helper()
	quoted, _ := json.Marshal(text)
	s.Do(chromedp.Evaluate[chromedp.Void](`(function () {
		var data = new DataTransfer();
		data.setData('text/plain', ` + string(quoted) + `);
		document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
	})()`))
}

// copied is what copying puts into the clipboard.
func (s *sheet) copied() string {
	s.Helper()
	return webtest.Value[string](s.Tab, `(function () {
		var data = new DataTransfer();
		document.activeElement.dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true}));
		return data.getData('text/plain');
	})()`)
}

// state waits until the line that says how far the saving is says something.
func (s *sheet) state(state string) {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.WaitVisible(`#grid-state[data-state="`+state+`"]`)); err != nil {
		s.Fatalf("the form is not %s but says %s", state, webtest.Value[string](s.Tab, `document.getElementById('grid-state').textContent`))
	}
}

// patience is how long the page may take for what it does by itself.
const patience = 15 * time.Second

func TestTheGridIsWalkedByKeys(t *testing.T) {
	s := opened(t).open(t)
	s.at(s.site.beds, "cumulative")
	s.keys("1", "3", "0", kb.Enter)
	s.want(s.site.beds, "cumulative", "130")
	s.focus(s.site.budget, "cumulative")
	s.keys(kb.ArrowUp)
	s.focus(s.site.beds, "cumulative")
	s.keys("9", kb.Escape)
	s.want(s.site.beds, "cumulative", "130")
	s.keys(kb.F2, kb.ArrowLeft, "5", kb.Enter)
	s.want(s.site.beds, "cumulative", "1350")
	s.keys(kb.ArrowRight)
	s.focus(s.site.budget, "growth")
	s.keys(kb.ArrowLeft, kb.ArrowLeft)
	s.focus(s.site.budget, "period")
	s.keys("7")
	s.want(s.site.budget, "period", "")
	s.keys(kb.F2, "7", kb.Tab)
	s.want(s.site.budget, "given", "period")
	s.want(s.site.budget, "period", "7")
	s.focus(s.site.budget, "growth")
}

func TestStepsAreUndone(t *testing.T) {
	s := opened(t).open(t)
	s.at(s.site.beds, "cumulative")
	s.keys("1", "3", "0", kb.Enter)
	s.at(s.site.beds, "cumulative")
	s.paste("201\n202\n203")
	s.want(s.site.homes, "cumulative", "203")
	s.with(chromedp.ModifierCtrl, "z")
	s.want(s.site.homes, "cumulative", "")
	s.want(s.site.beds, "cumulative", "130")
	s.with(chromedp.ModifierCtrl, "z")
	s.want(s.site.beds, "cumulative", "128")
	s.with(chromedp.ModifierCtrl, "y")
	s.want(s.site.beds, "cumulative", "130")
	s.with(chromedp.ModifierCtrl, "y")
	s.want(s.site.homes, "cumulative", "203")
}

func TestRangesGoToExcelAndBack(t *testing.T) {
	s := opened(t).open(t)
	s.at(s.site.beds, "cumulative")
	s.paste("１２９\t\t６．５％\t\"含社区\n嵌入式\"\n1,594.2\t102\t\t\n２，２００\t—\t-1.5%\t改造\tx\ty\tz")
	s.want(s.site.beds, "cumulative", "129")
	s.want(s.site.beds, "growth", "6.5")
	s.want(s.site.beds, "note", "含社区\n嵌入式")
	s.want(s.site.budget, "cumulative", "1594.2")
	s.want(s.site.homes, "cumulative", "2200")
	s.want(s.site.homes, "growth", "-1.5")
	if said := webtest.Value[string](s.Tab, `document.getElementById('grid-said').textContent`); !strings.Contains(said, "略过") {
		t.Errorf("it is not said what was passed over: %s", said)
	}
	s.at(s.site.beds, "cumulative")
	for range 2 {
		s.with(chromedp.ModifierShift, kb.ArrowDown)
	}
	for range 2 {
		s.with(chromedp.ModifierShift, kb.ArrowRight)
	}
	if got, want := s.copied(), "129\t\t6.5\n1594.2\t\t\n2200\t\t-1.5"; got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	s.keys(kb.Delete)
	s.want(s.site.homes, "cumulative", "")
	s.want(s.site.budget, "cumulative", "")
	// A column that is pasted where the other view is given becomes the one that is given.
	s.at(s.site.beds, "period")
	s.paste("31\n7.5")
	s.want(s.site.beds, "given", "period")
	s.want(s.site.beds, "period", "31")
	s.want(s.site.budget, "given", "period")
}

func TestWhatIsTypedIsSavedByItself(t *testing.T) {
	site := opened(t)
	s := site.open(t)
	s.at(s.site.beds, "cumulative")
	s.keys("1", "4", "0", kb.Enter)
	s.state("saved")
	if o := site.observation(t, site.beds).Observation; o.Value.String() != "140" || o.Note == "" {
		t.Errorf("the ledger holds %+v", o)
	}
	s.want(s.site.beds, "period", "40")
	// What the checks find stands beneath the row, tied to its field, with a place for the reason.
	s.at(s.site.beds, "cumulative")
	s.keys("9", "9", kb.Enter)
	s.Do(chromedp.WaitVisible(`tbody[data-subject="` + s.site.beds + `"] .findings li`))
	described := webtest.Value[string](s.Tab, `document.querySelector('`+field(s.site.beds, "cumulative")+`').getAttribute('aria-describedby') || ''`)
	if described == "" {
		t.Error("the field does not name what is said of it")
	}
	s.Axe()
	s.Picture("reports-grid-findings")
}

func TestNothingIsLostWithoutConnection(t *testing.T) {
	site := opened(t)
	s := site.open(t)
	s.cut(true)
	s.at(s.site.beds, "cumulative")
	s.keys("1", "5", "0", kb.Enter, "9", "8", ".", "5", kb.Tab)
	s.state("offline")
	s.Picture("reports-grid-offline")
	if o := site.observation(t, site.beds).Observation; o.Value.String() != "128" {
		t.Fatalf("the server has %s though it is out of reach", o.Value)
	}
	// The page is closed and opened again: what was typed is there, and is sent.
	site.uses.down.Store(true)
	if !s.leave() {
		s.Error("the page was left with unsent rows, and nobody was asked")
	}
	s.cut(false)
	site.uses.down.Store(false)
	s.Open(site.path)
	s.state("saved")
	s.want(s.site.beds, "cumulative", "150")
	if o := site.observation(t, site.budget).Observation; o.Value.String() != "985e7" {
		t.Errorf("the ledger holds %q", o.Value)
	}
	if s.leave() {
		s.Error("somebody was asked though everything was sent")
	}
	s.Open(site.path)
	if kept := webtest.Value[int](s.Tab, `localStorage.length`); kept != 0 {
		t.Errorf("%d rows are still kept in the browser", kept)
	}
}

func TestTheConnectionComesBack(t *testing.T) {
	site := opened(t)
	s := site.open(t)
	s.cut(true)
	s.at(s.site.beds, "cumulative")
	s.keys("1", "6", "0", kb.Enter)
	s.state("offline")
	s.cut(false)
	s.state("saved")
	if o := site.observation(t, site.beds).Observation; o.Value.String() != "160" {
		t.Errorf("the ledger holds %s", o.Value)
	}
}

func TestARowThatTwoPeopleChanged(t *testing.T) {
	site := opened(t)
	s := site.open(t)
	site.say(t, reporting.Observation{Figures: reporting.Figures{Given: reporting.Cumulative, Value: ledger.Int(128)}, Note: "另一人所填"}, site.beds)
	s.at(s.site.beds, "cumulative")
	s.keys("1", "7", "0", kb.Enter)
	s.state("held")
	s.Axe()
	s.Picture("reports-grid-clash")
	s.Click(`tbody[data-subject="` + s.site.beds + `"] [data-theirs]`)
	s.state("saved")
	s.want(s.site.beds, "note", "另一人所填")
	s.want(s.site.beds, "cumulative", "128")
}

// A session that ends while somebody types costs nothing either: he signs in in another window and comes back.
func TestTheSessionEnds(t *testing.T) {
	site := opened(t)
	who := site.reporter()
	s := &sheet{who.Browse(t), site}
	s.Open(site.path)
	cookies := have[network.GetCookiesResult](t)(chromedp.Call(s.Context, network.GetCookies, network.GetCookiesParams{}))
	if _, err := chromedp.Call(s.Context, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	s.at(site.beds, "cumulative")
	s.keys("1", "8", "0", kb.Enter)
	s.state("signed-out")
	for _, c := range cookies.Cookies {
		again := network.SetCookieParams{Name: c.Name, Value: c.Value, URL: site.URL}
		if _, err := chromedp.Call(s.Context, network.SetCookie, again); err != nil {
			t.Fatal(err)
		}
	}
	s.Do(chromedp.Evaluate[chromedp.Void](`window.dispatchEvent(new Event('focus'))`))
	s.state("saved")
	if o := site.observation(t, site.beds).Observation; o.Value.String() != "180" {
		t.Errorf("the ledger holds %s", o.Value)
	}
}

// What was typed a moment ago goes in with the form.
func TestAFormIsFilledAndSentInByKeyboard(t *testing.T) {
	site := opened(t)
	s := site.open(t)
	for name, value := range site.everything() {
		subject, field, _ := strings.Cut(name, "|")
		s.Do(chromedp.SetValue(`[name="`+subject+`|`+field+`"]`, value))
	}
	s.at(site.beds, "reason")
	s.keys("按", "期", kb.Enter)
	s.Click(`[value="step:submit"]`)
	s.Do(chromedp.WaitNotPresent("#report"))
	view := site.form(t)
	if view.Submission.State != reporting.Submitted || view.Submission.Filled != 7 {
		t.Errorf("the form is %+v", view.Submission)
	}
	s.Open(site.path)
	if kept := webtest.Value[int](s.Tab, `localStorage.length`); kept != 0 {
		t.Errorf("%d rows are still kept in the browser", kept)
	}
}

// cut takes the network away from the browser, or gives it back.
func (s *sheet) cut(off bool) {
	s.Helper()
	conditions := network.EmulateNetworkConditionsByRuleParams{}
	if off {
		conditions.MatchedNetworkConditions = []*network.Conditions{{Offline: true, DownloadThroughput: -1, UploadThroughput: -1}}
	}
	if _, err := chromedp.Call(s.Context, network.EmulateNetworkConditionsByRule, conditions); err != nil {
		s.Fatal(err)
	}
	state := network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}
	if _, err := chromedp.Call(s.Context, network.OverrideNetworkState, state); err != nil {
		s.Fatal(err)
	}
}

// leave goes elsewhere, and tells whether the browser asked whether one really wants to.
func (s *sheet) leave() bool {
	s.Helper()
	var asked atomic.Bool
	if err := chromedp.Listen(s.Context, func(event any) {
		if _, ok := event.(*browser.EventJavascriptDialogOpening); ok {
			asked.Store(true)
			go func() {
				_, _ = chromedp.Call(s.Context, browser.HandleJavaScriptDialog, browser.HandleJavaScriptDialogParams{Accept: true})
			}()
		}
	}); err != nil {
		s.Fatal(err)
	}
	s.Do(chromedp.Navigate("about:blank"), chromedp.WaitNotPresent("#report"))
	return asked.Load()
}

// Every page fits the screens that people have, can be read to them, and throws no error.
func TestPagesInTheBrowser(t *testing.T) {
	s := opened(t)
	tab := s.reporter().Browse(t)
	for name, path := range map[string]string{
		"due": "/reports?", "grid": s.path + "?", "evidence": s.path + "/evidence/" + s.beds + "?", "template": s.path + "/template?",
	} {
		for _, lang := range []string{"zh-CN", "en"} {
			tab.Wide()
			tab.Open(path + "lang=" + lang)
			tab.Fits()
			tab.Axe()
			tab.Picture("reports-" + name + "-" + lang)
			tab.Narrow()
			tab.Open(path + "lang=" + lang)
			tab.Fits()
			tab.Axe()
			tab.Picture("reports-" + name + "-" + lang + "-narrow")
		}
	}
}
