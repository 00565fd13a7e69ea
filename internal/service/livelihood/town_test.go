package livelihood_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/png"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/message"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
	rules "luoshi/ledger/livelihood"
)

// clock is a time that a test moves on.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Microsecond)
	return c.at
}

func (c *clock) on(d calendar.Date) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Date(int(d.Year), time.Month(d.Month), int(d.Day), 9, 0, 0, 0, service.Zone())
}

func day(month, d int8) calendar.Date { return calendar.Date{Year: 2026, Month: month, Day: d} }

// town is the small district in January, before its plan is published.
type town struct {
	*servicetest.Fixture
	*livelihood.Service
	clock                        *clock
	told                         []message.Notice
	office, leader, head, street context.Context
	public                       context.Context
}

var rooms = servicetest.Rooms(catalogue.Room(), planning.Room(), intake.Room(), workflow.Room(), livelihood.Room())

func each(t *testing.T, test func(t *testing.T, o *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		c := &clock{}
		c.on(day(1, 5))
		f := servicetest.Settle(t, storetest.Open(t, dsn, store.Options{Rooms: rooms, Now: c.now}))
		folder := have[*blob.Folder](t)(blob.NewFolder(t.TempDir(), sha256.New))
		t.Cleanup(func() { must(t, folder.Close()) })
		o := &town{Fixture: f, clock: c}
		o.Service = livelihood.New(f.Core, planning.New(f.Core, planning.Options{}), intake.New(f.Core, folder, intake.Options{}), folder,
			livelihood.Options{Tell: o.tell})
		ctx := t.Context()
		o.office, o.leader = f.Office(ctx), f.As(ctx, "leader", f.Government.ID)
		o.head, o.street = f.As(ctx, "unit-head", f.Bureau.ID), f.AsAccount(ctx, "street-head", "unit-head", f.Street.ID)
		o.public = service.As(ctx, service.Caller{Request: "test"})
		test(t, o)
	})
}

func (o *town) tell(_ context.Context, _ *service.Work, notices ...message.Notice) error {
	o.told = append(o.told, notices...)
	return nil
}

// deputy is one of the deputies, by number.
func (o *town) deputy(t testing.TB, n int) context.Context {
	return o.AsAccount(t.Context(), ledger.AccountID(fmt.Sprint("deputy-", n)), "deputy", o.Government.ID)
}

// terms are those of a round of 2 items, chosen by 12 deputies, 8 of whom have to come.
func terms() livelihood.Terms {
	r := rules.Usual()
	r.Seats, r.Marks, r.Spare, r.Deputies, r.Answers = 2, 2, 1, 12, 10
	return livelihood.Terms{
		Title: "望溪区2026年民生实事项目", Call: "请提出您最盼望办的实事。", From: day(1, 5), Until: day(1, 16), Rule: r,
	}
}

// called is a round whose call has begun.
func (o *town) called(t testing.TB) livelihood.Round {
	t.Helper()
	r := have[livelihood.Round](t)(o.CreateRound(o.office, o.Government.ID, 2026, terms()))
	return o.step(o.office, t, r.ID, "call")
}

func (o *town) step(ctx context.Context, t testing.TB, id livelihood.RoundID, action string) livelihood.Round {
	t.Helper()
	return have[livelihood.Round](t)(o.StepRound(ctx, id, action, "按程序办理", 0))
}

// entered are candidates that the office has entered and put on the ballot.
func (o *town) entered(t testing.TB, id livelihood.RoundID, titles ...string) []rules.Candidate {
	t.Helper()
	ids := make([]rules.Candidate, len(titles))
	for i, title := range titles {
		p := livelihood.Proposal{Title: title, Lead: o.Bureau.ID, Cooperating: []ledger.UnitID{o.Street.ID}, By: day(12, 31)}
		c := have[livelihood.Candidate](t)(o.Suggest(o.office, id, p, rules.FromDeputy))
		have[livelihood.Candidate](t)(o.MoveCandidate(o.office, c.ID, "list", "", 0))
		ids[i] = c.ID
	}
	return ids
}

// voting is a round before the deputies, on three candidates.
func (o *town) voting(t testing.TB) (livelihood.Round, []rules.Candidate) {
	t.Helper()
	r := o.called(t)
	ids := o.entered(t, r.ID, "建成社区食堂6处", "新增停车泊位800个", "改造公厕12座")
	o.step(o.office, t, r.ID, "screen")
	o.step(o.office, t, r.ID, "propose")
	return o.step(o.leader, t, r.ID, "approve"), ids
}

// paper is a sheet of 9 valid ballots.
func paper(ids []rules.Candidate, votes ...int) rules.Sheet {
	s := rules.Sheet{Issued: 9, Received: 9, Valid: 9, Votes: map[rules.Candidate]int{}}
	for i, n := range votes {
		s.Votes[ids[i]] = n
	}
	return s
}

func scan() livelihood.File {
	return livelihood.File{Name: "计票单.txt", Content: strings.NewReader("监票人签字")}
}

// decided is a round whose result is known: the canteens and the parking places are chosen.
func (o *town) decided(t testing.TB) (livelihood.Round, []rules.Candidate) {
	t.Helper()
	r, ids := o.voting(t)
	have[livelihood.Sheet](t)(o.EnterSheet(o.office, r.ID, paper(ids, 9, 7, 2), scan()))
	o.step(o.office, t, r.ID, "count")
	return o.step(o.leader, t, r.ID, "decide"), ids
}

// item is a livelihood item that is in force.
func (o *town) item(t testing.TB) ledger.CommitmentID {
	t.Helper()
	c := o.Promise(o.Store(), ledger.CommitmentTerms{
		Title: "建成社区食堂6处", Section: 2, Kind: ledger.KindLivelihood, By: day(12, 31), Lead: o.Bureau.ID, State: ledger.InForce,
	})
	return have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Add(t.Context(), c)).Value.ID
}

func pixels(t testing.TB) livelihood.File {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))))
	return livelihood.File{Name: "现场.png", Content: &b}
}

func wantFault(t testing.TB, err error, code string) {
	t.Helper()
	if !service.HasCode(err, code) {
		t.Errorf("the error is %v, want %s", err, code)
	}
}

func wantRefused(t testing.TB, err error) {
	t.Helper()
	var refused *service.Refused
	if !errors.As(err, &refused) {
		t.Errorf("the error is %v, want a refusal", err)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func have[T any](t testing.TB) func(v T, err error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		must(t, err)
		return v
	}
}

// second is the error of a call.
func second[T any](_ T, err error) error { return err }
