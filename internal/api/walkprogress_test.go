package api

import (
	"bytes"
	"strings"
	"testing"
)

// walkProgress looks at what walkReporting has locked.
func (w *world) walkProgress(t *testing.T) {
	t.Helper()
	plan := "/plans/" + string(w.Plan.ID)
	rules := w.want(t, 200, office, "GET /light-rules", nil)
	terms := w.want(t, 200, office, "GET "+plan+"/light-terms", nil)
	w.want(t, 200, office, "PUT "+plan+"/light-terms", object{
		"rule": rules.text("items/0/name"), "paths": object{"task": object{"kind": "quarters", "weights": list{"10", "20", "30", "40"}}},
	}, "If-Match", terms.Header.Get("ETag"))
	if run := w.want(t, 200, office, "POST "+plan+"/light-runs", nil); run.at("judged") == nil {
		t.Errorf("%s", run.body)
	}
	listed := w.want(t, 200, office, "GET "+plan+"/lights?colour=red&colour=yellow&colour=grey&colour=green&order=-by", nil)
	if listed.text("items/0/colour") == "" || listed.at("items/0/parts/0/why") == nil {
		t.Errorf("%s", listed.body)
	}
	worst := w.want(t, 200, office, "GET "+plan+"/lights?order=severity&limit=1", nil)
	if best := w.want(t, 200, office, "GET "+plan+"/lights?order=-severity&limit=1", nil); worst.text("items/0/commitment") == best.text("items/0/commitment") {
		t.Errorf("by severity: %s, and backwards %s", worst.body, best.body)
	}
	light := "/commitments/" + listed.text("items/0/commitment") + "/light"
	set := w.want(t, 200, office, "POST "+light+"/settings", object{"colour": "red", "reason": "现场核查"})
	if set.text("colour") != "red" || set.text("by_hand/reason") != "现场核查" || set.text("history/0/cause") != "set" {
		t.Errorf("%s", set.body)
	}
	lifted := w.want(t, 200, office, "POST "+light+"/lifts", object{"reason": "整改完成"})
	if lifted.text("history/0/cause") != "lifted" || !strings.Contains(string(lifted.body), `"expected"`) {
		t.Errorf("%s", lifted.body)
	}
	w.want(t, 200, office, "GET "+light, nil)
	own := w.want(t, 200, office, "GET "+strings.Replace(light, "/light", "/light-terms", 1), nil)
	w.want(t, 200, office, "PUT "+strings.Replace(light, "/light", "/light-terms", 1), object{"path": object{"kind": "end"}}, "If-Match", own.Header.Get("ETag"))
	if overview := w.want(t, 200, leader, "GET "+plan+"/overview", nil); overview.at("total/all") == nil || overview.text("units/0/name") == "" {
		t.Errorf("%s", overview.body)
	}
	w.want(t, 200, office, "GET "+plan+"/contradictions", nil)
	w.want(t, 200, office, "GET /indicators/"+string(w.Indicator.ID)+"/progress", nil)
	w.want(t, 200, office, "GET /projects/"+string(w.Project.ID)+"/progress", nil)
	w.walkAccounts(t, plan)
}

func (w *world) walkAccounts(t *testing.T, plan string) {
	t.Helper()
	tables := w.want(t, 200, office, "GET "+plan+"/tables?period=2026-H1", nil)
	if tables.text("period") != "2026-H1" || tables.at("projects/0/count") == nil {
		t.Errorf("%s", tables.body)
	}
	w.want(t, 422, office, "GET "+plan+"/tables?period=2025-H1", nil)
	if file := w.want(t, 200, office, "GET "+plan+"/tables/workbook?period=2026-H1", nil); !bytes.HasPrefix(file.body, []byte("PK")) {
		t.Errorf("%d bytes are no workbook", len(file.body))
	}
	for path, want := range map[string]string{"sdmx/data": `"dataSets"`, "sdmx/structure": `"codelists"`, "figures.csv": "OBS_VALUE", "figures/dictionary.csv": "OBS_VALUE"} {
		if got := w.want(t, 200, office, "GET "+plan+"/"+path, nil); !strings.Contains(string(got.body), want) {
			t.Errorf("%s: %s", path, got.body)
		}
	}
}
