package documents_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store/blob"
	"luoshi/internal/web/documents"
	"luoshi/internal/web/webtest"
)

// room is a site with the pages of documents.
type room struct {
	*webtest.Site
	intake *intake.Service
	done   int
}

func each(t *testing.T, test func(t *testing.T, r *room)) {
	t.Helper()
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) { test(t, open(t, f)) }, intake.Room(), catalogue.Room())
}

func open(t *testing.T, f *servicetest.Fixture) *room {
	t.Helper()
	blobs, err := blob.NewFolder(t.TempDir(), sha256.New)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = blobs.Close() })
	uses := intake.New(f.Core, blobs, intake.Options{})
	return &room{Site: webtest.Serve(t, f, documents.New(f.Core, uses).Routes()...), intake: uses}
}

// work does the readings that were asked for.
func (r *room) work(t *testing.T) {
	t.Helper()
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
}

// form is a form with files in it.
func form(t *testing.T, files map[string]string) (string, *bytes.Buffer) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, content := range files {
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), &body
}

// upload sends files as the supervising office.
func (r *room) upload(t *testing.T, files map[string]string) *webtest.Page {
	t.Helper()
	kind, body := form(t, files)
	return r.Office().Send("/documents", kind, body)
}

const plan = `望溪区2026年政府工作安排
一、办好民生实事
新增养老床位300张以上。9月底前建成社区食堂12个。
二、扩大投资
建成望溪湿地公园，总投资9000万元。全年完成投资10亿元，其中工业投资4亿元、服务业投资5亿元。
`

func TestADocumentGoesThroughItsPages(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.Office().Get("/documents").Want(http.StatusOK, "还没有文件", "上传文件")
		waiting := r.upload(t, map[string]string{"工作安排.txt": plan}).Want(http.StatusOK, "已上传“工作安排.txt”", "等待识别", "新增养老床位300张以上")
		if !strings.Contains(waiting.Body, `hx-trigger="load delay:1s"`) {
			t.Error("the page does not ask whether the reading is done")
		}
		path, _, _ := strings.Cut(waiting.Path, "?")
		r.work(t)
		page := r.Office().Get(path).Want(http.StatusOK, "开始审核", "一、办好民生实事", "数据项", "其他数据")
		if !strings.Contains(page.Body, `class="fig fig-target"`) || !strings.Contains(page.Body, `href="#s1"`) {
			t.Error("figures are not marked, or the outline leads nowhere")
		}
		r.Office().Get(path+"?lang=en").Want(http.StatusOK, "Begin the review", "Findings")
		r.Office().Get("/documents").Want(http.StatusOK, "望溪区2026年政府工作安排", "已识别", "计划类")
		r.Office().Get("/documents?words=没有").Want(http.StatusOK, "没有符合条件的文件")
		r.Office().Get("/documents?words=望溪&kind=plan&state=done&sort=name&desc=1").Want(http.StatusOK, "工作安排.txt")
		original := r.Office().Get(path + "/original").Want(http.StatusOK)
		if original.Body != plan || !strings.HasPrefix(original.Header.Get("Content-Disposition"), "attachment") ||
			original.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("the original comes as %v", original.Header)
		}
		again := r.upload(t, map[string]string{"另一个名字.txt": plan}).Want(http.StatusOK, "以“工作安排.txt”上传过")
		if again.Path != path {
			t.Errorf("the same file leads to %s", again.Path)
		}
	})
}

func TestFindingsStandBesideTheText(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		path := r.upload(t, map[string]string{"plan.txt": plan}).Path
		r.work(t)
		page := r.Office().Get(path).Want(http.StatusOK, "校核问题", "查看原文")
		for _, want := range []string{`id="f1"`, `href="#f1"`, `id="at-f1"`, `href="#at-f1"`, `data-item="f1"`} {
			if !strings.Contains(page.Body, want) {
				t.Errorf("the page lacks %s", want)
			}
		}
	})
}

func TestAQuotedPassageIsMarked(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		path, _, _ := strings.Cut(r.upload(t, map[string]string{"plan.txt": plan}).Path, "?")
		r.work(t)
		if body := r.Office().Get(path+"?at=2&end=9").Want(http.StatusOK, "所引原文").Body; !strings.Contains(body, `id="mark"`) {
			t.Error("the address leads to no place in the text")
		}
		for _, wrong := range []string{"?at=9&end=2", "?at=-1&end=3", "?at=1&end=999999", "?at=x&end=y"} {
			r.Office().Get(path + wrong).Want(http.StatusOK).Lacks("所引原文")
		}
	})
}

func TestWhatIsRefused(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.upload(t, map[string]string{"virus.exe": "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"}).Want(http.StatusUnprocessableEntity, "“virus.exe”没有上传")
		r.upload(t, map[string]string{"empty.txt": ""}).Want(http.StatusUnprocessableEntity, "“empty.txt”没有上传")
		r.upload(t, nil).Want(http.StatusUnprocessableEntity, "请先选择文件")
		r.Office().Post("/documents", url.Values{"file": {"x"}}).Want(http.StatusBadRequest)
		kind, body := form(t, map[string]string{"plan.txt": plan})
		r.As("reporter", r.Bureau.ID).Send("/documents", kind, body).Want(http.StatusForbidden)
		r.Office().Get("/documents/" + strings.Repeat("0", 64)).Want(http.StatusNotFound)
		path := r.upload(t, map[string]string{"plan.txt": plan}).Path
		r.As("reporter", r.Bureau.ID).Get(path + "/original").Want(http.StatusForbidden)
		r.As("reporter", r.Bureau.ID).Get(path).Want(http.StatusOK).Lacks("下载原件", "开始审核")
		r.Office().Post(path+"/retry", nil).Want(http.StatusUnprocessableEntity, "没有识别失败")
		script := r.upload(t, map[string]string{"<img src=x>.html": "<html><body><p>望溪区完成投资12亿元。<script>alert(1)</script></p><p onclick='x()'>&lt;script&gt;alert(2)&lt;/script&gt;</p></body></html>"})
		r.work(t)
		if page := r.Office().Get(script.Path).Want(http.StatusOK); strings.Contains(page.Body, "<script>alert") || strings.Contains(page.Body, "<img src=x>") {
			t.Error("what a document holds runs in its page")
		}
	})
}

func TestVersionsAreCompared(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		earlier := r.upload(t, map[string]string{"plan-1.txt": plan}).Path
		later := r.upload(t, map[string]string{"plan-2.txt": strings.Replace(plan, "300张", "260张", 1) + "新建口袋公园6个。\n"}).Path
		r.work(t)
		with := "/comparison?with=" + strings.TrimPrefix(earlier, "/documents/")
		page := r.Office().Get(later+with).Want(http.StatusOK, "改动 1 项", "新增 1 项", "删去 0 项", "新建口袋公园6个")
		if !strings.Contains(page.Body, "<del>300</del>") || !strings.Contains(page.Body, "<ins>260</ins>") {
			t.Errorf("what changed is not marked: %s", page.Text())
		}
		r.Office().Get(later+with+"&lang=en").Want(http.StatusOK, "1 changed")
		r.Office().Get(later+"/comparison?with="+strings.TrimPrefix(later, "/documents/")).Want(http.StatusUnprocessableEntity, "不能与自身比对")
		r.Office().Get(later + "/comparison").Want(http.StatusNotFound)
	})
}

const table = "序号,任务,目标,牵头单位,配合单位,完成时限\n1,新增养老床位,养老床位200张以上,区民政局,清河街道办事处,6月底\n2,没人认领,,区没有的局,,年底\n"

func TestATaskTableIsImported(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		path := r.upload(t, map[string]string{"任务分解表.csv": table}).Path
		r.work(t)
		r.Office().Get(path).Want(http.StatusOK, "按任务分解表导入")
		page := r.Office().Get(path+"/table?plan="+string(r.Plan.ID)).Want(http.StatusOK, "可导入 1 行，有错误 1 行", "没有名为“区没有的局”的单位", "望溪区民政局", "2026年6月30日")
		if page.Field("column1") != "task" || page.Field("column3") != "lead" {
			t.Errorf("the columns are taken for %s and %s", page.Field("column1"), page.Field("column3"))
		}
		r.Office().Get(path+"/table?lang=en").Want(http.StatusOK, "1 rows can be imported, 1 have errors")
		changed := url.Values{"plan": {string(r.Plan.ID)}, "sheet": {"0"}}
		for n, column := range []string{"", "", "target", "lead", "", "nonsense"} {
			changed.Set("column"+string(rune('0'+n)), column)
		}
		r.Office().Get(path+"/table?"+changed.Encode()).Want(http.StatusOK, "可导入 0 行")
		r.Office().Post(path+"/table", changed).Want(http.StatusUnprocessableEntity, "没有指定“任务”列")
		r.As("unit-head", r.Bureau.ID).Post(path+"/table", url.Values{"plan": {string(r.Plan.ID)}}).Want(http.StatusForbidden)
		done := r.Office().Post(path+"/table", url.Values{"plan": {string(r.Plan.ID)}})
		if done.Path != "/plans/"+string(r.Plan.ID) {
			t.Errorf("it leads to %s: %s", done.Path, done.Text())
		}
		r.Office().Post(path+"/table", url.Values{"plan": {string(r.Plan.ID)}}).Want(http.StatusUnprocessableEntity, "已导入此计划")
		r.Office().Get(path+"/table?sheet=7").Want(http.StatusUnprocessableEntity, "没有表格")
	})
}

// document is a file below the project's folder; the test is skipped where it is absent.
func document(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../..", path))
	if os.IsNotExist(err) {
		t.Skipf("%s is not here", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
