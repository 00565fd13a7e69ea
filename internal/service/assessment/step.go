package assessment

import (
	"context"
	"fmt"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger/assessment"
)

// Step is a step that somebody wants to take.
type Step struct {
	Action, Reason string
	Days           int // of which a term is to be longer
}

// stepped is what the log keeps of a step beside the assessment.
type stepped struct {
	Step   string            `json:"step"`
	Reason string            `json:"reason,omitempty"`
	Scores map[string]string `json:"scores,omitempty"` // the points of units, where they were computed
}

// Take takes an assessment a step on: submit, return, adopt, revise, compute, announce, prolong, conclude, refer, confirm,
// publish, drop.
func (s *Service) Take(ctx context.Context, id ID, step Step, seen int64) (Assessment, error) {
	right, known := s.cases.Right(s.assessment, step.Action)
	if !known {
		return Assessment{}, fault("assessment.step", step.Action)
	}
	err := s.change(ctx, id, right, government, seen, func(ctx context.Context, w *work) error {
		return s.take(ctx, w, step)
	})
	if err != nil {
		return Assessment{}, err
	}
	r, err := s.readRow(ctx, id)
	if err != nil {
		return Assessment{}, err
	}
	return r.assessment()
}

func (s *Service) take(ctx context.Context, w *work, step Step) error {
	c, err := s.caseOf(ctx, w.before)
	if err != nil {
		return err
	}
	taken, err := s.cases.StepBy(ctx, s.assessment, step.Action, w.before.owned())
	if err != nil {
		return err
	}
	taken.Reason, taken.Days = strings.TrimSpace(step.Reason), step.Days
	if taken.Facts, err = s.guards(ctx, w.before, c); err != nil {
		return err
	}
	if c, err = s.cases.Take(ctx, w.Work, c, Kind, w.row.ID, taken); err != nil {
		return err
	}
	w.row.State = c.State
	if err := s.tell(ctx, w, step.Action); err != nil {
		return err
	}
	detail := stepped{Step: step.Action, Reason: taken.Reason}
	w.detail = detail
	if step.Action != "compute" {
		return nil
	}
	material, err := s.material(ctx, w.before)
	if err != nil {
		return err
	}
	return s.score(ctx, w, material, detail)
}

// caseOf is how far an assessment is.
func (s *Service) caseOf(ctx context.Context, a Assessment) (workflow.Case, error) {
	return s.cases.Case(ctx, s.assessment, Kind, string(a.ID), a.begun)
}

// guards are the conditions of steps that hold.
func (s *Service) guards(ctx context.Context, a Assessment, c workflow.Case) ([]string, error) {
	var facts []string
	if a.Scheme.Validate() == nil {
		facts = append(facts, "sound")
	}
	result, err := s.result(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	if len(result.Scores) > 0 && result.Missing() == 0 {
		facts = append(facts, "complete")
	}
	if term, runs := c.Term("appeals"); runs && term.Due.Before(s.core.Today()) {
		facts = append(facts, "heard")
	}
	open, err := s.core.Store().View(ctx).NewSelect().Table("assessment_appeals").
		Where("assessment = ? AND state = ?", a.ID, Waiting).Count(ctx)
	if err != nil {
		return nil, fmt.Errorf("counting the appeals of assessment %s: %w", a.ID, err)
	}
	if open == 0 {
		facts = append(facts, "answered")
	}
	return facts, nil
}

// score computes the points of all units and writes them. The material is kept beside them, so that the same points can
// be computed again when appeals are accepted, whatever the ledger says by then.
func (s *Service) score(ctx context.Context, w *work, material assessment.Material, detail stepped) error {
	result := assessment.Compute(w.before.Scheme, material)
	detail.Scores = map[string]string{}
	rows := make([]scoreRow, len(result.Scores))
	for i, score := range result.Scores {
		rows[i] = scoreRow{
			Assessment: w.row.ID, Unit: string(score.Unit), Place: score.Rank, Total: score.Total.String(), Number: i, Body: written(score),
		}
		detail.Scores[string(score.Unit)] = score.Total.String()
	}
	if _, err := w.Tx().NewDelete().Table("assessment_scores").Where("assessment = ?", w.row.ID).Exec(ctx); err != nil {
		return fmt.Errorf("taking away the old scores of assessment %s: %w", w.row.ID, err)
	}
	w.row.Material, w.row.Computed, w.detail = written(material), s.core.Today().String(), detail
	return store.Insert(ctx, w.Tx(), rows...)
}

// again computes the points anew from the figures that they were computed from, with what people have given and corrected
// since. Before the first time there is nothing to do.
func (s *Service) again(ctx context.Context, w *work, detail stepped) error {
	w.detail = detail
	if w.row.Material == "" || w.before.State == "adopted" {
		return nil
	}
	material, err := parsed[assessment.Material](w.row.Material)
	if err != nil {
		return err
	}
	if err := s.given(ctx, w.before.ID, &material); err != nil {
		return err
	}
	computed := w.row.Computed
	err = s.score(ctx, w, material, detail)
	w.row.Computed = computed // the day of the figures
	return err
}

// result is the scores of an assessment, as they were computed last.
func (s *Service) result(ctx context.Context, id ID) (assessment.Result, error) {
	var rows []scoreRow
	var result assessment.Result
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("assessment = ?", id).Order("number").Scan(ctx)
	if err != nil {
		return result, fmt.Errorf("reading the scores of assessment %s: %w", id, err)
	}
	for _, r := range rows {
		score, err := parsed[assessment.Score](r.Body)
		if err != nil {
			return result, err
		}
		result.Scores = append(result.Scores, score)
	}
	return result, nil
}

// View is an assessment as far as the caller may see it.
type View struct {
	Assessment
	PlanTitle string
	Case      workflow.Case
	Offers    []workflow.Offer
	Result    assessment.Result // of the units whose points the caller may see
	Missing   int               // judgements by hand that are still to be given, where the caller gives them
	Entries   []Given           // likewise
	Appeals   []Appeal
	Until     calendar.Date // the last day for appeals, while they can be made
	MayEdit   bool          // the scheme, now
	MayTry    bool          // other weights
	MayScore  bool          // give points, now
	MayDecide bool          // on appeals, now
}

// Assessment is an assessment. Units see it once their points are shown, and all points once they are published.
func (s *Service) Assessment(ctx context.Context, id ID) (View, error) {
	var v View
	r, err := s.readRow(ctx, id)
	if err != nil {
		return v, err
	}
	if v.Assessment, err = r.assessment(); err != nil {
		return v, err
	}
	if v.Result, err = s.result(ctx, id); err != nil {
		return v, err
	}
	all := s.core.Can(ctx, readAssessment, v.owned())
	if !all {
		v.Result = s.seen(ctx, v.Assessment, v.Result)
		if len(v.Result.Scores) == 0 {
			return View{}, s.core.Check(ctx, readAssessment, v.owned())
		}
	}
	if err := s.describe(ctx, &v); err != nil {
		return View{}, err
	}
	if all {
		v.Missing = v.Result.Missing()
		v.Entries, err = s.entries(ctx, id)
	}
	return v, err
}

// seen is a result with the units alone whose points the caller may see.
func (s *Service) seen(ctx context.Context, a Assessment, result assessment.Result) assessment.Result {
	var some assessment.Result
	if !a.shown() {
		return some
	}
	for _, score := range result.Scores {
		if s.core.Can(ctx, readAssessment, a.ofUnit(score.Unit)) {
			some.Scores = append(some.Scores, score)
		}
	}
	return some
}

// describe adds how far an assessment is, and what the caller may do.
func (s *Service) describe(ctx context.Context, v *View) error {
	plan, err := s.core.Store().Plans().Get(ctx, string(v.Plan))
	if err != nil {
		return err
	}
	v.PlanTitle = plan.Value.Title
	if v.Case, err = s.caseOf(ctx, v.Assessment); err != nil {
		return err
	}
	facts, err := s.guards(ctx, v.Assessment, v.Case)
	if err != nil {
		return err
	}
	if v.Offers, err = s.cases.Offers(ctx, v.Case, v.owned(), facts); err != nil {
		return err
	}
	if term, runs := v.Case.Term("appeals"); runs {
		v.Until = term.Due
	}
	appeals, err := s.appeals(ctx, v.ID)
	if err != nil {
		return err
	}
	for _, appeal := range appeals {
		if s.core.Can(ctx, readAssessment, service.Owned{Lead: appeal.Unit}) {
			v.Appeals = append(v.Appeals, appeal)
		}
	}
	edits := s.core.Can(ctx, editScheme, v.owned())
	v.MayEdit, v.MayTry = edits && v.State == s.assessment.States[0].Name, edits
	v.MayScore = v.scoring() && s.core.Can(ctx, giveScore, v.owned())
	v.MayDecide = v.State == "appeals" && s.core.Can(ctx, decideAppeal, v.owned())
	return nil
}

// MayAppeal tells whether the caller may appeal for a unit now.
func (s *Service) MayAppeal(ctx context.Context, v View, unit assessment.Score) bool {
	return v.State == "appeals" && !v.Until.Before(s.core.Today()) && s.core.Can(ctx, appealScore, service.Owned{Lead: unit.Unit})
}

// Assessments are those that the caller may see, the last one first.
func (s *Service) Assessments(ctx context.Context) ([]Assessment, error) {
	var rows []row
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Order("id DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading assessments: %w", err)
	}
	var all []Assessment
	for _, r := range rows {
		a, err := r.assessment()
		if err != nil {
			return nil, err
		}
		if s.mayList(ctx, a) {
			all = append(all, a)
		}
	}
	return all, nil
}

// mayList tells whether the caller may see anything of an assessment.
func (s *Service) mayList(ctx context.Context, a Assessment) bool {
	if s.core.Can(ctx, readAssessment, a.owned()) {
		return true
	}
	if !a.shown() {
		return false
	}
	for _, unit := range a.Scheme.Units() {
		if s.core.Can(ctx, readAssessment, a.ofUnit(unit)) {
			return true
		}
	}
	return false
}
