package reporting

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

type settingsRow struct {
	bun.BaseModel `bun:"table:report_settings,alias:report_settings"`
	Plan          string `bun:"plan,pk"`
	Revision      int64  `bun:"revision"`
	Body          string `bun:"body"`
}

type roundRow struct {
	bun.BaseModel `bun:"table:rounds,alias:rounds"`
	ID            string `bun:"id,pk"`
	Revision      int64  `bun:"revision"`
	Plan          string `bun:"plan"`
	Period        string `bun:"period"`
	Ends          string `bun:"ends"`
	Opens         string `bun:"opens"`
	Due           string `bun:"due"`
	Closes        string `bun:"closes"`
	State         string `bun:"state"`
	ByHand        bool   `bun:"by_hand"`
}

func rowOfRound(r reporting.Round) roundRow {
	return roundRow{
		ID: string(r.ID), Revision: 1, Plan: string(r.Plan), Period: r.Period.Key(), Ends: r.Period.Span().To.String(),
		Opens: r.Opens.String(), Due: r.Due.String(), Closes: r.Closes.String(), State: string(r.State),
	}
}

func (r roundRow) round() reporting.Round {
	return reporting.Round{
		ID: reporting.RoundID(r.ID), Plan: ledger.PlanID(r.Plan), Period: periodOf(r.Period), Opens: store.DateOf(r.Opens),
		Due: store.DateOf(r.Due), Closes: store.DateOf(r.Closes), State: reporting.RoundState(r.State),
	}
}

type submissionRow struct {
	bun.BaseModel `bun:"table:submissions,alias:submissions"`
	ID            string  `bun:"id,pk"`
	Revision      int64   `bun:"revision"`
	Round         string  `bun:"round"`
	Plan          string  `bun:"plan"`
	Period        string  `bun:"period"`
	Ends          string  `bun:"ends"`
	Unit          string  `bun:"unit"`
	State         string  `bun:"state"`
	Asked         int     `bun:"asked"`
	Filled        int     `bun:"filled"`
	Warnings      int     `bun:"warnings"`
	Statistics    bool    `bun:"statistics"`
	Late          bool    `bun:"late"`
	Sent          *string `bun:"sent"`
	Updated       string  `bun:"updated"`
	Returned      string  `bun:"returned"`
	Form          string  `bun:"form"`
	Burden        string  `bun:"burden"`
}

func (r submissionRow) submission() Submission {
	s := Submission{
		ID: reporting.SubmissionID(r.ID), Round: reporting.RoundID(r.Round), Plan: ledger.PlanID(r.Plan), Period: periodOf(r.Period),
		Unit: ledger.UnitID(r.Unit), State: reporting.State(r.State), Asked: r.Asked, Filled: r.Filled, Warnings: r.Warnings,
		Late: r.Late, Revision: r.Revision, Updated: store.TimeOf(r.Updated),
	}
	if r.Sent != nil {
		s.Sent = store.TimeOf(*r.Sent)
	}
	return s
}

type observationRow struct {
	bun.BaseModel `bun:"table:observations,alias:observations"`
	ID            string `bun:"id,pk"`
	Revision      int64  `bun:"revision"`
	Submission    string `bun:"submission"`
	Subject       string `bun:"subject"`
	Account       string `bun:"account"`
	AtTime        string `bun:"at_time"`
	Terms         string `bun:"terms"`
	Body          string `bun:"body"`
	Warnings      int    `bun:"warnings"`
}

func (r observationRow) observation() (reporting.Observation, error) {
	var o reporting.Observation
	if err := json.Unmarshal([]byte(r.Body), &o); err != nil {
		return o, fmt.Errorf("reading observation %s: %w", r.ID, err)
	}
	return o, nil
}

type evidenceRow struct {
	bun.BaseModel `bun:"table:evidence,alias:evidence"`
	ID            string  `bun:"id,pk"`
	Submission    string  `bun:"submission"`
	Subject       string  `bun:"subject"`
	Name          string  `bun:"name"`
	MediaType     string  `bun:"media_type"`
	Size          int64   `bun:"size"`
	Digest        string  `bun:"digest"`
	Preview       string  `bun:"preview"`
	Scanned       bool    `bun:"scanned"`
	Account       string  `bun:"account"`
	AtTime        string  `bun:"at_time"`
	Removed       *string `bun:"removed"`
}

func (r evidenceRow) evidence() Evidence {
	return Evidence{
		ID: reporting.EvidenceID(r.ID), Submission: reporting.SubmissionID(r.Submission), Subject: subjectOf(r.Subject), Name: r.Name,
		MediaType: r.MediaType, Size: r.Size, Digest: ledger.Digest(r.Digest), Preview: ledger.Digest(r.Preview), Scanned: r.Scanned,
		By: ledger.AccountID(r.Account), At: store.TimeOf(r.AtTime),
	}
}

type figureRow struct {
	bun.BaseModel `bun:"table:figures,alias:figures"`
	Plan          string `bun:"plan,pk"`
	Subject       string `bun:"subject,pk"`
	Unit          string `bun:"unit,pk"`
	Period        string `bun:"period,pk"`
	Ends          string `bun:"ends"`
	Submission    string `bun:"submission"`
	OfPeriod      string `bun:"of_period"`
	Cumulative    string `bun:"cumulative"`
	Corrected     bool   `bun:"corrected"`
	Point         string `bun:"point"`
	Body          string `bun:"body"`
}

type correctionRow struct {
	bun.BaseModel `bun:"table:corrections,alias:corrections"`
	ID            string  `bun:"id,pk"`
	Revision      int64   `bun:"revision"`
	Plan          string  `bun:"plan"`
	Subject       string  `bun:"subject"`
	Unit          string  `bun:"unit"`
	Period        string  `bun:"period"`
	State         string  `bun:"state"`
	Before        string  `bun:"before_body"`
	After         string  `bun:"after_body"`
	Reason        string  `bun:"reason"`
	Basis         string  `bun:"basis"`
	Document      string  `bun:"document"`
	PaperName     string  `bun:"paper_name"`
	PaperType     string  `bun:"paper_type"`
	Proposer      string  `bun:"proposer"`
	Proposed      string  `bun:"proposed"`
	Decider       string  `bun:"decider"`
	Decided       *string `bun:"decided"`
	Answer        string  `bun:"answer"`
	Derived       string  `bun:"derived"`
}

type reminderRow struct {
	bun.BaseModel `bun:"table:reminders,alias:reminders"`
	Round         string `bun:"round,pk"`
	Unit          string `bun:"unit,pk"`
	OnDay         string `bun:"on_day,pk"`
	Account       string `bun:"account"`
	AtTime        string `bun:"at_time"`
}

type grantRow struct {
	bun.BaseModel `bun:"table:delivery_grants,alias:delivery_grants"`
	Token         string `bun:"token,pk"`
	Plan          string `bun:"plan,pk"`
	Unit          string `bun:"unit,pk"`
	Revision      int64  `bun:"revision"`
	Subjects      string `bun:"subjects"`
}

func periodOf(key string) reporting.Period {
	p, _ := reporting.ParsePeriod(key) // written by Period.Key
	return p
}

func subjectOf(text string) reporting.Subject {
	s, _ := reporting.ParseSubject(text) // written by Subject.String
	return s
}

// written is a value as a column of JSON keeps it. Values of this package always have that form.
func written(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("reporting: %T cannot be written: %v", value, err))
	}
	return string(data)
}

// hold lets a row stay as it is until the end of the transaction, for this one alone. SQLite has one writer anyway.
func (s *Service) hold(ctx context.Context, tx bun.Tx, table, id string) error {
	if s.core.Store().Dialect() != store.Postgres {
		return nil
	}
	var found string
	err := tx.NewSelect().Table(table).Column("id").Where("id = ?", id).For("UPDATE").Scan(ctx, &found)
	if err != nil && !noRows(err) {
		return fmt.Errorf("holding %s %s: %w", table, id, err)
	}
	return nil
}
