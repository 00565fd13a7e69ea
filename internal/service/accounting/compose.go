package accounting

import (
	"context"
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/internal/account"
	"luoshi/internal/service/progress"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Periods are the periods of a plan of which a template may be filled, the longest first.
func Periods(plan ledger.Plan, t account.Template) []reporting.Period {
	return slices.DeleteFunc(progress.Periods(plan), func(p reporting.Period) bool {
		return !account.Fits(t, p)
	})
}

// subject is what a report is made of.
type subject struct {
	plan     ledger.PlanID
	owner    ledger.UnitID
	period   reporting.Period
	template string
	version  int

	occasion, speaker, addressee string // on which it is given, who gives it, and to whom
}

func (r Report) subject() subject {
	return subject{r.Plan, r.Owner, r.Period, r.Template, r.Version, r.Edits.Subtitle, r.Edits.Speaker, r.Edits.Addressee}
}

// made is what was composed of a subject, and the state of the ledger that it was composed of.
type made struct {
	state   ledgerState
	content account.Content
}

// compose makes what a report says of what the ledger says now.
func (s *Service) compose(ctx context.Context, of subject) (account.Content, error) {
	state, err := s.state(ctx, of)
	if err != nil {
		return account.Content{}, err
	}
	if found, ok := s.composed.Load(of); ok {
		if last, ok := found.(made); ok && last.state == state {
			return last.content, nil
		}
	}
	plan, err := s.core.Store().Plans().Get(ctx, string(of.plan))
	if err != nil {
		return account.Content{}, err
	}
	t, err := s.templateOf(ctx, of.template, of.version)
	if err != nil {
		return account.Content{}, err
	}
	facts, err := s.facts(ctx, plan.Value, of.period, of.owner)
	if err != nil {
		return account.Content{}, err
	}
	settings, err := s.settings(ctx, of.owner)
	if err != nil {
		return account.Content{}, err
	}
	facts.Head = settings.Value.head()
	facts.Head.Occasion, facts.Head.Speaker, facts.Head.Addressee = of.occasion, of.speaker, of.addressee
	content := account.Compose(t, facts)
	s.composed.Store(of, made{state, content})
	return content, nil
}

// ledgerState is of what a report was made: the day, and how often everything that it rests on has changed.
type ledgerState struct {
	on     calendar.Date
	counts string
}

// state is what a report would be made of now. Every change raises a revision, a light counts its changes, and a run of
// the lights leaves its time.
func (s *Service) state(ctx context.Context, of subject) (ledgerState, error) {
	var counts []struct{ Number, Revisions int64 }
	const all, locked = "SELECT count(*) AS number, coalesce(sum(revision), 0) AS revisions FROM ", "state = 'locked'"
	beside := ""
	if s.options.Peers != nil {
		beside = " UNION ALL " + all + "indicator_peers WHERE indicator IN (SELECT id FROM indicators WHERE plan = ?0)"
	}
	err := s.core.Store().View(ctx).NewRaw(all+"units UNION ALL "+all+"plans WHERE id = ?0 UNION ALL "+
		all+"commitments WHERE plan = ?0 UNION ALL "+all+"indicators WHERE plan = ?0 UNION ALL "+all+"projects WHERE plan = ?0 UNION ALL "+
		all+"rounds WHERE plan = ?0 UNION ALL "+all+"corrections WHERE plan = ?0 UNION ALL "+all+"submissions WHERE plan = ?0 AND "+locked+" UNION ALL "+
		all+"paper_settings WHERE owner = ?1"+beside, of.plan, of.owner).Scan(ctx, &counts)
	if err != nil {
		return ledgerState{}, fmt.Errorf("accounting: looking whether plan %s has changed: %w", of.plan, err)
	}
	run, err := s.progress.LastRun(ctx, of.plan)
	if err != nil {
		return ledgerState{}, err
	}
	return ledgerState{s.core.Today(), fmt.Sprint(counts, run)}, nil
}
