package e2e_test

import (
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	dialog "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"luoshi/internal/web/webtest"
)

// grid is the form of a unit at a browser, filled like a spreadsheet.
type grid struct {
	*webtest.Tab
	wire *wire  // over which it reaches the server
	form string // the address of its page
	rows map[string]string
}

// openGrid opens the form of a period from the list of what is due.
func openGrid(tab *webtest.Tab, w *wire, period string) *grid {
	tab.Helper()
	tab.Open("/reports")
	followTo(tab, "main table th a", period)
	g := &grid{Tab: tab, wire: w, form: path(tab)}
	g.rows = webtest.Value[map[string]string](tab, `Object.fromEntries([...document.querySelectorAll('#report tbody[data-subject]')]
		.map(e => [e.querySelector('.row-title').textContent.trim(), e.dataset.subject]))`)
	return g
}

// subject is that of the row with a title.
func (g *grid) subject(row string) string {
	g.Helper()
	if g.rows[row] == "" {
		g.Fatalf("%s has no row %s but %v", g.form, row, g.rows)
	}
	return g.rows[row]
}

// cell is a field of a row, as a script finds it.
func (g *grid) cell(row, field string) string {
	g.Helper()
	return `document.getElementsByName(` + quoted(g.subject(row)+"|"+field) + `)[0]`
}

// last is the cumulative figure of the row's period before, as the form shows it.
func (g *grid) last(row string) *big.Rat {
	g.Helper()
	shown := webtest.Value[string](g.Tab, g.cell(row, "cumulative")+`.closest('tr').querySelector('.col-last').textContent.trim()`)
	return exact(g.TB, strings.ReplaceAll(shown, ",", ""))
}

// more is the figure of a row after it has grown by something, with as many decimals as that has.
func (g *grid) more(row, by string) string {
	g.Helper()
	_, decimals, _ := strings.Cut(by, ".")
	return new(big.Rat).Add(g.last(row), exact(g.TB, by)).FloatString(len(decimals))
}

// at goes to a cell.
func (g *grid) at(row, field string) {
	g.Helper()
	g.Do(chromedp.Evaluate[chromedp.Void](g.cell(row, field) + `.focus()`))
	g.on(row, field)
}

// on waits until a cell has the focus.
func (g *grid) on(row, field string) {
	g.Helper()
	wait(g.Tab, `document.activeElement === `+g.cell(row, field))
}

// keys types texts and presses keys one after the other.
func (g *grid) keys(keys ...string) {
	g.Helper()
	for _, key := range keys {
		g.Do(chromedp.KeyEvent(key))
	}
}

// holds waits until a cell holds a value.
func (g *grid) holds(row, field, value string) {
	g.Helper()
	if !is(g.Tab, g.cell(row, field)+`.value === `+quoted(value)) {
		g.Fatalf("%s of %s holds %q, not %q: %s", field, row, webtest.Value[string](g.Tab, g.cell(row, field)+".value"), value, text(g.Tab))
	}
}

// paste pastes cells as Excel puts them into the clipboard.
func (g *grid) paste(text string) {
	g.Helper()
	g.Do(chromedp.Evaluate[chromedp.Void](`(function () {
		const data = new DataTransfer();
		data.setData('text/plain', ` + quoted(text) + `);
		document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
	})()`))
}

// state waits until the line below the form says how far its saving is.
func (g *grid) state(state string) {
	g.Helper()
	wait(g.Tab, `document.getElementById('grid-state').dataset.state === `+quoted(state))
}

// leaves lets the browser leave pages on which something is not sent yet, as somebody does who answers its question.
func (g *grid) leaves() {
	g.Helper()
	if err := chromedp.Listen(g.Context, func(event any) {
		if _, ok := event.(*dialog.EventJavascriptDialogOpening); ok {
			go func() {
				_, _ = chromedp.Call(g.Context, dialog.HandleJavaScriptDialog, dialog.HandleJavaScriptDialogParams{Accept: true})
			}()
		}
	}); err != nil {
		g.Fatal(err)
	}
}

// followTo follows the link whose text holds some words.
func followTo(tab *webtest.Tab, selector, words string) {
	tab.Helper()
	if !webtest.Value[bool](tab, `(function () {
		const link = [...document.querySelectorAll(`+quoted(selector)+`)].find(e => e.textContent.includes(`+quoted(words)+`));
		if (link) link.setAttribute('data-followed', '');
		return !!link;
	})()`) {
		tab.Fatalf("%s has no link to %s: %s", path(tab), words, text(tab))
	}
	submit(tab, "[data-followed]")
}

// step takes a step with a submission or a correction, and says why where one has to.
func step(tab *webtest.Tab, name, reason string) {
	tab.Helper()
	form := "form:has(input[name=step][value=" + name + "])"
	if !webtest.Value[bool](tab, `!!document.querySelector(`+quoted(form)+`)`) {
		tab.Fatalf("%s does not offer to %s: %s", path(tab), name, text(tab))
	}
	if reason != "" {
		set(tab, form+" [name=reason]", reason)
	}
	submit(tab, form+" button[type=submit]")
}

// answer is what an address answers to a page, as bytes. Options are those of fetch, as a script.
func answer(tab *webtest.Tab, address, options string) []byte {
	tab.Helper()
	said, err := chromedp.Run(tab.Context, chromedp.Evaluate[string](`(async () => {
		const answer = await fetch(`+address+`, `+options+`);
		if (!answer.ok) throw new Error(answer.status + ' ' + await answer.text());
		return btoa(Array.from(new Uint8Array(await answer.arrayBuffer()), c => String.fromCharCode(c)).join(''));
	})()`, chromedp.EvalAwaitPromise))
	if err != nil {
		tab.Fatalf("%s: %v", address, err)
	}
	data, err := base64.StdEncoding.DecodeString(said)
	if err != nil {
		tab.Fatal(err)
	}
	return data
}

// ask is what the API answers to whoever has signed in to the pages.
func ask[T any](tab *webtest.Tab, operation string) T {
	tab.Helper()
	var said T
	if err := json.Unmarshal(answer(tab, quoted("/api/v1"+operation), "{}"), &said); err != nil {
		tab.Fatalf("%s: %v", operation, err)
	}
	return said
}

// uploadHere gives a file to a form of the page and sends it.
func uploadHere(t *testing.T, tab *webtest.Tab, file string) {
	t.Helper()
	soon(tab, "file", chromedp.SetUploadFiles("main form [type=file]", []string{file}))
	submit(tab, "main form:has([type=file]) button[type=submit]")
}

// of is the part of an address behind a prefix, up to the next slash.
func of(address, prefix string) string {
	rest, _, _ := strings.Cut(strings.TrimPrefix(address, prefix), "/")
	return rest
}
