package reports_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"luoshi/internal/web/webtest"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

func TestTheListOfWhatIsDue(t *testing.T) {
	s := opened(t)
	due := s.reporter().Get("/reports").Want(http.StatusOK, "望溪区2026年工作要点 2026年2月", "还剩6天", "填报中", "1 / 7")
	due.Lacks("已退回")
	s.As("reporter", s.Street.ID).Get("/reports").Want(http.StatusOK).Lacks("望溪区民政局")
	s.Office().Get("/reports").Want(http.StatusForbidden)
}

func TestFormsThatWereSentInStandBelowWhatIsDue(t *testing.T) {
	s := opened(t)
	s.reporter().Get("/reports").Want(http.StatusOK).Lacks("已报送的报表")
	form := s.rows(t, s.everything())
	form.Set("then", "step:submit")
	s.reporter().Post(s.path+"/rows", form).Want(http.StatusOK, "已提交")
	s.reporter().Get("/reports").Want(http.StatusOK, "已报送的报表", "望溪区2026年工作要点 2026年2月", s.path, "待单位审签").Lacks("逾期报送")
	s.As("reporter", s.Street.ID).Get("/reports").Want(http.StatusOK).Lacks("已报送的报表")
}

func TestNobodyFillsForAnotherUnit(t *testing.T) {
	s := opened(t)
	filled := s.rows(t, nil)
	street := s.As("reporter", s.Street.ID)
	street.Get(s.path).Want(http.StatusForbidden)
	street.Post(s.path+"/rows", filled).Want(http.StatusForbidden)
	s.Office().Get(s.path).Want(http.StatusOK, "养老床位", "128").Lacks("提交报送", "保存")
}

// rows is the whole form as a browser without scripts sends it, with some fields filled in anew.
func (s *site) rows(t *testing.T, typed map[string]string) url.Values {
	t.Helper()
	form := url.Values{}
	page := s.reporter().Get(s.path).Want(http.StatusOK)
	for _, name := range fieldNames.FindAllStringSubmatch(page.Body, -1) {
		form.Set(name[1], page.Field(name[1]))
	}
	for name, value := range typed {
		if _, ok := form[name]; !ok {
			t.Fatalf("the form has no field %s", name)
		}
		form.Set(name, value)
	}
	return form
}

func TestTheFormWorksWithoutScripts(t *testing.T) {
	s := opened(t)
	typed := map[string]string{
		s.beds + "|cumulative": "１３５", s.beds + "|growth": "-1.5%", s.budget + "|given": "period", s.budget + "|period": "1,594.2",
		s.cover + "|numerator": "45", s.cover + "|denominator": "50", s.task + "|said": "in_trouble", s.task + "|percent": "35",
		s.task + "|node.1": "2026-02-20", s.task + "|obstacle.0": "墓地选址未定", s.task + "|ask.0": s.Street.Name,
		s.project + "|cumulative": "2500万元", s.project + "|paid": "800",
	}
	s.reporter().Post(s.path+"/rows", s.rows(t, typed)).Want(http.StatusOK, "已保存", "5/7行")
	beds, budget, cover := s.observation(t, s.beds), s.observation(t, s.budget), s.observation(t, s.cover)
	task, project := s.observation(t, s.task).Observation, s.observation(t, s.project).Observation
	for _, c := range []struct{ what, got, want string }{
		{"beds", beds.Observation.Value.String(), "135"}, {"beds of the month", beds.Point.OfPeriod.String(), "35"},
		{"growth", beds.Observation.Growth.String(), "-1.5"}, {"note", beds.Observation.Note, "含社区嵌入式床位"},
		{"budget of the month", budget.Point.OfPeriod.Plain(), "159420000000"}, {"its basis", string(budget.Observation.Given), "period"},
		{"cover", cover.Point.Cumulative.Plain(), "90.000000"}, {"task", string(task.Said), "in_trouble"}, {"done", task.Percent.String(), "35"},
		{"invested", project.Value.Plain(), "25000000"}, {"paid", project.Paid.Plain(), "8000000"},
	} {
		if c.got != c.want {
			t.Errorf("%s is %q, want %q", c.what, c.got, c.want)
		}
	}
	if len(task.Nodes) != 1 || task.Nodes[0].On != day(2, 20) {
		t.Errorf("nodes are %v", task.Nodes)
	}
	if len(task.Obstacles) != 1 || task.Obstacles[0].Ask != s.Street.ID {
		t.Errorf("obstacles are %v", task.Obstacles)
	}
	again := s.reporter().Get(s.path).Want(http.StatusOK, "90.00")
	if got := again.Field(s.project + "|cumulative"); got != "2500" {
		t.Errorf("the project is shown with %q", got)
	}
}

// The level of a stock stays as it was until somebody says otherwise: it stands there already, and goes in with the form.
func TestWhatIsKnownIsFilledInBeforehand(t *testing.T) {
	s := opened(t)
	page := s.reporter().Get(s.path).Want(http.StatusOK, "已预填", "1/7行", "已预填2项", `prefilled`)
	if got := page.Field(s.cover+"|numerator") + "/" + page.Field(s.cover+"|denominator"); got != "40/50" {
		t.Errorf("it is filled in with %s", got)
	}
	s.reporter().Post(s.path+"/rows", s.rows(t, nil)).Want(http.StatusOK, "2/7行")
	if o := s.observation(t, s.cover).Observation; o.Origin != reporting.Prefilled || o.Numerator.String() != "40" {
		t.Errorf("the ledger holds %+v", o)
	}
}

func TestWhatCannotBeReadIsKeptInItsField(t *testing.T) {
	s := opened(t)
	typed := map[string]string{s.beds + "|cumulative": "一百多", s.homes + "|cumulative": "120", s.task + "|ask.0": "没有的局"}
	again := s.reporter().Post(s.path+"/rows", s.rows(t, typed)).Want(http.StatusUnprocessableEntity, "有2行含有读不出的内容", "一百多", "没有名为“没有的局”的单位")
	if got := again.Field(s.beds + "|cumulative"); got != "一百多" {
		t.Errorf("the field holds %q", got)
	}
	if got := s.observation(t, s.homes).Observation.Value.String(); got != "120" {
		t.Errorf("the row that can be read holds %q", got)
	}
	if got := s.observation(t, s.beds).Observation.Value.String(); got != "128" {
		t.Errorf("the row that cannot be read holds %q", got)
	}
}

func TestARowThatSomebodyChangedIsNotOverwritten(t *testing.T) {
	s := opened(t)
	mine := s.rows(t, map[string]string{s.beds + "|cumulative": "140"})
	s.say(t, reporting.Observation{Figures: reporting.Figures{Given: reporting.Cumulative, Value: ledger.Int(131)}, Note: "局长所填"}, s.beds)
	clash := s.reporter().Post(s.path+"/rows", mine).Want(http.StatusConflict, "有1行在您填写期间被他人修改", "局长所填", "131")
	if got := clash.Field(s.beds + "|cumulative"); got != "140" {
		t.Errorf("the field holds %q", got)
	}
	mine.Set(s.beds+"|revision", clash.Field(s.beds+"|revision"))
	mine.Set(s.beds+"|was", clash.Field(s.beds+"|was"))
	s.reporter().Post(s.path+"/rows", mine).Want(http.StatusOK, "已保存")
	if got := s.observation(t, s.beds).Observation.Value.String(); got != "140" {
		t.Errorf("the row holds %q", got)
	}
}

func TestAFormIsSentInOnceItIsSound(t *testing.T) {
	s := opened(t)
	wrong := s.rows(t, map[string]string{s.beds + "|cumulative": "60"})
	wrong.Set("then", "step:submit")
	s.reporter().Post(s.path+"/rows", wrong).Want(http.StatusUnprocessableEntity, "小于上期累计", "处理后才能提交")
	right := s.rows(t, s.everything())
	right.Set("then", "step:submit")
	sent := s.reporter().Post(s.path+"/rows", right)
	sent.Want(http.StatusOK, "已提交，等待审签", "待单位审签")
	if state := s.form(t).Submission.State; state != reporting.Submitted {
		t.Errorf("it is %s", state)
	}
	sent.Lacks("提交报送", "自动保存")
	s.reporter().Post(s.path+"/rows", right).Want(http.StatusUnprocessableEntity, "不能“提交报送”")
}

func TestAFormIsTakenBackBeforeItIsSigned(t *testing.T) {
	s := opened(t)
	form := s.rows(t, s.everything())
	form.Set("then", "step:submit")
	s.reporter().Post(s.path+"/rows", form).Want(http.StatusOK, "撤回")
	s.reporter().Post(s.path+"/steps", url.Values{"step": {"withdraw"}}).Want(http.StatusOK, "已撤回，可以继续修改", "填报中", "保存")
	s.reporter().Post(s.path+"/rows", form).Want(http.StatusOK, "已提交")
	sent := s.form(t).Submission.ID
	if out := s.uses.Take(s.head, "approve", []reporting.SubmissionID{sent}, ""); out[0].Err != nil {
		t.Fatal(out[0].Err)
	}
	s.reporter().Get(s.path).Want(http.StatusOK, "待复核").Lacks("撤回")
	s.reporter().Post(s.path+"/steps", url.Values{"step": {"withdraw"}}).Want(http.StatusUnprocessableEntity)
	s.reporter().Post(s.path+"/steps", url.Values{"step": {"lock"}}).Want(http.StatusBadRequest)
}

func TestAReturnedFormSaysWhy(t *testing.T) {
	s := opened(t)
	form := s.rows(t, s.everything())
	form.Set("then", "step:submit")
	s.reporter().Post(s.path+"/rows", form).Want(http.StatusOK, "已提交")
	if out := s.uses.Take(s.head, "return", []reporting.SubmissionID{s.form(t).Submission.ID}, "床位数与系统不符"); out[0].Err != nil {
		t.Fatal(out[0].Err)
	}
	s.reporter().Get("/reports").Want(http.StatusOK, "已退回：望溪区2026年工作要点 2026年2月", "床位数与系统不符")
	s.reporter().Get(s.path).Want(http.StatusOK, "这份报表已退回", "床位数与系统不符", "提交报送")
}

// everything is typed so that nothing stands against the form.
func (s *site) everything() map[string]string {
	return map[string]string{
		s.beds + "|cumulative": "128", s.beds + "|reason": "按计划推进", s.budget + "|cumulative": "30", s.budget + "|reason": "按计划推进",
		s.homes + "|cumulative": "500", s.homes + "|reason": "按计划推进", s.cover + "|numerator": "45", s.cover + "|denominator": "50",
		s.cover + "|reason": "按计划推进", s.task + "|said": "under_way", s.task + "|percent": "20", s.task + "|note": "正在起草方案",
		s.project + "|cumulative": "2500", s.project + "|arrived": "3000", s.project + "|paid": "2000", s.project + "|said": "under_way",
		s.project + "|note": "基础施工", s.project + "|reason": "按计划推进",
		s.opening + "|said": "under_way", s.opening + "|percent": "20", s.opening + "|note": "正在招标",
	}
}

// A row is named by its measure; what was promised of that, and how much, stands beside it.
func TestARowSaysWhatWasPromised(t *testing.T) {
	s := opened(t)
	s.reporter().Get(s.path).Want(http.StatusOK, "提高社区养老服务覆盖率", "/commitments/", "不低于225亿元")
}

func TestRowsAreSavedOneByOneForScripts(t *testing.T) {
	s := opened(t)
	form := s.rows(t, map[string]string{s.beds + "|cumulative": "99"})
	for name := range form {
		if !strings.HasPrefix(name, s.beds+"|") {
			form.Del(name)
		}
	}
	var answer struct {
		Saved, Filled string
		Rows          map[string]struct {
			Revision int64
			Values   map[string]string
			Findings string
			Held     bool
		}
	}
	told := s.post(t, form)
	if err := json.Unmarshal([]byte(told.Body), &answer); err != nil {
		t.Fatalf("%v: %s", err, told.Body)
	}
	row := answer.Rows[s.beds]
	if len(answer.Rows) != 1 || row.Held || row.Revision != 2 || row.Values["period"] != "-1" || !strings.Contains(row.Findings, "小于上期累计") {
		t.Errorf("it is told %+v", answer)
	}
	// Sent again, as after an answer that was lost, it says the same.
	if again := s.post(t, form); !strings.Contains(again.Body, `"revision":2`) || strings.Contains(again.Body, `"held":true`) {
		t.Errorf("sent again it is told %s", again.Body)
	}
}

// post sends rows as gridsave.js does.
func (s *site) post(t *testing.T, form url.Values) *webtest.Page {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+s.path+"/rows", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	return s.reporter().Do(r).Want(http.StatusOK)
}

func TestEvidenceIsTakenShownAndTakenBack(t *testing.T) {
	s := opened(t)
	path, who := s.path+"/evidence/"+s.beds, s.reporter()
	who.Get(path).Want(http.StatusOK, "还没有佐证材料")
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	shown := send(t, who, path, "file", "现场照片.png", picture.Bytes()).Want(http.StatusOK, "已收下1份", "现场照片.png", "SHA-256")
	file := evidenceLinks.FindString(shown.Body)
	if got := who.Get(file).Want(http.StatusOK); got.Body != picture.String() || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file comes back as %q", got.Header)
	}
	if _, err := jpeg.Decode(strings.NewReader(who.Get(file + "/preview").Want(http.StatusOK).Body)); err != nil {
		t.Errorf("the small picture: %v", err)
	}
	s.As("unit-head", s.Street.ID).Get(file).Want(http.StatusForbidden)
	send(t, who, path, "file", "坏.exe", []byte("MZ\x90\x00")).Want(http.StatusUnprocessableEntity, "坏.exe", "不接受")
	send(t, who, path, "other", "", nil).Want(http.StatusUnprocessableEntity, "请选择文件")
	who.Get(s.path).Want(http.StatusOK, "养老床位的佐证材料：1份")
	who.Post(path+"/"+strings.TrimPrefix(file, "/evidence/")+"/remove", nil).Want(http.StatusOK, "已删除", "还没有佐证材料")
}

func TestATemplateGoesOutAndComesBack(t *testing.T) {
	s := opened(t)
	who := s.reporter()
	out := who.Get(s.path + "/template.xlsx").Want(http.StatusOK)
	filled := set(t, out.Body, "128", "137")
	path := s.path + "/template"
	preview := send(t, who, path, "file", "二月.xlsx", filled).Want(http.StatusOK, "改动2行", "养老床位", "128", "137")
	if got := s.observation(t, s.beds).Observation.Value.String(); got != "128" {
		t.Errorf("the preview saved %s", got)
	}
	carried := url.Values{"name": {preview.Field("name")}, "data": {preview.Field("data")}, "then": {"take"}}
	who.Post(path, carried).Want(http.StatusOK, "已从模板保存2行")
	if got := s.observation(t, s.beds).Observation.Value.String(); got != "137" {
		t.Errorf("the row holds %s", got)
	}
	bad := send(t, who, path, "file", "二月.xlsx", set(t, out.Body, "128", "一百多")).Want(http.StatusOK, "表格中有1处错误", "一百多")
	marked := who.Post(path, url.Values{"name": {bad.Field("name")}, "data": {bad.Field("data")}, "then": {"marked"}}).Want(http.StatusOK)
	if _, err := excelize.OpenReader(strings.NewReader(marked.Body)); err != nil {
		t.Errorf("the marked workbook: %v", err)
	}
	send(t, who, path, "file", "坏.xlsx", []byte("no workbook")).Want(http.StatusUnprocessableEntity)
	send(t, who, path, "other", "", nil).Want(http.StatusUnprocessableEntity, "请选择填好的模板文件")
}

// set changes the cell of a workbook that holds a text.
func set(t *testing.T, workbook, from, to string) []byte {
	t.Helper()
	f := have[*excelize.File](t)(excelize.OpenReader(strings.NewReader(workbook)))
	defer f.Close()
	for _, name := range f.GetSheetList() {
		cells := have[[]string](t)(f.SearchSheet(name, from))
		for _, cell := range cells {
			if err := f.SetCellValue(name, cell, to); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// send sends a form with a file in a field.
func send(t *testing.T, who *webtest.Client, path, field, name string, data []byte) *webtest.Page {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part := have[io.Writer](t)(w.CreateFormFile(field, name))
	have[int](t)(part.Write(data))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return who.Send(path, w.FormDataContentType(), &b)
}
