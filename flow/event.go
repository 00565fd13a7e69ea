package flow

import (
	"strings"

	"luoshi/calendar"
)

// Event is something that a step changed.
type Event struct {
	Kind Kind
	On   calendar.Date
	// Name is that of the action, the state or the clock, as the kind has it.
	Name string
	// Due and Estimated are a clock's.
	Due       calendar.Date
	Estimated bool
}

// Kind is the kind of an event.
type Kind string

// The kinds of events.
const (
	Done     Kind = "done"     // an action
	Entered  Kind = "entered"  // a state
	Started  Kind = "started"  // a clock
	Stopped  Kind = "stopped"  // a clock
	Paused   Kind = "paused"   // a clock
	Resumed  Kind = "resumed"  // a clock
	Extended Kind = "extended" // a clock
)

// changed is the kind of event that a clock gives by what it was and is; empty where it just runs on.
func changed(before Term, known bool, after Term, on bool) Kind {
	switch {
	case !known && !on:
		return ""
	case !known:
		return Started
	case !on:
		return Stopped
	case after.Extensions > before.Extensions:
		return Extended
	case after.Paused && !before.Paused:
		return Paused
	case before.Paused && !after.Paused:
		return Resumed
	case after != before:
		return Started
	}
	return ""
}

// Why is the kind of a refusal.
type Why string

// The kinds of refusals.
const (
	OtherFlow     Why = "other-flow"     // the case belongs to another definition or version
	UnknownAction Why = "unknown-action" // the definition has no such action
	NotNow        Why = "not-now"        // not in this state
	NotYours      Why = "not-yours"      // not by this role
	TooEarly      Why = "too-early"      // dated before the last step
	NoReason      Why = "no-reason"      // a reason is asked for
	Guarded       Why = "guarded"        // a condition does not hold
	Blocked       Why = "blocked"        // a condition holds that must not
	SameActor     Why = "same-actor"     // another person must do it
	TooLong       Why = "too-long"       // an extension beyond the limit, or of nothing
	TooOften      Why = "too-often"      // all extensions are used up
	BadTerm       Why = "bad-term"       // a term beyond the limit, or one that is over before it begins
)

// Refusal says why a step may not be done.
type Refusal struct {
	Why     Why
	Subject Text // the action
	Detail  Text // the state, the guard, the other action or the clock
}

// sentences are refusals as users read them. SUBJECT and DETAIL are put in.
var sentences = map[Why]Text{
	OtherFlow:     {"该事项不适用流程“SUBJECT”的这一版本。", "This case does not follow this version of “SUBJECT”."},
	UnknownAction: {"流程中没有“SUBJECT”这一步。", "The workflow has no step “SUBJECT”."},
	NotNow:        {"当前状态为“DETAIL”，不能“SUBJECT”。", "Now “DETAIL”: the step “SUBJECT” is not open."},
	NotYours:      {"“SUBJECT”不由您的角色办理。", "The step “SUBJECT” is not for your role."},
	TooEarly:      {"“SUBJECT”的日期早于上一步（DETAIL）。", "The step “SUBJECT” is dated before the last one (DETAIL)."},
	NoReason:      {"“SUBJECT”须写明理由。", "Give a reason for “SUBJECT”."},
	Guarded:       {"暂不能“SUBJECT”：须DETAIL。", "Not yet “SUBJECT”: DETAIL is required."},
	Blocked:       {"不能“SUBJECT”：DETAIL。", "No “SUBJECT” while: DETAIL."},
	SameActor:     {"“DETAIL”与“SUBJECT”不能由同一人办理。", "“DETAIL” and “SUBJECT” must be done by different people."},
	TooLong:       {"“DETAIL”的延长天数超出允许范围。", "“DETAIL” cannot be lengthened by that many days."},
	BadTerm:       {"给“DETAIL”定的期限超出允许范围。", "“DETAIL” cannot be given that term."},
	TooOften:      {"“DETAIL”已不能再延长。", "“DETAIL” cannot be lengthened again."},
}

// Text is the refusal as a user reads it.
func (r *Refusal) Text() Text {
	s := sentences[r.Why]
	return Text{
		strings.NewReplacer("SUBJECT", r.Subject.Chinese, "DETAIL", r.Detail.Chinese).Replace(s.Chinese),
		strings.NewReplacer("SUBJECT", r.Subject.English, "DETAIL", r.Detail.English).Replace(s.English),
	}
}

func (r *Refusal) Error() string { return r.Text().English }
