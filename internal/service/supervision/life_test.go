package supervision_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	usecases "luoshi/internal/service/supervision"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// TestAnOrderFromItsDraftToItsClosing follows an order through everything that can go well and badly with it.
func TestAnOrderFromItsDraftToItsClosing(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		drafted := have[usecases.Drafted](t)(o.Draft(o.office, o.matter()))
		if drafted.Joined || drafted.Order.Number != "" || drafted.Order.State != "draft" {
			t.Fatalf("drafted is %+v", drafted)
		}
		issued := have[usecases.Summary](t)(o.Issue(o.office, drafted.Order.ID, drafted.Order.Revision))
		id := issued.ID
		if issued.Number != "督〔2026〕1号" || issued.State != "issued" || issued.Due != day(1, 26) || issued.SignDue != day(1, 6) {
			t.Errorf("issued is %+v", issued)
		}
		o.clock.on(day(1, 6))
		signed := have[usecases.Summary](t)(o.Sign(o.reporter, id))
		if signed.State != "handling" || signed.InterimDue != day(1, 13) || signed.Due != day(1, 26) {
			t.Errorf("signed is %+v", signed)
		}
		o.clock.on(day(1, 13))
		said := have[usecases.Summary](t)(o.Reply(o.reporter, id, supervision.Reply{Text: "已进场", Progress: 40}, nil))
		if said.State != "handling" || said.InterimDue != day(1, 20) {
			t.Errorf("after an interim reply it is %+v", said)
		}
		final := supervision.Reply{Text: "已办结", Progress: 100, Done: true, Final: true}
		_, err := o.Reply(o.head, id, final, nil)
		wantFault(t, err, "flow.guarded")
		prepared := have[usecases.Summary](t)(o.Reply(o.reporter, id, final, letter()))
		if prepared.State != "prepared" {
			t.Errorf("the reply of a reporter waits for the head, not %s", prepared.State)
		}
		replied := o.step(o.head, t, id, usecases.Step{Action: "reply"})
		if replied.State != "replied" || replied.Replied != day(1, 13) || replied.Running {
			t.Errorf("replied is %+v", replied)
		}
		o.clock.on(day(1, 15))
		_, err = o.Step(o.office, id, usecases.Step{Action: "return"})
		wantFault(t, err, "flow.no-reason")
		returned := o.step(o.office, t, id, usecases.Step{Action: "return", Reason: "照片看不出完工"})
		if returned.State != "returned" || !returned.Running || !returned.Replied.IsZero() {
			t.Errorf("returned is %+v", returned)
		}
		_, err = o.Reply(o.head, id, final, nil)
		wantFault(t, err, "flow.guarded") // what was shown before does not count
		o.done(t, id)
		closed := o.Take(o.office, "close", []supervision.OrderID{id}, "", 0)[0]
		if closed.Err != nil || closed.Order.State != "closed" || closed.Order.Ended != day(1, 15) {
			t.Errorf("closed is %+v", closed)
		}
		reopened := o.step(o.office, t, id, usecases.Step{Action: "reopen", Reason: "现场未完工", Days: 5})
		if reopened.State != "returned" || !reopened.Ended.IsZero() || reopened.Due != day(1, 22) {
			t.Errorf("reopened is %+v", reopened)
		}
		v := o.view(o.office, t, id)
		if len(v.Trail) != 9 || len(v.Replies) != 3 || len(v.Replies[1].Evidence) != 1 || v.Trail[8].Reason != "现场未完工" {
			t.Errorf("the trail has %d steps and %d replies", len(v.Trail), len(v.Replies))
		}
		if _, content, err := o.OpenEvidence(o.leader, v.Replies[1].Evidence[0].ID, false); err != nil {
			t.Error(err)
		} else if text, _ := io.ReadAll(content); string(text) != "管线迁改已完成" {
			t.Errorf("the letter reads %s", text)
		}
		o.sound(t)
	})
}

// TestExtensionAndSuspensionOverTheSpringFestival lets a unit ask and the leader grant, and the clock stand still.
func TestExtensionAndSuspensionOverTheSpringFestival(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.clock.on(day(2, 9))
		order := o.handled(t, o.matter())
		if order.Due != day(3, 6) { // 15 working days: off from 15 to 23 February, worked on Saturday 14 and 28
			t.Errorf("due on %s", order.Due)
		}
		_, err := o.Step(o.reporter, order.ID, usecases.Step{Action: "ask-extension", Reason: "材料未到"})
		wantRefused(t, err, "order.extend")
		o.step(o.head, t, order.ID, usecases.Step{Action: "ask-extension", Reason: "材料未到", Days: 5})
		_, err = o.Step(o.office, order.ID, usecases.Step{Action: "extend", Days: 5})
		wantRefused(t, err, "order.grant")
		extended := o.step(o.leader, t, order.ID, usecases.Step{Action: "extend", Days: 5})
		if extended.State != "handling" || extended.Due != day(3, 13) {
			t.Errorf("extended is due on %s", extended.Due)
		}
		o.clock.on(day(2, 11))
		o.step(o.head, t, order.ID, usecases.Step{Action: "ask-suspension", Reason: "春节停工", Days: 20})
		suspended := o.step(o.leader, t, order.ID, usecases.Step{Action: "suspend", Days: 20})
		if !suspended.Paused || suspended.Running || suspended.State != "suspended" {
			t.Errorf("suspended is %+v", suspended)
		}
		o.clock.on(day(3, 2))
		must(t, o.Tick(o.job, nil))
		if v := o.view(o.office, t, order.ID); v.Due != day(3, 26) || !slices.Contains(offered(v), "resume") {
			t.Errorf("the latest legal day is %s while it stands still, offered is %v", v.Due, offered(v))
		}
		resumed := o.step(o.office, t, order.ID, usecases.Step{Action: "resume"})
		if resumed.Paused || resumed.Due != day(3, 26) {
			t.Errorf("resumed is due on %s", resumed.Due)
		}
		o.sound(t)
	})
}

// TestOneMatterHasOneOrder lets a second source join. A graver sheet is a paper of its own.
func TestOneMatterHasOneOrder(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		first := o.matter()
		first.Kind, first.Sheet, first.Commitments = supervision.Graded, supervision.Blue, []ledger.CommitmentID{o.Commitment.ID}
		issued := o.issued(t, first)
		for _, kind := range []supervision.Kind{supervision.Graded, supervision.Urge} {
			second := first
			if second.Kind = kind; kind == supervision.Urge {
				second.Sheet = supervision.NoSheet
			}
			second.Sources = []supervision.Source{{Kind: supervision.FromInspection, Title: "区政府督查组：" + string(kind)}}
			if joined := have[usecases.Drafted](t)(o.Draft(o.office, second)); !joined.Joined || joined.Order.ID != issued.ID {
				t.Errorf("joined is %+v", joined)
			}
		}
		if v := o.view(o.office, t, issued.ID); len(v.Order.Sources) != 3 || v.Sheet != supervision.Blue || v.Kind != supervision.Graded {
			t.Errorf("it is now %+v", v.Order)
		}
		graver := first
		graver.Sheet = supervision.Yellow
		if yellow := o.issued(t, graver); yellow.Number != "督黄〔2026〕1号" {
			t.Errorf("the graver sheet is %+v", yellow)
		}
		about := have[map[ledger.CommitmentID][]usecases.Summary](t)(o.AboutCommitments(o.head, []ledger.CommitmentID{o.Commitment.ID}))
		if len(about[o.Commitment.ID]) != 2 {
			t.Errorf("about the commitment is %+v", about)
		}
		section := o.Commitment.Section
		for _, c := range []struct {
			sections   []int
			most, want int
		}{{[]int{section}, 0, 2}, {[]int{section}, 1, 1}, {[]int{section + 99}, 0, 0}} {
			if got := have[[]usecases.Summary](t)(o.AboutSections(o.head, o.Plan.ID, c.sections, c.most)); len(got) != c.want {
				t.Errorf("sections %v, at most %d: %+v", c.sections, c.most, got)
			}
		}
		o.sound(t)
	})
}

// TestAnInstructionIsApprovedFirst: a leader has to see what becomes of his instruction before it goes out.
func TestAnInstructionIsApprovedFirst(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		order := o.matter()
		order.Sources = []supervision.Source{{Kind: supervision.FromInstruction, Title: "林澜副区长批示", Wording: "抓紧办"}}
		drafted := have[usecases.Drafted](t)(o.Draft(o.office, order))
		_, err := o.Issue(o.office, drafted.Order.ID, 0)
		wantFault(t, err, "flow.guarded")
		o.step(o.office, t, drafted.Order.ID, usecases.Step{Action: "submit"})
		order.ID, order.Title = drafted.Order.ID, "另一件事"
		_, err = o.Edit(o.office, order, 0)
		wantFault(t, err, "order.issued")
		o.step(o.leader, t, order.ID, usecases.Step{Action: "approve"})
		if issued := have[usecases.Summary](t)(o.Issue(o.second, order.ID, 0)); issued.Number == "" {
			t.Errorf("issued is %+v", issued)
		}
		o.sound(t)
	})
}

// TestAnOrderInParts is closed only when its parts are.
func TestAnOrderInParts(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		order := o.handled(t, o.matter())
		_, err := o.Split(o.head, order.ID, []supervision.Part{{Unit: o.Street.ID, Requirement: "做好沿街商户工作"}}, 0)
		wantRefused(t, err, "order.issue")
		parts := have[[]usecases.Summary](t)(o.Split(o.office, order.ID, []supervision.Part{{Unit: o.Street.ID, Requirement: "做好沿街商户工作"}}, 0))
		if len(parts) != 1 || parts[0].Number != "督〔2026〕1号-1" || parts[0].Due != order.Due || parts[0].Lead != o.Street.ID {
			t.Errorf("the parts are %+v", parts)
		}
		o.done(t, order.ID)
		_, err = o.Step(o.office, order.ID, usecases.Step{Action: "close"})
		wantFault(t, err, "flow.guarded")
		have[usecases.Summary](t)(o.Sign(o.street, parts[0].ID))
		reply := supervision.Reply{Text: "商户已协调", Progress: 100, Done: true, Final: true}
		have[usecases.Summary](t)(o.Reply(o.street, parts[0].ID, reply, letter()))
		o.step(o.office, t, parts[0].ID, usecases.Step{Action: "close"})
		o.step(o.office, t, order.ID, usecases.Step{Action: "close"})
		if v := o.view(o.office, t, order.ID); len(v.Subs) != 1 || v.Subs[0].State != "closed" {
			t.Errorf("the parts are %+v", v.Subs)
		}
		o.sound(t)
	})
}

// TestAnOrderIsForwarded to another unit, which signs for it anew; the number stays.
func TestAnOrderIsForwarded(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		order := o.handled(t, o.matter())
		_, err := o.Forward(o.head, order.ID, o.Street.ID, "属街道职责", 0)
		wantFault(t, err, "forward.beneath")
		forwarded := have[usecases.Summary](t)(o.Forward(o.office, order.ID, o.Street.ID, "属街道职责", 0))
		if forwarded.Lead != o.Street.ID || forwarded.State != "issued" || forwarded.Number != order.Number || !forwarded.Signed.IsZero() {
			t.Errorf("forwarded is %+v", forwarded)
		}
		_, err = o.Order(o.head, order.ID)
		wantRefused(t, err, "order.read")
		have[usecases.Summary](t)(o.Sign(o.street, order.ID))
		o.sound(t)
	})
}

// TestAUnitThatCooperates signs and reports, and takes no step of the unit that leads.
func TestAUnitThatCooperates(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		order := o.issued(t, o.matter())
		have[usecases.Summary](t)(o.Sign(o.street, order.ID))
		v := o.view(o.streets, t, order.ID)
		if v.State != "issued" || v.Units[0].Signed.IsZero() || v.Units[0].By != "street-head" || len(v.Offers) != 0 || !v.MayReply || v.MaySign {
			t.Errorf("the street sees %+v", v)
		}
		_, err := o.Sign(o.street, order.ID)
		wantFault(t, err, "sign.done")
		have[usecases.Summary](t)(o.Reply(o.street, order.ID, supervision.Reply{Text: "已配合", Progress: 50}, nil))
		_, err = o.Reply(o.street, order.ID, supervision.Reply{Text: "已配合", Progress: 100, Done: true, Final: true}, nil)
		wantFault(t, err, "reply.lead")
		_, err = o.Step(o.street, order.ID, usecases.Step{Action: "sign"})
		wantRefused(t, err, "order.sign")
		if v := o.view(o.office, t, order.ID); len(v.Replies) != 1 || v.Replies[0].Unit != o.Street.ID {
			t.Errorf("the replies are %+v", v.Replies)
		}
		o.sound(t)
	})
}

// TestNumbersHaveNoGap: one that was not issued in the end takes none.
func TestNumbersHaveNoGap(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		var numbers []string
		for range 3 {
			bad := have[usecases.Drafted](t)(o.Draft(o.office, o.matter()))
			_, err := o.Step(o.office, bad.Order.ID, usecases.Step{Action: "issue", Days: 5000})
			wantFault(t, err, "flow.bad-term")
			numbers = append(numbers, o.issued(t, o.matter()).Number)
		}
		if want := []string{"督〔2026〕1号", "督〔2026〕2号", "督〔2026〕3号"}; !slices.Equal(numbers, want) {
			t.Errorf("the numbers are %v", numbers)
		}
		if _, err := o.Store().SQL().ExecContext(t.Context(), "UPDATE orders SET number = 'x' WHERE number <> ''"); err == nil {
			t.Error("a number can be changed")
		}
	})
}

// TestTwoWhoChangeAnOrder notice each other.
func TestTwoWhoChangeAnOrder(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		drafted := have[usecases.Drafted](t)(o.Draft(o.office, o.matter()))
		order := o.matter()
		order.ID, order.Title = drafted.Order.ID, "望溪路改造严重滞后"
		edited := have[usecases.Summary](t)(o.Edit(o.office, order, drafted.Order.Revision))
		if edited.Title != order.Title {
			t.Errorf("edited is %+v", edited)
		}
		_, err := o.Edit(o.second, order, drafted.Order.Revision)
		if !store.IsConflict(err) {
			t.Errorf("want a conflict, got %v", err)
		}
		_, err = o.Issue(o.second, order.ID, drafted.Order.Revision)
		if !store.IsConflict(err) {
			t.Errorf("want a conflict, got %v", err)
		}
		if entries := o.Entries(t, usecases.OrderKind, string(order.ID)); !slices.Equal(entries, []string{"order.issue", "order.issue"}) {
			t.Errorf("the log tells of %v", entries)
		}
	})
}

// TestWhoMayDoWhat asks for what is not one's own.
func TestWhoMayDoWhat(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		_, err := o.Draft(o.head, o.matter())
		wantRefused(t, err, "order.issue")
		alone := o.matter()
		alone.Cooperating = nil
		order := o.issued(t, alone)
		_, err = o.Order(o.street, order.ID)
		wantRefused(t, err, "order.read")
		_, err = o.Sign(o.street, order.ID)
		wantRefused(t, err, "order.sign")
		_, err = o.Reply(o.street, order.ID, supervision.Reply{Text: "x"}, nil)
		wantRefused(t, err, "order.reply")
		_, err = o.Step(o.head, order.ID, usecases.Step{Action: "close"})
		wantRefused(t, err, "order.close")
		_, err = o.Step(o.office, order.ID, usecases.Step{Action: "dance"})
		wantFault(t, err, "order.step")
		_, err = o.SaveSettings(o.head, supervision.Defaults(), 0)
		wantRefused(t, err, "config.rules")
		if l := have[usecases.Listing](t)(o.List(o.street, usecases.Filter{}, store.Page{})); len(l.Orders) != 0 || len(l.States) != 0 {
			t.Errorf("the street lists %+v", l)
		}
	})
}

// TestWhatIsWrongWithADraft is told before anything is written.
func TestWhatIsWrongWithADraft(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		for what, spoil := range map[string]func(*supervision.Order){
			"no title": func(s *supervision.Order) { s.Title = " " },
			"no unit":  func(s *supervision.Order) { s.Lead = "" },
			"past":     func(s *supervision.Order) { s.Term, s.Due = supervision.Term{}, day(1, 2) },
			"unknown":  func(s *supervision.Order) { s.Lead = "0197a0a0-0000-7000-8000-000000000000" },
		} {
			order := o.matter()
			spoil(&order)
			if _, err := o.Draft(o.office, order); err == nil {
				t.Errorf("an order with %s is drafted", what)
			}
		}
		if l := have[usecases.Listing](t)(o.List(o.office, usecases.Filter{}, store.Page{})); len(l.Orders) != 0 {
			t.Errorf("there are %+v", l)
		}
		order := o.matter()
		order.Term, order.Interim, order.Urgency = supervision.Term{}, 0, supervision.Urgent
		drafted := have[usecases.Drafted](t)(o.Draft(o.office, order))
		if v := o.view(o.office, t, drafted.Order.ID); v.Order.Term.Days != 5 {
			t.Errorf("the settings give it %+v", v.Order.Term)
		}
	})
}

// TestPeopleAreTold looks into who hears of what.
func TestPeopleAreTold(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		order := o.handled(t, o.matter())
		o.done(t, order.ID)
		var keys []string
		must(t, o.Store().View(t.Context()).NewSelect().Table("message_notices").Column("key").Order("key").Scan(t.Context(), &keys))
		want := []string{"step/1", "step/3"}
		for i, key := range keys {
			keys[i] = strings.TrimPrefix(key, "order/"+string(order.ID)+"/")
		}
		if !slices.Equal(keys, want) {
			t.Errorf("told is %v", keys)
		}
	})
}

// sound fails a test unless the rows of orders say what their steps do.
func (o *town) sound(t testing.TB) {
	t.Helper()
	var rows []struct{ ID, State, Kept string }
	must(t, o.Store().View(t.Context()).NewSelect().Table("orders").Column("orders.id", "orders.state").ColumnExpr("c.state AS kept").
		Join("JOIN flow_cases AS c ON c.kind = 'orders' AND c.object = orders.id").Scan(t.Context(), &rows))
	for _, row := range rows {
		v := o.view(o.office, t, supervision.OrderID(row.ID))
		if row.State != row.Kept || v.Case.State != row.State {
			t.Errorf("order %s is %s, its case %s and by its steps %s", row.ID, row.State, row.Kept, v.Case.State)
		}
	}
	if len(rows) == 0 {
		t.Error("there is no order")
	}
}
