package api

import (
	"context"

	"luoshi/calendar"
	reports "luoshi/internal/service/reporting"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Round is a round of reporting.
type Round struct {
	reporting.Round
	Title    string                  `json:"title" doc:"The period as people say it"`
	States   map[reporting.State]int `json:"states" doc:"How many submissions are in each state"`
	Units    int                     `json:"units" doc:"That are asked"`
	Reported int                     `json:"reported" doc:"Of them, those that have sent their forms in"`
	Late     int                     `json:"late" doc:"Of those, the ones that did so after the due day"`
	Revision int64                   `json:"revision" doc:"One more with each change; the ETag of the round"`
}

func roundOf(ctx context.Context, v reports.RoundView) Round {
	return Round{
		Round: v.Round, Title: exchangeOf(ctx).in(v.Period.Title()), States: v.States, Units: v.Units, Reported: v.Reported, Late: v.Late,
		Revision: v.Revision,
	}
}

// Days are the days of a round.
type Days struct {
	Opens  calendar.Date `json:"opens"`
	Due    calendar.Date `json:"due"`
	Closes calendar.Date `json:"closes"`
}

// BoardLine is a unit on the board of a round.
type BoardLine struct {
	Submission
	UnitName string `json:"unit_name"`
	Waits    string `json:"waits,omitempty" doc:"By whom the submission is waited for"`
	Overdue  bool   `json:"overdue" doc:"Not sent in although the due day is over"`
	Returned string `json:"returned,omitempty" doc:"Why it was returned, until it is sent in again"`
}

// Units are units that are named.
type Units struct {
	Units []ledger.UnitID `json:"units,omitempty" maxItems:"500" doc:"All that have not reported where absent"`
}

// Reminded is how many units were reminded.
type Reminded struct {
	Units int `json:"units"`
}

func (a *API) roundOperations() {
	r := a.options.Reporting
	register(a, "list-rounds", func(ctx context.Context, in *ByID[ledger.PlanID]) (*plain[List[Round]], error) {
		all, err := r.Rounds(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		items := make([]Round, len(all))
		for i, v := range all {
			items[i] = roundOf(ctx, v)
		}
		return &plain[List[Round]]{Body: List[Round]{Items: items}}, nil
	})
	register(a, "get-round", func(ctx context.Context, in *Reading[reporting.RoundID]) (*one[Round], error) {
		v, err := r.Round(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, v.Revision, roundOf(ctx, v)), nil
	}, cached)
	register(a, "get-board", func(ctx context.Context, in *ByID[reporting.RoundID]) (*plain[List[BoardLine]], error) {
		board, err := r.Board(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		items := make([]BoardLine, len(board.Lines))
		for i, l := range board.Lines {
			items[i] = BoardLine{
				Submission: submissionOf(l.Submission), UnitName: l.UnitName, Waits: exchangeOf(ctx).in(l.Waits), Overdue: l.Overdue, Returned: l.Returned,
			}
		}
		return &plain[List[BoardLine]]{Body: List[BoardLine]{Items: items}}, nil
	})
	register(a, "get-burden", func(ctx context.Context, in *ByID[reporting.RoundID]) (*plain[List[reporting.Burden]], error) {
		all, err := r.Burden(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[List[reporting.Burden]]{Body: List[reporting.Burden]{Items: filled(all.Units)}}, nil
	})
	a.settingsOperations()
	a.roundChanges()
}

// ReportSettings say when and what the units of a plan are asked.
type ReportSettings struct {
	reports.Settings
	Revision int64 `json:"revision" doc:"0 where nothing was saved yet and the usual settings hold"`
}

func (a *API) settingsOperations() {
	r := a.options.Reporting
	register(a, "get-reporting", func(ctx context.Context, in *Reading[ledger.PlanID]) (*one[ReportSettings], error) {
		now, err := r.Settings(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, now.Revision, ReportSettings{now.Value, now.Revision}), nil
	}, cached)
	register(a, "save-reporting", func(ctx context.Context, in *Writing[ledger.PlanID, reports.Settings]) (*one[ReportSettings], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		now, err := r.SaveSettings(ctx, in.ID, in.Body, revision)
		if err != nil {
			return nil, err
		}
		return changed(now.Revision, ReportSettings{now.Value, now.Revision}), nil
	})
}

func (a *API) roundChanges() {
	r := a.options.Reporting
	type turning struct {
		Seen
		ByID[reporting.RoundID]
	}
	turn := func(name string, do func(context.Context, reporting.RoundID, int64) (reports.RoundView, error)) {
		register(a, name, func(ctx context.Context, in *turning) (*one[Round], error) {
			revision, err := in.revision(ctx)
			if err != nil {
				return nil, err
			}
			v, err := do(ctx, in.ID, revision)
			if err != nil {
				return nil, err
			}
			return changed(v.Revision, roundOf(ctx, v)), nil
		})
	}
	turn("open-round", r.OpenRound)
	turn("close-round", r.CloseRound)
	register(a, "change-round", func(ctx context.Context, in *Writing[reporting.RoundID, Days]) (*one[Round], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		v, err := r.ChangeRound(ctx, in.ID, reports.RoundDates(in.Body), revision)
		if err != nil {
			return nil, err
		}
		return changed(v.Revision, roundOf(ctx, v)), nil
	})
	register(a, "remind-units", func(ctx context.Context, in *Doing[reporting.RoundID, Units]) (*plain[Reminded], error) {
		n, err := r.RemindNow(ctx, in.ID, in.Body.Units)
		if err != nil {
			return nil, err
		}
		return &plain[Reminded]{Body: Reminded{Units: n}}, nil
	})
}
