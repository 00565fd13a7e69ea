package api

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"luoshi/internal/access/credential"
	"luoshi/internal/service"
)

// PrivatePaths begin the addresses of the API that are secrets themselves, for whoever logs requests.
func PrivatePaths() []string { return []string{secretPath} }

// NewCalendar makes a secret address for the calendar of the caller's deadlines: its path on this server, which is
// shown this once. The one before holds no longer.
func (a *API) NewCalendar(ctx context.Context) (credential.Secret, error) {
	secret, err := a.newAddress(ctx)
	if err != nil {
		return credential.Secret{}, err
	}
	return credential.NewSecret(calendarPath(secret)), nil
}

func calendarPath(secret credential.Secret) string {
	return secretPath + secret.Reveal() + "/deadlines.ics"
}

// DropCalendar ends that address.
func (a *API) DropCalendar(ctx context.Context) error { return a.dropAddress(ctx) }

// Calendar tells since when the caller's calendar has an address; the zero time where it has none.
func (a *API) Calendar(ctx context.Context) (time.Time, error) {
	if err := a.CheckOwn(ctx, subscribe); err != nil {
		return time.Time{}, err
	}
	var row calendarRow
	err := a.Store().View(ctx).NewSelect().Model(&row).Where("account = ?", string(service.CallerOf(ctx).Account())).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("looking for a calendar: %w", err)
	}
	return time.Parse(timeForm, row.Created)
}
