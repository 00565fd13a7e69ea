package access_test

import (
	"errors"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/ledger"
)

func day(t *testing.T, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDelegationHoldsBetweenItsDates(t *testing.T) {
	posts := []access.Appointment{
		{Account: "zhou", Role: "unit-head", Unit: "bureau", During: calendar.Period{To: day(t, "2026-06-30")}},
		{Account: "wu", Role: "reporter", Unit: "bureau"},
	}
	leave := access.Delegation{From: "zhou", To: "wu", Role: "unit-head", Unit: "bureau", Only: []access.Action{"submission.approve"},
		During: calendar.Period{From: day(t, "2026-06-10"), To: day(t, "2026-07-10")}}
	cases := []struct {
		on      string
		account ledger.AccountID
		action  access.Action
		want    bool
	}{
		{"2026-06-09", "wu", "submission.approve", false},
		{"2026-06-10", "wu", "submission.approve", true},
		{"2026-06-10", "wu", "assignment.accept", false},   // not handed over
		{"2026-06-10", "wu", "observation.fill", true},     // his own post
		{"2026-06-10", "zhou", "submission.approve", true}, // who delegates keeps the right
		{"2026-07-01", "wu", "submission.approve", false},  // zhou's own post has ended
		{"2026-07-01", "zhou", "submission.approve", false},
	}
	for _, c := range cases {
		actor := access.Rights().Standing(c.account, day(t, c.on), posts, []access.Delegation{leave})
		got := access.Rights().Can(actor, c.action, ofBureau)
		if got.Allowed != c.want {
			t.Errorf("%s, %s, %s: %t", c.on, c.account, c.action, got.Allowed)
		}
		if c.want && c.account == "wu" && c.action == "submission.approve" && got.By.For != "zhou" {
			t.Errorf("the decision does not say for whom wu acts: %+v", got.By)
		}
	}
}

func TestDelegationsThatAreRefused(t *testing.T) {
	posts := []access.Appointment{
		{Account: "zhou", Role: "unit-head", Unit: "bureau"},
		{Account: "admin", Role: "administrator"},
	}
	good := access.Delegation{From: "zhou", To: "wu", Role: "unit-head", Unit: "bureau",
		During: calendar.Period{From: day(t, "2026-06-10"), To: day(t, "2026-07-10")}}
	cases := map[string]struct {
		change func(*access.Delegation)
		want   string
	}{
		"to oneself":                 {func(d *access.Delegation) { d.To = "zhou" }, "nobody stands in for himself"},
		"without an end":             {func(d *access.Delegation) { d.During.To = calendar.Date{} }, "a first and a last day"},
		"ending before it begins":    {func(d *access.Delegation) { d.During.To = day(t, "2026-01-01") }, "a first and a last day"},
		"of one of the three":        {func(d *access.Delegation) { d.From, d.Role, d.Unit = "admin", "administrator", "" }, "never delegated"},
		"of nothing":                 {func(d *access.Delegation) { d.Only = []access.Action{} }, "no action is named"},
		"of what the role has not":   {func(d *access.Delegation) { d.Only = []access.Action{"plan.publish"} }, "no action plan.publish"},
		"of another's post":          {func(d *access.Delegation) { d.Unit = "street" }, "does not hold the post"},
		"of what one only stands in": {func(d *access.Delegation) { d.From, d.To = "wu", "zheng" }, "does not hold the post"},
	}
	if err := access.Rights().CheckDelegation(good, day(t, "2026-06-10"), posts); err != nil {
		t.Fatal(err)
	}
	for name, c := range cases {
		d := good
		c.change(&d)
		err := access.Rights().CheckDelegation(d, day(t, "2026-06-10"), posts)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
		if actor := access.Rights().Standing(d.To, day(t, "2026-06-10"), nil, []access.Delegation{d}); len(actor.Posts) != 0 {
			t.Errorf("%s: it counts all the same", name)
		}
	}
}

// 三员分立: one account holds one of the three.
func TestRolesKeptApart(t *testing.T) {
	for i, a := range three {
		for j, b := range three {
			err := access.Rights().CheckRoles(a, "reporter", b)
			var combination *access.Combination
			if errors.As(err, &combination) != (i != j) {
				t.Errorf("%s with %s: %v", a, b, err)
			}
		}
	}
	err := access.Rights().CheckRoles("auditor", "administrator")
	var combination *access.Combination
	if !errors.As(err, &combination) || combination.Text().Chinese != "三员分立：一个账号不能同时担任安全审计员和系统管理员。" {
		t.Errorf("got %v", err)
	}
	if access.Rights().CheckRoles("emperor") == nil {
		t.Error("an unknown role is granted")
	}
}
