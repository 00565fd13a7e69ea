package identity

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// State is what keeps an account from being used, or that nothing does.
type State string

const (
	Any       State = ""
	Working   State = "working"
	Disabled  State = "disabled"
	LockedOut State = "locked" // its next sign-in is not heard yet
)

// Query asks for a part of the accounts, by name.
type Query struct {
	Text  string // in the name or the person's
	Unit  ledger.UnitID
	Role  access.Role // held today
	State State
	// Order is one of Orders; by name where it is none of them.
	Order      string
	Descending bool
	After      string // Listing.Next of the part before
	Limit      int    // 50 where 0
}

// Orders are the columns by which accounts can be ordered.
var Orders = []string{"name", "person", "created"}

// after is where the part before ended: the name, in which there is no space, and the value that it was ordered by.
func (q Query) after(last accountRow) string {
	value := map[string]string{"name": last.Name, "person": last.Person, "created": last.Created.UTC().Format(store.TimeForm)}[q.Order]
	return last.Name + " " + value
}

// page orders a query and lets it begin behind the part before.
func (q Query) page(query *bun.SelectQuery) *bun.SelectQuery {
	direction, beyond := bun.Safe("ASC"), bun.Safe(">")
	if q.Descending {
		direction, beyond = "DESC", "<"
	}
	if q.After != "" {
		name, value, _ := strings.Cut(q.After, " ")
		query = query.Where("(a.?0 ?1 ?2 OR a.?0 = ?2 AND a.name ?1 ?3)", bun.Ident(q.Order), beyond, value, name)
	}
	return query.OrderExpr("a.?0 ?1, a.name ?1", bun.Ident(q.Order), direction).Limit(int64(q.Limit) + 1)
}

// Listed is an account as the officers see it.
type Listed struct {
	Account
	Roles     []Appointment // held today or later
	LockedFor time.Duration // until its next sign-in is heard; 0 where it is heard at once
	HasFactor bool
	First     bool      // it has a first password still
	Seen      time.Time // the last use of a session
}

// Listing is a part of the accounts.
type Listing struct {
	Accounts []Listed
	Next     string // empty behind the last
}

const usualLimit, mostLimit = 50, 500

// Accounts are a part of the accounts.
func (s *Service) Accounts(ctx context.Context, q Query) (Listing, error) {
	if err := s.core.Check(ctx, "user.read", service.Owned{}); err != nil {
		return Listing{}, err
	}
	if q.Limit <= 0 {
		q.Limit = usualLimit
	}
	q.Limit = min(q.Limit, mostLimit)
	if !slices.Contains(Orders, q.Order) {
		q.Order = Orders[0]
	}
	var rows []accountRow
	query := s.narrowed(s.core.Store().View(ctx).NewSelect().Model(&rows), q)
	if q.State == LockedOut {
		names, err := s.lockedOut(ctx)
		if err != nil {
			return Listing{}, err
		}
		query = query.Where("a.name IN (?)", bun.List(names))
	}
	if err := q.page(query).Scan(ctx); err != nil {
		return Listing{}, fmt.Errorf("listing accounts: %w", err)
	}
	var listing Listing
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		listing.Next = q.after(rows[q.Limit-1])
	}
	var err error
	listing.Accounts, err = s.listed(ctx, rows)
	return listing, err
}

func (s *Service) narrowed(query *bun.SelectQuery, q Query) *bun.SelectQuery {
	if text := fold(q.Text); text != "" {
		pattern := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
		query = query.Where(`(a.name LIKE ? ESCAPE '\' OR lower(a.person) LIKE ? ESCAPE '\')`, pattern, pattern)
	}
	if q.Unit != "" {
		query = query.Where("a.unit = ?", q.Unit)
	}
	if q.State == Working || q.State == Disabled {
		query = query.Where("a.disabled = ?", q.State == Disabled)
	}
	if q.Role != "" {
		today := s.core.Today().String()
		query = query.Where(`EXISTS (SELECT 1 FROM identity_appointments AS m WHERE m.account = a.id AND m.role = ?
			AND m.revoked IS NULL AND m.first_day <= ? AND (m.last_day = '' OR m.last_day >= ?))`, q.Role, today, today)
	}
	return query
}

// lockedOut are the names of accounts whose next sign-in is not heard yet. Attempts know names by their digests alone,
// so those of all accounts are held against the few that wait.
func (s *Service) lockedOut(ctx context.Context) ([]string, error) {
	var keys, names []string
	db := s.core.Store().View(ctx)
	err := db.NewSelect().Model((*attemptRow)(nil)).Column("id").Where("heard_again > ?", stamp{s.core.Store().Now()}).Scan(ctx, &keys)
	if err != nil {
		return nil, fmt.Errorf("reading who is locked out: %w", err)
	}
	waits := map[string]bool{}
	for _, key := range keys {
		waits[key] = true
	}
	if len(keys) > 0 {
		if err := db.NewSelect().Model((*accountRow)(nil)).Column("name").Scan(ctx, &names); err != nil {
			return nil, fmt.Errorf("reading the names of accounts: %w", err)
		}
	}
	return append(slices.DeleteFunc(names, func(name string) bool { return !waits[accountKey(name)] }), ""), nil
}

// One is an account as the officers see it.
func (s *Service) One(ctx context.Context, id ledger.AccountID) (Listed, error) {
	if err := s.core.Check(ctx, "user.read", service.Owned{}); err != nil {
		return Listed{}, err
	}
	row, err := s.row(ctx, id)
	if err != nil {
		return Listed{}, err
	}
	listed, err := s.listed(ctx, []accountRow{row})
	if err != nil {
		return Listed{}, err
	}
	return listed[0], nil
}

// Named is the account that signs in by a name.
func (s *Service) Named(ctx context.Context, name string) (Account, error) {
	if err := s.core.Check(ctx, "user.read", service.Owned{}); err != nil {
		return Account{}, err
	}
	row, err := s.named(ctx, name)
	return row.account(), err
}

// Persons are the names of the persons of accounts, for pages that say who did something.
func (s *Service) Persons(ctx context.Context, ids ...ledger.AccountID) (map[ledger.AccountID]string, error) {
	persons := map[ledger.AccountID]string{}
	if len(ids) == 0 {
		return persons, nil
	}
	var rows []accountRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the names of persons: %w", err)
	}
	for _, r := range rows {
		persons[accountID(r.ID)] = r.Person
	}
	return persons, nil
}

// listed adds to accounts what stands in the tables beside.
func (s *Service) listed(ctx context.Context, rows []accountRow) ([]Listed, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	found, byKey, at := make([]Listed, len(rows)), map[string]*Listed{}, map[accountID]*Listed{}
	var ids []accountID
	var keys []string
	for i, r := range rows {
		found[i] = Listed{Account: r.account()}
		key := accountKey(r.Name)
		byKey[key], at[accountID(r.ID)] = &found[i], &found[i]
		ids, keys = append(ids, accountID(r.ID)), append(keys, key)
	}
	held, err := s.appointments(ctx, ids...)
	if err != nil {
		return nil, err
	}
	today := s.core.Today()
	for _, a := range held {
		if a.Revoked.IsZero() && !ends(a.During, today) {
			at[a.Account].Roles = append(at[a.Account].Roles, a)
		}
	}
	if err := s.listLocks(ctx, keys, byKey); err != nil {
		return nil, err
	}
	return found, s.listMarks(ctx, ids, at)
}

func (s *Service) listLocks(ctx context.Context, keys []string, byKey map[string]*Listed) error {
	var attempts []attemptRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&attempts).Where("id IN (?)", bun.List(keys)).Scan(ctx); err != nil {
		return fmt.Errorf("reading failed sign-ins: %w", err)
	}
	for _, a := range attempts {
		record := credential.Attempts{Failures: a.Failures, Last: a.LastAt.Time, Until: a.HeardAgain.Time}
		byKey[a.ID].LockedFor = credential.AccountLockout.Wait(record, s.core.Store().Now())
	}
	return nil
}

func (s *Service) listMarks(ctx context.Context, ids []accountID, at map[accountID]*Listed) error {
	var marks []struct {
		Account string `bun:"account"`
		First   bool   `bun:"first"`
		Factor  bool   `bun:"factor"`
		Seen    stamp  `bun:"seen"`
	}
	err := s.core.Store().View(ctx).NewRaw(`SELECT a.id AS account, COALESCE(p.must_change, ?) AS first,
			COALESCE(f.confirmed, ?) AS factor, (SELECT max(seen) FROM identity_sessions AS s WHERE s.account = a.id) AS seen
		FROM identity_accounts AS a LEFT JOIN identity_passwords AS p ON p.account = a.id
		LEFT JOIN identity_factors AS f ON f.account = a.id WHERE a.id IN (?)`, false, false, bun.List(ids)).Scan(ctx, &marks)
	if err != nil {
		return fmt.Errorf("reading the marks of accounts: %w", err)
	}
	for _, m := range marks {
		one := at[accountID(m.Account)]
		one.First, one.HasFactor, one.Seen = m.First, m.Factor, m.Seen.Time
	}
	return nil
}

// Colleague is somebody to whom the caller may hand a post over.
type Colleague struct{ Name, Person string }

// Colleagues are those who work in a unit, but for the caller.
func (s *Service) Colleagues(ctx context.Context, unit ledger.UnitID) ([]Colleague, error) {
	if err := s.core.Check(ctx, "role.delegate", service.Owned{Lead: unit}); err != nil {
		return nil, err
	}
	var rows []accountRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).
		Where("a.unit = ? AND NOT a.disabled AND a.id <> ?", unit, service.CallerOf(ctx).Account()).Order("name").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading who works in %s: %w", unit, err)
	}
	colleagues := make([]Colleague, len(rows))
	for i, r := range rows {
		colleagues[i] = Colleague{Name: r.Name, Person: r.Person}
	}
	return colleagues, nil
}
