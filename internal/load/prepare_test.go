package load_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/config"
	"luoshi/internal/load"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// password is that of everybody in a generated district.
const password = "Measure-2026-load"

// roles are those of the people who use a generated district, over and over.
var roles = []access.Role{"supervising-office", "leader", "unit-head", "reporter", "supervising-office", "unit-head", "reviewer", "auditor", "unit-head", "administrator"}

// prepare fills a database with a district and with people, and with what else is wanted, for a server that is yet to start.
// It returns the server's settings.
func prepare(b *testing.B, dsn string, size load.Size, more ...func(*testing.B, *store.Store)) map[string]string {
	b.Helper()
	settings := map[string]string{"data": filepath.Join(b.TempDir(), "data"), "db": dsn, "public-url": "http://load.example"}
	cfg, err := config.Load(config.Sources{Flags: settings})
	if err != nil {
		b.Fatal(err)
	}
	if err := os.MkdirAll(cfg.Data(), 0o700); err != nil {
		b.Fatal(err)
	}
	suite, err := signing.ParseSuite(cfg.Suite())
	if err != nil {
		b.Fatal(err)
	}
	key, err := signing.LoadOrGenerate(cfg.KeyFile(), suite, cfg.Host()+"/audit")
	if err != nil {
		b.Fatal(err)
	}
	clock := &moved{}
	s := storetest.Open(b, dsn, store.Options{Now: clock.now, Rooms: servicetest.Rooms(
		identity.Room(), intake.Room(), catalogue.Room(), planning.Room(), workflow.Room(), reporting.Room(), progress.Room(), supervision.Room(),
	)})
	var log *audit.Log
	err = s.Within(b.Context(), func(ctx context.Context, tx bun.Tx) (err error) {
		log, err = audit.Open(ctx, tx, key.Public().Origin(), suite, s.Now)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	fill(b, service.New(service.Parts{Store: s, Log: log, Queue: &servicetest.Queue{}}), size, clock)
	for _, add := range more {
		add(b, s)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return settings
}

func fill(b *testing.B, core *service.Core, size load.Size, clock *moved) {
	b.Helper()
	district, err := load.Fill(b.Context(), core, size)
	if err != nil {
		b.Fatal(err)
	}
	reportThrough(b, core, &district, clock)
	var accounts []identity.SeedAccount
	for i := range users {
		role := identity.SeedRole{Role: roles[i%len(roles)]}
		switch role.Role {
		case "unit-head", "reporter":
			role.Unit = district.Units[1+i%len(roles)] // those of one role and unit may see the same
		case "administrator", "auditor":
		default:
			role.Unit = district.Government
		}
		accounts = append(accounts, accountOf(i, role))
	}
	for i := range writers {
		// The forms of these units were returned; they may be filled and sent in.
		accounts = append(accounts, accountOf(users+i, identity.SeedRole{Role: "reporter", Unit: district.Units[7+8*i]}))
	}
	program := service.As(b.Context(), service.Caller{System: "load", May: []access.Action{"user.create", "role.grant"}, Request: "load"})
	if err := identity.New(core, identity.Options{}).Seed(program, accounts); err != nil {
		b.Fatal(err)
	}
}

func accountOf(i int, role identity.SeedRole) identity.SeedAccount {
	return identity.SeedAccount{
		NewAccount: identity.NewAccount{Name: userName(i), Person: fmt.Sprintf("用户%d", i), Unit: role.Unit},
		Password:   credential.NewSecret(password), Roles: []identity.SeedRole{role},
	}
}

func userName(i int) string { return fmt.Sprintf("user%02d", i) }
