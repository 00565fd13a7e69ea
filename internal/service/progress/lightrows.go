package progress

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// lightRow is a row of lights.
type lightRow struct {
	bun.BaseModel `bun:"table:lights,alias:lights"`
	Commitment    string `bun:"commitment,pk"`
	Plan          string `bun:"plan"`
	Colour        string `bun:"colour"` // empty where there is none any more
	Computed      string `bun:"computed"`
	Since         string `bun:"since"`
	Earlier       string `bun:"earlier"`
	Changes       int    `bun:"changes"`
	ByHand        string `bun:"by_hand"`
	Said          string `bun:"said"`
	Calendar      string `bun:"calendar"`
	Gap           int64  `bun:"gap"`
	Stale         int    `bun:"stale"`
	Body          string `bun:"body"`
}

// Cause is why a light turned.
type Cause string

const (
	Computed Cause = "computed" // what it rests on has changed, or the date
	Set      Cause = "set"      // by hand
	Lifted   Cause = "lifted"   // set by hand no longer
	Ended    Cause = "ended"    // the time was over for which it was set by hand
)

// turnRow is a row of light_changes.
type turnRow struct {
	bun.BaseModel `bun:"table:light_changes,alias:light_changes"`
	Commitment    string `bun:"commitment,pk"`
	Number        int    `bun:"number,pk"`
	Plan          string `bun:"plan"`
	OnDay         string `bun:"on_day"`
	AtTime        string `bun:"at_time"`
	Earlier       string `bun:"earlier"`
	Colour        string `bun:"colour"`
	Cause         string `bun:"cause"`
	Reason        string `bun:"reason"`
	Account       string `bun:"account"`
	Body          string `bun:"body"`
}

// Hand is that a light was set by hand.
type Hand struct {
	Colour  light.Colour     `json:"colour"`
	Reason  string           `json:"reason"`
	Until   calendar.Date    `json:"until,omitzero"` // the last day; for good where it is zero
	Account ledger.AccountID `json:"account"`
	At      time.Time        `json:"at"`
}

// hand is what was set by hand and still holds on a day.
func (r lightRow) hand(on calendar.Date) *Hand {
	if r.ByHand == "" {
		return nil
	}
	var h Hand
	if json.Unmarshal([]byte(r.ByHand), &h) != nil || !h.Until.IsZero() && h.Until.Before(on) {
		return nil // written by SetByHand
	}
	return &h
}

func (r lightRow) judged() (Judged, error) {
	var j Judged
	if err := json.Unmarshal([]byte(r.Body), &j); err != nil {
		return j, fmt.Errorf("progress: reading the light of commitment %s: %w", r.Commitment, err)
	}
	return j, nil
}

// turn lets a light show a colour, and notes that if it showed another one.
func (r *lightRow) turn(to light.Colour, on calendar.Date, at string, cause Cause, reason string, who ledger.AccountID) (turnRow, bool) {
	if r.Colour == string(to) {
		return turnRow{}, false
	}
	r.Changes++
	r.Earlier, r.Colour, r.Since = r.Colour, string(to), on.String()
	return turnRow{
		Commitment: r.Commitment, Number: r.Changes, Plan: r.Plan, OnDay: on.String(), AtTime: at, Earlier: r.Earlier, Colour: r.Colour,
		Cause: string(cause), Reason: reason, Account: string(who), Body: r.Body,
	}, true
}

// differences are the rows that have to be written for the lights as they were computed, and those that turned.
func (s *Service) differences(ctx context.Context, g *ground, all []lit) ([]lightRow, []turnRow, error) {
	var stored []lightRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&stored).Where("plan = ?", g.plan.ID).Scan(ctx); err != nil {
		return nil, nil, fmt.Errorf("progress: reading the lights of plan %s: %w", g.plan.ID, err)
	}
	before := make(map[string]lightRow, len(stored))
	for _, r := range stored {
		before[r.Commitment] = r
	}
	at := s.core.Store().NowText()
	var written []lightRow
	var turns []turnRow
	for _, l := range all {
		old, there := before[string(l.commitment.ID)]
		if !there && !l.has {
			continue
		}
		row := old
		turn, turned, err := row.follow(g, l, at)
		if err != nil {
			return nil, nil, err
		}
		if turned {
			turns = append(turns, turn)
		}
		if row != old {
			written = append(written, row)
		}
	}
	return written, turns, nil
}

// follow makes a row what was computed.
func (r *lightRow) follow(g *ground, l lit, at string) (turnRow, bool, error) {
	r.Commitment, r.Plan = string(l.commitment.ID), string(g.plan.ID)
	body, err := json.Marshal(l.judged)
	if err != nil {
		return turnRow{}, false, fmt.Errorf("progress: writing the light of commitment %s: %w", r.Commitment, err)
	}
	r.Body, r.Computed, r.Said = string(body), string(l.judged.Light.Colour), string(l.judged.Said)
	r.Calendar, r.Gap, r.Stale = string(l.calendar), gapOf(l.judged.Light), l.judged.stale()
	show, cause := l.judged.Light.Colour, Computed
	switch hand := r.hand(g.on); {
	case !l.has:
		r.ByHand, r.Computed, show = "", "", ""
	case hand != nil:
		show = hand.Colour
	case r.ByHand != "":
		r.ByHand, cause = "", Ended
	}
	turn, turned := r.turn(show, g.on, at, cause, "", "")
	return turn, turned, nil
}

// at once is how many rows are written by one statement.
const atOnce = 500

// write keeps rows of lights of one plan, and the turns behind them.
func (s *Service) write(ctx context.Context, w *service.Work, rows []lightRow, turns []turnRow) error {
	for some := range slices.Chunk(rows, atOnce) {
		query := w.Tx().NewInsert().Model(&some).On("CONFLICT (commitment) DO UPDATE")
		for _, column := range []string{"colour", "computed", "since", "earlier", "changes", "by_hand", "said", "calendar", "gap", "stale", "body"} {
			query = query.Set("? = EXCLUDED.?", bun.Ident(column), bun.Ident(column))
		}
		result, err := query.Exec(ctx)
		if err := stored("lights", result, err); err != nil {
			return err
		}
	}
	if len(rows) > 0 {
		result, err := w.Tx().NewUpdate().Table("light_runs").Set("written = written + 1").Where("plan = ?", rows[0].Plan).Exec(ctx)
		if err := stored("that lights were written", result, err); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(turns, atOnce) {
		result, err := w.Tx().NewInsert().Model(&some).Exec(ctx)
		if err := stored("the history of lights", result, err); err != nil {
			return err
		}
	}
	return nil
}

// Turn is that a light turned.
type Turn struct {
	Commitment ledger.CommitmentID `json:"commitment"`
	Number     int                 `json:"number"`
	On         calendar.Date       `json:"on"`
	At         time.Time           `json:"at"`
	Earlier    light.Colour        `json:"earlier,omitempty"` // empty where it had none
	Colour     light.Colour        `json:"colour,omitempty"`  // empty where it has none any more
	Cause      Cause               `json:"cause"`
	Reason     string              `json:"reason,omitempty"`
	Account    ledger.AccountID    `json:"account,omitempty"`
	Light      light.Light         `json:"light"` // as it was computed then
}

func (r turnRow) value() (Turn, error) {
	t := Turn{
		Commitment: ledger.CommitmentID(r.Commitment), Number: r.Number, On: store.DateOf(r.OnDay), At: store.TimeOf(r.AtTime),
		Earlier: light.Colour(r.Earlier), Colour: light.Colour(r.Colour), Cause: Cause(r.Cause), Reason: r.Reason, Account: ledger.AccountID(r.Account),
	}
	var j Judged
	if err := json.Unmarshal([]byte(r.Body), &j); err != nil {
		return t, fmt.Errorf("progress: reading how the light of commitment %s turned: %w", r.Commitment, err)
	}
	t.Light = j.Light
	return t, nil
}
