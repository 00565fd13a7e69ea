package api

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"luoshi/ledger"
)

// walkLivelihood takes a call from its draft to the plan that promises what was chosen, and an item to its closing.
func (w *world) walkLivelihood(t *testing.T) {
	t.Helper()
	path := w.walkCall(t)
	ids := w.walkScreening(t, path)
	w.walkVote(t, path, ids)
	w.walkPromise(t, path, ids)
	w.walkItem(t)
}

// take takes a round or an item a step on.
func (w *world) advance(t *testing.T, who, path, action, state string) answer {
	t.Helper()
	a := w.want(t, 200, who, "POST "+path+"/steps", object{"action": action, "reason": "按程序办理"}, "If-Match", w.etag(t, who, path))
	if a.text("state") != state {
		t.Errorf("after %s it is %s", action, a.body)
	}
	return a
}

// walkCall begins a call and opens it; once with its key.
func (w *world) walkCall(t *testing.T) string {
	t.Helper()
	year := w.Today().Year
	terms := object{"title": "望溪区民生实事项目"}
	round := object{"government": w.Government.ID, "year": year, "terms": terms}
	w.want(t, 403, "unit-head@"+string(w.Bureau.ID), "POST /livelihood-rounds", round)
	terms["rule"] = object{
		"seats": 1, "marks": 1, "spare": 1, "deputies": 3, "quorum": "5/2", "majority": "1/2", "base": "deputies", "ties": "again", "satisfied": 80, "answers": 2,
	}
	if a := w.want(t, 422, office, "POST /livelihood-rounds", round); a.text("code") != "rule.quorum" {
		t.Errorf("%s", a.body)
	}
	terms["rule"].(object)["quorum"] = "2/3"
	made := w.want(t, 201, office, "POST /livelihood-rounds", round, "Idempotency-Key", "livelihood-round-1")
	again := w.want(t, 201, office, "POST /livelihood-rounds", round, "Idempotency-Key", "livelihood-round-1")
	if made.text("id") != again.text("id") || made.text("rule/quorum") != "2/3" || made.text("state") != "draft" {
		t.Errorf("%s and %s", made.body, again.body)
	}
	path := strings.TrimPrefix(made.Header.Get("Location"), Base)
	terms["call"], terms["until"] = "请提出建议。", w.Today().AddDays(30).String()
	delete(terms, "rule")
	w.want(t, 428, office, "PUT "+path, terms)
	w.want(t, 412, office, "PUT "+path, terms, "If-Match", `"9"`)
	if saved := w.want(t, 200, office, "PUT "+path, terms, "If-Match", w.etag(t, office, path)); saved.at("rule/deputies") != 3.0 {
		t.Errorf("the rule did not stay: %s", saved.body)
	}
	w.advance(t, office, path, "call", "open")
	return path
}

// walkScreening suggests candidates and screens them, and is those on the ballot.
func (w *world) walkScreening(t *testing.T, path string) []string {
	t.Helper()
	head := "unit-head@" + string(w.Bureau.ID)
	w.want(t, 422, head, "POST "+path+"/candidates", object{"title": "望湖路安装路灯", "text": ""})
	wish := w.want(t, 200, head, "POST "+path+"/candidates", object{"title": "望湖路安装路灯", "text": "夜里看不见路"})
	if wish.text("origin") != "unit" || wish.text("state") != "received" {
		t.Errorf("%s", wish.body)
	}
	if seen := w.want(t, 200, head, "GET "+path, nil); seen.at("candidates/0") != nil || seen.text("state") != "open" {
		t.Errorf("a unit sees what nobody has looked at: %s", seen.body)
	}
	if all := w.want(t, 200, head, "GET /livelihood-rounds", nil); all.text("items/0/state") != "open" {
		t.Errorf("%s", all.body)
	}
	candidate := "/livelihood-candidates/" + wish.text("id")
	words := object{"title": "望湖路安装路灯60盏", "text": "夜里看不见路", "lead": w.Bureau.ID, "by": w.Today().AddDays(60).String()}
	w.want(t, 403, head, "PUT "+candidate, words, "If-Match", `"1"`)
	w.want(t, 428, office, "PUT "+candidate, words)
	edited := w.want(t, 200, office, "PUT "+candidate, words, "If-Match", w.etag(t, office, candidate))
	w.want(t, 412, office, "PUT "+candidate, words, "If-Match", `"1"`)
	if edited.text("title") != words["title"] || edited.at("revision") != 2.0 {
		t.Errorf("%s", edited.body)
	}
	w.want(t, 422, office, "POST "+candidate+"/moves", object{"move": "reject"})
	ids := []string{wish.text("id")}
	second := w.want(t, 200, office, "POST "+path+"/candidates", object{"title": "建成社区食堂6处", "text": "老人吃饭难"})
	part := w.want(t, 200, office, "POST "+path+"/candidates", object{"title": "多办食堂", "text": "老人吃饭难"})
	ids = append(ids, second.text("id"))
	merged := w.want(t, 200, office, "POST /livelihood-candidates/"+part.text("id")+"/moves", object{"move": "merge", "into": second.at("number")})
	if merged.text("into") != ids[1] || merged.text("state") != "merged" {
		t.Errorf("%s", merged.body)
	}
	for _, id := range ids {
		w.want(t, 200, office, "POST /livelihood-candidates/"+id+"/moves", object{"move": "list"})
	}
	w.advance(t, office, path, "screen", "screening")
	w.advance(t, office, path, "propose", "approval")
	return ids
}

// walkVote has one deputy vote, counts the ballots of two on paper, and confirms the result: the first is chosen.
func (w *world) walkVote(t *testing.T, path string, ids []string) {
	t.Helper()
	voting := w.advance(t, leader, path, "approve", "voting")
	if voting.text("ballot/0") != ids[0] {
		t.Errorf("%s", voting.body)
	}
	deputy := "deputy@" + string(w.Government.ID)
	w.want(t, 403, office, "POST "+path+"/ballots", object{"marked": ids[:1]})
	w.want(t, 422, deputy, "POST "+path+"/ballots", object{"marked": ids})
	if cast := w.want(t, 200, deputy, "POST "+path+"/ballots", object{"marked": ids[:1]}); cast.at("voted") != true {
		t.Errorf("%s", cast.body)
	}
	if twice := w.want(t, 422, deputy, "POST "+path+"/ballots", object{"marked": list{}}); twice.text("code") != "vote.twice" {
		t.Errorf("%s", twice.body)
	}
	sheet := func(status int, votes string) answer {
		body, contentType := replyOf(t, object{"issued": "2", "received": "2", "valid": "2", "votes": votes}, map[string]string{"计票单.txt": "监票人签字"})
		return w.want(t, status, office, "POST "+path+"/sheets", body, "Content-Type", contentType)
	}
	if wrong := sheet(422, "two"); wrong.text("code") != "form.counts" {
		t.Errorf("%s", wrong.body)
	}
	first := sheet(200, `{"`+ids[0]+`":1}`)
	paper := path + "/sheets/" + first.text("sheets/0/id")
	if got := w.want(t, 200, office, "GET "+paper, nil); string(got.body) != "监票人签字" || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%v %s", got.Header, got.body)
	}
	w.want(t, 422, office, "POST "+paper+"/withdrawal", object{"reason": " "})
	w.want(t, 200, office, "POST "+paper+"/withdrawal", object{"reason": "漏计一票"})
	sheet(200, `{"`+ids[0]+`":2}`)
	w.advance(t, office, path, "count", "counted")
	if decided := w.advance(t, leader, path, "decide", "decided"); decided.text("result/0/candidate") != ids[0] || decided.at("result/0/votes") != 3.0 {
		t.Errorf("%s", decided.body)
	}
}

// walkPromise puts what was chosen into a plan; once.
func (w *world) walkPromise(t *testing.T, path string, ids []string) {
	t.Helper()
	plan := w.want(t, 201, office, "POST /plans", newPlan(w, int(w.Today().Year)))
	entered := w.want(t, 200, office, "POST "+path+"/promises", object{"plan": plan.text("id")})
	if !strings.Contains(string(entered.body), `"commitments":["`) {
		t.Errorf("nothing promises it: %s", entered.body)
	}
	promise := w.promiseItem(t, "建成口袋公园3处")
	w.want(t, 422, office, "POST /livelihood-candidates/"+ids[1]+"/promises", object{"commitment": promise})
	linked := w.want(t, 200, office, "POST /livelihood-candidates/"+ids[0]+"/promises", object{"commitment": promise})
	if commitments, _ := linked.at("commitments").(list); len(commitments) != 2 {
		t.Errorf("%s", linked.body)
	}
}

// promiseItem is a livelihood item in force.
func (w *world) promiseItem(t *testing.T, title string) ledger.CommitmentID {
	t.Helper()
	c := w.Promise(w.Store(), ledger.CommitmentTerms{Title: title, Section: 2, Kind: ledger.KindLivelihood, Lead: w.Bureau.ID, State: ledger.InForce})
	made, err := w.Store().Commitments().Add(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return made.Value.ID
}

// form sends a form with a file.
func (w *world) form(t *testing.T, status int, who, path string, fields object, files map[string]string) answer {
	t.Helper()
	body, contentType := replyOf(t, fields, files)
	return w.want(t, status, who, "POST "+path, body, "Content-Type", contentType)
}

// walkItem shows by pictures that an item is done, asks people, and closes it.
func (w *world) walkItem(t *testing.T) {
	t.Helper()
	id := w.promiseItem(t, "建成社区食堂6处")
	head, path, today := "unit-head@"+string(w.Bureau.ID), "/livelihood-items/"+string(id), w.Today().String()
	items := w.want(t, 200, head, "GET /plans/"+string(w.Plan.ID)+"/livelihood-items?limit=1", nil)
	if items.text("items/0/state") != "delivering" || items.text("next") == "" {
		t.Errorf("%s", items.body)
	}
	var pixels bytes.Buffer
	if err := png.Encode(&pixels, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	shot := object{"stage": "after", "on": today, "caption": "食堂开业"}
	w.form(t, 422, head, path+"/pictures", shot, map[string]string{"照片.png": "no picture"})
	w.form(t, 403, "unit-head@"+string(w.Street.ID), path+"/pictures", shot, map[string]string{"照片.png": pixels.String()})
	w.form(t, 200, head, path+"/pictures", shot, map[string]string{"模糊.png": pixels.String()})
	shown := w.form(t, 200, head, path+"/pictures", shot, map[string]string{"照片.png": pixels.String()})
	picture := "/livelihood-pictures/" + shown.text("shown/0/id")
	if got := w.want(t, 200, head, "GET "+picture, nil); len(got.body) == 0 {
		t.Error("the picture is empty")
	}
	w.want(t, 204, head, "POST "+picture+"/withdrawal", object{"reason": "模糊"})
	w.want(t, 428, head, "POST "+path+"/steps", object{"action": "finish"})
	w.advance(t, head, path, "finish", "reported")
	w.want(t, 412, office, "POST "+path+"/steps", object{"action": "pass"}, "If-Match", `"0"`)
	w.advance(t, office, path, "pass", "surveying")
	survey := object{"scale": "citizens", "on": today, "asked": "40", "counts": `{"very":20,"bad":10}`, "note": "入户走访"}
	w.form(t, 403, head, path+"/surveys", survey, nil)
	asked := w.form(t, 200, office, path+"/surveys", survey, nil)
	w.want(t, 422, office, "POST "+path+"/steps", object{"action": "close"}, "If-Match", w.etag(t, office, path))
	w.want(t, 204, office, "POST /livelihood-surveys/"+asked.text("surveys/0/id")+"/withdrawal", object{"reason": "误录"})
	survey["counts"] = `{"very":36,"bad":1}`
	w.form(t, 200, office, path+"/surveys", survey, map[string]string{"问卷.txt": "回收37份"})
	if closed := w.advance(t, office, path, "close", "closed"); closed.text("satisfaction/0/rate") != "97.3" {
		t.Errorf("%s", closed.body)
	}
}
