package identity

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Appointment is a role that an account holds in a unit.
type Appointment struct {
	ID      string           `json:"id"`
	Account ledger.AccountID `json:"account"`
	Role    access.Role      `json:"role"`
	Unit    ledger.UnitID    `json:"unit"`
	During  calendar.Period  `json:"during"` // an open end is the zero date
	Revoked time.Time        `json:"revoked,omitzero"`
}

func (r appointmentRow) appointment() Appointment {
	return Appointment{
		ID: r.ID, Account: accountID(r.Account), Role: access.Role(r.Role), Unit: ledger.UnitID(r.Unit),
		During: calendar.Period{From: r.FirstDay.Date, To: r.LastDay.Date}, Revoked: r.Revoked.Time,
	}
}

// HeldOn tells whether the role is held on a day.
func (a Appointment) HeldOn(on calendar.Date) bool {
	return a.Revoked.IsZero() && overlap(a.During, calendar.Period{From: on, To: on})
}

// overlap tells whether two spans have a day in common, where zero ends are open.
func overlap(a, b calendar.Period) bool {
	return !ends(a, b.From) && !ends(b, a.From)
}

func ends(p calendar.Period, before calendar.Date) bool {
	return !p.To.IsZero() && !before.IsZero() && p.To.Before(before)
}

// asAppointments are the rows as the table of rights wants them.
func asAppointments(rows []appointmentRow) []access.Appointment {
	appointments := make([]access.Appointment, len(rows))
	for i, r := range rows {
		a := r.appointment()
		appointments[i] = access.Appointment{Account: a.Account, Role: a.Role, Unit: a.Unit, During: a.During}
	}
	return appointments
}

// appointmentsOf narrows a query to what accounts that may work hold at some time.
func appointmentsOf(q *bun.SelectQuery, accounts []string) *bun.SelectQuery {
	return q.Where("m.account IN (?) AND m.revoked IS NULL", bun.List(accounts)).
		Where("NOT EXISTS (SELECT 1 FROM identity_accounts AS a WHERE a.id = m.account AND a.disabled)").Order("m.id")
}

// Terms are what is asked for when a role is granted.
type Terms struct {
	Account ledger.AccountID
	Role    access.Role
	Unit    ledger.UnitID
	During  calendar.Period
}

// Grant gives a role in a unit to an account for a span of days. Nobody grants to himself, and nobody holds roles
// that are kept apart. Where there has never been a security officer, the administrator appoints the first.
func (s *Service) Grant(ctx context.Context, t Terms) (Appointment, error) {
	var granted Appointment
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := raise(ctx, w.Tx()); err != nil {
			return err
		}
		action, err := s.grantingAction(ctx, t.Role)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, action, service.Owned{Lead: t.Unit}); err != nil {
			return err
		}
		granted, err = s.appoint(ctx, w, action, t)
		return err
	})
	return granted, err
}

const securityOfficer, administrator access.Role = "security-officer", "administrator"

// grantingAction is what granting a role is called: the first security officer cannot be appointed by one.
func (s *Service) grantingAction(ctx context.Context, role access.Role) (access.Action, error) {
	if role != securityOfficer || service.CallerOf(ctx).System != "" {
		return "role.grant", nil
	}
	missing, err := s.OfficerMissing(ctx)
	if err != nil || !missing {
		return "role.grant", err
	}
	return "role.begin", nil
}

// OfficerMissing tells that there has never been a security officer, so that the administrator appoints the first.
func (s *Service) OfficerMissing(ctx context.Context) (bool, error) {
	had, err := s.core.Store().View(ctx).NewSelect().Model((*appointmentRow)(nil)).Where("role = ?", securityOfficer).Exists(ctx)
	if err != nil {
		return false, fmt.Errorf("looking for a security officer: %w", err)
	}
	return !had, nil
}

func (s *Service) appoint(ctx context.Context, w *service.Work, action access.Action, t Terms) (Appointment, error) {
	if err := s.checkTerms(ctx, t); err != nil {
		return Appointment{}, err
	}
	row := appointmentRow{
		ID: store.NewID[string](s.core.Store()), Account: string(t.Account), Role: string(t.Role), Unit: string(t.Unit),
		FirstDay: day{t.During.From}, LastDay: day{t.During.To},
	}
	if _, err := w.Tx().NewInsert().Model(&row).Exec(ctx); err != nil {
		return Appointment{}, fmt.Errorf("granting a role: %w", err)
	}
	w.Record(action, "appointments", row.ID, nil, row.appointment(), nil)
	return row.appointment(), nil
}

func (s *Service) checkTerms(ctx context.Context, t Terms) error {
	if _, err := s.row(ctx, t.Account); err != nil {
		return err
	}
	switch {
	case t.Account == service.CallerOf(ctx).Account():
		return fault("account.oneself", nil)
	case !s.core.Rights().Knows(t.Role) || t.Role == access.Public:
		return fault("role.unknown", nil)
	case t.Unit == "" && s.NeedsUnit(t.Role):
		return fault("role.unit", nil)
	case ends(t.During, t.During.From):
		return fault("role.days", nil)
	}
	if _, err := s.unitName(ctx, t.Unit); err != nil {
		return err
	}
	return s.checkTogether(ctx, t)
}

// NeedsUnit tells whether a role is held in a unit; the officers' work belongs to none.
func (s *Service) NeedsUnit(role access.Role) bool {
	rights := s.core.Rights()
	return rights.CheckRoles(role, administrator) == nil && rights.CheckRoles(role, securityOfficer) == nil
}

// checkTogether holds a role against those that the account holds on the same days.
func (s *Service) checkTogether(ctx context.Context, t Terms) error {
	held, err := s.appointments(ctx, t.Account)
	if err != nil {
		return err
	}
	for _, a := range held {
		if !a.Revoked.IsZero() || !overlap(a.During, t.During) {
			continue
		}
		if a.Role == t.Role && a.Unit == t.Unit {
			return fault("role.held", nil)
		}
		var apart *access.Combination
		if err := s.core.Rights().CheckRoles(a.Role, t.Role); errors.As(err, &apart) {
			return fault("role.apart", err, apart.Text().Chinese, apart.Text().English)
		} else if err != nil {
			return err
		}
	}
	return nil
}

// Revoke takes a role back, at once.
func (s *Service) Revoke(ctx context.Context, id string) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := raise(ctx, w.Tx()); err != nil {
			return err
		}
		var row appointmentRow
		err := w.Tx().NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
		if errors.Is(err, sql.ErrNoRows) {
			return &store.NotFound{Kind: "appointments", ID: id}
		}
		if err != nil {
			return fmt.Errorf("reading appointment %s: %w", id, err)
		}
		if err := w.AllowFor(ctx, "role.revoke", service.Owned{Lead: ledger.UnitID(row.Unit)}); err != nil {
			return err
		}
		if !row.Revoked.IsZero() {
			return fault("role.gone", nil)
		}
		before := row.appointment()
		if before.Role == administrator {
			if err := s.keepAnAdministrator(ctx, before.Account); err != nil {
				return err
			}
		}
		row.Revoked = stamp{s.core.Store().Now()}
		if _, err := w.Tx().NewUpdate().Model(&row).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("revoking appointment %s: %w", id, err)
		}
		w.Record("role.revoke", "appointments", id, before, row.appointment(), nil)
		return nil
	})
}

// keepAnAdministrator makes sure that an account which is about to lose its work is not the last administrator.
func (s *Service) keepAnAdministrator(ctx context.Context, loses accountID) error {
	var rows []appointmentRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("m.role = ? AND m.revoked IS NULL", administrator).
		Where("NOT EXISTS (SELECT 1 FROM identity_accounts AS a WHERE a.id = m.account AND a.disabled)").Scan(ctx)
	if err != nil {
		return fmt.Errorf("looking for an administrator: %w", err)
	}
	is, others := false, false
	for _, r := range rows {
		if r.appointment().HeldOn(s.core.Today()) {
			is, others = is || r.Account == string(loses), others || r.Account != string(loses)
		}
	}
	if is && !others {
		return fault("account.last", nil)
	}
	return nil
}

// Appointments are the roles of an account, past ones too, the oldest first: one's own, or those of another for who
// may read them.
func (s *Service) Appointments(ctx context.Context, account ledger.AccountID) ([]Appointment, error) {
	if !mine(ctx, account) {
		if err := s.core.Check(ctx, "role.read", service.Owned{}); err != nil {
			return nil, err
		}
	}
	return s.appointments(ctx, account)
}

func (s *Service) appointments(ctx context.Context, accounts ...accountID) ([]Appointment, error) {
	var rows []appointmentRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("account IN (?)", bun.List(accounts)).Order("id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading appointments: %w", err)
	}
	found := make([]Appointment, len(rows))
	for i, r := range rows {
		found[i] = r.appointment()
	}
	return found, nil
}
