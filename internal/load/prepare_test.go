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
	"luoshi/internal/service/identity"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// password is that of everybody in a generated district.
const password = "Measure-2026-load"

// roles are those of the people who use a generated district, over and over.
var roles = []access.Role{"supervising-office", "leader", "unit-head", "reporter", "supervising-office", "unit-head", "reviewer", "auditor", "unit-head", "administrator"}

// prepare fills a database with a district and with people, for a server that is yet to start. It returns the server's
// settings.
func prepare(b *testing.B, dsn string, size load.Size) map[string]string {
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
	s := storetest.Open(b, dsn, store.Options{Rooms: servicetest.Rooms(identity.Room())})
	var log *audit.Log
	err = s.Within(b.Context(), func(ctx context.Context, tx bun.Tx) (err error) {
		log, err = audit.Open(ctx, tx, key.Public().Origin(), suite, s.Now)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	fill(b, service.New(service.Parts{Store: s, Log: log}), size)
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return settings
}

func fill(b *testing.B, core *service.Core, size load.Size) {
	b.Helper()
	district, err := load.Fill(b.Context(), core, size)
	if err != nil {
		b.Fatal(err)
	}
	accounts := make([]identity.SeedAccount, users)
	for i := range accounts {
		role := identity.SeedRole{Role: roles[i%len(roles)]}
		switch role.Role {
		case "unit-head", "reporter":
			role.Unit = district.Units[1+i%len(roles)] // those of one role and unit may see the same
		case "administrator", "auditor":
		default:
			role.Unit = district.Government
		}
		accounts[i] = identity.SeedAccount{
			NewAccount: identity.NewAccount{Name: userName(i), Person: fmt.Sprintf("用户%d", i), Unit: role.Unit},
			Password:   credential.NewSecret(password), Roles: []identity.SeedRole{role},
		}
	}
	program := service.As(b.Context(), service.Caller{System: "load", May: []access.Action{"user.create", "role.grant"}, Request: "load"})
	if err := identity.New(core, identity.Options{}).Seed(program, accounts); err != nil {
		b.Fatal(err)
	}
}

func userName(i int) string { return fmt.Sprintf("user%02d", i) }
