package identity

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Delegation lets one account stand in for another.
type Delegation struct {
	ID     string           `json:"id"`
	From   ledger.AccountID `json:"from"`
	To     ledger.AccountID `json:"to"`
	Role   access.Role      `json:"role"`
	Unit   ledger.UnitID    `json:"unit"`
	During calendar.Period  `json:"during"`
	Only   []access.Action  `json:"only"` // nil where all of the role are handed over
	Reason string           `json:"reason"`
	Ended  time.Time        `json:"ended,omitzero"`
}

func (r delegationRow) delegation() Delegation {
	return Delegation{
		ID: r.ID, From: accountID(r.Giver), To: accountID(r.Taker), Role: access.Role(r.Role), Unit: ledger.UnitID(r.Unit),
		During: calendar.Period{From: r.FirstDay.Date, To: r.LastDay.Date}, Only: r.Actions, Reason: r.Reason, Ended: r.Ended.Time,
	}
}

// asDelegations are the rows as the table of rights wants them.
func asDelegations(rows []delegationRow) []access.Delegation {
	delegations := make([]access.Delegation, len(rows))
	for i, r := range rows {
		delegations[i] = r.delegation().access()
	}
	return delegations
}

func (d Delegation) access() access.Delegation {
	return access.Delegation{From: d.From, To: d.To, Role: d.Role, Unit: d.Unit, During: d.During, Only: d.Only, Reason: d.Reason}
}

// DelegationTerms are what is asked for by who wants to be stood in for.
type DelegationTerms struct {
	To     string // the name that the other types at sign-in
	Role   access.Role
	Unit   ledger.UnitID
	During calendar.Period
	Only   []access.Action // nil for all of the role
	Reason string
}

const longestReason = 200

// Delegate lets another stand in for the caller in one of his posts, for a span of days with both ends.
func (s *Service) Delegate(ctx context.Context, t DelegationTerms) (Delegation, error) {
	var made Delegation
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := raise(ctx, w.Tx()); err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "role.delegate", service.Owned{Lead: t.Unit}); err != nil {
			return err
		}
		made = Delegation{
			ID: store.NewID[string](s.core.Store()), From: service.CallerOf(ctx).Account(), Role: t.Role, Unit: t.Unit,
			During: t.During, Only: t.Only, Reason: strings.TrimSpace(t.Reason),
		}
		taker, err := s.named(ctx, t.To)
		if err != nil {
			return err
		}
		made.To = accountID(taker.ID)
		if err := s.checkDelegation(ctx, made); err != nil {
			return err
		}
		row := delegationRow{
			ID: made.ID, Giver: string(made.From), Taker: string(made.To), Role: string(made.Role), Unit: string(made.Unit),
			FirstDay: day{made.During.From}, LastDay: day{made.During.To}, Actions: made.Only, Reason: made.Reason,
		}
		if _, err := w.Tx().NewInsert().Model(&row).Exec(ctx); err != nil {
			return fmt.Errorf("delegating: %w", err)
		}
		w.Record("role.delegate", "delegations", made.ID, nil, made, nil)
		return nil
	})
	return made, err
}

// checkDelegation names what forbids a delegation; the table of rights has the last word.
func (s *Service) checkDelegation(ctx context.Context, d Delegation) error {
	rights, today := s.core.Rights(), s.core.Today()
	on := d.During.From
	if on.Before(today) {
		on = today
	}
	held, err := s.appointments(ctx, d.From)
	if err != nil {
		return err
	}
	var appointments []access.Appointment
	holds := false
	for _, a := range held {
		if a.HeldOn(on) {
			appointments = append(appointments, access.Appointment{Account: a.Account, Role: a.Role, Unit: a.Unit, During: a.During})
			holds = holds || a.Role == d.Role && a.Unit == d.Unit
		}
	}
	refusal := rights.CheckDelegation(d.access(), on, appointments)
	switch {
	case d.From == d.To:
		return fault("delegation.self", refusal)
	case d.During.From.IsZero() || d.During.To.IsZero() || d.During.To.Before(on):
		return fault("delegation.days", refusal)
	case d.Reason == "" || utf8.RuneCountInString(d.Reason) > longestReason:
		return fault("delegation.reason", refusal)
	case !holds:
		return fault("delegation.held", refusal)
	case !s.NeedsUnit(d.Role):
		return fault("delegation.role", refusal)
	case refusal != nil:
		return fault("delegation.action", refusal)
	}
	return nil
}

// EndDelegation ends a delegation at once: one's own, or anybody's for who may revoke roles.
func (s *Service) EndDelegation(ctx context.Context, id string) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := raise(ctx, w.Tx()); err != nil {
			return err
		}
		var row delegationRow
		err := w.Tx().NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
		if errors.Is(err, sql.ErrNoRows) {
			return &store.NotFound{Kind: "delegations", ID: id}
		}
		if err != nil {
			return fmt.Errorf("reading delegation %s: %w", id, err)
		}
		action := access.Action("role.revoke")
		if row.Giver == string(service.CallerOf(ctx).Account()) {
			action = "role.delegate"
		}
		if err := w.AllowFor(ctx, action, service.Owned{Lead: ledger.UnitID(row.Unit)}); err != nil {
			return err
		}
		if !row.Ended.IsZero() {
			return fault("delegation.gone", nil)
		}
		before := row.delegation()
		row.Ended = stamp{s.core.Store().Now()}
		if _, err := w.Tx().NewUpdate().Model(&row).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("ending delegation %s: %w", id, err)
		}
		w.Record(action, "delegations", id, before, row.delegation(), nil)
		return nil
	})
}

// Delegations are those that an account has given or taken, the oldest first: one's own, or those of another for
// who may read roles.
func (s *Service) Delegations(ctx context.Context, account ledger.AccountID) ([]Delegation, error) {
	if !mine(ctx, account) {
		if err := s.core.Check(ctx, "role.read", service.Owned{}); err != nil {
			return nil, err
		}
	}
	var rows []delegationRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("giver = ? OR taker = ?", account, account).Order("id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the delegations of %s: %w", account, err)
	}
	found := make([]Delegation, len(rows))
	for i, r := range rows {
		found[i] = r.delegation()
	}
	return found, nil
}

// Delegable are the posts that the caller holds himself and can hand over.
func (s *Service) Delegable(ctx context.Context) []access.Post {
	return slices.DeleteFunc(slices.Clone(service.CallerOf(ctx).Actor.Posts), func(p access.Post) bool {
		return p.For != "" || !s.NeedsUnit(p.Role) || !s.core.Can(ctx, "role.delegate", service.Owned{Lead: p.Unit})
	})
}
