package page

import (
	"strconv"

	"luoshi/ledger"
)

// The pages of records, for links from wherever they are named. Rest is what follows: "/edit", "?tab=2", or nothing.

// PlanURL is the page of a plan.
func PlanURL(id ledger.PlanID, rest string) string { return "/plans/" + string(id) + rest }

// AreaURL is the page of a section of a plan, with all beneath it.
func AreaURL(plan ledger.PlanID, section int, rest string) string {
	return PlanURL(plan, "/areas/"+strconv.Itoa(section)+rest)
}

// CommitmentURL is the page of a commitment.
func CommitmentURL(id ledger.CommitmentID, rest string) string {
	return "/commitments/" + string(id) + rest
}

// AmendmentURL is the page of an amendment.
func AmendmentURL(id ledger.AmendmentID, rest string) string {
	return "/amendments/" + string(id) + rest
}

// IndicatorURL is the page of an indicator.
func IndicatorURL(id ledger.IndicatorID, rest string) string {
	return "/indicators/" + string(id) + rest
}

// ProjectURL is the page of a project.
func ProjectURL(id ledger.ProjectID, rest string) string { return "/projects/" + string(id) + rest }

// UnitURL is the page of a unit.
func UnitURL(id ledger.UnitID, rest string) string { return "/units/" + string(id) + rest }
