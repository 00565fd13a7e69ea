package livelihood_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/store"
	"luoshi/ledger"
	rules "luoshi/ledger/livelihood"
)

// TestFromTheCallToTheResult follows a round: everybody suggests, the office screens, deputies vote by themselves and on
// paper, and a leader makes the result known.
func TestFromTheCallToTheResult(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		r := o.called(t)
		said := livelihood.Proposal{Title: "望湖路装路灯", Text: "夜里看不见路。", Place: "望湖路", Lead: o.Bureau.ID}
		mine := have[livelihood.Candidate](t)(o.Suggest(o.public, r.ID, said, rules.FromOffice))
		if mine.Origin != rules.FromPublic || mine.State != rules.Received || mine.Account != "" || mine.Lead != "" {
			t.Errorf("the public suggests %+v", mine)
		}
		wantFault(t, second(o.Suggest(o.public, r.ID, said, "")), "suggest.twice")
		for want, who := range map[rules.Origin]context.Context{rules.FromDeputy: o.deputy(t, 1), rules.FromUnit: o.head} {
			made := have[livelihood.Candidate](t)(o.Suggest(who, r.ID, livelihood.Proposal{Title: "建议" + string(want), Text: "理由"}, ""))
			if made.Origin != want {
				t.Errorf("%s suggests as %s", want, made.Origin)
			}
		}
		if v := have[livelihood.View](t)(o.Round(o.public, r.ID)); len(v.Candidates) != 0 || v.Waiting != 0 || !v.Suggests {
			t.Errorf("the public sees %d candidates, %d waiting", len(v.Candidates), v.Waiting)
		}
		have[livelihood.Candidate](t)(o.MoveCandidate(o.office, mine.ID, "show", "", 0))
		ids := o.entered(t, r.ID, "建成社区食堂6处", "新增停车泊位800个", "改造公厕12座")
		have[livelihood.Candidate](t)(o.MoveCandidate(o.office, mine.ID, "merge", "", 5))
		if v := have[livelihood.View](t)(o.Round(o.public, r.ID)); len(v.Candidates) != 4 || len(v.Parts(ids[1])) != 1 {
			t.Errorf("the public sees %+v", v.Candidates)
		}
		o.step(o.office, t, r.ID, "screen")
		wantFault(t, second(o.Suggest(o.public, r.ID, livelihood.Proposal{Title: "迟到的建议", Text: "理由"}, "")), "suggest.closed")
		o.step(o.office, t, r.ID, "propose")
		wantRefused(t, second(o.StepRound(o.office, r.ID, "approve", "", 0)))
		o.step(o.leader, t, r.ID, "approve")
		if len(o.told) != 1 || o.told[0].To[0].Role != "deputy" {
			t.Errorf("told %+v", o.told)
		}
		o.vote(t, r.ID, ids)
		o.step(o.office, t, r.ID, "count")
		wantRefused(t, second(o.StepRound(o.office, r.ID, "decide", "", 0)))
		if v := have[livelihood.View](t)(o.Round(o.deputy(t, 1), r.ID)); v.Result != nil {
			t.Error("the result is known before it is confirmed")
		}
		o.step(o.leader, t, r.ID, "decide")
		v := have[livelihood.View](t)(o.Round(o.public, r.ID))
		if v.Result == nil || len(v.Elected()) != 2 || v.Elected()[0].ID != ids[0] || v.Result.Outcomes[0].Votes != 11 {
			t.Errorf("the result is %+v", v.Result)
		}
		if c := v.Candidate(ids[2]); c.State != rules.Defeated {
			t.Errorf("who lost is %s", c.State)
		}
	})
}

// vote lets 3 deputies vote by themselves, and 8 on paper.
func (o *town) vote(t *testing.T, id livelihood.RoundID, ids []rules.Candidate) {
	t.Helper()
	wantRefused(t, o.Vote(o.office, id, ids[:1]))
	wantFault(t, o.Vote(o.deputy(t, 1), id, ids), "ballot.marks")
	for n, marked := range [][]rules.Candidate{ids[:2], {ids[0]}, {ids[0], ids[2]}} {
		must(t, o.Vote(o.deputy(t, n+1), id, marked))
	}
	wantFault(t, o.Vote(o.deputy(t, 1), id, ids[:1]), "vote.twice")
	v := have[livelihood.View](t)(o.Round(o.office, id))
	if v.Present != 3 || v.Result != nil {
		t.Errorf("during the vote the office sees %d deputies, %v", v.Present, v.Result)
	}
	if guarded := second(o.StepRound(o.office, id, "count", "", 0)); !service.HasCode(guarded, "flow.guarded") {
		t.Errorf("3 of 12 are a quorum: %v", guarded)
	}
	s := paper(ids, 8, 7, 1)
	s.Issued, s.Received, s.Valid = 9, 8, 8
	wantFault(t, second(o.EnterSheet(o.office, id, s, livelihood.File{})), "sheet.file")
	wrong := s
	wrong.Issued = 10
	wantFault(t, second(o.EnterSheet(o.office, id, wrong, scan())), "sheet.deputies")
	first := have[livelihood.Sheet](t)(o.EnterSheet(o.office, id, s, scan()))
	wantFault(t, o.Vote(o.deputy(t, 4), id, ids[:1]), "vote.full")
	must(t, o.WithdrawSheet(o.office, id, first.ID, "录入有误"))
	wantFault(t, o.WithdrawSheet(o.office, id, first.ID, "录入有误"), "withdrawn.already")
	have[livelihood.Sheet](t)(o.EnterSheet(o.office, id, s, scan()))
}

// TestTheVoteIsSecret: that a deputy has voted is known, whom he marked stands nowhere.
func TestTheVoteIsSecret(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		r, ids := o.voting(t)
		must(t, o.Vote(o.deputy(t, 7), r.ID, []rules.Candidate{ids[1]}))
		entries := o.Entries(t, livelihood.RoundKind, string(r.ID))
		if last := entries[len(entries)-1]; last != "livelihood.vote" {
			t.Errorf("the log says %s", last)
		}
		for _, text := range o.logTexts(t) {
			if strings.Contains(text, "livelihood.vote") && strings.Contains(text, string(ids[1])) {
				t.Error("the log says whom a deputy marked")
			}
		}
		if _, err := o.Store().SQL().ExecContext(t.Context(), "DELETE FROM livelihood_voters"); err == nil {
			t.Error("who has voted can be forgotten")
		}
	})
}

// TestEverybodyVotesOnce though he sends his ballot many times at once.
func TestEverybodyVotesOnce(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		r, ids := o.voting(t)
		var group sync.WaitGroup
		var mu sync.Mutex
		cast := 0
		for n := range 12 {
			group.Go(func() {
				if o.Vote(o.deputy(t, n%4), r.ID, ids[:1]) == nil {
					mu.Lock()
					cast++
					mu.Unlock()
				}
			})
		}
		group.Wait()
		if v := have[livelihood.View](t)(o.Round(o.office, r.ID)); cast != 4 || v.Present != 4 {
			t.Errorf("%d ballots were cast, %d are known", cast, v.Present)
		}
	})
}

// TestEqualVotesThatAllHaveASeat need no further vote.
func TestEqualVotesThatAllHaveASeat(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		r, ids := o.voting(t)
		have[livelihood.Sheet](t)(o.EnterSheet(o.office, r.ID, paper(ids, 4, 7, 7), scan()))
		must(t, o.Vote(o.deputy(t, 1), r.ID, []rules.Candidate{ids[0]}))
		o.step(o.office, t, r.ID, "count")
		// Seven of twelve is more than half: the second and the third are chosen, the first has too few.
		v := have[livelihood.View](t)(o.Round(o.leader, r.ID))
		if !v.Result.Settled() || len(v.Elected()) != 2 || v.Elected()[0].ID != ids[1] {
			t.Fatalf("the result is %+v", v.Result)
		}
		wantFault(t, second(o.StepRound(o.office, r.ID, "vote-again", "", 0)), "flow.guarded")
	})
}

// TestEqualVotesAreVotedOnAgain, and nothing else is.
func TestEqualVotesAreVotedOnAgain(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		r, ids := o.voting(t)
		all := rules.Sheet{Issued: 12, Received: 12, Valid: 12, Votes: map[rules.Candidate]int{ids[0]: 10, ids[1]: 7, ids[2]: 7}}
		have[livelihood.Sheet](t)(o.EnterSheet(o.office, r.ID, all, scan()))
		o.step(o.office, t, r.ID, "count")
		wantFault(t, second(o.StepRound(o.leader, r.ID, "decide", "", 0)), "flow.guarded")
		again := o.step(o.office, t, r.ID, "vote-again")
		if turn, _ := again.Turn(); len(again.Turns) != 2 || !slices.Equal(turn.On, ids[1:]) || turn.Seats != 1 {
			t.Fatalf("the second vote is %+v", again.Turns)
		}
		wantFault(t, o.Vote(o.deputy(t, 1), r.ID, ids[:1]), "ballot.foreign")
		second := rules.Sheet{Issued: 9, Received: 9, Valid: 9, Votes: map[rules.Candidate]int{ids[1]: 4, ids[2]: 5}}
		have[livelihood.Sheet](t)(o.EnterSheet(o.office, r.ID, second, scan()))
		o.step(o.office, t, r.ID, "count")
		o.step(o.leader, t, r.ID, "decide")
		v := have[livelihood.View](t)(o.Round(o.public, r.ID))
		if got := v.Elected(); len(got) != 2 || got[0].ID != ids[0] || got[1].ID != ids[2] {
			t.Errorf("chosen are %+v", got)
		}
	})
}

// TestWhatIsChosenIsPromised puts the result into the draft of a plan, each item in the words of the result.
func TestWhatIsChosenIsPromised(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		r, ids := o.voting(t)
		wantFault(t, second(o.Enter(o.office, r.ID, o.Plan.ID)), "enter.undecided")
		have[livelihood.Sheet](t)(o.EnterSheet(o.office, r.ID, paper(ids, 9, 7, 2), scan()))
		o.step(o.office, t, r.ID, "count")
		o.step(o.leader, t, r.ID, "decide")
		wantRefused(t, second(o.Enter(o.head, r.ID, o.Plan.ID)))
		made := have[[]ledger.CommitmentID](t)(o.Enter(o.office, r.ID, o.Plan.ID))
		if len(made) != 2 {
			t.Fatalf("made %v", made)
		}
		record, err := o.Store().Commitments().Get(t.Context(), string(made[1]))
		must(t, err)
		got := record.Value
		if got.Wording() != "新增停车泊位800个" || got.Kind != ledger.KindLivelihood || got.Lead != o.Bureau.ID || got.By != day(12, 31) ||
			len(got.Cooperating) != 1 {
			t.Errorf("the commitment is %+v", got)
		}
		if again := have[[]ledger.CommitmentID](t)(o.Enter(o.office, r.ID, o.Plan.ID)); !slices.Equal(again, made) {
			t.Errorf("once more it makes %v", again)
		}
		items := have[livelihood.Listing](t)(o.List(o.head, o.Plan.ID, store.Page{})).Items
		if len(items) != 2 || items[0].Votes != 9 || !items[0].Voted || items[1].Candidate.ID != ids[1] {
			t.Errorf("the items are %+v", items)
		}
	})
}

// TestWhatAPlanPromisesAlreadyIsLinked: the plan's own document promises what was chosen.
func TestWhatAPlanPromisesAlreadyIsLinked(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		_, ids := o.decided(t)
		promised := o.item(t)
		wantRefused(t, o.Link(o.head, ids[0], promised))
		wantFault(t, o.Link(o.office, ids[2], promised), "enter.undecided")
		wantFault(t, o.Link(o.office, ids[0], o.Commitment.ID), "enter.other")
		must(t, o.Link(o.office, ids[0], promised))
		wantFault(t, o.Link(o.office, ids[1], promised), "enter.twice")
		if v := have[livelihood.ItemView](t)(o.Item(o.head, promised)); v.Votes != 9 || v.Round.Year != 2026 || v.Rule.Answers != 10 {
			t.Errorf("the item is %+v", v.Item)
		}
	})
}

// TestTheWordsOfThePublicComeIntoTheLogOnceTheyAreShown, because the log forgets nothing.
func TestTheWordsOfThePublicComeIntoTheLogOnceTheyAreShown(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		r := o.called(t)
		bad := have[livelihood.Candidate](t)(o.Suggest(o.public, r.ID, livelihood.Proposal{Title: "张三电话13900000000", Text: "骂人的话"}, ""))
		good := have[livelihood.Candidate](t)(o.Suggest(o.public, r.ID, livelihood.Proposal{Title: "修一座桥", Text: "过河不便"}, ""))
		wantFault(t, second(o.MoveCandidate(o.office, bad.ID, "reject", "", 0)), "candidate.reason")
		have[livelihood.Candidate](t)(o.MoveCandidate(o.office, bad.ID, "reject", "含个人信息", 0))
		have[livelihood.Candidate](t)(o.MoveCandidate(o.office, good.ID, "show", "", 0))
		log := strings.Join(o.logTexts(t), "\n")
		if strings.Contains(log, "13900000000") || !strings.Contains(log, "修一座桥") {
			t.Error("the log keeps what nobody is to see, or does not keep what everybody sees")
		}
		wantRefused(t, second(o.Candidate(o.public, bad.ID)))
		if v := have[livelihood.CandidateView](t)(o.Candidate(o.public, good.ID)); v.Title != "修一座桥" {
			t.Errorf("shown is %+v", v.Candidate)
		}
	})
}

func TestWhatIsNotToBe(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		draft := have[livelihood.Round](t)(o.CreateRound(o.office, o.Government.ID, 2026, terms()))
		wantRefused(t, second(o.Round(o.public, draft.ID)))
		wantRefused(t, second(o.Round(o.head, draft.ID)))
		if all := have[[]livelihood.Round](t)(o.Rounds(o.head)); len(all) != 0 {
			t.Error("units see what is being prepared")
		}
		wantRefused(t, second(o.CreateRound(o.head, o.Government.ID, 2026, terms())))
		wantFault(t, second(o.CreateRound(o.office, o.Bureau.ID, 2026, terms())), "round.government")
		bad := terms()
		bad.Until = day(1, 1)
		wantFault(t, second(o.SaveRound(o.office, draft.ID, bad, draft.Revision)), "round.days")
		bad = terms()
		bad.Call = ""
		saved := have[livelihood.Round](t)(o.SaveRound(o.office, draft.ID, bad, draft.Revision))
		if err := second(o.SaveRound(o.office, draft.ID, bad, draft.Revision)); err == nil {
			t.Error("what somebody else changed is written over")
		}
		wantFault(t, second(o.StepRound(o.office, draft.ID, "call", "", saved.Revision)), "flow.guarded")
		r := o.called(t)
		o.entered(t, r.ID, "只有一项")
		o.step(o.office, t, r.ID, "screen")
		wantFault(t, second(o.StepRound(o.office, r.ID, "propose", "", 0)), "flow.guarded")
		o.clock.on(day(1, 20))
		o.step(o.office, t, r.ID, "call-again")
		wantFault(t, second(o.Suggest(o.public, r.ID, livelihood.Proposal{Title: "迟到", Text: "理由"}, "")), "suggest.closed")
	})
}

// logTexts are the entries of the log as they are kept.
func (o *town) logTexts(t testing.TB) []string {
	t.Helper()
	entries := have[[]audit.Entry](t)(audit.Entries(t.Context(), o.Store().View(t.Context()), 0, 1000))
	texts := make([]string, len(entries))
	for i, e := range entries {
		text, err := json.Marshal(e)
		must(t, err)
		texts[i] = string(text)
	}
	return texts
}
