package intakes_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"luoshi/internal/web/webtest"
	rules "luoshi/ledger/intake"
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

// current tells which item is the present one.
func current(tab *webtest.Tab) string {
	tab.Helper()
	return webtest.Value[string](tab, `document.querySelector('.item.current').id`)
}

func TestAReviewByKeys(t *testing.T) {
	r := district(t)
	path := r.begin(t, "plan.txt", []byte(plan))
	tab := r.Site.Office().Browse(t)
	tab.Open(path)
	if got := current(tab); got != "p1" {
		t.Fatalf("it begins with %s", got)
	}
	tab.Press("j")
	tab.Press("j")
	tab.Press("k")
	if got := current(tab); got != "p2" {
		t.Errorf("j, j, k lead to %s", got)
	}
	eventually(tab, `document.querySelector('.doc-text [data-item=p2]').classList.contains('lit')`)
	tab.Press("k")
	tab.Press("a")
	eventually(tab, `document.getElementById('p1').dataset.status === 'accepted' && document.querySelector('[data-item=p1]').classList.contains('st-accepted')`)
	eventually(tab, `document.querySelector('.item.current').id === 'p2'`)
	tab.Press("r")
	eventually(tab, `document.getElementById('p2').dataset.status === 'rejected'`)
	tab.Press("u")
	eventually(tab, `document.getElementById('p2').dataset.status === 'pending'`)
	tab.Press("U")
	eventually(tab, `document.getElementById('p2').dataset.status === 'rejected'`)
	tab.Press("?")
	eventually(tab, `!document.getElementById('keys').hidden`)
	tab.Press("?")
	tab.Click("#p3 .item-no")
	tab.Press("J")
	if n := webtest.Value[int](tab, `document.querySelectorAll('.item input[name=item]:checked').length`); n != 2 {
		t.Errorf("Shift and j choose %d", n)
	}
	tab.Press("m")
	eventually(tab, `document.querySelectorAll('.item').length === 5`)
	merged := current(tab)
	tab.Press("s")
	eventually(tab, `document.querySelector('.item-form .cut')`)
	tab.Press(kb.Escape)
	eventually(tab, `!document.querySelector('.item-form')`)
	tab.Press("u")
	eventually(tab, `document.querySelectorAll('.item').length === 6 && !document.getElementById('`+merged+`')`)
	r.correctsAndAdds(tab, path)
}

// correctsAndAdds goes on with the review above: by the form within a card, and by words selected in the text.
func (r *room) correctsAndAdds(tab *webtest.Tab, path string) {
	tab.Helper()
	tab.Click("#p1 .item-no")
	tab.Press("e")
	eventually(tab, `document.activeElement && document.activeElement.name === 'title'`)
	tab.Do(chromedp.SetValue(`[name="t1.value"]`, "320"))
	tab.Click("#p1 button[name=correct]")
	eventually(tab, `!document.querySelector('.item-form') && document.getElementById('p1').textContent.includes('320')`)
	tab.Click("#p1 [data-key=e]")
	eventually(tab, `document.querySelector('.item-form')`)
	tab.Do(chromedp.SetValue(`[name="t1.value"]`, "很多"))
	tab.Click("#p1 button[name=correct]")
	eventually(tab, `document.querySelector('.item-form .alert') && document.querySelector('[name="t1.value"]').value === '很多'`)
	tab.Press(kb.Escape)
	eventually(tab, `!document.querySelector('.item-form')`)
	tab.Do(chromedp.Evaluate[chromedp.Void](`(function () {
		var line = Array.from(document.querySelectorAll('.doc-text .line')).find(function (l) { return l.textContent.includes('办好民生实事'); });
		var words = line.querySelector('[data-at]').firstChild;
		var range = document.createRange();
		range.setStart(words, words.data.indexOf('办好'));
		range.setEnd(words, words.data.indexOf('办好') + 6);
		getSelection().removeAllRanges();
		getSelection().addRange(range);
		document.dispatchEvent(new MouseEvent('mouseup', {bubbles: true}));
	})()`))
	eventually(tab, `!document.querySelector('.select-add').hidden`)
	tab.Click(".select-add")
	eventually(tab, `document.querySelectorAll('.item').length === 7`)
	if added := status(tab.TB.(*testing.T), r.desk(tab.TB.(*testing.T), path), "办好民生实事"); added.Source[0].Wording() != "办好民生实事" || added.Status != rules.Pending {
		tab.Errorf("added %+v", added)
	}
	tab.Click("button[name=accept-shown]")
	eventually(tab, `document.querySelector('#finish summary')`)
	tab.Axe()
}

func TestTheSecondReviewerSeesHowThingsStand(t *testing.T) {
	r := district(t)
	path := r.begin(t, "plan.txt", []byte(plan))
	tab := r.Site.Office().Browse(t)
	tab.Open(path)
	number := r.Site.Office().Get(path).Field("number")
	r.As("reviewer", r.Bureau.ID).Post(path+"/steps", map[string][]string{"number": {number}, "accept": {"p1"}})
	tab.Press("r")
	eventually(tab, `document.getElementById('messages').textContent.includes('先行处理')`)
	eventually(tab, `document.getElementById('p1').dataset.status === 'accepted'`)
	tab.Press("j")
	tab.Press("a")
	eventually(tab, `document.getElementById('p2').dataset.status === 'accepted'`)
}

func TestPagesInABrowser(t *testing.T) {
	for _, file := range []string{"../shared/documents/xixian-2021-plan.txt", "../shared/documents/guandu-2021h1-report.txt"} {
		t.Run(file[strings.LastIndex(file, "/")+1:], func(t *testing.T) {
			r := district(t)
			path := r.begin(t, "document.txt", fileOf(t, file))
			r.step(t, path, map[string][]string{"accept": {""}, "item": {"p1", "p2", "p4"}})
			r.step(t, path, map[string][]string{"reject": {"p3"}, "reason": {"background"}})
			tab := r.Site.Office().Browse(t)
			name := file[strings.LastIndex(file, "/")+1:][:3]
			for _, lang := range []string{"zh-CN", "en"} {
				tab.Open(path + "?lang=" + lang)
				tab.Fits()
				tab.Picture("review-" + name + "-" + lang)
				tab.Open(path + "?edit=p5&section=1")
				tab.Picture("review-" + name + "-edit-" + lang)
				tab.Narrow()
				tab.Fits()
				tab.Picture("review-" + name + "-edit-" + lang + "-narrow")
				tab.Wide()
			}
			tab.Open(path + "?status=accepted&lang=zh-CN")
			tab.Axe()
			tab.Open("/intakes")
			tab.Axe()
			tab.Picture("reviews-" + name)
		})
	}
}
