package intakes_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/intakes"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
	rules "luoshi/ledger/intake"
)

// room is a site with the pages of reviews.
type room struct {
	*webtest.Site
	intake *intake.Service
	done   int
}

func each(t *testing.T, test func(t *testing.T, r *room)) {
	t.Helper()
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) { test(t, open(t, f)) }, intake.Room(), catalogue.Room())
}

// district is a site on one database, for what only a browser shows.
func district(t *testing.T) *room {
	t.Helper()
	s := storetest.Open(t, storetest.SQLite(t), store.Options{Rooms: servicetest.Rooms(intake.Room(), catalogue.Room())})
	return open(t, servicetest.Settle(t, s))
}

func open(t *testing.T, f *servicetest.Fixture) *room {
	t.Helper()
	blobs, err := blob.NewFolder(t.TempDir(), sha256.New)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = blobs.Close() })
	uses := intake.New(f.Core, blobs, intake.Options{})
	return &room{Site: webtest.Serve(t, f, intakes.New(f.Core, uses, nil).Routes()...), intake: uses}
}

// begin uploads a document, has it read, and opens its review by the page; its address comes back.
func (r *room) begin(t *testing.T, name string, data []byte) string {
	t.Helper()
	uploaded, err := r.intake.Upload(r.Fixture.Office(t.Context()), name, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	tasks := r.Queue.Tasks()
	for _, task := range tasks[r.done:] {
		args, err := json.Marshal(task.Args)
		if err != nil {
			t.Fatal(err)
		}
		ctx := service.As(t.Context(), service.Caller{System: "job: " + task.Kind, May: intake.ReadMay})
		if err := r.intake.Read(ctx, args); err != nil {
			t.Fatal(err)
		}
	}
	r.done = len(tasks)
	page := r.Site.Office().Post("/intakes", url.Values{"document": {string(uploaded.Document.Value.Digest)}, "title": {"望溪区2026年计划"}, "year": {"2026"}})
	page.Want(http.StatusOK, "审核承诺事项")
	return page.Path
}

// desk is the review at an address.
func (r *room) desk(t *testing.T, path string) *intake.Desk {
	t.Helper()
	parts := strings.Split(path, "/")
	desk, err := r.intake.Desk(r.Fixture.Office(t.Context()), ledger.PlanID(parts[2]), ledger.Digest(parts[3]))
	if err != nil {
		t.Fatal(err)
	}
	return desk
}

// step sends the form of a step, with its number.
func (r *room) step(t *testing.T, path string, fields url.Values) *webtest.Page {
	t.Helper()
	page := r.Site.Office().Get(path)
	fields.Set("number", page.Field("number"))
	return r.Site.Office().Post(path+"/steps", fields)
}

const plan = `望溪区2026年政府工作安排
一、办好民生实事
新增养老床位300张以上。9月底前建成社区食堂12个，新建公厕25座。
二、扩大投资
建成望溪湿地公园，总投资9000万元。（牵头单位：区民政局）
地区生产总值增长6%左右。
`

func fileOf(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../..", path))
	if os.IsNotExist(err) {
		t.Skipf("%s is not here", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// status is what was decided of an item whose title holds words.
func status(t *testing.T, d *intake.Desk, words string) rules.Item {
	t.Helper()
	for _, i := range d.Review.Items() {
		if strings.Contains(i.Title, words) {
			return i
		}
	}
	t.Fatalf("no item of %q", words)
	return rules.Item{}
}

func TestReviewsAreNarrowedAndTakenOut(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.begin(t, "plan.txt", []byte(plan))
		office := r.Site.Office()
		office.Get("/intakes?words=2026年计划&stage=going_on").Want(http.StatusOK, "望溪区2026年计划", "0 / 6")
		office.Get("/intakes?stage=ended").Want(http.StatusOK, "没有符合条件的审核", "清除筛选")
		office.Get("/intakes?words=%25").Want(http.StatusOK, "没有符合条件的审核")
		file := office.Get("/intakes.xlsx?stage=going_on").Want(http.StatusOK)
		if !strings.HasPrefix(file.Body, "PK") {
			t.Errorf("the export is %q", file.Header)
		}
		if got := r.Entries(t, "exports", "/intakes"); len(got) != 1 {
			t.Errorf("the log says %v of the export", got)
		}
		r.Site.As("reporter", r.Bureau.ID).Get("/intakes.xlsx").Want(http.StatusForbidden)
	})
}

func TestAReviewByFormsAlone(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		path := r.begin(t, "plan.txt", []byte(plan))
		page := r.Site.Office().Get(path).Want(http.StatusOK, "新增养老床位300张以上", "待审 6", "还有 6 项待审")
		for _, want := range []string{`data-item="p1"`, `href="#p1"`, `id="at-p1"`, `id="p1"`} {
			if !strings.Contains(page.Body, want) {
				t.Errorf("the page lacks %s", want)
			}
		}
		r.step(t, path, url.Values{"accept": {"p1"}}).Want(http.StatusOK, "已采纳 1")
		r.step(t, path, url.Values{"reject": {""}, "item": {"p2", "p3"}, "reason": {"background"}}).Want(http.StatusOK, "不采纳 2", "理由：背景或工作回顾")
		r.step(t, path, url.Values{"undo": {"1"}}).Want(http.StatusOK, "不采纳 0")
		r.step(t, path, url.Values{"redo": {"1"}}).Want(http.StatusOK, "不采纳 2")
		r.step(t, path, url.Values{"reopen": {"p3"}}).Want(http.StatusOK, "不采纳 1")
		r.step(t, path, url.Values{"merge": {""}, "item": {"p2", "p3"}}).Want(http.StatusOK)
		merged := status(t, r.desk(t, path), "社区食堂")
		if len(merged.Source) != 2 {
			t.Fatalf("it is merged to %+v", merged)
		}
		split := r.Site.Office().Get(path+"?split="+string(merged.ID)).Want(http.StatusOK, "在此拆开")
		cut := split.Field("cut")
		r.step(t, path, url.Values{"split": {string(merged.ID)}, "cut": {cut}}).Want(http.StatusOK)
		r.step(t, path, url.Values{"add": {"1"}, "words": {"办好民生实事"}}).Want(http.StatusOK, "第 1 项")
		if added := status(t, r.desk(t, path), "办好民生实事"); added.Status != rules.Pending || added.Section != 1 {
			t.Errorf("added %+v", added)
		}
		r.step(t, path, url.Values{"add": {"1"}, "words": {"没有这句话"}}).Want(http.StatusUnprocessableEntity, "文件中没有找到")
		r.step(t, path, url.Values{"reject": {"p1"}}).Want(http.StatusUnprocessableEntity, "理由")
		r.step(t, path, url.Values{"applaud": {"p1"}}).Want(http.StatusBadRequest)
		r.step(t, path, url.Values{"accept-shown": {"1"}, "section": {"1"}}).Want(http.StatusOK)
		r.step(t, path, url.Values{"accept-shown": {"1"}}).Want(http.StatusOK, "待审 0", "审核完成，纳入计划")
		done := r.Site.Office().Post(path+"/entering", nil)
		if !strings.HasPrefix(done.Path, "/plans/") {
			t.Errorf("it leads to %s: %s", done.Path, done.Text())
		}
		r.Site.Office().Get(path).Want(http.StatusOK, "审核已于", "项承诺已纳入计划").Lacks("采纳所选")
		r.Site.Office().Get("/intakes").Want(http.StatusOK, "望溪区2026年计划", "已纳入计划 ", "保存的视图", "/intakes.xlsx")
	})
}

func TestAnItemIsCorrectedByItsForm(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		path := r.begin(t, "plan.txt", []byte(plan))
		form := r.Site.Office().Get(path+"?edit=p1").Want(http.StatusOK, "保存更正")
		typed := url.Values{"correct": {"p1"}}
		for _, name := range []string{"title", "by", "owner", "t1.subject", "t1.value", "t1.upper", "t1.unit", "t1.words", "t1.by", "t1.scope"} {
			typed.Set(name, form.Field(name))
		}
		before := status(t, r.desk(t, path), "养老床位")
		typed.Set("as-kind", string(before.Kind))
		typed.Set("kind", "livelihood") // the filter of the list
		typed.Set("in-section", "1")
		typed.Set("t1.cmp", string(before.Targets[0].Cmp))
		typed.Set("t1.measure", string(before.Targets[0].Measure))
		typed.Set("firm", "1")
		r.step(t, path, typed).Want(http.StatusOK, "待审 6")
		if steps := r.desk(t, path).Ref.Steps; steps != 0 {
			t.Errorf("what changes nothing is a step: %d", steps)
		}
		typed.Set("t1.value", "很多")
		typed.Set("by", "年底")
		r.step(t, path, typed).Want(http.StatusUnprocessableEntity, "“很多”不是数值", "“年底”不是日期")
		typed.Del("kind")
		typed.Set("t1.value", "1.5亿")
		typed.Set("by", "2026-11-30")
		typed.Set("as-kind", "task")
		typed.Set("t1.cmp", "eq")
		typed.Set("t0.subject", "护理型床位")
		typed.Set("t0.cmp", "ge")
		typed.Set("t0.value", "60")
		typed.Set("t0.measure", "share")
		typed.Set("t0.unit", "%")
		r.step(t, path, typed).Want(http.StatusOK, "护理型床位")
		got := status(t, r.desk(t, path), "养老床位")
		if got.Kind != ledger.KindTask || got.By.String() != "2026-11-30" || len(got.Targets) != 2 ||
			got.Targets[0].Value.String() != "15e7" || got.Targets[0].Cmp != ledger.Equal || got.Targets[0].Quoted.IsZero() {
			t.Errorf("got %+v", got)
		}
		typed = url.Values{"correct": {"p1"}, "title": {got.Title}, "as-kind": {"task"}, "by": {"2026-11-30"}, "firm": {"1"}, "in-section": {"1"}, "t1.drop": {"1"}, "t2.drop": {"1"}}
		r.step(t, path, typed).Want(http.StatusOK)
		if got := status(t, r.desk(t, path), "养老床位"); len(got.Targets) != 0 {
			t.Errorf("its targets are %+v", got.Targets)
		}
		typed.Set("title", "")
		r.step(t, path, typed).Want(http.StatusUnprocessableEntity, "名称")
	})
}

func TestTheSecondReviewerIsTold(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		path := r.begin(t, "plan.txt", []byte(plan))
		number := r.Site.Office().Get(path).Field("number")
		r.As("reviewer", r.Bureau.ID).Post(path+"/steps", url.Values{"number": {number}, "accept": {"p1"}}).Want(http.StatusOK)
		late := url.Values{"number": {number}, "reject": {"p1"}, "reason": {"none"}}
		r.Site.Office().Post(path+"/steps", late).Want(http.StatusConflict, "reviewer刚刚先行处理了一步（采纳）", "已采纳 1")
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.URL+path+"/steps", strings.NewReader(late.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("HX-Request", "true")
		fragment := r.Site.Office().Do(request).Want(http.StatusConflict, "先行处理")
		if strings.Contains(fragment.Body, "<html") || !strings.Contains(fragment.Body, `id="panes"`) {
			t.Errorf("htmx gets %.200s", fragment.Body)
		}
	})
}

func TestWhoMayLook(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		path := r.begin(t, "plan.txt", []byte(plan))
		r.As("reporter", r.Bureau.ID).Get(path).Want(http.StatusForbidden)
		r.As("unit-head", r.Government.ID).Get(path).Want(http.StatusOK, "没有审核权限").Lacks("采纳所选", "补充事项")
		r.As("unit-head", r.Government.ID).Post(path+"/steps", url.Values{"number": {"1"}, "accept": {"p1"}}).Want(http.StatusForbidden)
		r.As("reviewer", r.Bureau.ID).Post(path+"/entering", nil).Want(http.StatusForbidden)
		r.As("reviewer", r.Bureau.ID).Get(path + "/corrections").Want(http.StatusForbidden)
		r.Site.Office().Get(strings.Replace(path, path[len(path)-4:], "0000", 1)).Want(http.StatusNotFound)
		r.Site.Office().Get(path + "/corrections").Want(http.StatusOK)
		table := r.Site.Office().Get("/plans/" + string(r.Plan.ID) + "/task-table.xlsx").Want(http.StatusOK)
		if !strings.HasPrefix(table.Body, "PK") {
			t.Errorf("the table is %.20q", table.Body)
		}
		r.Public().Get("/plans/" + string(r.Plan.ID) + "/task-table.xlsx").Lacks("PK")
	})
}

func TestALongReviewIsFast(t *testing.T) {
	r := district(t)
	path := r.begin(t, "xixian.txt", fileOf(t, "../shared/documents/xixian-2021-plan.txt"))
	office := r.Site.Office()
	office.Get(path)
	begin := time.Now()
	page := office.Get(path)
	shown := time.Since(begin)
	begin = time.Now()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.URL+path+"/steps", strings.NewReader("number=1&accept=p1"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("HX-Request", "true")
	fragment := office.Do(request).Want(http.StatusOK)
	t.Logf("%d items: the page of %d KB took %s, a step of %d KB %s", len(r.desk(t, path).Review.Items()), len(page.Body)>>10, shown, len(fragment.Body)>>10, time.Since(begin))
	if strings.Count(fragment.Body, "<article") != 1 {
		t.Errorf("a step shows %d cards anew", strings.Count(fragment.Body, "<article"))
	}
}
