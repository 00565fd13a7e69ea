package access

import "strings"

// Why is the kind of a refusal.
type Why string

// The kinds of refusals.
const (
	UnknownAction Why = "unknown-action"
	NotSignedIn   Why = "not-signed-in"
	BeyondToken   Why = "beyond-token" // the API token was not given the action
	Separated     Why = "separated"    // the work of another of roles that are kept apart
	NoRole        Why = "no-role"      // none of the actor's roles has the action
	OtherUnit     Why = "other-unit"   // a role has it, but not for the units of this object
)

// Refusal says why somebody may not do something, and who may.
type Refusal struct {
	Why    Why
	Action Text
	Roles  Text // those of the actor
	Ask    Text // who may do it; empty where nobody can be named
}

// sentences begin a refusal. ACTION and ROLES are put in.
var sentences = map[Why]Text{
	UnknownAction: {"系统中没有“ACTION”这项操作。", "There is no action “ACTION”."},
	NotSignedIn:   {"“ACTION”需要先登录。", "Sign in to ACTION."},
	BeyondToken:   {"接口令牌的授权范围不含“ACTION”。", "The API token was not given the right to ACTION."},
	Separated:     {"三员分立：“ACTION”不属于ROLES的职责。", "Duties are kept apart: to ACTION is not the work of the ROLES."},
	NoRole:        {"您的角色（ROLES）无权“ACTION”。", "Your role (ROLES) may not ACTION."},
	OtherUnit: {"该事项不属于您（ROLES）可以“ACTION”的单位范围。",
		"As ROLES you may not ACTION here: it belongs to another unit."},
}

// Text is the refusal as a user reads it: why, and whom to ask.
func (r Refusal) Text() Text {
	s := sentences[r.Why]
	text := Text{
		strings.NewReplacer("ACTION", r.Action.Chinese, "ROLES", r.Roles.Chinese).Replace(s.Chinese),
		strings.NewReplacer("ACTION", r.Action.English, "ROLES", r.Roles.English).Replace(s.English),
	}
	if r.Ask.Chinese != "" {
		text.Chinese += "可联系：" + r.Ask.Chinese + "。"
		text.English += " Ask " + r.Ask.English + "."
	}
	return text
}

// Error makes a refusal an error of the service; pages show Text instead.
func (r Refusal) Error() string { return r.Text().English }

func (t *Table) refuse(why Why, actor Actor, action Action, object Object) Refusal {
	refusal := Refusal{Why: why, Action: t.ActionTitle(action), Roles: t.rolesOf(actor)}
	if why != UnknownAction && why != BeyondToken {
		refusal.Ask = t.ask(action, object)
	}
	return refusal
}

func (t *Table) rolesOf(actor Actor) Text {
	var chinese, english []string
	for _, e := range t.roles {
		for _, post := range actor.Posts {
			if post.Role == e.role {
				chinese, english = append(chinese, e.title.Chinese), append(english, e.title.English)
				break
			}
		}
	}
	if len(chinese) == 0 {
		return Text{"未授予角色", "no role granted"}
	}
	return Text{strings.Join(chinese, "、"), strings.Join(english, ", ")}
}

// whose says in which unit to look for a role, by the relation that it would need.
var whose = []struct {
	relation relation
	holds    func(Object) bool
	title    Text
}{
	{anyUnit, func(Object) bool { return true }, Text{"", "the "}},
	{noUnit, func(o Object) bool { return o.Unit == "" }, Text{"", "the "}},
	{own, func(o Object) bool { return o.Unit != "" }, Text{"责任单位的", "the responsible unit's "}},
	{subordinate, func(o Object) bool { return len(o.Above) > 0 }, Text{"上级单位的", "a superior unit's "}},
	{cooperating, func(o Object) bool { return len(o.Cooperating) > 0 }, Text{"配合单位的", "a cooperating unit's "}},
}

// ask names who may do an action to an object, in the order of the table's roles.
func (t *Table) ask(action Action, object Object) Text {
	var chinese, english []string
	for _, e := range t.roles {
		grant := t.actions[action].grants[e.role]
		for _, w := range whose {
			if e.role != Public && grant&w.relation != 0 && w.holds(object) {
				chinese = append(chinese, w.title.Chinese+e.title.Chinese)
				english = append(english, w.title.English+e.title.English)
				break
			}
		}
	}
	return Text{strings.Join(chinese, "、"), strings.Join(english, " or ")}
}
