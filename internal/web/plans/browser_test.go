package plans_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/plans"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

// shown are the pages that are looked at, by the name of their picture.
var shown = []struct{ name, path string }{
	{"plans", "/plans"},
	{"plan-new", "/plans/new"},
	{"plan", "/plans/{plan}"},
	{"publication", "/plans/{plan}/publication"},
	{"gaps", "/plans/{plan}/gaps"},
	{"table", "/plans/{plan}/table"},
	{"assignment", "/plans/{plan}/assignment?section=1"},
	{"preview", "/plans/{plan}/assignment/preview?section=1&lead={street}"},
	{"commitments", "/commitments?plan={plan}"},
	{"commitments-empty", "/commitments?plan={plan}&text=x"},
	{"commitment-new", "/commitments/new?plan={plan}"},
	{"commitment", "/commitments/{bed}"},
	{"commitment-edit", "/commitments/{bed}/edit"},
	{"split", "/commitments/{bed}/split"},
	{"milestones", "/commitments/{bed}/milestones"},
}

// inForce are those of a plan that is published and was amended.
var inForce = []struct{ name, path string }{
	{"plan-published", "/plans/{plan}"},
	{"published", "/plans/{plan}/publication"},
	{"versions", "/plans/{plan}/versions"},
	{"compare", "/plans/{plan}/versions?from=1&to=2"},
	{"amendments", "/amendments"},
	{"amend", "/commitments/{bed}/amend"},
	{"commitment-amended", "/commitments/{bed}"},
	{"amendment", "{amendment}"},
}

// TestPagesInABrowser opens every page as an office and as a telephone shows it, in both languages: it fits the screen,
// and nobody is shut out.
func TestPagesInABrowser(t *testing.T) {
	s := browsable(t)
	office := s.Office()
	tab := office.Browse(t)
	amendment := ""
	look := func(name, path string) {
		path = strings.NewReplacer("{plan}", s.plan, "{bed}", s.bed, "{street}", string(s.Street.ID), "{amendment}", amendment).Replace(path)
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
	for _, p := range shown {
		look(p.name, p.path)
	}
	amendment = s.amended(t)
	for _, p := range inForce {
		look(p.name, p.path)
	}
}

// TestBulkByKeyboard assigns what was ticked without a mouse.
func TestBulkByKeyboard(t *testing.T) {
	s := browsable(t)
	tab := s.Office().Browse(t)
	tab.Open("/commitments?plan=" + s.plan + "&lacks=owner")
	tab.Do(chromedp.Focus(`[name=pick]`))
	tab.Press(" ")
	if n := webtest.Value[int](tab, `document.querySelectorAll('[name=pick]:checked').length`); n != 1 {
		t.Fatalf("%d are ticked", n)
	}
}

// browsable is a plan with something to see on every page.
func browsable(t *testing.T) *site {
	t.Helper()
	f := servicetest.Settle(t, storetest.Open(t, storetest.SQLite(t), store.Options{Rooms: servicetest.Rooms(planning.Room(), workflow.Room(), catalogue.Room())}))
	service := planning.New(f.Core, planning.Options{})
	pages := plans.New(f.Core, service, catalogue.New(f.Core), nil)
	s := &site{
		Site: webtest.Serve(t, f, pages.Routes()...), planning: service,
		plan: string(f.District.Plan.ID), bed: string(f.District.Commitment.ID),
	}
	for i, title := range []string{"推进望溪路改造", "建成口袋公园6个", "规模以上工业增加值增长6.5%", "社会消费品零售总额增长8%"} {
		terms := ledger.CommitmentTerms{Title: title, Section: 1 + i%2, Kind: ledger.CommitmentKinds()[i%4], By: end(int8(3 * (i + 1)))}
		if i == 1 {
			terms.Lead = s.Street.ID
		}
		s.promise(t, terms)
	}
	target := ledger.Target{
		Number: 1, Subject: "新增养老床位", Indicator: s.Indicator.ID, Cmp: ledger.AtLeast, Value: ledger.Int(250), Unit: "张", Measure: ledger.Level,
	}
	s.promise(t, ledger.CommitmentTerms{
		Title: "清河街道新增养老床位", Section: 2, Parent: ledger.CommitmentID(s.bed), Lead: s.Street.ID, By: end(12), Targets: []ledger.Target{target},
	})
	bed := "/commitments/" + s.bed
	s.head().Post(bed+"/accept", nil).Want(http.StatusOK)
	s.street().Post(bed+"/object", form("unit", string(s.Street.ID), "reason", "街道没有建设用地，请区里统筹安排。")).Want(http.StatusOK)
	s.head().Post(bed+"/milestones/1", form("on", "2026-01-10", "note", "已公示")).Want(http.StatusOK)
	return s
}

// amended closes the gaps, publishes the plan, and amends it; the answer is the page of the amendment.
func (s *site) amended(t *testing.T) string {
	t.Helper()
	office, bench := s.Office(), "/plans/"+s.plan+"/assignment"
	preview := office.Get(bench + "/preview?section=1&lead=" + string(s.Street.ID)).Want(http.StatusOK)
	apply := form("section", "1", "lead", string(s.Street.ID), "back", bench)
	for _, pick := range picks.FindAllStringSubmatch(preview.Body, -1) {
		apply.Add("pick", pick[1])
	}
	office.Post(bench+"/apply", apply).Want(http.StatusOK)
	office.Post("/commitments/"+s.bed+"/reply", form("unit", string(s.Street.ID), "reply", "由区自然资源局统筹。")).Want(http.StatusOK)
	s.publish(t)
	path := "/commitments/" + s.bed
	typed := formOf(s.head().Get(path+"/amend").Want(http.StatusOK), amendFields...)
	for key, value := range map[string]string{
		"reason": "上级任务调整，建设工期顺延。", "effective": "2026-06-01", "basis.title": "区政府第12次常务会议纪要", "by": "2027-03-31", "target.value": "180",
	} {
		typed.Set(key, value)
	}
	made := s.head().Post(path+"/amend", typed).Want(http.StatusOK)
	for _, step := range []struct {
		who    *webtest.Client
		action string
	}{{office, "pass"}, {s.leader(), "approve"}} {
		revision := step.who.Get(made.Path).Field("revision")
		step.who.Post(made.Path+"/steps", form("revision", revision, "action", step.action)).Want(http.StatusOK)
	}
	list := office.Get("/amendments?plan=" + s.plan + "&state=agreed").Want(http.StatusOK)
	office.Post("/amendments/apply", form("plan", s.plan, "revision", list.Field("revision"), "amendment", list.Field("amendment"), "on", "2026-06-10")).
		Want(http.StatusOK)
	return made.Path
}
