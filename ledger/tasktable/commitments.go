package tasktable

import "luoshi/ledger"

// Commitments are the good rows as commitments of a plan. Sections holds the number of each row's section, as
// Outline gives it; offset is behind how many sections of the plan they stand.
func Commitments(rows []Row, sections []int, offset int, plan ledger.PlanID, newID func() string) []ledger.Commitment {
	ids := map[string]ledger.CommitmentID{}
	own := make([]ledger.CommitmentID, len(rows))
	for i, row := range rows {
		if !row.Good() {
			continue
		}
		own[i] = ledger.CommitmentID(newID())
		if row.Number != "" {
			ids[row.Number] = own[i]
		}
	}
	var commitments []ledger.Commitment
	for i, row := range rows {
		if !row.Good() {
			continue
		}
		section := sections[i]
		if section > 0 {
			section += offset
		}
		commitments = append(commitments, ledger.NewCommitment(ledger.CommitmentTerms{
			ID: own[i], Plan: plan, Number: row.Number, Title: row.Title, Section: section, Kind: row.Kind, State: ledger.Prepared,
			Targets: row.Targets, By: row.By, Firm: row.Firm, Lead: row.Lead, Cooperating: row.Cooperating, Post: row.Post,
			Milestones: row.Milestones, Weight: row.Weight, Parent: ids[row.Parent],
		}, row.Source...))
	}
	return commitments
}
