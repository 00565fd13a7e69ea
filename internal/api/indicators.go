package api

import (
	"context"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Indicator is an indicator with its series.
type Indicator struct {
	ledger.Indicator
	Kept
	Proof string `json:"proof" doc:"Where the proof of the record's history is found"`
}

func indicatorOf(r store.Record[ledger.Indicator]) Indicator {
	return Indicator{Indicator: r.Value, Kept: keptOf(r), Proof: proofPath("indicators", string(r.Value.ID))}
}

// IndicatorTerms are what an indicator is.
type IndicatorTerms struct {
	Code        string             `json:"code,omitempty" maxLength:"100" doc:"Of the dictionary; empty for one of the plan's own"`
	Name        string             `json:"name" minLength:"1" maxLength:"100"`
	Unit        string             `json:"unit" maxLength:"40" doc:"In which its levels are counted"`
	Direction   ledger.Direction   `json:"direction,omitempty"`
	Aggregation ledger.Aggregation `json:"aggregation,omitempty"`
	Base        ledger.Decimal     `json:"base,omitzero" doc:"The level that growth is measured from"`
	BaseYear    int                `json:"base_year,omitempty" minimum:"1949" maximum:"2999"`
	Scope       string             `json:"scope,omitempty" maxLength:"500" doc:"口径"`
	Numerator   string             `json:"numerator,omitempty" maxLength:"200"`
	Denominator string             `json:"denominator,omitempty" maxLength:"200"`
}

func (t IndicatorTerms) indicator(id ledger.IndicatorID, plan ledger.PlanID) ledger.Indicator {
	return ledger.Indicator{
		ID: id, Plan: plan, Code: t.Code, Name: t.Name, Unit: t.Unit, Direction: t.Direction, Aggregation: t.Aggregation, Base: t.Base,
		BaseYear: t.BaseYear, Scope: t.Scope, Numerator: t.Numerator, Denominator: t.Denominator,
	}
}

// NewIndicator is an indicator that is added to a plan.
type NewIndicator struct {
	Plan  ledger.PlanID  `json:"plan" minLength:"1" maxLength:"100"`
	Terms IndicatorTerms `json:"terms"`
}

// YearTerms are the figures of a year.
type YearTerms struct {
	Year   ledger.YearFigure `json:"figures"`
	Reason string            `json:"reason,omitempty" maxLength:"2000" doc:"Why earlier figures are changed"`
}

func (a *API) indicatorOperations() {
	c := a.options.Catalogue
	type query struct {
		Paged
		Plan      ledger.PlanID `query:"plan" maxLength:"100"`
		Text      string        `query:"text" maxLength:"200" doc:"In the name, the code or the scope note"`
		Direction string        `query:"direction" enum:"neither,more,less"`
		Own       bool          `query:"own" doc:"Those that the dictionary does not know"`
	}
	register(a, "list-indicators", func(ctx context.Context, in *query) (*many[Indicator], error) {
		page := in.page()
		asked := catalogue.IndicatorQuery{Plan: in.Plan, Words: in.Text, Direction: ledger.Direction(in.Direction), Own: in.Own}
		list, err := c.Indicators(ctx, asked, page)
		if err != nil {
			return nil, err
		}
		return listed(&in.Paged, list.Next, shown(list.Records, indicatorOf)), nil
	})
	a.orders("list-indicators", bothWays("name", "code")...)
	register(a, "get-indicator", func(ctx context.Context, in *Reading[ledger.IndicatorID]) (*one[Indicator], error) {
		i, err := c.Indicator(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, i.Revision, indicatorOf(i.Record)), nil
	}, cached)
	a.indicatorChanges()
}

func (a *API) indicatorChanges() {
	c := a.options.Catalogue
	answer := func(ctx context.Context, id ledger.IndicatorID) (*one[Indicator], error) {
		i, err := c.Indicator(ctx, id)
		if err != nil {
			return nil, err
		}
		return changed(i.Revision, indicatorOf(i.Record)), nil
	}
	register(a, "create-indicator", func(ctx context.Context, in *Adding[NewIndicator]) (*one[Indicator], error) {
		id, err := c.AddIndicator(ctx, in.Body.Terms.indicator(store.NewID[ledger.IndicatorID](a.Store()), in.Body.Plan))
		if err != nil {
			return nil, err
		}
		i, err := c.Indicator(ctx, id)
		if err != nil {
			return nil, err
		}
		return made("/indicators/"+string(id), i.Revision, indicatorOf(i.Record)), nil
	}, created)
	register(a, "redefine-indicator", func(ctx context.Context, in *Writing[ledger.IndicatorID, IndicatorTerms]) (*one[Indicator], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		if err := c.RedefineIndicator(ctx, in.Body.indicator(in.ID, ""), revision); err != nil {
			return nil, err
		}
		return answer(ctx, in.ID)
	})
	register(a, "set-year", func(ctx context.Context, in *Writing[ledger.IndicatorID, YearTerms]) (*one[Indicator], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		if err := c.SetYear(ctx, in.ID, in.Body.Year, in.Body.Reason, revision); err != nil {
			return nil, err
		}
		return answer(ctx, in.ID)
	})
}
