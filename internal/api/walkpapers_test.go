package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// walkPapers takes a report from its preview to the file that was frozen.
func (w *world) walkPapers(t *testing.T) {
	t.Helper()
	head := "unit-head@" + string(w.Bureau.ID)
	templates := w.want(t, 200, office, "GET /paper-templates", nil)
	if templates.text("items/0/title") == "" {
		t.Errorf("%s", templates.body)
	}
	wish := object{"plan": w.Plan.ID, "period": "2026-H1", "template": "half-year"}
	preview := w.want(t, 200, office, "POST /paper-previews", wish)
	if all := w.want(t, 200, office, "GET /papers", nil); preview.text("paper/title") == "" || len(all.at("items").(list)) != 0 {
		t.Errorf("a preview %s, and kept %s", preview.body, all.body)
	}
	w.want(t, 403, head, "POST /papers", wish)
	w.want(t, 422, office, "POST /papers", object{"plan": w.Plan.ID, "period": "2025-H1", "template": "half-year"})
	drafted := w.want(t, 201, office, "POST /papers", wish, "Idempotency-Key", "one-report-of-the-half")
	again := w.want(t, 201, office, "POST /papers", wish, "Idempotency-Key", "one-report-of-the-half")
	path := strings.TrimPrefix(drafted.Header.Get("Location"), Base)
	if drafted.text("state") != "draft" || again.text("id") != drafted.text("id") || !sourced(drafted) {
		t.Errorf("%s, and again %s", drafted.body, again.body)
	}
	w.walkTrace(t, path, drafted)
	w.walkTemplates(t, head)
	w.want(t, 403, head, "GET "+path, nil)
	w.want(t, 428, office, "PUT "+path, object{"title": "上半年情况报告"})
	edited := w.want(t, 200, office, "PUT "+path, object{"title": "上半年情况报告", "public": true}, "If-Match", w.etag(t, office, path))
	w.want(t, 412, office, "PUT "+path, object{"title": "半年报告"}, "If-Match", drafted.Header.Get("ETag"))
	if edited.text("title") != "上半年情况报告" || edited.text("edits/title") != "上半年情况报告" {
		t.Errorf("%s", edited.body)
	}
	w.want(t, 200, office, "POST "+path+"/refreshments", nil, "If-Match", w.etag(t, office, path))
	if check := w.want(t, 200, office, "GET "+path+"/check", nil); check.at("sound") != true || len(check.at("differences").(list)) > 0 {
		t.Errorf("read back it is %s", check.body)
	}
	w.take(t, office, path, "submit")
	w.want(t, 422, office, "POST "+path+"/steps", object{"action": "pass"}, "If-Match", w.etag(t, office, path))
	w.take(t, w.another(), path, "pass")
	w.take(t, leader, path, "approve")
	frozen := w.take(t, office, path, "freeze")
	if frozen.text("number") == "" || frozen.text("digest") == "" || frozen.text("files/0/digest") == "" {
		t.Errorf("%s", frozen.body)
	}
	w.want(t, http.StatusNotModified, head, "GET "+path, nil, "If-None-Match", frozen.Header.Get("ETag"))
	word := w.want(t, 200, head, "GET "+path+"/files/docx", nil)
	if !strings.HasPrefix(string(word.body), "PK") || !strings.HasPrefix(word.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file is %d bytes, %v", len(word.body), word.Header)
	}
	w.want(t, 422, head, "GET "+path+"/files/exe", nil)
	if all := w.want(t, 200, "", "GET /papers?state=frozen&limit=1", nil); all.text("items/0/id") != frozen.text("id") {
		t.Errorf("the public sees %s", all.body)
	}
}

// walkContradiction lets a unit say that 70 and 60 are 120, and the office find that to be no contradiction.
func (w *world) walkContradiction(t *testing.T) {
	t.Helper()
	bureau, subject := string(w.Bureau.ID), "indicator:"+string(w.Indicator.ID)
	head := "unit-head@" + bureau
	correction := w.want(t, 201, head, "POST /corrections", object{
		"plan": w.Plan.ID, "unit": bureau, "period": "2026-M01", "reason": "补充说明", "basis": "望民函〔2026〕8号",
		"after": object{"subject": subject, "given": "cumulative", "value": "66", "note": "筹建养老床位120张，其中公办70张、民办60张"},
	})
	steps := "/corrections/" + correction.text("id")
	w.want(t, 200, office, "POST "+steps+"/steps", object{"action": "approve"}, "If-Match", w.etag(t, office, steps))
	drafted := w.want(t, 201, head, "POST /papers", object{"plan": w.Plan.ID, "period": "2026-M01", "template": "month", "owner": bureau})
	path := "/papers/" + drafted.text("id")
	check := w.want(t, 200, office, "GET "+path+"/check", nil)
	if check.at("sound") != false || check.at("differences/0/arguable") != true || check.text("differences/0/says") == "" {
		t.Fatalf("read back it is %s", check.body)
	}
	pass := object{"mark": check.text("differences/0/mark"), "reason": "公办民办合建10张"}
	w.want(t, 403, head, "POST "+path+"/passes", pass, "If-Match", w.etag(t, head, path))
	w.want(t, 428, office, "POST "+path+"/passes", pass)
	w.want(t, 422, office, "POST "+path+"/passes", object{"mark": "nothing", "reason": "无"}, "If-Match", w.etag(t, office, path))
	w.want(t, 200, office, "POST "+path+"/passes", pass, "If-Match", w.etag(t, office, path))
	if check = w.want(t, 200, office, "GET "+path+"/check", nil); check.at("sound") != true || check.text("passed/0/reason") != "公办民办合建10张" {
		t.Errorf("passed over it is %s", check.body)
	}
	w.want(t, 200, office, "DELETE "+path+"/passes/"+check.text("passed/0/mark"), nil, "If-Match", w.etag(t, office, path))
}

// sourced tells whether all figures of a report name where they are from.
func sourced(paper answer) bool {
	figures, _ := paper.at("content/figures").(object)
	for _, f := range figures {
		if sources, _ := f.(object)["sources"].(list); len(sources) == 0 {
			return false
		}
	}
	return len(figures) > 0
}

// walkTrace leads from a figure of a report to the promise, what the unit said and the log.
func (w *world) walkTrace(t *testing.T, path string, drafted answer) {
	t.Helper()
	figures, _ := drafted.at("content/figures").(object)
	said, placed := 0, 0
	for key := range figures {
		trace := w.want(t, 200, office, "GET "+path+"/figures?key="+url.QueryEscape(key), nil)
		from, _ := trace.at("from").(list)
		if trace.text("figure/key") != key || len(from) == 0 {
			t.Errorf("%s leads to %s", key, trace.body)
		}
		placed += len(trace.at("places").(list)) // some figures are printed nowhere, and others rest on them
		for _, source := range from {
			if o, _ := source.(object)["observation"].(object); o != nil && o["submission"] != "" {
				if entries, _ := source.(object)["entries"].(list); len(entries) == 0 {
					t.Errorf("of what %s rests on the log says nothing: %s", key, trace.body)
				}
				said++
			}
		}
	}
	if said == 0 || placed == 0 {
		t.Errorf("%d times a figure leads to what a unit said, %d times to its place", said, placed)
	}
	w.want(t, 404, office, "GET "+path+"/figures?key=none", nil)
}

// walkTemplates writes a template, its next version, and takes it from those that are offered.
func (w *world) walkTemplates(t *testing.T, head string) {
	t.Helper()
	shipped := w.want(t, 200, office, "GET /paper-templates/half-year", nil)
	text := object{"text": shipped.text("text")}
	w.want(t, 403, head, "POST /paper-templates", text)
	w.want(t, 422, office, "POST /paper-templates", object{"text": "@each nothing"})
	own := w.want(t, 201, office, "POST /paper-templates", text)
	path := strings.TrimPrefix(own.Header.Get("Location"), Base)
	w.want(t, 428, office, "PUT "+path, text)
	next := w.want(t, 200, office, "PUT "+path, text, "If-Match", own.Header.Get("ETag"))
	w.want(t, 412, office, "PUT "+path, text, "If-Match", own.Header.Get("ETag"))
	retired := w.want(t, 200, office, "POST "+path+"/retirement", object{"retired": true})
	if next.Header.Get("ETag") == own.Header.Get("ETag") || retired.at("retired") != true || retired.text("text") != shipped.text("text") {
		t.Errorf("%s", retired.body)
	}
	w.want(t, 404, office, "POST /paper-templates/half-year/retirement", object{"retired": true})
}
