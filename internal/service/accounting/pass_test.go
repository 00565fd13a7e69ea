package accounting_test

import (
	"slices"
	"strings"
	"testing"

	"luoshi/internal/account"
	"luoshi/internal/service/accounting"
	"luoshi/internal/service/accounting/accountingtest"
)

// contradicted is a draft in which the bureau says that 70 and 60 are 120.
func contradicted(t *testing.T, o *accountingtest.Town) (accounting.View, account.Difference) {
	t.Helper()
	o.Restate(t, "120", accountingtest.Contradictory)
	v := o.Draft(t)
	found := have[account.Verification](t)(o.Uses.Verify(o.Clerk, v.ID))
	if len(found.Differences) != 1 || !found.Differences[0].Arguable {
		t.Fatalf("the differences are %+v", found.Differences)
	}
	return v, found.Differences[0]
}

// TestAContradictionIsPassedOver by somebody who reviews the report, with a reason that is kept with it for ever.
func TestAContradictionIsPassedOver(t *testing.T) {
	accountingtest.Each(t, func(t *testing.T, o *accountingtest.Town) {
		v, d := contradicted(t, o)
		const reason = "民办床位中10张与公办合建，重复列示"
		wantRefused(t, second(o.Uses.Pass(o.Head, v.ID, d.Mark, reason, v.Revision)), "account.review")
		wantFault(t, second(o.Uses.Pass(o.Clerk, v.ID, d.Mark, reason, v.Revision)), "pass.own")
		wantFault(t, second(o.Uses.Pass(o.Second, v.ID, d.Mark, " ", v.Revision)), "pass.reason")
		wantFault(t, second(o.Uses.Pass(o.Second, v.ID, d.Mark, strings.Repeat("长", 201), v.Revision)), "line.long")
		wantFault(t, second(o.Uses.Pass(o.Second, v.ID, "nothing", reason, v.Revision)), "pass.unknown")
		v = have[accounting.View](t)(o.Uses.Pass(o.Second, v.ID, d.Mark, reason, v.Revision))
		wantPassed(t, o, v, 1)
		v = have[accounting.View](t)(o.Uses.Withdraw(o.Second, v.ID, d.Mark, v.Revision))
		wantPassed(t, o, v, 0)
		wantFault(t, second(o.Uses.Withdraw(o.Second, v.ID, d.Mark, v.Revision)), "pass.unknown")
		v = have[accounting.View](t)(o.Uses.Pass(o.Second, v.ID, d.Mark, reason, v.Revision))
		v = o.Freeze(t, v)
		if len(v.Paper.Passed) != 1 || v.Paper.Passed[0].Reason != reason || v.Paper.Passed[0].Account != "second-clerk" {
			t.Errorf("frozen it says %+v", v.Paper.Passed)
		}
		wantFault(t, second(o.Uses.Withdraw(o.Second, v.ID, d.Mark, v.Revision)), "pass.over")
		wantFault(t, second(o.Uses.Pass(o.Second, v.ID, d.Mark, reason, v.Revision)), "pass.over")
		if got := o.Entries(t, accounting.Kind, string(v.ID)); !slices.Equal(got[:4], []string{"account.edit", "account.review", "account.review", "account.review"}) {
			t.Errorf("the log says %v", got)
		}
	})
}

// TestWhatWasPassedOverIsGoneWhenTheFiguresChange, and has to be decided anew.
func TestWhatWasPassedOverIsGoneWhenTheFiguresChange(t *testing.T) {
	accountingtest.Each(t, func(t *testing.T, o *accountingtest.Town) {
		v, d := contradicted(t, o)
		v = have[accounting.View](t)(o.Uses.Pass(o.Second, v.ID, d.Mark, "合建床位重复列示", v.Revision))
		v = have[accounting.View](t)(o.Uses.Refresh(o.Clerk, v.ID, v.Revision))
		wantPassed(t, o, v, 1)
		o.Restate(t, "140", strings.Replace(accountingtest.Contradictory, "120", "140", 1))
		v = have[accounting.View](t)(o.Uses.Refresh(o.Clerk, v.ID, v.Revision))
		if len(v.Passes) != 0 {
			t.Errorf("of other figures %+v is passed over", v.Passes)
		}
		wantPassed(t, o, v, 0)
	})
}

// wantPassed wants so many contradictions passed over, and one that is not where there are none.
func wantPassed(t *testing.T, o *accountingtest.Town, v accounting.View, passed int) {
	t.Helper()
	found := have[account.Verification](t)(o.Uses.Verify(o.Clerk, v.ID))
	if len(found.Passed) != passed || len(found.Differences) != 1-passed {
		t.Errorf("passed over %+v, and not %+v", found.Passed, found.Differences)
	}
}
