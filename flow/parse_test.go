package flow_test

import (
	"strings"
	"testing"

	"luoshi/flow"
)

// small is a whole definition; the cases below change one line of it.
const small = `flow leave 1 | 请假 | leave
roles clerk chief
guard staffed | 有人值班 | somebody on duty
state asked | 待批 | asked
state waiting | 待定 | waiting
end granted | 已批 | granted
clock answer | 答复时限 | time to answer
  term 3 workdays
  runs asked
  pauses waiting
action defer | 暂缓 | defer
  move asked -> waiting
  by chief
  reason
action resume | 恢复 | resume
  move waiting -> asked
  by clerk
action grant | 批准 | grant
  move asked -> granted
  by chief
  if staffed
  other-than resume
action wait | 延长 | wait
  move asked -> asked
  by chief
  extends answer up to 2 times 1
`

func TestParse(t *testing.T) {
	d, err := flow.Parse("leave.txt", small)
	if err != nil {
		t.Fatal(err)
	}
	if d.Name != "leave" || d.Version != 1 || d.Title.Chinese != "请假" || len(d.States) != 3 || len(d.Actions) != 4 {
		t.Errorf("got %+v", d)
	}
	if c := d.Clock("answer"); c.Term != 3 || c.Unit != flow.Workdays || c.RunsIn[0] != "asked" || c.PausesIn[0] != "waiting" {
		t.Errorf("clock %+v", c)
	}
	if a := d.Action("wait"); a.Extends[0] != (flow.Extension{Clock: "answer", Most: 2, Times: 1}) {
		t.Errorf("action %+v", a)
	}
}

func TestFaultsAreNamedWithTheirLine(t *testing.T) {
	cases := []struct{ name, line, instead, want string }{
		{"no flow", "flow leave 1 | 请假 | leave", "# nothing", "f:2: a definition begins with"},
		{"no version", "flow leave 1 |", "flow leave |", "f:1: want “flow NAME VERSION"},
		{"version 0", "flow leave 1 |", "flow leave 0 |", "f:1: want “flow NAME VERSION"},
		{"two flows", "roles clerk chief", "flow b 1 | 乙 | b", "f:2: one file holds one flow"},
		{"no English", "| asked", "", "f:4: want “NAME | 中文 | English”"},
		{"empty title", "| 待批 |", "| |", "f:4: want “NAME | 中文 | English”, none"},
		{"capital in a name", "state asked", "state Asked", "f:4: name \"Asked\""},
		{"capital in a role", "roles clerk", "roles Clerk", "f:2: role \"Clerk\""},
		{"unknown word", "guard staffed", "watch staffed", "f:3: unknown word \"watch\""},
		{"unknown word under a clock", "  term 3 workdays", "  time 3 workdays", "f:8: unknown word \"time\""},
		{"unknown word under an action", "  reason", "  reasons", "f:14: unknown word \"reasons\""},
		{"an indented line of its own", "state asked", "  state asked", "f:4: an indented line"},
		{"unknown unit", "3 workdays", "3 weeks", "f:8: want “term N workdays”"},
		{"endless term", "3 workdays", "99999 workdays", "f:8: want “term N workdays”"},
		{"bad move", "asked -> waiting", "asked, waiting", "f:12: want “move"},
		{"bad extension", "up to 2 times 1", "up to 2", "f:26: want “extends"},
		{"extension by nothing", "up to 2 times 1", "up to 0 times 1", "f:26: \"0\": want"},
		{"extension never", "up to 2 times 1", "up to 2 times 0", "f:26: \"0\": want"},
		{"clock without a term", "  term 3 workdays\n", "", "f:7: clock answer has no term"},
		{"state twice", "state waiting |", "state asked |", "f:5: state asked stands twice"},
		{"role twice", "roles clerk chief", "roles clerk chief clerk", "f:1: role clerk stands twice"},
		{"action twice", "action resume", "action defer", "f:15: action defer stands twice"},
		{"unknown state of a move", "-> granted", "-> done", "f:19: unknown state \"done\""},
		{"unknown state of a clock", "runs asked", "runs ask", "f:7: unknown state \"ask\""},
		{"clock runs and pauses", "pauses waiting", "pauses asked", "f:7: clock answer both runs and pauses"},
		{"unknown role", "by clerk", "by clark", "f:15: action resume: unknown role \"clark\""},
		{"unknown guard", "if staffed", "if stuffed", "f:18: action grant: unknown guard \"stuffed\""},
		{"unknown other action", "other-than resume", "other-than ask", "f:18: action grant: unknown action \"ask\""},
		{"unknown clock", "extends answer", "extends reply", "f:23: action wait: extends one known clock"},
		{"bad setting", "  reason", "  sets answer for 3", "f:14: want “sets"},
		{"a term set to nothing", "  reason", "  sets answer up to 0", "f:14: \"0\": want"},
		{"unknown clock set", "  reason", "  sets reply up to 3", "f:11: action defer: sets one known clock"},
		{"clock set where it stands still", "  reason", "  sets answer up to 3", "f:12: clock answer does not run in waiting and cannot be set"},
		{"set and extended", "  extends answer", "  sets answer up to 3\n  extends answer", "f:23: action wait: sets one known clock"},
		{"term given by nobody", "term 3 workdays", "term given workdays", "f:7: clock answer is given its term by no action"},
		{"unknown clock restarted", "extends answer up to 2 times 1", "restarts reply", "f:23: action wait: unknown clock"},
		{"clock restarted where it stands still", "  reason", "  restarts answer", "f:12: clock answer does not run in waiting"},
		{"nobody may do it", "  by clerk\n", "", "f:15: action resume has no move"},
		{"leaves twice", "move asked -> waiting", "move asked asked -> waiting", "f:12: action defer leaves asked twice"},
		{"role without work", "roles clerk", "roles guest clerk", "f:1: role guest may do nothing"},
		{"guard without work", "  if staffed\n", "", "f:3: guard staffed guards nothing"},
		{"unreachable", "asked -> waiting", "waiting -> waiting", "f:5: state waiting cannot be reached"},
		{"dead end", "waiting -> asked", "waiting -> waiting", "f:5: state waiting is a dead end"},
		{"no end", "end granted", "state granted", "f:4: state asked is a dead end"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(small, c.line, c.instead, 1)
			if text == small {
				t.Fatalf("%q is not in the definition", c.line)
			}
			if _, err := flow.Parse("f", text); err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
	if _, err := flow.Parse("f", strings.Repeat("# long\n", 10_000)); err == nil || !strings.Contains(err.Error(), "at most") {
		t.Errorf("a file without bounds: %v", err)
	}
	if _, err := flow.Parse("f", ""); err == nil {
		t.Error("an empty file is no definition")
	}
}

func FuzzParse(f *testing.F) {
	f.Add(small)
	shipped, err := flow.Shipped()
	if err != nil || len(shipped) < 2 {
		f.Fatalf("%d definitions, %v", len(shipped), err)
	}
	f.Add("flow a 1 | 甲 | a\nroles r\nstate s | 始 | s\nend e | 终 | e\naction go | 行 | go\n  move s -> e\n  by r\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := flow.Parse("fuzz", text)
		if err != nil {
			return
		}
		for seed := range uint64(3) {
			walk(t, d, seed)
		}
	})
}
