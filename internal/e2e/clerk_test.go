package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/internal/web/webtest"
)

// The published plans and reports lie beside the project and are no part of it.
const beside = "../../../shared/documents"

// clerk: documents are uploaded and read, their promises reviewed by keys, and those of a plan enter it, are broken down,
// approved and published.
func clerk(t *testing.T, s *site) {
	office := s.as(t, "shubai")
	for _, name := range []string{"guandu-2021h1-report.txt", "xixian-2021-plan.txt"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(beside, name)
			if _, err := os.Stat(path); err != nil {
				t.Skip("the documents are not beside the project")
			}
			tab := webtest.Over(office.Context, t, s.url)
			upload(tab, path)
			reviewByKeys(tab)
		})
	}
	upload(office, "../../examples/2026-plan-adjusted.txt")
	reviewByKeys(office)
	plan := enter(office)
	breakDown(office, plan)
	correctTogether(t, s, office, plan)
	publish(t, s, office, plan)

	// The same file again is recognised.
	office.Open("/documents")
	soon(office, "file", chromedp.SetUploadFiles("#upload input[type=file]", []string{absolute(t, "../../examples/2026-plan-adjusted.txt")}))
	submit(office, "#upload button[type=submit]")
	if at := path(office); !strings.HasPrefix(at, "/documents/") {
		t.Errorf("the same file again leads to %s", at)
	}
}

func absolute(tb testing.TB, path string) string {
	tb.Helper()
	whole, err := filepath.Abs(path)
	if err != nil {
		tb.Fatal(err)
	}
	return whole
}

// upload brings a document in, waits until it is read, and opens its review.
func upload(tab *webtest.Tab, file string) {
	tab.Helper()
	tab.Open("/documents")
	soon(tab, "file", chromedp.SetUploadFiles("#upload input[type=file]", []string{absolute(tab.TB, file)}))
	submit(tab, "#upload button[type=submit]")
	wait(tab, `!!document.querySelector("form[action='/intakes'] button")`)
	submit(tab, "form[action='/intakes'] button[type=submit]")
	wait(tab, `!!document.querySelector('.item.current')`)
}

// reviewByKeys accepts, rejects, takes back, and corrects, without touching the mouse but for the form.
func reviewByKeys(tab *webtest.Tab) {
	tab.Helper()
	first := webtest.Value[string](tab, `document.querySelector('.item.current').id`)
	status := func(id, status string) {
		tab.Helper()
		wait(tab, `document.getElementById(`+quoted(id)+`).dataset.status === `+quoted(status))
	}
	tab.Press("a")
	status(first, "accepted")
	wait(tab, `document.querySelector('.item.current').id !== `+quoted(first))
	second := webtest.Value[string](tab, `document.querySelector('.item.current').id`)
	tab.Press("r")
	status(second, "rejected")
	tab.Press("u")
	status(second, "pending")
	tab.Press("u")
	status(first, "pending")
	tab.Press("U")
	status(first, "accepted")
	click(tab, "#"+second+" .item-no")
	tab.Press("e")
	wait(tab, `!!document.activeElement && document.activeElement.name === 'title'`)
	set(tab, "#"+second+" [name=title]", "核对后的事项名称")
	click(tab, "#"+second+" button[name=correct]")
	wait(tab, `!document.querySelector('.item-form') && document.getElementById(`+quoted(second)+`).textContent.includes('核对后的事项名称')`)
	splitAndUndo(tab)
}

// splitAndUndo makes two items of one, and one again.
func splitAndUndo(tab *webtest.Tab) {
	tab.Helper()
	const items = `document.querySelectorAll('.item').length`
	before := webtest.Value[int](tab, items)
	whole := webtest.Value[string](tab, `document.querySelector(".item:has([data-key=s])").id`)
	click(tab, "#"+whole+" .item-no")
	tab.Press("s")
	click(tab, "#"+whole+" [name=cut]")
	click(tab, "#"+whole+" button[name=split]")
	wait(tab, fmt.Sprintf(`%s === %d && !document.getElementById(%s)`, items, before+1, quoted(whole)))
	tab.Press("u")
	wait(tab, fmt.Sprintf(`%s === %d && !!document.getElementById(%s)`, items, before, quoted(whole)))
}

// enter accepts what is left and puts it into the plan, whose address it returns.
func enter(tab *webtest.Tab) string {
	tab.Helper()
	push(tab, "button[name=accept-shown]")
	wait(tab, `!!document.querySelector("#finish form[action$='/entering']")`)
	tab.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector('#finish details').open = true`))
	submit(tab, "#finish form[action$='/entering'] button[type=submit]")
	return planOf(tab)
}

// breakDown gives all that nobody leads to a unit, by a rule for each kind of commitment.
func breakDown(tab *webtest.Tab, plan string) {
	tab.Helper()
	tab.Open(plan + "/gaps")
	want(tab, "牵头单位")
	for _, kind := range []string{"指标", "任务", "项目", "民生实事"} {
		tab.Open(plan + "/assignment")
		choose(tab, "#rule [name=kind]", kind)
		choose(tab, "#rule [name=lead]", "人民政府办公室")
		submit(tab, "#rule button[type=submit]")
		submit(tab, "form[action$='/assignment/apply'] button[type=submit]")
	}
}

// correctTogether lets two people correct one commitment of a draft: the second one is told what the first one changed,
// and decides.
func correctTogether(t *testing.T, s *site, first *webtest.Tab, plan string) {
	t.Helper()
	second := s.as(t, "yanqiu")
	find(first, "/commitments?plan=", strings.TrimPrefix(plan, "/plans/"))
	commitment := path(first)
	for _, tab := range []*webtest.Tab{first, second} {
		tab.Open(commitment + "/edit")
	}
	set(first, "[name=title]", "先保存的名称")
	submit(first, "form[action$='/edit'] button[type=submit]")
	set(second, "[name=title]", "后保存的名称")
	submit(second, "form[action$='/edit'] button[type=submit]")
	want(second, "沈书白", "先保存的名称", "后保存的名称")
	first.Open(commitment)
	want(first, "先保存的名称")
	submit(second, "form[action$='/edit'] button[type=submit]")
	first.Open(commitment)
	want(first, "后保存的名称")
}

// publish takes a plan through its approval.
func publish(t *testing.T, s *site, office *webtest.Tab, plan string) {
	t.Helper()
	office.Open(plan + "/publication")
	take(office, "submit")
	leader := s.as(t, "jingxing")
	leader.Open(plan + "/publication")
	take(leader, "approve")
	office.Open(plan + "/publication")
	take(office, "publish")
	office.Open(plan)
	want(office, "已发布")
}
