package identity_test

import (
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// Every request with a cookie is resumed, so this is a part of the time of every page.
func BenchmarkResume(b *testing.B) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			s := storetest.Open(b, dsn(b), store.Options{Rooms: servicetest.Rooms(identity.Room())})
			f := servicetest.Settle(b, s)
			i := identity.New(f.Core, identity.Options{Cost: quick})
			program := service.As(b.Context(), service.Caller{System: "bench", May: []access.Action{"user.create", "role.grant"}})
			err := i.Seed(program, []identity.SeedAccount{{
				NewAccount: identity.NewAccount{Name: "lisi", Person: "李四", Unit: f.Bureau.ID},
				Password:   credential.NewSecret(secret), Roles: []identity.SeedRole{{Role: "reporter", Unit: f.Bureau.ID}},
			}})
			if err != nil {
				b.Fatal(err)
			}
			_, cookie, err := i.SignIn(b.Context(), identity.SignInRequest{Name: "lisi", Password: credential.NewSecret(secret)})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := i.Resume(b.Context(), cookie); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
