package access_test

import (
	"testing"

	"luoshi/internal/access"
)

// District › bureau › station; the street stands beside the bureau.
var (
	ofBureau  = access.Object{Unit: "bureau", Above: []access.Unit{"district"}}
	ofStation = access.Object{Unit: "station", Above: []access.Unit{"bureau", "district"}}
	ofStreet  = access.Object{Unit: "street", Above: []access.Unit{"district"}, Cooperating: []access.Unit{"bureau"}}
	ofNobody  = access.Object{}
	disclosed = access.Object{Unit: "street", Above: []access.Unit{"district"}, Published: true}
)

func as(role access.Role, unit access.Unit) access.Actor {
	return access.Actor{Account: "account", Posts: []access.Post{{Role: role, Unit: unit}}}
}

func TestCan(t *testing.T) {
	cases := []struct {
		name   string
		actor  access.Actor
		action access.Action
		object access.Object
		want   access.Why // empty: allowed
	}{
		{"a reporter fills in for the own unit", as("reporter", "bureau"), "observation.fill", ofBureau, ""},
		{"but not for another", as("reporter", "bureau"), "observation.fill", ofStreet, access.OtherUnit},
		{"nor for the unit beneath", as("reporter", "bureau"), "observation.fill", ofStation, access.OtherUnit},
		{"a reporter sees where the unit cooperates", as("reporter", "bureau"), "commitment.read", ofStreet, ""},
		{"a head assigns to units beneath", as("unit-head", "bureau"), "assignment.edit", ofStation, ""},
		{"but not to the own unit", as("unit-head", "bureau"), "assignment.edit", ofBureau, access.OtherUnit},
		{"a head looks down, not up", as("unit-head", "station"), "submission.read", ofBureau, access.OtherUnit},
		{"the office publishes", as("supervising-office", "district"), "plan.publish", ofNobody, ""},
		{"the leader does not", as("leader", "district"), "plan.publish", ofNobody, access.NoRole},
		{"the office does not approve its own amendment", as("supervising-office", "district"), "amendment.approve", ofBureau, access.NoRole},
		{"the auditor reads the log", as("auditor", "district"), "audit.read", ofNobody, ""},
		{"the administrator does not", as("administrator", "district"), "audit.read", ofNobody, access.Separated},
		{"nor does the office", as("supervising-office", "district"), "audit.read", ofNobody, access.NoRole},
		{"a stranger sees what is public", access.Actor{}, "commitment.read", disclosed, ""},
		{"and nothing else", access.Actor{}, "commitment.read", ofStreet, access.NotSignedIn},
		{"every account sees what is public", as("reporter", "station"), "commitment.read", disclosed, ""},
		{"an account without a role may nothing", access.Actor{Account: "new"}, "plan.edit", ofNobody, access.NoRole},
		{"a role without a unit owns nothing", as("reporter", ""), "observation.fill", ofNobody, access.OtherUnit},
		{"a misspelt action is refused", as("supervising-office", "district"), "plan.publsh", ofNobody, access.UnknownAction},
		{"a token stays within its scopes", access.Actor{Account: "a", Posts: as("reporter", "bureau").Posts,
			Limit: []access.Action{"observation.read"}}, "observation.fill", ofBureau, access.BeyondToken},
		{"an empty token may nothing", access.Actor{Account: "a", Posts: as("reporter", "bureau").Posts,
			Limit: []access.Action{}}, "observation.fill", ofBureau, access.BeyondToken},
		{"a token does not widen a role", access.Actor{Account: "a", Posts: as("reporter", "bureau").Posts,
			Limit: []access.Action{"plan.publish"}}, "plan.publish", ofNobody, access.NoRole},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := access.Rights().Can(c.actor, c.action, c.object)
			if got.Refusal.Why != c.want || got.Allowed != (c.want == "") {
				t.Errorf("got %t, %q", got.Allowed, got.Refusal.Why)
			}
		})
	}
}

func TestRefusalSaysWhyAndWhomToAsk(t *testing.T) {
	cases := []struct {
		actor  access.Actor
		action access.Action
		object access.Object
		want   access.Text
	}{
		{as("reporter", "bureau"), "observation.fill", ofStreet, access.Text{
			"该事项不属于您（填报员）可以“填报数据”的单位范围。可联系：责任单位的单位负责人、责任单位的填报员。",
			"As reporter you may not fill in figures here: it belongs to another unit. Ask the responsible unit's unit head or the responsible unit's reporter."}},
		{as("administrator", ""), "audit.read", ofNobody, access.Text{
			"三员分立：“查看审计日志”不属于系统管理员的职责。可联系：安全审计员。",
			"Duties are kept apart: to read the audit log is not the work of the administrator. Ask the auditor."}},
		{as("unit-head", "bureau"), "amendment.approve", ofBureau, access.Text{
			"您的角色（单位负责人）无权“批准调整”。可联系：分管领导。",
			"Your role (unit head) may not approve an amendment. Ask the leader."}},
		{access.Actor{}, "assignment.edit", ofStation, access.Text{
			"“分解任务”需要先登录。可联系：督查室、上级单位的单位负责人。",
			"Sign in to assign tasks. Ask the supervising office or a superior unit's unit head."}},
		{access.Actor{Account: "a"}, "plan.edti", ofNobody, access.Text{
			"系统中没有“plan.edti”这项操作。", "There is no action “plan.edti”."}},
	}
	for _, c := range cases {
		if got := access.Rights().Can(c.actor, c.action, c.object).Refusal.Text(); got != c.want {
			t.Errorf("got  %s\n     %s\nwant %s\n     %s", got.Chinese, got.English, c.want.Chinese, c.want.English)
		}
	}
}

func TestMayShowsAMenuOnlyWhereSomethingIsBehindIt(t *testing.T) {
	if access.Rights().May(as("reporter", "bureau"), "plan.publish") {
		t.Error("a reporter sees how to publish a plan")
	}
	if !access.Rights().May(as("reporter", "bureau"), "observation.fill") {
		t.Error("a reporter does not see the form")
	}
}
