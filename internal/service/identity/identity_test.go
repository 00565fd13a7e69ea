package identity_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// town is a district with an identity service and a clock.
type town struct {
	*servicetest.Fixture
	*identity.Service
	clock *clock
	// officer may grant and reset, admin may create.
	officer, admin context.Context
}

// quick is a cost of hashes that does not slow the tests down.
var quick = credential.Cost{Memory: 64, Passes: 1, Lanes: 1}

// each runs a test in a town in each database.
func each(t *testing.T, test func(t *testing.T, v *town)) {
	t.Helper()
	eachWith(t, identity.Options{}, test)
}

func eachWith(t *testing.T, options identity.Options, test func(t *testing.T, v *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		c := &clock{now: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)}
		s := storetest.Open(t, dsn, store.Options{Now: c.Now, Rooms: servicetest.Rooms(identity.Room())})
		f := servicetest.Settle(t, s)
		if options.Cost == (credential.Cost{}) {
			options.Cost = quick
		}
		options.Logger = slog.New(slog.DiscardHandler)
		v := &town{Fixture: f, Service: identity.New(f.Core, options), clock: c}
		v.officer, v.admin = f.As(t.Context(), "security-officer", ""), f.As(t.Context(), "administrator", "")
		test(t, v)
	})
}

const secret = "kettle over marble"

// seed adds accounts that share a password, each with a role in the bureau.
func (v *town) seed(t *testing.T, roles ...access.Role) []ledger.AccountID {
	t.Helper()
	var accounts []identity.SeedAccount
	for _, role := range roles {
		accounts = append(accounts, identity.SeedAccount{
			NewAccount: identity.NewAccount{Name: string(role), Person: "张三", Unit: v.Bureau.ID},
			Password:   credential.NewSecret(secret), Roles: []identity.SeedRole{{Role: role, Unit: v.Bureau.ID}},
		})
	}
	program := service.Caller{System: "test", May: []access.Action{"user.create", "role.grant", "user.read"}}
	ctx := service.As(t.Context(), program)
	if err := v.Seed(ctx, accounts); err != nil {
		t.Fatal(err)
	}
	ids := make([]ledger.AccountID, len(roles))
	for i, role := range roles {
		account, err := v.Named(ctx, string(role))
		if err != nil {
			t.Fatal(err)
		}
		ids[i] = account.ID
	}
	return ids
}

// signIn begins a session with the password that seeded accounts share.
func (v *town) signIn(t *testing.T, name string) (identity.Session, credential.Secret) {
	t.Helper()
	session, cookie, err := v.try(t, name, secret)
	if err != nil {
		t.Fatal(err)
	}
	return session, cookie
}

func (v *town) try(t *testing.T, name, password string) (identity.Session, credential.Secret, error) {
	t.Helper()
	return v.SignIn(t.Context(), identity.SignInRequest{Name: name, Password: credential.NewSecret(password), Address: "10.1.2.3", Agent: "test"})
}

// as is a context of a session.
func (v *town) as(t *testing.T, session identity.Session) context.Context {
	t.Helper()
	return service.As(t.Context(), service.Caller{Actor: session.Actor, Request: "test", Address: "10.1.2.3"})
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if !service.HasCode(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}

func wantRefused(t *testing.T, err error) {
	t.Helper()
	var refused *service.Refused
	if !errors.As(err, &refused) {
		t.Errorf("got %v, want a refusal", err)
	}
}

// person adds an account of a name that nobody has yet, who heads the bureau.
func (v *town) person(t *testing.T, name string) identity.Account {
	t.Helper()
	program := service.As(t.Context(), service.Caller{System: "test", May: []access.Action{"user.create", "role.grant", "user.read"}})
	name = fmt.Sprintf("%s-%d", name, v.clock.Now().UnixMicro())
	err := v.Seed(program, []identity.SeedAccount{{
		NewAccount: identity.NewAccount{Name: name, Person: "张三", Unit: v.Bureau.ID},
		Password:   credential.NewSecret(secret), Roles: []identity.SeedRole{{Role: "unit-head", Unit: v.Bureau.ID}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	account, err := v.Named(program, name)
	if err != nil {
		t.Fatal(err)
	}
	v.clock.pass(time.Microsecond)
	return account
}
