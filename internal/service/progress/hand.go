package progress

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

const override access.Action = "light.override"

// ByHand is what somebody wants a light to show.
type ByHand struct {
	Commitment ledger.CommitmentID
	Colour     light.Colour
	Reason     string
	Until      calendar.Date // the last day; for good where it is zero
}

// SetByHand sets a light by hand. What is computed goes on being computed, and is shown beside it.
func (s *Service) SetByHand(ctx context.Context, set ByHand) error {
	set.Reason = strings.TrimSpace(set.Reason)
	return s.byHand(ctx, set.Commitment, set.Reason, func(r *lightRow) (turnRow, bool, error) {
		switch {
		case !slices.Contains([]light.Colour{light.Red, light.Yellow, light.Green, light.Blue}, set.Colour):
			return turnRow{}, false, faults.New("light.colour", string(set.Colour))
		case set.Reason == "":
			return turnRow{}, false, faults.New("light.reason")
		case !set.Until.IsZero() && set.Until.Before(s.core.Today()):
			return turnRow{}, false, faults.New("light.until", set.Until.String())
		}
		who := service.CallerOf(ctx).Account()
		hand, err := json.Marshal(Hand{Colour: set.Colour, Reason: set.Reason, Until: set.Until, Account: who, At: s.core.Store().Now()})
		r.ByHand = string(hand)
		turn, turned := r.turn(set.Colour, s.core.Today(), s.core.Store().NowText(), Set, set.Reason, who)
		return turn, turned, err
	})
}

var errNotSet = errors.New("progress: the light was not set by hand")

// Lift lets a light that was set by hand show again what is computed.
func (s *Service) Lift(ctx context.Context, id ledger.CommitmentID, reason string) error {
	reason = strings.TrimSpace(reason)
	return s.byHand(ctx, id, reason, func(r *lightRow) (turnRow, bool, error) {
		switch {
		case r.ByHand == "":
			return turnRow{}, false, errNotSet
		case reason == "":
			return turnRow{}, false, faults.New("light.reason")
		}
		r.ByHand = ""
		turn, turned := r.turn(light.Colour(r.Computed), s.core.Today(), s.core.Store().NowText(), Lifted, reason, service.CallerOf(ctx).Account())
		return turn, turned, nil
	})
}

// logged is a light as the log keeps it.
type logged struct {
	Colour   string `json:"colour"`
	Computed string `json:"computed"`
	ByHand   *Hand  `json:"by_hand,omitempty"`
}

func (s *Service) logged(r lightRow) logged {
	return logged{Colour: r.Colour, Computed: r.Computed, ByHand: r.hand(s.core.Today())}
}

// byHand changes what is set by hand of a light.
func (s *Service) byHand(ctx context.Context, id ledger.CommitmentID, reason string, change func(*lightRow) (turnRow, bool, error)) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		c, err := s.core.Store().Commitments().Get(ctx, string(id))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, override, ofCommitment(c.Value)); err != nil {
			return err
		}
		if _, err := s.holdRun(ctx, c.Value.Plan); err != nil {
			return err
		}
		row, err := s.row(ctx, id)
		if noRows(err) || err == nil && row.Colour == "" {
			return faults.New("light.none", c.Value.Title)
		}
		if err != nil {
			return err
		}
		before := s.logged(row)
		turn, turned, err := change(&row)
		switch {
		case errors.Is(err, errNotSet):
			return faults.New("light.not_set", c.Value.Title)
		case err != nil:
			return err
		}
		var turns []turnRow
		if turned {
			turns = append(turns, turn)
		}
		if err := s.write(ctx, w, []lightRow{row}, turns); err != nil {
			return err
		}
		w.Record(override, LightKind, string(id), before, s.logged(row), map[string]string{"reason": reason})
		return nil
	})
}
