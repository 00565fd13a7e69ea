package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// etag is the revision of a record as it is now.
func (w *world) etag(t *testing.T, who, path string) string {
	t.Helper()
	return w.want(t, http.StatusOK, who, "GET "+path, nil).Header.Get("ETag")
}

// step takes a plan or an amendment a step.
func (w *world) step(t *testing.T, who, path, action string) {
	t.Helper()
	body := map[string]any{"action": action, "reason": "会议议定"}
	if strings.HasPrefix(path, "/plans") {
		body["basis"], body["on"] = "望政发〔2026〕1号", "2026-02-01"
	}
	w.want(t, http.StatusOK, who, "POST "+path+"/steps", body, "If-Match", w.etag(t, who, path))
}

type (
	object = map[string]any
	list   = []any
)

// A walk through everything that can be done: every operation is used, and every answer is held against the
// description by the harness.
func TestEveryOperationAnswersAsItIsDescribed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.walkCatalogue(t)
		w.walkDraft(t)
		w.walkDocuments(t)
		w.walkPublished(t)
		w.walkReporting(t)
		w.walkProgress(t)
		w.walkOrders(t)
		w.walkSupervisionSettings(t)
		w.walkBulletins(t)
		w.walkAssessments(t)
		w.walkTours(t)
		w.walkLivelihood(t)
		w.walkPapers(t)
		w.walkContradiction(t)
		w.walkPublication(t)
		w.walkMap(t)
		w.walkMessages(t)
		w.walkFeeds(t)
		w.walkAudit(t)
		w.walkWebhooks(t)
		for _, o := range w.api.catalog.operations {
			well := 0
			for status, times := range w.served[o.name] {
				if status < 300 {
					well += times
				}
			}
			if well == 0 {
				t.Errorf("%s was never answered well: %v", o.name, w.served[o.name])
			}
		}
	})
}

func (w *world) walkCatalogue(t *testing.T) {
	t.Helper()
	plan := string(w.Plan.ID)
	if me := w.want(t, 200, office, "GET /me", nil); me.text("posts/0/role") != office || !strings.Contains(string(me.body), `"plan.create"`) {
		t.Errorf("%s", me.body)
	}
	w.want(t, 200, office, "GET /units?on=2026-01-01", nil)
	unit := w.want(t, 201, admin, "POST /units", object{"parent": w.Government.ID, "kind": "department", "name": "望溪区体育局", "since": "2020-01-01"})
	path := "/units/" + unit.text("id")
	w.want(t, 200, admin, "PUT "+path, object{"parent": w.Government.ID, "kind": "department", "name": "望溪区文体局"}, "If-Match", unit.Header.Get("ETag"))
	renamed := w.want(t, 200, admin, "POST "+path+"/changes", object{"on": "2026-01-01", "kind": "renamed", "name": "望溪区文体旅游局"}, "If-Match", w.etag(t, admin, path))
	if renamed.text("name_now") != "望溪区文体旅游局" {
		t.Errorf("%s", renamed.body)
	}
	post := w.want(t, 201, office, "POST /posts", object{"unit": w.Bureau.ID, "title": "局长"})
	path = "/posts/" + post.text("id")
	w.want(t, 200, office, "PATCH "+path, object{"title": "主任"}, "If-Match", w.etag(t, office, path))
	held := w.want(t, 200, office, "POST "+path+"/holders", object{"person": "林远", "from": "2026-01-01"}, "If-Match", w.etag(t, office, path))
	if held.text("holders/0/person") != "林远" {
		t.Errorf("%s", held.body)
	}
	w.want(t, 200, office, "GET /units/"+string(w.Bureau.ID)+"/posts", nil)

	w.want(t, 200, office, "GET /indicators?plan="+plan+"&order=name", nil)
	indicator := w.want(t, 201, office, "POST /indicators", object{"plan": plan, "terms": object{"name": "幼儿园", "unit": "所", "direction": "more", "aggregation": "sum"}})
	path = "/indicators/" + indicator.text("id")
	w.want(t, 200, office, "PUT "+path, object{"name": "幼儿园", "unit": "所", "direction": "more", "aggregation": "sum", "scope": "含民办"}, "If-Match", w.etag(t, office, path))
	series := w.want(t, 200, office, "PUT "+path+"/years", object{"figures": object{"year": 2025, "actual": "11.0"}}, "If-Match", w.etag(t, office, path))
	if series.text("series/0/actual") != "11.0" {
		t.Errorf("a figure lost its precision: %s", series.body)
	}

	w.want(t, 200, office, "GET /projects?stage=ongoing&order=-total", nil)
	terms := object{"name": "望溪体育馆", "category": "wellbeing", "lead": w.Bureau.ID, "total": "1594e6", "completion": "2027-10-31"}
	project := w.want(t, 201, office, "POST /projects", object{"plan": plan, "terms": terms})
	path = "/projects/" + project.text("id")
	terms["content"] = "五千座"
	w.want(t, 200, office, "PUT "+path, terms, "If-Match", w.etag(t, office, path))
	w.want(t, 200, office, "POST "+path+"/stages", object{"to": "preparing", "reason": "可研已批"}, "If-Match", w.etag(t, office, path))
	w.want(t, 200, office, "GET "+path+"/stages", nil)

	found := w.want(t, 200, office, "GET /search?words=%E5%85%BB%E8%80%81%E5%BA%8A%E4%BD%8D", nil)
	if items, _ := found.at("items").(list); len(items) == 0 {
		t.Errorf("nothing is found: %s", found.body)
	}
	view := w.want(t, 200, office, "POST /views", object{"name": "逾期", "page": "/commitments", "query": "lacks=owner"})
	w.want(t, 200, office, "GET /views?page=/commitments", nil)
	w.want(t, 204, office, "DELETE /views/"+view.text("id"), nil)
}

func (w *world) walkDraft(t *testing.T) {
	t.Helper()
	plan, doc := "/plans/"+string(w.Plan.ID), string(w.Document.Digest)
	w.want(t, 200, office, "GET /commitments?plan="+string(w.Plan.ID)+"&unit="+string(w.Street.ID)+"&from=2026-01-01&to=2026-12-31&kind=task", nil)
	w.want(t, 200, office, "GET /plans?year=2026&state=draft&order=-year", nil)
	w.want(t, 201, office, "POST /plans", newPlan(w, 2027))
	w.want(t, 200, office, "PATCH "+plan, object{"title": "望溪区2026年重点工作"}, "If-Match", w.etag(t, office, plan))
	w.want(t, 200, office, "GET "+plan+"/workflow", nil)

	made := w.want(t, 201, office, "POST /commitments", object{
		"plan": w.Plan.ID, "document": doc, "at": 0, "end": 19,
		"terms": object{"title": "养老与道路", "kind": "task", "by": "2026-12-31", "targets": list{object{"subject": "养老床位", "cmp": "ge", "value": "200", "unit": "张", "measure": "level"}}},
	})
	path := "/commitments/" + made.text("id")
	corrected := w.want(t, 200, office, "PATCH "+path, object{"firm": true, "by": "2026-11-30"}, "If-Match", made.Header.Get("ETag"))
	if corrected.text("by") != "2026-11-30" || corrected.text("targets/0/value") != "200" {
		t.Errorf("%s", corrected.body)
	}
	split := w.want(t, 200, office, "POST "+path+"/split", object{"cuts": list{12}}, "If-Match", corrected.Header.Get("ETag"))
	parts, _ := split.at("items").(list)
	picked := list{}
	for i := range parts {
		picked = append(picked, object{"id": split.text(fmt.Sprintf("items/%d/id", i)), "revision": split.at(fmt.Sprintf("items/%d/revision", i))})
	}
	merged := w.want(t, 201, office, "POST "+plan+"/merges", object{"commitments": picked})
	pick := func(a answer) list { return list{object{"id": a.text("id"), "revision": a.at("revision")}} }
	w.want(t, 204, office, "POST "+plan+"/weights", object{"commitments": pick(merged), "weight": "2.5"})
	now := w.want(t, 200, office, "GET /commitments/"+merged.text("id"), nil)
	if now.text("weight") != "2.5" {
		t.Errorf("%s", now.body)
	}
	w.want(t, 200, office, "GET "+plan+"/gaps", nil)
	give := object{"commitments": pick(now), "lead": w.Bureau.ID, "cooperating": list{w.Street.ID}}
	w.want(t, 200, office, "POST "+plan+"/assignments", give)
	w.want(t, 200, office, "POST "+plan+"/assignments/undo", nil)
	give["commitments"] = pick(w.want(t, 200, office, "GET /commitments/"+merged.text("id"), nil))
	w.want(t, 200, office, "POST "+plan+"/assignments", give)
	w.want(t, 200, office, "GET "+plan+"/balances", nil)
	w.walkRules(t)

	path = "/commitments/" + merged.text("id")
	w.want(t, 200, office, "PUT "+path+"/milestones", object{"milestones": list{object{"title": "开工", "by": "2026-06-30"}}}, "If-Match", w.etag(t, office, path))
	head := "unit-head@" + string(w.Bureau.ID)
	w.want(t, 204, head, "POST "+path+"/objections", object{"unit": w.Bureau.ID, "reason": "缺少用地"})
	w.want(t, 204, office, "POST "+path+"/replies", object{"unit": w.Bureau.ID, "reply": "用地已协调"})
	w.want(t, 204, head, "POST "+path+"/acceptance", nil)
	standing := w.want(t, 200, head, "GET "+path+"/standing", nil)
	if answers, _ := standing.at("answers").(list); len(answers) == 0 {
		t.Errorf("%s", standing.body)
	}
}

func (w *world) walkRules(t *testing.T) {
	t.Helper()
	plan := "/plans/" + string(w.Plan.ID)
	rules := object{"rules": list{object{"words": list{"养老"}, "from": w.Bureau.ID, "lead": w.Street.ID}}}
	if none := w.want(t, 200, office, "GET "+plan+"/rules", nil); none.at("revision") != 0.0 {
		t.Errorf("%s", none.body)
	}
	w.want(t, 428, office, "PUT "+plan+"/rules", rules)
	w.want(t, 200, office, "PUT "+plan+"/rules", rules, "If-Match", `"0"`)
	w.want(t, 412, office, "PUT "+plan+"/rules", rules, "If-Match", `"0"`)
	fit := w.want(t, 200, office, "POST "+plan+"/rules/preview", rules)
	fitting, _ := fit.at("items").(list)
	if len(fitting) == 0 {
		t.Fatalf("%s", fit.body)
	}
	run := w.want(t, 200, office, "POST "+plan+"/rules/run", rules)
	if changes, _ := run.at("changes").(list); len(changes) != len(fitting) {
		t.Errorf("%s", run.body)
	}
	w.want(t, 200, office, "POST "+plan+"/assignments/undo", nil)
}

func (w *world) walkPublished(t *testing.T) {
	t.Helper()
	plan, path := "/plans/"+string(w.Plan.ID), "/commitments/"+string(w.Commitment.ID)
	w.step(t, office, plan, "submit")
	w.step(t, leader, plan, "approve")
	w.step(t, office, plan, "publish")
	w.want(t, 204, "unit-head@"+string(w.Bureau.ID), "POST "+path+"/milestones/1/marks", object{"on": "2026-06-20", "note": "已选址"})
	now := w.want(t, 200, office, "GET "+path, nil)
	amendment := w.want(t, 201, office, "POST /amendments", object{
		"commitment": object{"id": now.text("id"), "revision": now.at("revision")}, "deadline": "2027-03-31", "reason": "汛期影响施工",
		"basis": object{"title": "区政府第12次常务会议纪要", "number": "望政纪〔2026〕12号", "date": "2026-07-01"}, "effective": "2026-07-15",
	})
	if amendment.text("changes/0/new/date") != "2027-03-31" {
		t.Errorf("%s", amendment.body)
	}
	a := "/amendments/" + amendment.text("id")
	w.want(t, 200, office, "GET /amendments?state=proposed&order=effective", nil)
	w.step(t, office+"@"+string(w.Bureau.ID), a, "pass")
	w.step(t, leader, a, "approve")
	w.want(t, 200, office, "GET "+a+"/workflow", nil)
	w.want(t, 200, office, "POST "+plan+"/applications", object{"amendments": list{amendment.text("id")}, "on": "2026-07-15", "basis": "望政发〔2026〕9号"}, "If-Match", w.etag(t, office, plan))
	if held := w.want(t, 200, office, "GET "+path+"/history?field=deadline", nil); held.text("items/0/content/date") != "2026-12-31" || held.text("items/1/content/date") != "2027-03-31" {
		t.Errorf("%s", held.body)
	}
	w.want(t, 200, office, "GET "+plan+"/versions/1", nil)
	if d := w.want(t, 200, office, "GET "+plan+"/differences?from=1&to=2", nil); d.text("items/0/changes/0/field") != "deadline" {
		t.Errorf("%s", d.body)
	}
}

func (w *world) walkFeeds(t *testing.T) {
	t.Helper()
	direct := w.want(t, 200, office, "GET /deadlines.ics?lead="+string(w.Bureau.ID), nil)
	address := w.want(t, 200, office, "POST /calendar-address", nil)
	path := strings.TrimPrefix(address.text("path"), Base)
	if got := w.want(t, 200, "", "GET "+path+"?lead="+string(w.Bureau.ID), nil); !bytes.Equal(got.body, direct.body) {
		t.Errorf("the two calendars differ: %s", got.body)
	}
	w.want(t, 204, office, "DELETE /calendar-address", nil)
	w.want(t, 404, "", "GET "+path, nil)
	lines := w.want(t, 200, office, "GET /exports/commitments?plan="+string(w.Plan.ID)+"&order=number", nil)
	for line := range strings.Lines(string(lines.body)) {
		var c Commitment
		if err := json.Unmarshal([]byte(line), &c); err != nil || c.Plan != w.Plan.ID || c.Wording == "" {
			t.Errorf("%v in %s", err, line)
		}
	}
	if n := bytes.Count(lines.body, []byte("\n")); n < 2 {
		t.Errorf("%d lines", n)
	}
}

func (w *world) walkAudit(t *testing.T) {
	t.Helper()
	proof := w.want(t, 200, office, "GET /audit/proofs/commitments/"+string(w.Commitment.ID), nil)
	if entries, _ := proof.at("entries").(list); len(entries) == 0 || proof.text("key") == "" {
		t.Errorf("%s", proof.body)
	}
	if head := w.want(t, 200, "", "GET /audit/head", nil); head.at("sound") != true {
		t.Errorf("%s", head.body)
	}
	part := w.want(t, 200, auditor, "GET /audit/entries?action=commitment.&limit=2", nil)
	if part.text("next") == "" {
		t.Fatalf("%s", part.body)
	}
	w.want(t, 200, auditor, "GET /audit/entries?action=commitment.&limit=2&after="+part.text("next"), nil)
	w.want(t, 422, auditor, "GET /audit/entries?after=x", nil)
	w.want(t, 200, auditor, fmt.Sprintf("GET /audit/entries/%v", part.at("items/0/sequence")), nil)
	w.want(t, 404, auditor, "GET /audit/entries/100000", nil)
}

func (w *world) walkWebhooks(t *testing.T) {
	t.Helper()
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	defer receiver.Close()
	terms := object{"address": receiver.URL, "events": list{"plan.*"}, "note": "大屏"}
	made := w.want(t, 201, admin, "POST /webhooks", terms)
	if !strings.HasPrefix(made.text("key"), "whsec_") {
		t.Errorf("%s", made.body)
	}
	path := "/webhooks/" + made.text("id")
	if shown := w.want(t, 200, admin, "GET "+path, nil); shown.at("key") != nil {
		t.Errorf("the key is shown again: %s", shown.body)
	}
	w.want(t, 200, auditor, "GET /webhooks", nil)
	w.want(t, 200, admin, "GET /events", nil)
	terms["state"] = "paused"
	w.want(t, 200, admin, "PUT "+path, terms, "If-Match", w.etag(t, admin, path))
	rekeyed := w.want(t, 200, admin, "POST "+path+"/keys", nil, "If-Match", w.etag(t, admin, path))
	if rekeyed.text("key") == made.text("key") {
		t.Error("the key is the old one")
	}
	w.want(t, 200, admin, "POST "+path+"/pings", nil)
	w.want(t, 200, auditor, "GET "+path+"/deliveries?state=waiting&limit=1", nil)
	w.want(t, 204, admin, "DELETE "+path, nil, "If-Match", w.etag(t, admin, path))
	w.want(t, 404, admin, "GET "+path, nil)
	if w.want(t, 422, admin, "POST /webhooks", object{"address": "http://10.1.2.3/", "events": list{"*"}}).text("code") != "webhook.inside" {
		t.Error("a subscription may reach inside")
	}
	if !slices.Contains(w.Entries(t, "webhooks", made.text("id")), "webhook.edit") {
		t.Error("the log does not know of the subscription")
	}
}
