package peers_test

import (
	"errors"
	"strings"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/peers"
	figures "luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

var half = reporting.Period{Frequency: reporting.HalfYearly, Year: 2026, Number: 1}

// town is the small district, whose street is its statistics office.
type town struct {
	*servicetest.Fixture
	*peers.Service
}

func each(t *testing.T, test func(t *testing.T, o town)) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		reports := figures.New(f.Core, nil, figures.Options{})
		settings := figures.UsualSettings()
		settings.Asking.StatisticsUnit = f.Street.ID
		if _, err := reports.SaveSettings(f.Office(t.Context()), f.Plan.ID, settings, 0); err != nil {
			t.Fatal(err)
		}
		test(t, town{f, peers.New(f.Core, reports)})
	}, workflow.Room(), figures.Room(), peers.Room())
}

func (o town) of(name, growth string) peers.Peer {
	d, _ := ledger.ParseDecimal(growth)
	return peers.Peer{Indicator: o.Indicator.ID, Name: name, Period: half, Growth: d, Source: name + "2026年上半年统计公报"}
}

func TestTheStatisticsOfficeEntersWhatOthersState(t *testing.T) {
	each(t, func(t *testing.T, o town) {
		statistics := o.As(t.Context(), "unit-head", o.Street.ID)
		for _, p := range []peers.Peer{o.of("云川区", "5.2"), o.of("清源区", "-0.3")} {
			if err := o.Set(statistics, p, "", 0); err != nil {
				t.Fatal(err)
			}
		}
		office := o.Office(t.Context())
		in, err := o.In(office, o.Plan.ID, half)
		if err != nil || len(in[o.Indicator.ID]) != 2 {
			t.Fatalf("%v %v", in, err)
		}
		if others, err := o.In(office, o.Plan.ID, half.Next()); err != nil || len(others) != 0 {
			t.Errorf("another period has %v %v", others, err)
		}
		changed := o.of("云川区", "5.4")
		var fault *service.Fault
		if err := o.Set(office, changed, " ", 1); !errors.As(err, &fault) || fault.Code != "peer.reason" {
			t.Errorf("a figure changes without a reason: %v", err)
		}
		if err := o.Set(office, changed, "公报已修订", 1); err != nil {
			t.Fatal(err)
		}
		var conflict *store.Conflict[peers.Peer]
		if err := o.Set(office, changed, "再改", 1); !errors.As(err, &conflict) || conflict.Current.Revision != 2 {
			t.Errorf("what somebody else has changed is changed unseen: %v", err)
		}
		if err := o.Drop(office, o.Indicator.ID, "云川区", half, "口径不同", 2); err != nil {
			t.Fatal(err)
		}
		all, err := o.Of(office, o.Indicator.ID)
		if err != nil || len(all) != 1 || all[0].Name != "清源区" || all[0].Growth.String() != "-0.3" || all[0].By != "unit-head" {
			t.Errorf("%+v %v", all, err)
		}
		if err := o.Set(office, o.of("云川区", "5.5"), "", 0); err != nil {
			t.Errorf("what was taken away does not come back: %v", err)
		}
		id := string(o.Indicator.ID) + "/云川区/" + half.Key()
		if entries := o.Entries(t, peers.Kind, id); len(entries) != 4 {
			t.Errorf("the log has %v", entries)
		}
	})
}

func TestWhatAnotherGovernmentStatesIsComplete(t *testing.T) {
	each(t, func(t *testing.T, o town) {
		office := o.Office(t.Context())
		for code, spoil := range map[string]func(p *peers.Peer){
			"peer.name":   func(p *peers.Peer) { p.Name = strings.Repeat("区", 51) },
			"peer.period": func(p *peers.Peer) { p.Period = reporting.Period{} },
			"peer.figure": func(p *peers.Peer) { p.Growth = ledger.Decimal{} },
			"peer.source": func(p *peers.Peer) { p.Source = " " },
		} {
			p := o.of("云川区", "5.2")
			spoil(&p)
			var fault *service.Fault
			if err := o.Set(office, p, "", 0); !errors.As(err, &fault) || fault.Code != code || fault.Words.ZH == "" || fault.Words.EN == "" {
				t.Errorf("%s: %v", code, err)
			}
		}
		var missing *store.NotFound
		if err := o.Drop(office, o.Indicator.ID, "无名区", half, "不存在", 0); !errors.As(err, &missing) {
			t.Errorf("what was never there is taken away: %v", err)
		}
	})
}

func TestOnlyTheStatisticsOfficeAndTheOfficeEnter(t *testing.T) {
	each(t, func(t *testing.T, o town) {
		for _, who := range []struct {
			role string
			unit ledger.UnitID
			may  bool
		}{
			{"supervising-office", o.Government.ID, true},
			{"unit-head", o.Street.ID, true},
			{"reporter", o.Street.ID, true},
			{"unit-head", o.Bureau.ID, false},
			{"reporter", o.Bureau.ID, false},
			{"leader", o.Government.ID, false},
			{"reviewer", o.Government.ID, false},
			{"administrator", o.Government.ID, false},
		} {
			ctx := o.As(t.Context(), access.Role(who.role), who.unit)
			err := o.Set(ctx, o.of(who.role, "1"), "", 0)
			var refused *service.Refused
			if errors.As(err, &refused) == who.may || who.may && err != nil {
				t.Errorf("%s: %v", who.role, err)
			}
			if o.MayEnter(ctx, o.Indicator.ID) != who.may {
				t.Errorf("a page offers %s the wrong thing", who.role)
			}
		}
	})
}
