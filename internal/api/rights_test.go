package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// forged is an operation's path with identifiers that nothing has.
func forged(o operation) string {
	path := o.path
	for _, name := range []string{"{id}", "{plan}", "{document}", "{secret}", "{kind}", "{entry}", "{appeal}", "{sheet}"} {
		path = strings.ReplaceAll(path, name, "01a20000-0000-7000-8000-000000000000")
	}
	path = strings.ReplaceAll(path, "{format}", "docx")
	path = strings.ReplaceAll(strings.ReplaceAll(path, "{number}", "1"), "{sequence}", "999999")
	if slices.Contains([]string{"compare-versions", "compare-documents", "get-history", "search", "list-views", "get-order-statistics"}, o.name) {
		path += "?" + map[string]string{
			"compare-versions": "from=1&to=2", "compare-documents": "earlier=x", "get-history": "field=lead", "search": "words=x", "list-views": "page=x",
			"get-order-statistics": "from=2026-01-01&to=2026-12-31",
		}[o.name]
	}
	return o.method + " " + path
}

// The matrix: everybody at every operation. Who holds its right for nothing at all is refused before anything of the
// request is looked at, and with 401 where nobody has signed in; everybody else gets past that door.
func TestNobodyGetsPastTheDoorOfAnOperationWithoutItsRight(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		roles := append([]access.Role{""}, w.Rights().Roles()...)
		for _, o := range w.api.catalog.operations {
			for _, role := range roles {
				if role == access.Public {
					continue
				}
				who := string(role)
				a := w.call(t, who, forged(o), nil)
				allowed := o.entry.Anyone || o.entry.SignedIn && who != ""
				certain := allowed // and not only for what is made public, of which there is nothing here
				if o.entry.Action != "" {
					caller := access.Actor{}
					if who != "" {
						caller = service.CallerOf(w.AsAccount(t.Context(), ledger.AccountID(who), role, w.Government.ID)).Actor
					}
					allowed = w.Rights().May(caller, o.entry.Action)
					scope := w.Rights().Scope(caller, o.entry.Action)
					certain = allowed && (scope.All || scope.NoUnit || len(scope.Own) > 0)
				}
				refused := a.StatusCode == http.StatusForbidden || a.StatusCode == http.StatusUnauthorized
				if !allowed && !refused {
					t.Errorf("%s lets %q in: %d %s", o.name, who, a.StatusCode, a.body)
				}
				if !allowed && who == "" && a.StatusCode != http.StatusUnauthorized {
					t.Errorf("%s does not ask a stranger to sign in: %d", o.name, a.StatusCode)
				}
				// What the body lacks may only be told to who is allowed in; a record that is not there is not found.
				if certain && refused && !isOfUnits(o) {
					t.Errorf("%s keeps %q out: %d %s", o.name, who, a.StatusCode, a.body)
				}
				if a.StatusCode >= http.StatusInternalServerError {
					t.Errorf("%s fails for %q: %d %s", o.name, who, a.StatusCode, a.body)
				}
			}
		}
	})
}

// isOfUnits tells of the operations whose use case asks for a unit of the caller's before it looks for a record.
func isOfUnits(o operation) bool {
	return slices.Contains([]string{"get-proof", "found-unit", "change-unit", "correct-unit", "list-posts", "get-unit", "export-commitments"}, o.name)
}

// What a head or a reporter of one unit may not see or do of another's.
func TestOtherUnitsRecordsAreOutOfReach(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		stranger := ledger.Unit{ID: ledger.UnitID("01a20000-0000-7000-8000-0000000000aa"), Parent: w.Government.ID, Kind: ledger.Department, Name: "望溪区档案局"}
		if _, err := w.Store().Units().Add(t.Context(), stranger); err != nil {
			t.Fatal(err)
		}
		commitment, project := "/commitments/"+string(w.Commitment.ID), "/projects/"+string(w.Project.ID)
		for _, role := range []string{"unit-head", "reporter"} {
			other := role + "@" + string(stranger.ID)
			for _, route := range []string{
				"GET " + commitment, "GET " + commitment + "/standing", "GET " + commitment + "/history?field=lead", "GET " + project,
				"GET " + project + "/stages", "GET /audit/proofs/commitments/" + string(w.Commitment.ID), "GET /audit/proofs/projects/" + string(w.Project.ID),
			} {
				if a := w.want(t, http.StatusForbidden, other, route, nil); strings.Contains(string(a.body), w.Commitment.Title) || strings.Contains(string(a.body), w.Project.Name) {
					t.Errorf("the refusal of %s tells what it refuses: %s", route, a.body)
				}
			}
			for _, list := range []string{"/commitments", "/projects", "/commitments?lead=" + string(w.Bureau.ID), "/amendments"} {
				if a := w.want(t, http.StatusOK, other, "GET "+list, nil); len(a.at("items").([]any)) != 0 {
					t.Errorf("%s sees in %s: %s", other, list, a.body)
				}
			}
			if a := w.want(t, http.StatusOK, other, "GET /search?words=%E5%85%BB%E8%80%81", nil); strings.Contains(string(a.body), string(w.Commitment.ID)) {
				t.Errorf("%s finds what is not to be seen: %s", other, a.body)
			}
			if a := w.want(t, http.StatusOK, other, "GET /deadlines.ics", nil); strings.Contains(string(a.body), string(w.Commitment.ID)) {
				t.Errorf("%s is told of deadlines: %s", other, a.body)
			}
			if a := w.want(t, http.StatusOK, other, "GET /exports/commitments", nil); len(a.body) != 0 {
				t.Errorf("%s takes out: %s", other, a.body)
			}
		}
		head := "unit-head@" + string(stranger.ID)
		w.want(t, http.StatusForbidden, head, "POST "+commitment+"/acceptance", nil)
		w.want(t, http.StatusForbidden, head, "PUT "+commitment+"/milestones", map[string]any{"milestones": []any{}}, "If-Match", `"1"`)
		w.want(t, http.StatusForbidden, head, "PUT "+project, map[string]any{"name": "x", "category": "ecology"}, "If-Match", `"1"`)
		if entries := w.Entries(t, "accounts", head); len(entries) < 3 || slices.ContainsFunc(entries, func(e string) bool { return e != string(service.Refuse) }) {
			t.Errorf("the log keeps %v", entries)
		}
		own := "reporter@" + string(w.Street.ID)
		if a := w.want(t, http.StatusOK, own, "GET /commitments", nil); len(a.at("items").([]any)) != 1 {
			t.Errorf("a unit that takes part sees %s", a.body)
		}
	})
}

// Who reads may take out no more than the right to take out covers.
func TestExportsHoldWhatMayBeTakenOut(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for who, lines := range map[string]int{
			office: 1, "unit-head@" + string(w.Street.ID): 1, "reporter@" + string(w.Street.ID): 0, "reporter@" + string(w.Bureau.ID): 1,
		} {
			a := w.want(t, http.StatusOK, who, "GET /exports/commitments", nil)
			if got := strings.Count(string(a.body), "\n"); got != lines {
				t.Errorf("%s takes out %d", who, got)
			}
		}
	})
}

// The names in addresses that no record has are answered as that, and never as an error of ours.
func TestForgedIdentifiersAreNotFound(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, id := range []string{
			"0", "..%2f..%2fetc%2fpasswd", "%00", "'%20OR%20'1'='1", "%F0%9F%98%80", strings.Repeat("a", 100), "01a20000-0000-7000-8000-000000000000",
		} {
			for _, kind := range []string{"plans", "commitments", "amendments", "indicators", "projects", "units", "documents", "posts", "rounds", "submissions", "evidence", "corrections", "orders", "order-evidence", "bulletins", "assessments", "tours"} {
				a := w.call(t, office, fmt.Sprintf("GET /%s/%s", kind, id), nil)
				if a.StatusCode != http.StatusNotFound && a.StatusCode != http.StatusUnprocessableEntity && a.StatusCode != http.StatusBadRequest {
					t.Errorf("%s %s: %d %s", kind, id, a.StatusCode, a.body)
				}
			}
		}
		w.want(t, http.StatusUnprocessableEntity, office, "GET /plans/"+strings.Repeat("a", 101), nil)
	})
}
