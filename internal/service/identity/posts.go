package identity

import (
	"context"
	"fmt"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// Post is a role that somebody holds.
type Post struct {
	Appointment
	Name, Person string
	Disabled     bool
}

// mostPosts bounds how many posts are read at once: more than a district has.
const mostPosts = 5000

// Posts are who holds which role on a day, in one unit and of one role where they are given, by unit and role.
func (s *Service) Posts(ctx context.Context, on calendar.Date, unit ledger.UnitID, role access.Role) ([]Post, error) {
	if err := s.core.Check(ctx, "role.read", service.Owned{}); err != nil {
		return nil, err
	}
	var rows []struct {
		appointmentRow
		Name     string `bun:"name"`
		Person   string `bun:"person"`
		Disabled bool   `bun:"disabled"`
	}
	query := s.core.Store().View(ctx).NewSelect().TableExpr("identity_appointments AS m").
		ColumnExpr("m.id, m.account, m.role, m.unit, m.first_day, m.last_day, m.revoked, a.name, a.person, a.disabled").
		Join("JOIN identity_accounts AS a ON a.id = m.account").Where("m.revoked IS NULL").
		Where("m.first_day <= ?0 AND (m.last_day = '' OR m.last_day >= ?0)", on.String())
	if unit != "" {
		query = query.Where("m.unit = ?", unit)
	}
	if role != "" {
		query = query.Where("m.role = ?", role)
	}
	if err := query.OrderExpr("m.unit, m.role, a.name, m.id").Limit(mostPosts).Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("reading who holds which role: %w", err)
	}
	posts := make([]Post, len(rows))
	for i, r := range rows {
		posts[i] = Post{Appointment: r.appointment(), Name: r.Name, Person: r.Person, Disabled: r.Disabled}
	}
	return posts, nil
}
