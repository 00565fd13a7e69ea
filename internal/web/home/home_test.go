package home_test

import (
	"crypto/sha256"
	"net/http"
	"strings"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/job"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/operations"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/home"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

var rooms = []store.Room{
	catalogue.Room(), planning.Room(), intake.Room(), job.Room(), workflow.Room(), reporting.Room(), progress.Room(),
}

// serve serves the first pages of a district.
func serve(t *testing.T, f *servicetest.Fixture) (*webtest.Site, *planning.Service) {
	t.Helper()
	queue, err := job.Open(f.Store(), job.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := blob.NewFolder(t.TempDir(), sha256.New)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	plans := planning.New(f.Core, planning.Options{})
	figures := reporting.New(f.Core, files, reporting.Options{})
	pages := home.New(f.Core, home.Uses{
		Plans: plans, Intake: intake.New(f.Core, files, intake.Options{}),
		Operations: operations.New(f.Core, operations.Parts{Jobs: queue}), Version: "v1.2.3", Reporting: figures, Progress: progress.New(f.Core, figures),
	})
	return webtest.Serve(t, f, pages.Routes()...), plans
}

func TestDeskOfEachRole(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		site, _ := serve(t, f)
		for role, want := range map[access.Role]struct{ shown, hidden []string }{
			"supervising-office": {[]string{"望溪区2026年工作要点", "近期到期"}, nil},
			"leader":             {[]string{"望溪区2026年工作要点"}, []string{"待审事项"}},
			"reviewer":           {[]string{"望溪区2026年工作要点"}, nil},
			"administrator":      {[]string{"目前没有等您办理的事项"}, []string{"望溪区2026年工作要点", "近期到期"}},
			"auditor":            {[]string{"目前没有等您办理的事项"}, []string{"望溪区2026年工作要点", "近期到期"}},
			"security-officer":   {[]string{"目前没有等您办理的事项"}, []string{"望溪区2026年工作要点"}},
		} {
			title := f.Rights().Title(role)
			page := site.As(role, f.Government.ID).Get("/").Want(http.StatusOK, append(want.shown, "工作台", title.Chinese)...)
			page.Lacks(want.hidden...)
			site.As(role, f.Government.ID).Get("/?lang=en").Want(http.StatusOK, "Desk", title.English)
		}
	}, rooms...)
}

func TestDeskFollowsEveryChange(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		site, plans := serve(t, f)
		ctx, before := f.Office(t.Context()), site.Office().Get("/").Text()
		if strings.Contains(before, "未明确牵头单位") {
			t.Fatalf("the district's commitment has a lead unit, and the desk says %s", before)
		}
		c, err := plans.AddCommitment(ctx, planning.NewCommitment{
			Plan: f.Plan.ID, Document: f.Document.Digest, At: 0, End: 5, Correction: planning.Correction{Title: text("新增养老")},
		})
		if err != nil {
			t.Fatal(err)
		}
		site.Office().Get("/").Want(http.StatusOK, "1 项未明确牵头单位")
		head := site.As("unit-head", f.Bureau.ID)
		waited := strings.Contains(head.Get("/").Text(), "待认领")
		lead := f.Bureau.ID
		_, err = plans.Assign(ctx, f.Plan.ID, []planning.Chosen{{ID: c.Value.ID}}, planning.Give{Lead: &lead})
		if err != nil {
			t.Fatal(err)
		}
		site.Office().Get("/").Want(http.StatusOK).Lacks("未明确牵头单位")
		t.Log("the bureau had tasks to accept before:", waited)
		head.Get("/").Want(http.StatusOK, "项任务待认领")
	}, rooms...)
}

func TestDeskBeforeThereIsAPlan(t *testing.T) {
	f := servicetest.Settle(t, storetest.Open(t, storetest.SQLite(t), store.Options{Rooms: servicetest.Rooms(rooms...)}))
	plan, err := f.Store().Plans().Get(t.Context(), string(f.Plan.ID))
	if err != nil {
		t.Fatal(err)
	}
	plan.Value.State = ledger.Abandoned
	if _, err := f.Store().Plans().Change(t.Context(), plan.Value, plan.Revision); err != nil {
		t.Fatal(err)
	}
	site, _ := serve(t, f)
	site.Office().Get("/").Want(http.StatusOK, "还没有计划", "上传文件")
	site.As("reporter", f.Bureau.ID).Get("/").Want(http.StatusOK, "还没有计划").Lacks("上传文件")
}

func TestWhoMayOpenWhat(t *testing.T) {
	f := servicetest.Settle(t, storetest.Open(t, storetest.SQLite(t), store.Options{Rooms: servicetest.Rooms(rooms...)}))
	site, _ := serve(t, f)
	site.Matrix(t)
}

func TestPagesOfHelp(t *testing.T) {
	f := servicetest.Settle(t, storetest.Open(t, storetest.SQLite(t), store.Options{Rooms: servicetest.Rooms(rooms...)}))
	site, _ := serve(t, f)
	site.Public().Get("/about").Want(http.StatusOK, "v1.2.3", "默克尔树")
	help := site.Public().Get("/help").Want(http.StatusOK, "各角色的权限", "本单位、下级、配合")
	for _, role := range f.Rights().Roles() {
		help.Want(http.StatusOK, f.Rights().Title(role).Chinese)
	}
}

func TestPagesInABrowser(t *testing.T) {
	f := servicetest.Settle(t, storetest.Open(t, storetest.SQLite(t), store.Options{Rooms: servicetest.Rooms(rooms...)}))
	f.Promises(t, f.Store(), 12)
	site, _ := serve(t, f)
	tab := site.Office().Browse(t)
	for _, lang := range []string{"zh-CN", "en"} {
		for name, path := range map[string]string{"desk": "/", "about": "/about", "help": "/help", "missing": "/nowhere"} {
			tab.Open(path + "?lang=" + lang)
			tab.Wide()
			tab.Axe()
			tab.Fits()
			tab.Picture(name + "-" + lang)
			tab.Narrow()
			tab.Axe()
			tab.Fits()
			tab.Picture(name + "-" + lang + "-narrow")
		}
	}
}

func text(s string) *string { return &s }
