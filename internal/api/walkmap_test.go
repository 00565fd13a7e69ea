package api

import (
	"strings"
	"testing"
)

// square is the boundary of a street.
const square = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"NAME"},
"geometry":{"type":"Polygon","coordinates":[[[124.1,29.1],[124.3,29.1],[124.3,29.3],[124.1,29.3],[124.1,29.1]]]}}]}`

// walkMap looks at where the plan happens and whose it is.
func (w *world) walkMap(t *testing.T) {
	t.Helper()
	head, plan := "unit-head@"+string(w.Bureau.ID), "/plans/"+string(w.Plan.ID)
	content := strings.NewReader(strings.Replace(square, "NAME", w.Street.Name, 1))
	if _, err := w.options.Atlas.Load(w.Office(t.Context()), w.Government.ID, "街道.geojson", content, 0); err != nil {
		t.Fatal(err)
	}
	seen := w.want(t, 200, head, "GET "+plan+"/map", nil)
	if seen.text("parts/0/unit") != string(w.Street.ID) || seen.at("parts/0/boundary/0/0/0/0") != 124.1 || seen.text("projects/0/name") == "" {
		t.Errorf("%s", seen.body)
	}
	w.want(t, 403, admin, "GET "+plan+"/map", nil)
	compared := w.want(t, 200, leader, "GET "+plan+"/comparison", nil)
	all, listed := compared.at("total/all").(float64), 0.0
	units, _ := compared.at("units").(list)
	for _, u := range units {
		listed += u.(object)["tally"].(object)["all"].(float64)
	}
	if all == 0 || listed != all {
		t.Errorf("the units have %v lights, and there are %v: %s", listed, all, compared.body)
	}
	w.want(t, 403, admin, "GET "+plan+"/comparison", nil)
}
