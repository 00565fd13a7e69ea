package assessment_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"luoshi/internal/service"
	uses "luoshi/internal/service/assessment"
	"luoshi/internal/service/message"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
)

// hear is told what people are to hear.
func (o *town) hear(_ context.Context, _ *service.Work, notices ...message.Notice) error {
	o.told = append(o.told, notices...)
	return nil
}

// heard is who was told what since it was asked last: each notice with its audience.
func (o *town) heard() string {
	var said []string
	for _, n := range o.told {
		var to []string
		for _, a := range n.To {
			name := string(a.Account) + string(a.Role)
			if unit := map[ledger.UnitID]string{o.Bureau.ID: " of the bureau", o.Street.ID: " of the street"}[a.Unit]; unit != "" {
				name += unit
			}
			to = append(to, name)
		}
		said = append(said, fmt.Sprintf("%s > %s", n.Title.EN, strings.Join(to, ", ")))
	}
	o.told = nil
	return strings.Join(said, "; ")
}

func TestThoseConcernedHearOfAnAssessment(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		is := func(step, want string) {
			t.Helper()
			if got := o.heard(); got != want {
				t.Errorf("%s: heard is\n%s\nand not\n%s", step, got, want)
			}
		}
		const title, all = "2026年度目标考核", "unit-head of the bureau, reporter of the bureau, unit-head of the street, reporter of the street"
		id := o.begin(t)
		is("begin", "A scheme waits for your approval: "+title+" > leader; A scheme was adopted: "+title+" > supervising-office")
		o.judge(t, id, o.Bureau.ID, 90)
		o.judge(t, id, o.Street.ID, 90)
		o.steps(o.office, t, id, "compute")
		is("compute", "")
		o.steps(o.office, t, id, "announce")
		is("announce", "Scores are shown, appeals until 2026-12-08: "+title+" > "+all)
		must(t, o.Appeal(o.head, id, uses.Appeal{Unit: o.Bureau.ID, Item: "m1", Text: "一项已办结"}))
		is("appeal", "A unit appeals against its score: "+title+" > supervising-office")
		v, err := o.Assessment(o.office, id)
		must(t, err)
		must(t, o.Decide(o.office, id, v.Appeals[0].ID, uses.Decision{Answer: "维持"}, v.Appeals[0].Revision))
		is("decide", "Your appeal was answered: "+title+" > unit-head of the bureau, reporter of the bureau")
		o.clock.on(12, 10)
		o.steps(o.office, t, id, "conclude")
		o.steps(o.leader, t, id, "confirm")
		o.steps(o.office, t, id, "publish")
		is("the end", "Results wait for your confirmation: "+title+" > leader; Results are confirmed and can be published: "+title+
			" > supervising-office; Results are published: "+title+" > "+all)
	})
}

func TestJudgesAndUnitsHearOfARound(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		id := o.round(t)
		if got := o.heard(); got != "Please mark the projects of a round: 下半年项目观摩 > leader, unit-head" {
			t.Errorf("heard is %s", got)
		}
		must(t, o.Mark(o.leader, id, assessment.Sheet{Project: o.Project.ID, Marks: marks(40, 25, 18, 10)}))
		must(t, o.Mark(o.head, id, assessment.Sheet{Project: o.Project.ID, Recused: true}))
		must(t, o.TakeTour(o.office, id, uses.Step{Action: "close"}, 0))
		must(t, o.TakeTour(o.office, id, uses.Step{Action: "publish"}, 0))
		if got := o.heard(); got != "The ranking of a round is published: 下半年项目观摩 > unit-head of the bureau, reporter of the bureau" {
			t.Errorf("heard is %s", got)
		}
	})
}
