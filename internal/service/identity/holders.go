package identity

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/ledger"
)

// Holder is who holds a role in a unit today, himself or for another.
type Holder struct {
	Account ledger.AccountID
	Role    access.Role
	Unit    ledger.UnitID
	For     ledger.AccountID // whom he stands in for; empty where the post is his own
}

// Holding are those who hold one of the posts today, or stand in for who does; a post without a role is any of its unit.
// It is asked by other use cases that have something for the holder of a post, and so asks for no right.
func (s *Service) Holding(ctx context.Context, posts ...access.Post) ([]Holder, error) {
	var units []string
	for _, p := range posts {
		units = append(units, string(p.Unit))
	}
	slices.Sort(units)
	units = slices.Compact(units)
	var rows []appointmentRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("m.unit IN (?) AND m.revoked IS NULL", bun.List(units)).
		Where("NOT EXISTS (SELECT 1 FROM identity_accounts AS a WHERE a.id = m.account AND a.disabled)").Order("m.id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading who holds posts: %w", err)
	}
	var found []Holder
	for _, row := range rows {
		a := row.appointment()
		asked := slices.ContainsFunc(posts, func(p access.Post) bool { return p.Unit == a.Unit && (p.Role == "" || p.Role == a.Role) })
		if asked && a.HeldOn(s.core.Today()) {
			found = append(found, Holder{Account: a.Account, Role: a.Role, Unit: a.Unit})
		}
	}
	return s.withDeputies(ctx, found)
}

// Working tells whether an account is there and not disabled. It asks for no right, as Holding does not.
func (s *Service) Working(ctx context.Context, account ledger.AccountID) (bool, error) {
	works, err := s.core.Store().View(ctx).NewSelect().Model((*accountRow)(nil)).Where("id = ?", account).Where("NOT disabled").Exists(ctx)
	if err != nil {
		return false, fmt.Errorf("looking whether account %s works: %w", account, err)
	}
	return works, nil
}

// withDeputies adds those who stand in for holders today, in all that they do: who was handed over some actions alone may
// not look at everything that the post hears of.
func (s *Service) withDeputies(ctx context.Context, holders []Holder) ([]Holder, error) {
	if len(holders) == 0 {
		return nil, nil
	}
	givers := make([]string, len(holders))
	for i, h := range holders {
		givers[i] = string(h.Account)
	}
	var rows []delegationRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("giver IN (?) AND ended IS NULL", bun.List(givers)).
		Where("NOT EXISTS (SELECT 1 FROM identity_accounts AS a WHERE a.id = d.taker AND a.disabled)").Order("id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading who stands in for holders of posts: %w", err)
	}
	all, today := holders, calendar.Period{From: s.core.Today(), To: s.core.Today()}
	for _, d := range asDelegations(rows) {
		held := slices.ContainsFunc(holders, func(h Holder) bool { return h.Account == d.From && h.Role == d.Role && h.Unit == d.Unit })
		if held && d.Only == nil && overlap(d.During, today) {
			all = append(all, Holder{Account: d.To, Role: d.Role, Unit: d.Unit, For: d.From})
		}
	}
	return all, nil
}
