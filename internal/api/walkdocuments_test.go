package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/service/intake"
)

// paper is a plan in a few sentences, as somebody uploads it.
const paper = "望溪区2026年民生工作安排\n\n一、就业\n\n全年新增城镇就业8000人以上，6月底前建成零工市场2个。\n\n二、教育\n\n新建幼儿园3所，由区教育局牵头。\n"

// walkTables takes a plan out as a table and brings it in again.
func (w *world) walkTables(t *testing.T) {
	t.Helper()
	table := w.want(t, 200, office, "GET /plans/"+string(w.Plan.ID)+"/task-table", nil)
	sent := w.upload(t, 201, office, "任务分解表.xlsx", string(table.body))
	w.read(t)
	path := "/documents/" + sent.text("digest")
	preview := w.want(t, 200, office, "POST "+path+"/table-previews", object{"title": "回读", "year": 2030})
	if preview.at("refused") != 0.0 || preview.at("good") == 0.0 {
		t.Errorf("%s", preview.body)
	}
	done := w.want(t, 200, office, "POST "+path+"/table-imports", object{"title": "回读", "year": 2030, "mapping": preview.at("mapping")})
	if done.at("commitments") != preview.at("good") {
		t.Errorf("%s", done.body)
	}
}

func (w *world) walkDocuments(t *testing.T) {
	t.Helper()
	sent := w.upload(t, 201, office, "民生工作安排.txt", paper)
	w.upload(t, 200, office, "再传一次.txt", paper)
	digest := sent.text("digest")
	path := "/documents/" + digest
	if sent.text("reading/state") != "waiting" || sent.text("name") != "民生工作安排.txt" {
		t.Errorf("%s", sent.body)
	}
	w.read(t)
	if got := w.want(t, 200, office, "GET "+path, nil); got.text("reading/state") != "done" {
		t.Fatalf("%s", got.body)
	}
	w.want(t, 200, office, "GET /documents?order=name&state=done&limit=1", nil)
	w.want(t, 200, office, "GET "+path+"/text", nil)
	if got := w.want(t, 200, office, "GET "+path+"/quantities", nil); got.text("items/0/target/subject") == "" {
		t.Errorf("%s", got.body)
	}
	w.want(t, 200, office, "GET "+path+"/findings", nil)
	original := w.want(t, 200, office, "GET "+path+"/original", nil)
	if string(original.body) != paper || !strings.HasPrefix(original.Header.Get("Content-Disposition"), "attachment;") {
		t.Errorf("%v %q", original.Header, original.body)
	}
	other := w.upload(t, 201, office, "民生工作安排（二稿）.txt", strings.Replace(paper, "8000", "9000", 1))
	w.read(t)
	compared := w.want(t, 200, office, "GET /documents/"+other.text("digest")+"/differences?earlier="+digest, nil)
	if compared.text("items/0/kind") != "changed" {
		t.Errorf("%s", compared.body)
	}
	w.walkReview(t, digest)
	w.walkTables(t)
}

func (w *world) walkReview(t *testing.T, digest string) {
	t.Helper()
	opened := w.want(t, 201, office, "POST /reviews", object{"document": digest, "title": "民生计划", "year": 2028})
	path := "/reviews/" + opened.text("plan") + "/" + digest
	w.want(t, 200, office, "GET /reviews?document="+digest, nil)
	items := w.want(t, 200, office, "GET "+path+"/items?status=pending", nil)
	all, _ := items.at("items").(list)
	var ids list
	for i := range all {
		ids = append(ids, items.text(fmt.Sprintf("items/%d/id", i)))
	}
	if len(ids) < 2 {
		t.Fatalf("%s", items.body)
	}
	w.want(t, 200, "reviewer", "POST "+path+"/events", object{"number": 1, "op": "reject", "items": ids[:1], "reason": "不是承诺"})
	if late := w.want(t, 412, office, "POST "+path+"/events", object{"number": 1, "op": "accept", "items": ids}); late.text("code") != "changed" {
		t.Errorf("%s", late.body)
	}
	w.want(t, 200, office, "POST "+path+"/events", object{"number": 2, "op": "accept", "items": ids[1:]})
	item := w.want(t, 200, office, "POST /documents/"+digest+"/selections", object{"words": "6月底前建成零工市场2个"})
	w.want(t, 200, office, "POST "+path+"/events", object{"number": 3, "op": "add", "added": item.json})
	w.want(t, 200, office, "POST "+path+"/events", object{"number": 4, "op": "undo"})
	if now := w.want(t, 200, office, "GET "+path, nil); now.at("pending") != 0.0 || now.at("next") != 5.0 {
		t.Errorf("%s", now.body)
	}
	w.want(t, 200, office, "GET "+path+"/events", nil)
	w.want(t, 200, office, "GET "+path+"/corrections?what=removed", nil)
	entered := w.want(t, 200, office, "POST "+path+"/entry", nil)
	if entered.at("commitments") == 0.0 {
		t.Errorf("%s", entered.body)
	}
	w.walkRetry(t)
	broken := w.upload(t, 422, office, "坏文件.docx", "PK\x03\x04 not a file")
	if broken.text("code") == "" || broken.text("detail") == "" {
		t.Errorf("%s", broken.body)
	}
}

// walkRetry lets a reading fail by hand, as no file is at hand that opens well and cannot be read.
func (w *world) walkRetry(t *testing.T) {
	t.Helper()
	sent := w.upload(t, 201, office, "再读.txt", paper+"完。\n")
	err := w.Store().Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Table("intake_readings").Set("state = ?", "failed").Set("fault_code = ?", "reading.broken").
			Set("fault_zh = ?", "无法识别").Set("fault_en = ?", "It cannot be read").Where("document = ?", sent.text("digest")).Exec(ctx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	path := "/documents/" + sent.text("digest")
	if got := w.want(t, 200, office, "GET "+path, nil, "Accept-Language", "en"); got.text("reading/problem") != "It cannot be read" {
		t.Errorf("%s", got.body)
	}
	if got := w.want(t, 200, office, "POST "+path+"/readings", nil); got.text("reading/state") != "waiting" {
		t.Errorf("%s", got.body)
	}
	w.want(t, 422, office, "POST "+path+"/readings", nil)
}

// upload sends a file as a form.
func (w *world) upload(t *testing.T, status int, who, name, content string) answer {
	t.Helper()
	var form bytes.Buffer
	m := multipart.NewWriter(&form)
	part, err := m.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return w.want(t, status, who, "POST /documents", &form, "Content-Type", m.FormDataContentType())
}

// read does the reading that was asked for since some tasks ago.
func (w *world) read(t *testing.T) {
	t.Helper()
	ctx := service.As(t.Context(), service.Caller{System: "job: read", May: intake.ReadMay})
	for _, task := range w.Queue.Tasks() {
		if task.Kind != intake.ReadKind {
			continue
		}
		args, err := json.Marshal(task.Args)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.intake.Read(ctx, args); err != nil {
			t.Fatal(err)
		}
	}
}
