package identity

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Session is somebody who has signed in.
type Session struct {
	ID      string // no secret: names the session in the list of one's own
	Account ledger.AccountID
	Login   string // the name that is typed at sign-in
	Name    string // of the person
	// Actor is the standing of today. It holds no post while a first password must be changed, and is nobody's while
	// the second factor is due.
	Actor           access.Actor
	MustChange      bool
	SecondFactorDue bool
}

const (
	// seenEvery is how often a session's last use is written down at most.
	seenEvery = time.Minute
	// dueFor is how long a session waits for the second factor.
	dueFor = 5 * time.Minute
	// longestAgent bounds what a browser says of itself.
	longestAgent = 200
)

// beforeChange is what a session is good for until a first password is changed.
var beforeChange = []access.Action{"self.password", "session.end"}

// foundSession is a session with what of its account bears on it.
type foundSession struct {
	sessionRow
	Name       string `bun:"name"`
	Person     string `bun:"person"`
	Disabled   bool   `bun:"disabled"`
	MustChange bool   `bun:"must_change"`
	Access     int64  `bun:"access"`
}

// find reads a session that has not ended.
func (s *Service) find(ctx context.Context, cookie credential.Secret) (foundSession, error) {
	var found foundSession
	err := s.core.Store().View(ctx).NewRaw(`SELECT s.digest, s.id, s.account, s.begun, s.seen, s.ended, s.due, s.method,
			s.address, s.agent, a.name, a.person, a.disabled, COALESCE(p.must_change, ?) AS must_change,
			(SELECT revision FROM identity_state WHERE id = 1) AS access
		FROM identity_sessions AS s JOIN identity_accounts AS a ON a.id = s.account
		LEFT JOIN identity_passwords AS p ON p.account = s.account
		WHERE s.digest = ?`, false, credential.StoredSession(cookie)).Scan(ctx, &found)
	if errors.Is(err, sql.ErrNoRows) {
		return found, fault("session.none", nil)
	}
	if err != nil {
		return found, fmt.Errorf("reading a session: %w", err)
	}
	now := s.core.Store().Now()
	if found.Disabled || !found.Ended.IsZero() || s.options.Terms.Ended(found.Begun.Time, found.Seen.Time, now) ||
		found.Due && now.Sub(found.Begun.Time) >= dueFor {
		return found, fault("session.none", nil)
	}
	if strings.HasPrefix(found.Method, byProvider) {
		found.MustChange = false
	}
	return found, nil
}

// Resume is the session of a cookie; IsSignedOut tells the error of one that has ended.
func (s *Service) Resume(ctx context.Context, cookie credential.Secret) (Session, error) {
	found, err := s.find(ctx, cookie)
	if err != nil {
		return Session{}, err
	}
	if now := s.core.Store().Now(); now.Sub(found.Seen.Time) >= seenEvery {
		if err := s.see(ctx, found.Digest, now); err != nil {
			return Session{}, err
		}
	}
	session := Session{
		ID: found.ID, Account: accountID(found.Account), Login: found.Name, Name: found.Person,
		MustChange: found.MustChange, SecondFactorDue: found.Due,
	}
	switch {
	case found.Due:
	case found.MustChange:
		session.Actor = access.Actor{Account: session.Account, Limit: beforeChange}
	default:
		session.Actor, err = s.actor(ctx, session.Account, found.Access)
	}
	return session, err
}

func (s *Service) see(ctx context.Context, digest string, now time.Time) error {
	return s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model((*sessionRow)(nil)).Set("seen = ?", stamp{now}).Where("digest = ?", digest).Exec(ctx)
		if err != nil {
			return fmt.Errorf("noting that a session is in use: %w", err)
		}
		return nil
	})
}

// begin stores a new session. Whoever held a cookie before holds nothing: the id is always drawn anew.
func (s *Service) begin(ctx context.Context, tx bun.Tx, e entrance, due bool) (Session, credential.Secret, error) {
	cookie, digest, err := credential.NewSession(s.options.Random)
	if err != nil {
		return Session{}, cookie, err
	}
	now := stamp{s.core.Store().Now()}
	row := sessionRow{
		Digest: digest, ID: store.NewID[string](s.core.Store()), Account: string(e.account), Begun: now, Seen: now, Due: due,
		Method: e.method, Address: e.address, Agent: shortened(e.agent),
	}
	if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
		return Session{}, cookie, fmt.Errorf("beginning a session: %w", err)
	}
	return Session{ID: row.ID, Account: e.account}, cookie, nil
}

func shortened(agent string) string {
	if !utf8.ValidString(agent) {
		return ""
	}
	if runes := []rune(agent); len(runes) > longestAgent {
		return string(runes[:longestAgent])
	}
	return agent
}

// renew lets a session go on under another cookie.
func (s *Service) renew(ctx context.Context, tx bun.Tx, cookie credential.Secret) (credential.Secret, error) {
	fresh, digest, err := credential.NewSession(s.options.Random)
	if err != nil {
		return fresh, err
	}
	_, err = tx.NewUpdate().Model((*sessionRow)(nil)).Set("digest = ?", digest).Where("digest = ?", credential.StoredSession(cookie)).Exec(ctx)
	if err != nil {
		return fresh, fmt.Errorf("renewing a session: %w", err)
	}
	return fresh, nil
}

// SignOut ends the session of a cookie; that there is none is no error.
func (s *Service) SignOut(ctx context.Context, cookie credential.Secret) error {
	found, err := s.find(ctx, cookie)
	if IsSignedOut(err) {
		return nil
	}
	if err != nil {
		return err
	}
	caller := service.CallerOf(ctx)
	caller.Actor, caller.System = access.Actor{Account: accountID(found.Account)}, ""
	return s.core.Change(service.As(ctx, caller), func(ctx context.Context, w *service.Work) error {
		if err := w.AllowOwn("session.end"); err != nil {
			return err
		}
		w.Record("session.end", "accounts", found.Account, nil, nil, map[string]string{"address": caller.Address})
		return s.end(ctx, w.Tx(), found.Digest)
	})
}

func (s *Service) end(ctx context.Context, tx bun.Tx, digest string) error {
	_, err := s.endWhere(ctx, tx, func(q *bun.UpdateQuery) *bun.UpdateQuery { return q.Where("digest = ?", digest) })
	return err
}

// endAll ends the sessions of an account, but for the one of a digest.
func (s *Service) endAll(ctx context.Context, tx bun.Tx, account accountID, but string) error {
	_, err := s.endWhere(ctx, tx, func(q *bun.UpdateQuery) *bun.UpdateQuery {
		return q.Where("account = ? AND digest <> ?", account, but)
	})
	return err
}

// endWhere ends sessions and tells whether there were any.
func (s *Service) endWhere(ctx context.Context, tx bun.Tx, which func(*bun.UpdateQuery) *bun.UpdateQuery) (bool, error) {
	query := tx.NewUpdate().Model((*sessionRow)(nil)).Set("ended = ?", stamp{s.core.Store().Now()}).Where("ended IS NULL")
	some, err := changed(which(query).Exec(ctx))
	if err != nil {
		return false, fmt.Errorf("ending sessions: %w", err)
	}
	return some, nil
}

// Visit is a session as its owner or the security officer sees it.
type Visit struct {
	ID, Method, Address, Agent string
	Begun, Seen                time.Time
}

// Visits are the sessions of an account that have not ended, the youngest first: one's own, or those of another for
// who may end them.
func (s *Service) Visits(ctx context.Context, account ledger.AccountID) ([]Visit, error) {
	if !mine(ctx, account) {
		if err := s.core.Check(ctx, "user.sessions", service.Owned{}); err != nil {
			return nil, err
		}
	}
	var rows []sessionRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("account = ? AND ended IS NULL AND NOT due", account).
		OrderExpr("begun DESC, id DESC").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the sessions of %s: %w", account, err)
	}
	var visits []Visit
	for _, r := range rows {
		if !s.options.Terms.Ended(r.Begun.Time, r.Seen.Time, s.core.Store().Now()) {
			visits = append(visits, Visit{ID: r.ID, Method: r.Method, Address: r.Address, Agent: r.Agent, Begun: r.Begun.Time, Seen: r.Seen.Time})
		}
	}
	return visits, nil
}

// EndVisit ends one of the caller's own sessions.
func (s *Service) EndVisit(ctx context.Context, id string) error {
	return s.endOwn(ctx, "one", func(q *bun.UpdateQuery) *bun.UpdateQuery { return q.Where("id = ?", id) })
}

// EndOthers ends the caller's own sessions but for the present one.
func (s *Service) EndOthers(ctx context.Context, cookie credential.Secret) error {
	return s.endOwn(ctx, "others", func(q *bun.UpdateQuery) *bun.UpdateQuery {
		return q.Where("digest <> ?", credential.StoredSession(cookie))
	})
}

func (s *Service) endOwn(ctx context.Context, which string, narrow func(*bun.UpdateQuery) *bun.UpdateQuery) error {
	account := service.CallerOf(ctx).Account()
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowOwn("session.lapse"); err != nil {
			return err
		}
		w.Record("session.lapse", "accounts", string(account), nil, nil, map[string]string{"which": which})
		some, err := s.endWhere(ctx, w.Tx(), func(q *bun.UpdateQuery) *bun.UpdateQuery { return narrow(q).Where("account = ?", account) })
		if err == nil && !some {
			err = fault("session.unknown", nil)
		}
		return err
	})
}

// EndSessions ends all sessions of another.
func (s *Service) EndSessions(ctx context.Context, id ledger.AccountID) error {
	return s.handle(ctx, "user.sessions", id, func(ctx context.Context, tx bun.Tx, _ accountRow) error {
		return s.endAll(ctx, tx, id, "")
	})
}
