package api

import (
	"context"

	"luoshi/internal/store"
	"luoshi/ledger/supervision"
)

// SupervisionRules are the rules of supervision as they hold.
type SupervisionRules struct {
	supervision.Settings
	Revision int64 `json:"revision" doc:"0 where nothing was saved yet and the usual rules hold"`
}

func supervisionRulesOf(r store.Record[supervision.Settings]) SupervisionRules {
	v := r.Value
	v.Terms, v.Urging = filled(v.Terms), filled(v.Urging)
	return SupervisionRules{Settings: v, Revision: r.Revision}
}

func (a *API) supervisionOperations() {
	s := a.options.Supervision
	register(a, "get-supervision-settings", func(ctx context.Context, in *struct{ Known }) (*one[SupervisionRules], error) {
		now, err := s.Settings(ctx)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, now.Revision, supervisionRulesOf(now)), nil
	}, cached)
	register(a, "save-supervision-settings", func(ctx context.Context, in *struct {
		Seen
		Body supervision.Settings
	},
	) (*one[SupervisionRules], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		now, err := s.SaveSettings(ctx, in.Body, revision)
		if err != nil {
			return nil, err
		}
		return changed(now.Revision, supervisionRulesOf(now)), nil
	})
}
