package api

import (
	"net/url"
	"testing"
)

// walkPublication makes a plan public, and answers what citizens say of it.
func (w *world) walkPublication(t *testing.T) {
	t.Helper()
	head, path := "unit-head@"+string(w.Bureau.ID), "/plans/"+string(w.Plan.ID)+"/publication"
	w.want(t, 403, head, "GET "+path, nil)
	offered := w.want(t, 200, office, "GET "+path, nil)
	if offered.at("open") != false || offered.at("revision") != 0.0 || offered.at("edition") != nil {
		t.Errorf("before anybody has decided: %s", offered.body)
	}
	wish := object{"open": true, "address": "2026", "shows": list{"units", "lights", "figures", "feedback"}}
	w.want(t, 428, office, "PUT "+path, wish)
	w.want(t, 422, office, "PUT "+path, object{"open": true, "address": "2026", "shows": list{"telephones"}}, "If-Match", offered.Header.Get("ETag"))
	public := w.want(t, 200, office, "PUT "+path, wish, "If-Match", offered.Header.Get("ETag"))
	w.want(t, 412, office, "PUT "+path, wish, "If-Match", offered.Header.Get("ETag"))
	if public.at("open") != true || public.at("edition/number") != 1.0 {
		t.Errorf("%s", public.body)
	}
	w.hearCitizens(t, "车站旁的床位还没有开工。", "车站旁的床位已有人入住。")
	w.want(t, 403, head, "GET /feedback", nil)
	waiting := w.want(t, 200, office, "GET /feedback?limit=1", nil)
	other := w.want(t, 200, office, "GET /feedback?limit=1&after="+url.QueryEscape(waiting.text("next")), nil)
	if waiting.text("items/0/words") != "车站旁的床位还没有开工。" || other.text("items/0/words") != "车站旁的床位已有人入住。" || other.text("next") != "" {
		t.Errorf("%s, and then %s", waiting.body, other.body)
	}
	first, second := "/feedback/"+waiting.text("items/0/id"), "/feedback/"+other.text("items/0/id")
	answer := object{"answer": "已转责任单位核实。"}
	w.want(t, 428, office, "POST "+first+"/acceptance", answer)
	w.want(t, 403, head, "POST "+first+"/acceptance", answer, "If-Match", `"1"`)
	w.want(t, 412, office, "POST "+first+"/acceptance", answer, "If-Match", `"7"`)
	accepted := w.want(t, 200, office, "POST "+first+"/acceptance", answer, "If-Match", `"1"`)
	if order := w.want(t, 200, office, "GET /orders/"+accepted.text("order"), nil); order.text("state") != "draft" {
		t.Errorf("it led to %s", order.body)
	}
	w.want(t, 422, office, "POST "+first+"/rejection", answer, "If-Match", accepted.Header.Get("ETag"))
	w.want(t, 200, office, "POST "+second+"/rejection", object{"answer": "与实际相符，谢谢。"}, "If-Match", `"1"`)
	if rejected := w.want(t, 200, office, "GET /feedback?state=rejected", nil); rejected.text("items/0/answer") != "与实际相符，谢谢。" {
		t.Errorf("%s", rejected.body)
	}
}

// hearCitizens lets citizens say something of the district's commitment.
func (w *world) hearCitizens(t *testing.T, all ...string) {
	t.Helper()
	s := w.options.Publication
	opened, err := s.Plan(t.Context(), "2026")
	if err != nil {
		t.Fatal(err)
	}
	told, err := s.All(t.Context(), opened)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range told {
		if p.Promise.ID != w.Commitment.ID {
			continue
		}
		for _, words := range all {
			if _, err := s.Send(t.Context(), "2026", p.Promise.Key, words); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	t.Fatalf("the commitment is not among the %d that are public", len(told))
}
