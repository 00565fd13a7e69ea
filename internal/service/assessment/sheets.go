package assessment

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
	"luoshi/ledger/reporting"
)

// lacking is how many sheets are still to be handed in. Whoever has stepped back from a project has handed one in.
func (s *Service) lacking(ctx context.Context, t Tour) (int, error) {
	sheets, err := s.sheets(ctx, t.ID)
	return len(t.Judges)*len(t.Projects) - len(sheets), err
}

// sheets are what judges have handed in.
func (s *Service) sheets(ctx context.Context, ids ...TourID) ([]assessment.Sheet, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []sheetRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("tour IN (?)", bun.List(ids)).Order("tour", "project", "judge").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the score sheets of rounds: %w", err)
	}
	sheets := make([]assessment.Sheet, len(rows))
	for i, r := range rows {
		if sheets[i], err = parsed[assessment.Sheet](r.Body); err != nil {
			return nil, err
		}
	}
	return sheets, nil
}

// Mark hands a judge's sheet for a project in, or changes it while the round is open. A judge does not mark a project of
// his own unit: he steps back from it.
func (s *Service) Mark(ctx context.Context, id TourID, sheet assessment.Sheet) error {
	return s.changeTour(ctx, id, markTour, 0, func(ctx context.Context, w *service.Work, _ *tourRow, tour Tour) (any, error) {
		sheet.Judge, sheet.Remark = service.CallerOf(ctx).Account(), strings.TrimSpace(sheet.Remark)
		if err := s.markable(ctx, tour, sheet); err != nil {
			return nil, err
		}
		var before any
		var r sheetRow
		found := s.core.Store().View(ctx).NewSelect().Model(&r).
			Where("tour = ? AND project = ? AND judge = ?", id, sheet.Project, sheet.Judge).Scan(ctx)
		if found != nil && !noRows(found) {
			return nil, read(SheetKind, string(id), found)
		}
		if found == nil {
			was, err := parsed[assessment.Sheet](r.Body)
			if err != nil {
				return nil, err
			}
			before = was
		}
		r = sheetRow{
			Tour: string(id), Project: string(sheet.Project), Judge: string(sheet.Judge), AtTime: s.core.Store().NowText(), Body: written(sheet),
		}
		w.Record(markTour, SheetKind, strings.Join([]string{r.Tour, r.Project, r.Judge}, "/"), before, sheet, nil)
		if before == nil {
			return nil, store.Insert(ctx, w.Tx(), r)
		}
		if _, err := w.Tx().NewUpdate().Model(&r).WherePK().Exec(ctx); err != nil {
			return nil, fmt.Errorf("writing a score sheet of round %s: %w", id, err)
		}
		return nil, nil
	})
}

// markable is what keeps the caller from handing a sheet in.
func (s *Service) markable(ctx context.Context, tour Tour, sheet assessment.Sheet) error {
	i := slices.IndexFunc(tour.Projects, func(p assessment.Shown) bool { return p.Project == sheet.Project })
	switch {
	case tour.State != "open":
		return fault("tour.shut")
	case !slices.Contains(tour.Judges, sheet.Judge):
		return fault("tour.judge")
	case i < 0:
		return fault("tour.project")
	case !sheet.Recused && s.MustStepBack(ctx, tour.Projects[i]):
		return fault("tour.own")
	}
	return unsound("sheet.unsound", tour.CheckSheet(sheet))
}

// MustStepBack tells whether a project is of the caller's own unit: one for which he could appeal.
func (s *Service) MustStepBack(ctx context.Context, shown assessment.Shown) bool {
	return s.core.Can(ctx, appealScore, service.Owned{Lead: shown.Unit})
}

// TourView is a round as far as the caller may see it.
type TourView struct {
	Tour
	PlanTitle string
	Case      workflow.Case
	Offers    []workflow.Offer
	Names     map[ledger.ProjectID]string
	// Standings are there once the round is closed; before, only who runs it sees how the projects stand.
	Standings []assessment.Standing
	Mine      map[ledger.ProjectID]assessment.Sheet // the caller's own sheets
	Marks     bool                                  // the caller is a judge, and the round is open
	MayEdit   bool
	Lacking   int // sheets still to be handed in
}

// Tour is an observation round.
func (s *Service) Tour(ctx context.Context, id TourID) (TourView, error) {
	var v TourView
	var err error
	if _, v.Tour, err = s.readTour(ctx, id); err != nil {
		return v, err
	}
	if err := s.core.Check(ctx, readTour, v.owned()); err != nil {
		return TourView{}, err
	}
	plan, err := s.core.Store().Plans().Get(ctx, string(v.Plan))
	if err != nil {
		return TourView{}, err
	}
	v.PlanTitle = plan.Value.Title
	if v.Case, err = s.cases.Case(ctx, s.tour, TourKind, string(id), v.begun); err != nil {
		return TourView{}, err
	}
	guards, err := s.tourGuards(ctx, v.Tour)
	if err != nil {
		return TourView{}, err
	}
	if v.Offers, err = s.cases.Offers(ctx, v.Case, v.owned(), guards); err != nil {
		return TourView{}, err
	}
	return v, s.standings(ctx, &v)
}

// standings adds the projects, how they stand, and what the caller has given them.
func (s *Service) standings(ctx context.Context, v *TourView) error {
	sheets, err := s.sheets(ctx, v.ID)
	if err != nil {
		return err
	}
	account := service.CallerOf(ctx).Account()
	v.Lacking, v.Mine = len(v.Judges)*len(v.Projects)-len(sheets), map[ledger.ProjectID]assessment.Sheet{}
	for _, sheet := range sheets {
		if sheet.Judge == account {
			v.Mine[sheet.Project] = sheet
		}
	}
	runs := s.core.Can(ctx, editTour, v.owned())
	v.MayEdit = runs && v.State == s.tour.States[0].Name
	v.Marks = v.State == "open" && slices.Contains(v.Judges, account) && s.core.Can(ctx, markTour, v.owned())
	if runs || v.ranked() {
		v.Standings = v.Rank(sheets)
	}
	ids := make([]string, len(v.Projects))
	for i, p := range v.Projects {
		ids[i] = string(p.Project)
	}
	records, err := s.core.Store().Projects().Some(ctx, ids...)
	v.Names = map[ledger.ProjectID]string{}
	for _, r := range records {
		v.Names[r.Value.ID] = r.Value.Name
	}
	return err
}

// Tours are the rounds that the caller may see, the last one first.
func (s *Service) Tours(ctx context.Context) ([]Tour, error) {
	var rows []tourRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Order("on_day DESC", "id DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading observation rounds: %w", err)
	}
	var all []Tour
	for _, r := range rows {
		t, err := r.tour()
		if err != nil {
			return nil, err
		}
		if s.core.Can(ctx, readTour, t.owned()) {
			all = append(all, t)
		}
	}
	return all, nil
}

// tourFacts adds the points of the rounds of a span that were closed, each project out of 100.
func (s *Service) tourFacts(ctx context.Context, t *tally, plan ledger.PlanID, from, to calendar.Date) error {
	var rows []tourRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("plan = ?", plan).Where("state IN ('closed', 'published')").
		Where("on_day >= ? AND on_day <= ?", from.String(), to.String()).Order("on_day", "id").Scan(ctx)
	if err != nil {
		return fmt.Errorf("reading the rounds of plan %s: %w", plan, err)
	}
	for _, r := range rows {
		tour, err := r.tour()
		if err != nil {
			return err
		}
		sheets, err := s.sheets(ctx, tour.ID)
		if err != nil {
			return err
		}
		for _, standing := range tour.Rank(sheets) {
			t.add(tour, standing)
		}
	}
	return nil
}

// add adds the points of a project in a round.
func (t *tally) add(tour Tour, standing assessment.Standing) {
	if standing.Unit == "" || !standing.Points.Known() {
		return
	}
	source := assessment.Source{Kind: TourKind, ID: string(tour.ID), Title: tour.Title, Said: standing.Points.Plain()}
	most, got := t.of(standing.Unit, "tour-most"), t.of(standing.Unit, "tour-points")
	most.Value, most.Sources = reporting.Sum(most.Value, ledger.Int(assessment.Whole)), append(most.Sources, source)
	got.Value, got.Sources = reporting.Sum(got.Value, standing.Points), append(got.Sources, source)
}
