package api

import (
	"context"
	"strings"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/message"
	"luoshi/ledger"
)

// another is a second officer: who drew something up does not review it himself.
func (w *world) another() string { return office + "@" + string(w.Bureau.ID) }

// take takes a record a step on.
func (w *world) take(t *testing.T, who, path, action string) answer {
	t.Helper()
	return w.want(t, 200, who, "POST "+path+"/steps", object{"action": action, "reason": "按程序办理"}, "If-Match", w.etag(t, who, path))
}

// walkBulletins takes a bulletin from its draft to its correction.
func (w *world) walkBulletins(t *testing.T) {
	t.Helper()
	head, plan := "unit-head@"+string(w.Bureau.ID), "/plans/"+string(w.Plan.ID)
	w.want(t, 403, head, "GET "+plan+"/bulletin-settings", nil)
	settings := w.want(t, 200, office, "GET "+plan+"/bulletin-settings", nil)
	look, _ := settings.json.(object)
	delete(look, "revision")
	look["sign"] = "望督通"
	w.want(t, 200, office, "PUT "+plan+"/bulletin-settings", look, "If-Match", settings.Header.Get("ETag"))
	w.want(t, 412, office, "PUT "+plan+"/bulletin-settings", look, "If-Match", settings.Header.Get("ETag"))

	w.want(t, 422, office, "POST /bulletins", object{"plan": w.Plan.ID, "period": "2025-M06"})
	drafted := w.want(t, 201, office, "POST /bulletins", object{"plan": w.Plan.ID, "period": "2026-M06"})
	path := strings.TrimPrefix(drafted.Header.Get("Location"), Base)
	if drafted.text("state") != "draft" || drafted.text("content/sections/0/sentences/0/0/text") == "" {
		t.Errorf("%s", drafted.body)
	}
	w.want(t, 403, head, "GET "+path, nil)
	edit := object{"title": "关于六月份重点工作的通报", "blocks": object{"opening": "现通报如下。"}, "recipients": list{w.Bureau.ID, w.Street.ID}}
	w.want(t, 428, office, "PUT "+path, edit)
	w.want(t, 200, office, "PUT "+path, edit, "If-Match", w.etag(t, office, path))
	w.want(t, 200, office, "POST "+path+"/refreshments", nil, "If-Match", w.etag(t, office, path))
	w.take(t, office, path, "submit")
	w.want(t, 422, office, "POST "+path+"/steps", object{"action": "pass"}, "If-Match", w.etag(t, office, path))
	w.take(t, w.another(), path, "pass")
	w.take(t, leader, path, "approve")
	published := w.take(t, office, path, "publish")
	if !strings.HasPrefix(published.text("number"), "望督通〔") || published.text("digest") == "" || published.text("blocks/opening") != "现通报如下。" {
		t.Errorf("%s", published.body)
	}
	w.walkReceipts(t, path, head)
	correction := w.want(t, 201, office, "POST "+path+"/corrections", object{"reason": "报送有误"})
	if correction.text("corrects") != published.text("id") || correction.text("state") != "draft" {
		t.Errorf("%s", correction.body)
	}
}

// walkReceipts confirms a bulletin for a unit and reminds the other.
func (w *world) walkReceipts(t *testing.T, path, head string) {
	t.Helper()
	unread := w.want(t, 200, head, "GET /bulletin-inbox", nil)
	if "/bulletins/"+unread.text("items/0/id") != path {
		t.Errorf("%s", unread.body)
	}
	w.want(t, 403, head, "POST "+path+"/receipts", object{"unit": w.Street.ID})
	w.want(t, 204, head, "POST "+path+"/receipts", object{"unit": w.Bureau.ID})
	if read := w.want(t, 200, head, "GET "+path, nil); read.text("receipts/0/by") != head || read.at("receipts/1") != nil {
		t.Errorf("%s", read.body)
	}
	if reminded := w.want(t, 200, office, "POST "+path+"/reminders", nil); reminded.at("units") != 1.0 {
		t.Errorf("%s", reminded.body)
	}
	all := w.want(t, 200, head, "GET /bulletins?state=published&limit=1&plan="+string(w.Plan.ID), nil)
	if all.at("items/0/sent") != 2.0 || all.at("items/0/read") != 1.0 {
		t.Errorf("%s", all.body)
	}
}

// walkAssessments takes an assessment from the usual scheme to an appeal that is upheld.
func (w *world) walkAssessments(t *testing.T) {
	t.Helper()
	head := "unit-head@" + string(w.Bureau.ID)
	scheme, _ := w.want(t, 200, office, "GET /plans/"+string(w.Plan.ID)+"/usual-scheme", nil).json.(object)
	fresh := object{"plan": w.Plan.ID, "scheme": scheme}
	if unfit := w.want(t, 422, office, "POST /assessments", fresh); unfit.text("code") != "assessment.unsound" || unfit.text("errors/0/place") != "/body/basis" {
		t.Errorf("%s", unfit.body)
	}
	scheme["basis"] = "望政办发〔2026〕3号"
	made := w.want(t, 201, office, "POST /assessments", fresh)
	path := strings.TrimPrefix(made.Header.Get("Location"), Base)
	scheme["title"] = "2026年度综合考核"
	w.want(t, 200, office, "PUT "+path+"/scheme", scheme, "If-Match", made.Header.Get("ETag"))
	tried := w.want(t, 200, office, "POST "+path+"/trials", object{"weights": object{"m1": "30", "m2": "20"}})
	if shifts, _ := tried.at("shifts").(list); len(shifts) < 2 {
		t.Errorf("%s", tried.body)
	}
	w.take(t, office, path, "submit")
	w.take(t, leader, path, "adopt")
	units := 0
	groups, _ := scheme["groups"].(list)
	for _, g := range groups {
		for _, unit := range g.(object)["units"].(list) {
			w.want(t, 200, leader, "POST "+path+"/entries", object{"unit": unit, "item": "m8", "points": "90", "why": "工作扎实", "basis": "会议评议"})
			units++
		}
	}
	if units < 2 {
		t.Fatalf("%d units are assessed", units)
	}
	bonus := w.want(t, 200, office, "POST "+path+"/entries", object{"unit": w.Bureau.ID, "item": "r1", "points": "1", "why": "受到表彰", "basis": "青政发〔2026〕2号"})
	given, _ := bonus.at("entries").(list)
	last, _ := given[len(given)-1].(object)["id"].(string)
	w.want(t, 200, office, "POST "+path+"/entries/"+last+"/withdrawals", object{"reason": "依据有误"})
	w.take(t, office, path, "compute")
	w.want(t, 403, head, "GET "+path, nil)
	w.take(t, office, path, "announce")
	w.walkAppeal(t, path, head)
	if all := w.want(t, 200, head, "GET /assessments", nil); all.text("items/0/state") != "appeals" {
		t.Errorf("%s", all.body)
	}
}

// walkAppeal lets a unit appeal and the office put its figures right.
func (w *world) walkAppeal(t *testing.T, path, head string) {
	t.Helper()
	appealed := w.want(t, 200, head, "POST "+path+"/appeals", object{"unit": w.Bureau.ID, "item": "m1", "text": "一项已办结未登记"})
	if appealed.text("appeals/0/state") != "open" || appealed.at("scores/1") != nil {
		t.Errorf("%s", appealed.body)
	}
	answer := object{"revision": appealed.at("appeals/0/revision"), "accept": true, "answer": "属实，予以更正", "part": "1", "whole": "1"}
	answered := w.want(t, 200, office, "POST "+path+"/appeals/"+appealed.text("appeals/0/id")+"/answers", answer)
	if answered.text("appeals/0/state") != "accepted" || answered.text("appeals/0/correction/whole") != "1" {
		t.Errorf("%s", answered.body)
	}
	w.want(t, 422, office, "POST "+path+"/appeals/"+appealed.text("appeals/0/id")+"/answers", answer)
}

// walkTours takes an observation round from its plan to its ranking.
func (w *world) walkTours(t *testing.T) {
	t.Helper()
	terms := object{"title": "下半年项目观摩", "on": "2026-11-05", "projects": list{w.Project.ID}, "judges": list{leader}}
	made := w.want(t, 201, office, "POST /tours", object{"plan": w.Plan.ID, "terms": terms})
	path := strings.TrimPrefix(made.Header.Get("Location"), Base)
	terms["title"] = "四季度项目观摩"
	w.want(t, 200, office, "PUT "+path, terms, "If-Match", w.etag(t, office, path))
	w.take(t, office, path, "open")
	w.want(t, 422, leader, "POST "+path+"/sheets", object{"project": w.Project.ID, "marks": list{"41", "0", "0", "0"}})
	marked := w.want(t, 200, leader, "POST "+path+"/sheets", object{"project": w.Project.ID, "marks": list{"38", "28", "18", "9"}})
	if marked.text("mine/0/marks/0") != "38" || marked.at("standings/0") != nil {
		t.Errorf("%s", marked.body)
	}
	w.take(t, office, path, "close")
	ranked := w.take(t, office, path, "publish")
	if ranked.text("standings/0/points") != "93.00" || ranked.at("standings/0/rank") != 1.0 || ranked.text("standings/0/sheets/0/total") != "93.00" {
		t.Errorf("%s", ranked.body)
	}
	if all := w.want(t, 200, "reporter@"+string(w.Street.ID), "GET /tours", nil); all.text("items/0/terms/title") != "四季度项目观摩" {
		t.Errorf("%s", all.body)
	}
}

// walkMessages reads what somebody is told, and finds that nobody else is.
func (w *world) walkMessages(t *testing.T) {
	t.Helper()
	who := "reviewer@" + string(w.Bureau.ID)
	for _, key := range []string{"walk/1", "walk/2"} {
		err := w.Change(w.Office(t.Context()), func(ctx context.Context, work *service.Work) error {
			if err := work.AllowFor(ctx, "config.rules", service.Owned{}); err != nil {
				return err
			}
			work.Record("config.rules", "settings", key, nil, nil, nil)
			return w.options.Message.Tell(ctx, work, message.Notice{
				Key: key, Kind: message.OfPlan, To: []message.Audience{{Account: ledger.AccountID(who)}}, URL: "/plans",
				Title: ledger.Wording{ZH: "计划有调整", EN: "The plan has changed"},
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	w.want(t, 401, "", "GET /messages", nil)
	part := w.want(t, 200, who, "GET /messages?unread=true&kind=plan&limit=1", nil, "Accept-Language", "en")
	if part.text("items/0/title") != "The plan has changed" || part.text("next") == "" {
		t.Fatalf("%s", part.body)
	}
	w.want(t, 200, who, "GET /messages?limit=1&after="+part.text("next"), nil)
	count := func(want float64) {
		t.Helper()
		if now := w.want(t, 200, who, "GET /message-count", nil); now.at("unread") != want {
			t.Errorf("%s", now.body)
		}
	}
	count(2)
	path := "/messages/" + part.text("items/0/id")
	w.want(t, 404, office, "POST "+path+"/readings", nil)
	w.want(t, 200, who, "POST "+path+"/readings", nil)
	count(1)
	w.want(t, 204, who, "POST "+path+"/returns", nil)
	count(2)
	w.want(t, 204, who, "POST /message-readings", nil)
	count(0)
}

// walkSupervisionSettings lays rules down.
func (w *world) walkSupervisionSettings(t *testing.T) {
	t.Helper()
	usual := w.want(t, 200, office, "GET /supervision-settings", nil)
	rules, _ := usual.json.(object)
	delete(rules, "revision")
	w.want(t, 403, leader, "PUT /supervision-settings", rules, "If-Match", usual.Header.Get("ETag"))
	w.want(t, 200, office, "PUT /supervision-settings", rules, "If-Match", usual.Header.Get("ETag"))
	rules["grading"] = "none"
	if wrong := w.want(t, 422, office, "PUT /supervision-settings", rules, "If-Match", `"1"`); wrong.text("code") != "grading.name" {
		t.Errorf("%s", wrong.body)
	}
}
