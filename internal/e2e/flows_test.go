package e2e_test

import "testing"

// People of every role do their work with the program as it is installed, one after another on the same district.
func TestPeopleAtWork(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		for _, flow := range []struct {
			name string
			run  func(t *testing.T, s *site)
		}{
			{"a new colleague", newColleague},
			{"a forgotten password", lockout},
			{"two languages", languages},
			{"forged requests", forgeries},
			{"an amendment", amendment},
			{"roles", roles},
			{"views", views},
			{"two editors", twoEditors},
			{"an auditor", auditor},
			{"homes", homes},
			{"a round", round},
			{"a correction", correction},
			{"lights", lights},
			{"tables", tables},
			{"a bulletin", bulletin},
			{"a report", paper},
			{"an assessment", assessment},
			{"an order", anOrder},
			{"livelihood items", livelihoodItems},
			{"a clerk", clerk},
			{"public pages", publicPages},
			{"following a promise", following},
			{"a wall chart", wallChart},
			{"a wall screen", wallScreen},
			{"a map", mapOfStreets},
			{"other governments", otherGovernments},
			{"every page", everyPage},
		} {
			t.Run(flow.name, func(t *testing.T) { flow.run(t, s) })
		}
	})
}
