package reporting_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/message"
	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// TestWhoIsRemindedReadsIt: each reminder of a unit stands once in the inbox of who reports for it, and nobody else's.
func TestWhoIsRemindedReadsIt(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		c := &clock{}
		c.on(1, 2)
		s := storetest.Open(t, dsn, store.Options{Rooms: append(slices.Clone(rooms), identity.Room(), message.Room()), Now: c.now})
		o := settle(t, s, c)
		people := identity.New(o.Core, identity.Options{Cost: credential.Cost{Memory: 64, Passes: 1, Lanes: 1}, Logger: slog.New(slog.DiscardHandler)})
		program := service.As(t.Context(), service.Caller{System: "test", May: []access.Action{"user.create", "role.grant", "user.read"}})
		must(t, people.Seed(program, []identity.SeedAccount{{
			NewAccount: identity.NewAccount{Name: "reporter", Person: "李四", Unit: o.Bureau.ID}, Password: credential.NewSecret("kettle over marble"),
			Roles: []identity.SeedRole{{Role: "reporter", Unit: o.Bureau.ID}},
		}}))
		account := have[identity.Account](t)(people.Named(program, "reporter"))
		messages := message.New(o.Core, people, message.Options{})
		o.Service = usecases.New(o.Core, o.blobs, usecases.Options{Tell: messages.Tell})
		o.begin(t, false)
		for on := day(1, 20); on.Before(day(2, 25)); on = on.AddDays(1) {
			o.clock.on(int(on.Month), int(on.Day))
			must(t, o.Tick(o.job, nil))
			must(t, o.Tick(o.job, nil))
		}
		inbox := have[message.Inbox](t)(messages.Inbox(o.AsAccount(t.Context(), account.ID, "reporter", o.Bureau.ID), message.Query{}))
		reminders := have[[]usecases.Reminder](t)(o.Reminders(o.reporter))
		if len(inbox.Letters) != len(reminders) || len(reminders) < 4 {
			t.Fatalf("%d reminders are %d letters", len(reminders), len(inbox.Letters))
		}
		first, last := inbox.Letters[len(inbox.Letters)-1], inbox.Letters[0]
		due := o.roundOf(t, 1).Due.String()
		if first.Title.ZH != "2026年1月数据待报送，请于"+due+"前报送" || first.URL != "/reports" || first.Kind != message.OfReport {
			t.Errorf("the first is %+v", first)
		}
		if !strings.Contains(last.Title.EN, "were due on "+due) {
			t.Errorf("the last is %+v", last)
		}
		if other := have[message.Inbox](t)(messages.Inbox(o.other, message.Query{})); len(other.Letters) != 0 {
			t.Errorf("who reports for another unit reads %+v", other.Letters)
		}
	})
}
