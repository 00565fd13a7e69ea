package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/web/webtest"
)

// amendment: the head of a unit asks for more time, the supervising office passes it on, a leader approves, the office
// puts it in force, and what was promised first stays to be seen.
func amendment(t *testing.T, s *site) {
	head := s.as(t, "qingsong")
	day := today(head)
	find(head, "/commitments?text=", "改造人行道")
	commitment := path(head)
	follow(head, "a[href$='/amend']")
	set(head, "[name=by]", "2027-03-31")
	fill(head, "[name=reason]", "管线迁改推迟，雨季停工。")
	fill(head, "[name='basis.title']", "区政府第15次常务会议纪要")
	fill(head, "[name='basis.number']", "望政纪〔2026〕15号")
	set(head, "[name=effective]", day)
	submit(head, "form[action$='/amend'] button[type=submit].btn-primary")
	asked := path(head)
	want(head, "改造人行道", "2027年3月31日")

	if status := post(head, asked+"/steps", "action=pass&revision=1"); status < 400 {
		t.Errorf("who proposed it passes it on: %d", status)
	}
	office := s.as(t, "qinghe")
	office.Open(asked)
	take(office, "pass")
	leader := s.as(t, "changchuan")
	leader.Open(asked)
	want(leader, "管线迁改推迟")
	take(leader, "approve")

	office.Open(planOf(office))
	follow(office, "main a[href^='/amendments?']")
	submit(office, "form[action='/amendments/apply'] button[type=submit]")
	head.Open(commitment)
	want(head, "2027年3月31日", "2026年12月31日")
	head.Open(planOf(head) + "/versions")
	want(head, "改造人行道")
}

// today is the day as the server has it: the demonstration goes by the days of its story.
func today(tab *webtest.Tab) string {
	tab.Helper()
	tab.Open("/account/delegations")
	return webtest.Value[string](tab, `document.querySelector("main form [name=from]").value`)
}

// find looks for a commitment and opens it.
func find(tab *webtest.Tab, list, words string) {
	tab.Helper()
	tab.Open(list + words)
	follow(tab, "main table a[href^='/commitments/0']")
}

// follow follows a link to another page.
func follow(tab *webtest.Tab, selector string) { tab.Helper(); submit(tab, selector) }

// planOf is the address of the plan that a commitment is of.
func planOf(tab *webtest.Tab) string {
	tab.Helper()
	return webtest.Value[string](tab, `document.querySelector("a[href^='/plans/0']").pathname.split('/').slice(0, 3).join('/')`)
}

// take takes a step of a workflow: with one click, or after writing why.
func take(tab *webtest.Tab, action string) {
	tab.Helper()
	form := "form:has(input[name=action][value=" + action + "])"
	if !webtest.Value[bool](tab, `(function () {
		const form = document.querySelector(`+quoted(form)+`);
		if (form && form.closest('details')) form.closest('details').open = true;
		return !!form;
	})()`) {
		tab.Fatalf("%s does not offer to %s: %s", path(tab), action, text(tab))
	}
	submit(tab, form+" button[type=submit]")
}

// views: each sees what concerns them, and nothing of other units.
func views(t *testing.T, s *site) {
	reporter := s.as(t, "wentao")
	find(reporter, "/commitments?text=", "防洪堤")
	want(reporter, "建成防洪堤7.8公里")
	reporter.Open("/commitments?text=12345热线")
	lacks(reporter, "按期办结率")

	office := s.as(t, "shubai")
	find(office, "/commitments?text=", "12345热线")
	other := path(office)
	if status := get(reporter, other); status != 403 {
		t.Errorf("the commitment of another unit answers %d", status)
	}
	if status := post(reporter, other+"/accept", ""); status != 403 {
		t.Errorf("the commitment of another unit is taken: %d", status)
	}
	community := s.as(t, "jiming")
	community.Open("/")
	want(community, "方既明")
	leader := s.as(t, "yuanzhou")
	leader.Open("/commitments")
	want(leader, "2026-")
}

// twoEditors: whoever saves second is told what the other one changed, and nothing is overwritten.
func twoEditors(t *testing.T, s *site) {
	first, second := s.as(t, "shubai"), s.as(t, "yanqiu")
	first.Open("/projects?q=扬尘")
	follow(first, "main table a[href^='/projects/0']")
	project := path(first)
	for _, tab := range []*webtest.Tab{first, second} {
		tab.Open(project + "/edit")
	}
	set(first, "[name=content]", "点位180个")
	submit(first, "form[action$='/edit'] button[type=submit]")
	set(second, "[name=content]", "点位200个")
	submit(second, "form[action$='/edit'] button[type=submit]")
	want(second, "沈书白", "点位180个", "点位200个")
	first.Open(project)
	want(first, "点位180个")
	lacks(first, "点位200个")
}

// verify checks a proof with nothing but the public key of the log.
func verify(t *testing.T, s *site, said string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(s.data, "audit.pub"))
	if err != nil {
		t.Fatal(err)
	}
	key, err := signing.ParsePublicKey(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	proof, err := audit.ParseProof([]byte(said))
	if err != nil {
		t.Fatal(err)
	}
	if _, entries, err := proof.Verify(signing.Keyring{key}); err != nil || len(entries) == 0 {
		t.Errorf("the proof shows %d entries: %v", len(entries), err)
	}
}

// auditor: the auditor reads what was done, verifies the log, and others download the proof of a commitment.
func auditor(t *testing.T, s *site) {
	tab := s.as(t, "audit")
	tab.Open("/audit")
	want(tab, "沈书白")
	tab.Open("/commitments")
	lacks(tab, "2026-0")

	tab.Open("/audit/verifications")
	submit(tab, "form[action='/audit/verifications'] button[type=submit]")
	tab.Open("/audit/verifications")
	follow(tab, "main table a[href^='/audit/verifications/']")
	wait(tab, `document.querySelector('main').textContent.includes('通过')`)

	office := s.as(t, "shubai")
	find(office, "/commitments?text=", "停车泊位")
	follow(office, "a[href^='/proofs/']")
	proof := webtest.Value[string](office, `document.querySelector("a[href$='proof.json']").pathname`)
	said, err := chromedp.Run(office.Context, chromedp.Evaluate[string](`fetch(`+quoted(proof)+`).then(r => r.text())`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	verify(t, s, said)
}
