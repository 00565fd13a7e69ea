package api

import (
	"testing"

	"luoshi/internal/service/livelihood"
	"luoshi/ledger"
	rules "luoshi/ledger/livelihood"
)

// walkLivelihood lets somebody suggest something to a call that the office has opened, and reads what came of it.
func (w *world) walkLivelihood(t *testing.T) {
	t.Helper()
	rule := rules.Usual()
	rule.Deputies = 30
	ctx := w.Office(t.Context())
	round, err := w.options.Livelihood.CreateRound(ctx, w.Government.ID, 2027, livelihood.Terms{
		Title: "望溪区2027年民生实事项目", Call: "请提出建议。", Until: w.Today().AddDays(30), Rule: rule,
	})
	if err == nil {
		_, err = w.options.Livelihood.StepRound(ctx, round.ID, "call", "", 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	head, path := "unit-head@"+string(w.Bureau.ID), "/livelihood-rounds/"+string(round.ID)
	w.want(t, 422, head, "POST "+path+"/candidates", object{"title": "望湖路安装路灯", "text": ""})
	wish := w.want(t, 200, head, "POST "+path+"/candidates", object{"title": "望湖路安装路灯", "text": "夜里看不见路"})
	if wish.text("origin") != "unit" || wish.text("state") != "received" {
		t.Errorf("%s", wish.body)
	}
	if seen := w.want(t, 200, head, "GET "+path, nil); seen.at("candidates/0") != nil || seen.text("state") != "open" {
		t.Errorf("a unit sees what nobody has looked at: %s", seen.body)
	}
	if seen := w.want(t, 200, office, "GET "+path, nil); seen.text("candidates/0/title") != "望湖路安装路灯" || seen.text("steps/0/action") != "screen" {
		t.Errorf("%s", seen.body)
	}
	if all := w.want(t, 200, head, "GET /livelihood-rounds", nil); all.text("items/0/title") != round.Title {
		t.Errorf("%s", all.body)
	}
	c := w.Promise(w.Store(), ledger.CommitmentTerms{Title: "建成社区食堂6处", Section: 2, Kind: ledger.KindLivelihood, Lead: w.Bureau.ID})
	if _, err := w.Store().Commitments().Add(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	items := w.want(t, 200, head, "GET /plans/"+string(w.Plan.ID)+"/livelihood-items", nil)
	if items.text("items/0/title") != "建成社区食堂6处" || items.text("items/0/state") != "delivering" {
		t.Errorf("%s", items.body)
	}
}
