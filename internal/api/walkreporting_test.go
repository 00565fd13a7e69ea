package api

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// walkReporting goes through a round of reporting: the office sets it up, a bureau fills its form by hand, by workbook,
// by table and by another system, sends it in, has it returned, and a locked figure is corrected.
func (w *world) walkReporting(t *testing.T) {
	t.Helper()
	plan, bureau := "/plans/"+string(w.Plan.ID), string(w.Bureau.ID)
	reporter, head := "reporter@"+bureau, "unit-head@"+bureau
	round := w.walkRound(t)
	path, form := "/rounds/"+round, "/rounds/"+round+"/forms/"+bureau

	w.want(t, 200, reporter, "GET /due", nil)
	asked := w.want(t, 200, reporter, "GET "+form, nil)
	rows, _ := asked.at("rows").(list)
	if len(rows) == 0 {
		t.Fatalf("the bureau is asked nothing: %s", asked.body)
	}
	subject := asked.text("rows/0/subject")
	row := object{
		"subject": subject, "given": "cumulative", "value": "60.0", "said": "under_way", "reason": "按计划推进", "override": "已核实",
	}
	saved := w.want(t, 200, reporter, "POST "+form+"/rows", object{"rows": list{row}})
	if saved.text("rows/0/observation/value") != "60.0" || saved.at("rows/0/revision") != 1.0 {
		t.Errorf("%s", saved.body)
	}
	row["value"] = "61"
	if clash := w.want(t, 200, head, "POST "+form+"/rows", object{"rows": list{row}}); clash.text("conflicts/0/theirs/value") != "60.0" {
		t.Errorf("%s", clash.body)
	}
	w.want(t, 403, reporter+"#token-9", "GET "+plan+"/grants", nil)
	w.want(t, 422, reporter+"#token-9", "POST "+form+"/rows", object{"rows": list{row}})
	w.walkFormFiles(t, reporter, form, subject)
	w.walkEvidence(t, reporter, subject, w.want(t, 200, reporter, "GET "+form, nil).text("submission/id"))
	w.walkDeliveries(t, subject, round)
	w.want(t, 200, office, "GET "+path+"/board", nil)
	w.want(t, 200, office, "GET "+path+"/burden", nil)
	w.want(t, 200, office, "POST "+path+"/reminders", object{})
	w.strangersToForms(t, form, subject)
	w.walkApproval(t, form, rows)
	w.want(t, 200, office, "POST "+path+"/closing", nil, "If-Match", w.etag(t, office, path))
	w.walkFigures(t, subject)
}

// walkRound sets reporting up and opens the first round of it.
func (w *world) walkRound(t *testing.T) string {
	t.Helper()
	plan := "/plans/" + string(w.Plan.ID)
	settings := w.want(t, 200, office, "GET "+plan+"/reporting", nil)
	body := object{"schedules": settings.at("schedules"), "asking": settings.at("asking")}
	w.want(t, 428, office, "PUT "+plan+"/reporting", body)
	w.want(t, 403, leader, "PUT "+plan+"/reporting", body, "If-Match", `"0"`)
	w.want(t, 200, office, "PUT "+plan+"/reporting", body, "If-Match", settings.Header.Get("ETag"))
	rounds := w.want(t, 200, office, "GET "+plan+"/rounds", nil)
	all, _ := rounds.at("items").(list)
	for _, r := range all {
		if r := r.(object); strings.HasSuffix(r["period"].(string), "-M01") {
			id := r["id"].(string)
			path := "/rounds/" + id
			if r["state"] == "planned" {
				w.want(t, 412, office, "POST "+path+"/opening", nil, "If-Match", `"77"`)
				w.want(t, 200, office, "POST "+path+"/opening", nil, "If-Match", w.etag(t, office, path))
			}
			now := w.want(t, 200, office, "GET "+path, nil)
			days := object{"opens": now.text("opens"), "due": "2027-01-29", "closes": "2027-02-26"}
			w.want(t, 200, office, "PUT "+path+"/days", days, "If-Match", now.Header.Get("ETag"))
			return id
		}
	}
	t.Fatalf("there is no round of January: %s", rounds.body)
	return ""
}

func (w *world) walkFormFiles(t *testing.T, reporter, form, subject string) {
	t.Helper()
	book := w.want(t, 200, reporter, "GET "+form+"/sheet", nil)
	if !strings.HasSuffix(book.Header.Get("Content-Disposition"), ".xlsx") {
		t.Errorf("%v", book.Header)
	}
	send := func(status int, path, name string, data []byte) answer {
		body, contentType := formOfFile(t, name, data)
		return w.want(t, status, reporter, "POST "+form+path, body, "Content-Type", contentType)
	}
	if same := send(200, "/sheet", "表.xlsx", book.body); same.at("imported") != true {
		t.Errorf("%s", same.body)
	}
	wrong := send(200, "/sheet", "表.xlsx", scribbled(t, book.body))
	marked, err := base64.StdEncoding.DecodeString(wrong.text("marked"))
	if wrong.at("imported") != false || wrong.text("problems/0/cell") == "" || err != nil || !bytes.HasPrefix(marked, []byte("PK")) {
		t.Errorf("%v: %s", err, wrong.body)
	}
	send(422, "/sheet", "表.xlsx", []byte("PK\x03\x04broken"))
	table := []byte("指标名称,事项编号,累计\n养老床位," + subject + ",62\n规上工业产值,,5\n")
	seen := send(200, "/table-previews", "表.csv", table)
	if seen.text("columns/0/key") != "name" || seen.at("table/0/sound") != true || seen.at("table/1/sound") != false {
		t.Errorf("%s", seen.body)
	}
	if in := send(200, "/table-imports", "表.csv", table); in.at("imported") != true || in.text("saved/rows/0/observation/value") != "62" {
		t.Errorf("%s", in.body)
	}
}

// formOfFile is a file as a browser sends it.
func formOfFile(t *testing.T, name string, data []byte) (*bytes.Buffer, string) {
	t.Helper()
	body, contentType := form(t, [3]string{"file", name, string(data)})
	return body.(*bytes.Buffer), contentType
}

// scribbled is a workbook with words where a figure is asked.
func scribbled(t *testing.T, data []byte) []byte {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	sheet := file.GetSheetName(0)
	rows, err := file.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for x, key := range rows[3] {
		if key == "value" {
			at, _ := excelize.CoordinatesToCellName(x+1, 6)
			_ = file.SetCellStr(sheet, at, "很多")
		}
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (w *world) walkEvidence(t *testing.T, reporter, subject, submission string) {
	t.Helper()
	path := "/submissions/" + submission + "/evidence?subject=" + subject
	body, contentType := formOfFile(t, "验收单.txt", []byte("验收合格"))
	kept := w.want(t, 201, reporter, "POST "+path, body, "Content-Type", contentType)
	file := strings.TrimPrefix(kept.Header.Get("Location"), Base)
	if got := w.want(t, 200, reporter, "GET "+file, nil); string(got.body) != "验收合格" || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%v %s", got.Header, got.body)
	}
	w.want(t, 403, "reporter@"+string(w.Street.ID), "DELETE "+file, nil)
	w.want(t, 204, reporter, "DELETE "+file, nil)
	body, contentType = formOfFile(t, "x.txt", []byte("x"))
	w.want(t, 422, reporter, "POST /submissions/"+submission+"/evidence?subject=nothing", body, "Content-Type", contentType)
}

func (w *world) walkDeliveries(t *testing.T, subject, round string) {
	t.Helper()
	plan, system := "/plans/"+string(w.Plan.ID), "reporter@"+string(w.Bureau.ID)+"#token-1"
	delivery := object{
		"plan": w.Plan.ID, "unit": w.Bureau.ID, "period": "2026-M01", "source": "民政业务系统", "replace": true,
		"figures": list{object{"subject": subject, "given": "cumulative", "value": "63"}},
	}
	if no := w.want(t, 422, system, "POST /deliveries", delivery); no.text("code") != "grant.missing" {
		t.Errorf("%s", no.body)
	}
	grant := object{"unit": w.Bureau.ID, "subjects": list{subject}}
	w.want(t, 200, office, "PUT "+plan+"/grants/token-1", grant, "If-Match", `"0"`)
	if all := w.want(t, 200, office, "GET "+plan+"/grants", nil); all.text("items/0/subjects/0") != subject {
		t.Errorf("%s", all.body)
	}
	first := w.want(t, 200, system, "POST /deliveries", delivery, "Idempotency-Key", "delivery-of-january")
	again := w.want(t, 200, system, "POST /deliveries", delivery, "Idempotency-Key", "delivery-of-january")
	if first.text("rows/0/became") != "taken" || !bytes.Equal(first.body, again.body) || again.Header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("%s\n%s", first.body, again.body)
	}
	delivery["figures"] = list{object{"subject": subject, "given": "cumulative", "value": "63", "percent": "120"}}
	wrong := w.call(t, system, "POST /deliveries", delivery)
	if wrong.StatusCode != http.StatusOK && !strings.HasPrefix(wrong.text("errors/0/place"), "/body/figures/0") {
		t.Errorf("%s", wrong.body)
	}
	delivery["period"] = "2031-M01"
	w.want(t, 404, system, "POST /deliveries", delivery)
	delivery["period"] = "January"
	w.want(t, 422, system, "POST /deliveries", delivery)
	if round == "" {
		t.Error("there is no round")
	}
}

// strangersToForms tries what people of another unit may not see or do of a form.
func (w *world) strangersToForms(t *testing.T, form, subject string) {
	t.Helper()
	submission := w.want(t, 200, office, "GET "+form, nil).text("submission/id")
	for _, role := range []string{"unit-head", "reporter"} {
		other := role + "@" + string(w.Street.ID)
		for _, path := range []string{form, form + "/sheet", "/submissions/" + submission} {
			if a := w.want(t, 403, other, "GET "+path, nil); strings.Contains(strings.ReplaceAll(string(a.body), a.Header.Get("X-Request-Id"), ""), "63") {
				t.Errorf("the refusal of %s tells what it refuses: %s", path, a.body)
			}
		}
		w.want(t, 403, other, "POST "+form+"/rows", object{"rows": list{object{"subject": subject, "value": "1", "given": "period"}}})
		body, contentType := formOfFile(t, "表.csv", []byte("指标名称,累计\n养老床位,1\n"))
		w.want(t, 403, other, "POST "+form+"/table-imports", body, "Content-Type", contentType)
		w.want(t, 403, other, "POST /submissions/"+submission+"/steps", object{"action": "submit"}, "If-Match", w.etag(t, office, "/submissions/"+submission))
	}
}

// walkApproval sends the form in, has it returned, and takes it to its lock.
func (w *world) walkApproval(t *testing.T, form string, rows list) {
	t.Helper()
	reporter, head := "reporter@"+string(w.Bureau.ID), "unit-head@"+string(w.Bureau.ID)
	all := list{}
	now := w.want(t, 200, reporter, "GET "+form, nil)
	current, _ := now.at("rows").(list)
	for i := range rows {
		r := current[i].(object)
		all = append(all, object{
			"subject": r["subject"], "revision": r["revision"], "given": "cumulative", "value": "64", "said": "under_way", "reason": "按计划推进", "override": "已核实",
		})
	}
	id := w.want(t, 200, reporter, "POST "+form+"/rows", object{"rows": all}).text("submission/id")
	path := "/submissions/" + id
	step := func(who, action, reason string) {
		t.Helper()
		w.want(t, 200, who, "POST "+path+"/steps", object{"action": action, "reason": reason}, "If-Match", w.etag(t, who, path))
	}
	w.want(t, 412, reporter, "POST "+path+"/steps", object{"action": "submit"}, "If-Match", `"1"`)
	step(reporter, "submit", "")
	step(head, "return", "数据有误")
	step(reporter, "submit", "")
	w.want(t, 200, head, "GET /waiting", nil)
	step(head, "approve", "")
	several := w.want(t, 200, office, "POST /submission-steps", object{"action": "review", "submissions": list{id, "none"}})
	if several.at("items/0/done") != true || several.at("items/1/done") != false || several.text("items/1/problem/code") == "" {
		t.Errorf("%s", several.body)
	}
	step(office, "lock", "")
}

func (w *world) walkFigures(t *testing.T, subject string) {
	t.Helper()
	plan, bureau := "/plans/"+string(w.Plan.ID), string(w.Bureau.ID)
	figures := w.want(t, 200, office, "GET "+plan+"/figures?subject="+subject+"&unit="+bureau+"&upto=2026-M12", nil)
	if figures.text("items/0/point/cumulative") != "64" || figures.text("items/0/point/state") != "locked" {
		t.Errorf("%s", figures.body)
	}
	w.want(t, 422, office, "GET "+plan+"/figures?period=January", nil)
	w.want(t, 422, office, "GET "+plan+"/figures?subject=nothing", nil)
	w.want(t, 200, office, "GET "+plan+"/series?subject="+subject+"&unit="+bureau, nil)
	w.want(t, 200, office, "GET "+plan+"/totals?period=2026-M01", nil)

	wish := object{
		"plan": w.Plan.ID, "unit": bureau, "period": "2026-M01", "reason": "统计口径核对", "basis": "望统函〔2026〕3号",
		"after": object{"subject": subject, "given": "cumulative", "value": "66"},
	}
	made := w.want(t, 201, "unit-head@"+bureau, "POST /corrections", wish)
	path := "/corrections/" + made.text("id")
	w.want(t, 200, office, "GET /corrections?state=proposed&subject="+subject, nil)
	w.want(t, 404, office, "GET "+path+"/document", nil)
	paper, kind := replyOf(t, object{}, map[string]string{"更正说明.txt": "漏报2张"})
	attached := w.want(t, 200, "unit-head@"+bureau, "POST "+path+"/document", paper, "Content-Type", kind)
	if attached.text("paper") != "更正说明.txt" {
		t.Errorf("%s", attached.body)
	}
	if got := w.want(t, 200, office, "GET "+path+"/document", nil); string(got.body) != "漏报2张" {
		t.Errorf("the paper is %s", got.body)
	}
	w.want(t, 200, office, "POST "+path+"/steps", object{"action": "approve"}, "If-Match", w.etag(t, office, path))
	if now := w.want(t, 200, office, "GET "+path, nil); now.text("state") != "approved" || now.text("before/value") != "64" || now.text("after/value") != "66" {
		t.Errorf("%s", now.body)
	}
	if now := w.want(t, 200, office, "GET "+plan+"/figures?subject="+subject+"&period=2026-M01", nil); now.text("items/0/point/cumulative") != "66" {
		t.Errorf("%s", now.body)
	}
}
