package access_test

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/access"
)

var update = flag.Bool("update", false, "write RIGHTS.md anew")

// Any change of rights shows in the review of RIGHTS.md.
func TestMatrixIsAsReviewed(t *testing.T) {
	var got bytes.Buffer
	if err := access.Rights().WriteMarkdown(&got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("RIGHTS.md", got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("RIGHTS.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Error("rights have changed: look at “git diff” after “go test ./internal/access -update”")
	}
}

var three = []access.Role{"administrator", "security-officer", "auditor"}

// 三员分立: what one of the three changes, no other of them and nobody else may change.
func TestTheThreeDoNotDoEachOthersWork(t *testing.T) {
	alone := map[access.Action]access.Role{
		"user.create": "administrator", "user.disable": "administrator", "unit.edit": "administrator",
		"config.edit": "administrator", "backup.run": "administrator", "backup.restore": "administrator",
		"role.grant": "security-officer", "role.revoke": "security-officer", "user.unlock": "security-officer",
		"user.reset": "security-officer", "token.create": "security-officer", "config.policy": "security-officer",
		"audit.read": "auditor", "audit.verify": "auditor", "audit.export": "auditor",
	}
	for action, who := range alone {
		for _, role := range access.Rights().Roles() {
			actor := access.Actor{Account: "a", Posts: []access.Post{{Role: role, Unit: "u"}}}
			if got := access.Rights().Can(actor, action, access.Object{}).Allowed; got != (role == who) {
				t.Errorf("%s, %s: %t", role, action, got)
			}
		}
	}
}

// None of the three touches the plan or its figures.
func TestTheThreeStayOutOfThePlan(t *testing.T) {
	business := []string{"plan", "commitment", "assignment", "amendment", "project", "observation", "submission", "order", "account"}
	for _, action := range access.Rights().Actions() {
		if object, _, _ := strings.Cut(string(action), "."); !slices.Contains(business, object) {
			continue
		}
		for _, role := range three {
			actor := access.Actor{Account: "a", Posts: []access.Post{{Role: role, Unit: "u"}}}
			if access.Rights().Can(actor, action, access.Object{Unit: "u"}).Allowed {
				t.Errorf("%s may %s", role, action)
			}
		}
	}
}

// What the public may do is done to what was made public, and changes nothing but feedback and suggestions.
func TestThePublic(t *testing.T) {
	for _, action := range access.Rights().Actions() {
		if access.Rights().Can(access.Actor{}, action, access.Object{Unit: "u"}).Allowed {
			t.Errorf("the public may %s something that is not public", action)
		}
		object, verb, _ := strings.Cut(string(action), ".")
		open := access.Rights().Can(access.Actor{}, action, access.Object{Unit: "u", Published: true}).Allowed
		if open && verb != "read" && object != "feedback" && object != "search" && object != "export" &&
			action != "audit.prove" && action != "livelihood.suggest" {
			t.Errorf("the public may %s", action)
		}
	}
}

func TestParseTableNamesTheLine(t *testing.T) {
	const head = "role a | 甲 | a\nrole b | 乙 | b\n[x | 某 | x]\n"
	cases := map[string]string{
		"role A | 甲 | a":                                      "f:1: want “role",
		"role a | 甲":                                          "f:1: want “role",
		"role a | 甲 | a\nrole a | 甲 | a":                      "f:2: role a stands twice",
		"role a | 甲 | a\napart a b":                           "f:2: unknown role \"b\"",
		"role a | 甲 | a\nundelegated b":                       "f:2: unknown role \"b\"",
		"[x | 某]":                                             "f:1: want “[group",
		"role a | 甲 | a\nx.do | 做 | do | a:any":               "f:2: action x.do stands before",
		head + "x.do | 做 | do":                                "f:4: want “object.verb",
		head + "xdo | 做 | do | a:any":                         "f:4: want “object.verb",
		head + "x.do | 做 | do | ":                             "f:4: nobody may",
		head + "x.do | 做 | do | c:any":                        "f:4: unknown role \"c\"",
		head + "x.do | 做 | do | a":                            "f:4: unknown relation \"\"",
		head + "x.do | 做 | do | a:near":                       "f:4: unknown relation \"near\"",
		head + "x.do | 做 | do | a:own+own":                    "f:4: relation \"own\" stands twice",
		head + "x.do | 做 | do | a:own+any":                    "f:4: \"own+any\": any includes",
		head + "x.do | 做 | do | a:own a:any":                  "f:4: role a stands twice",
		head + "x.do | 做 | do | a:own\nx.do | 做 | do | b:own": "f:5: action x.do stands twice",
	}
	for text, want := range cases {
		if _, err := access.ParseTable("f", text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func FuzzParseTable(f *testing.F) {
	f.Add("role a | 甲 | a\nrole public | 公 | p\n[x | 某 | x]\nx.do | 做 | do | a:own+none public:published")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := access.ParseTable("fuzz", text)
		if err != nil {
			return
		}
		object := access.Object{Unit: "u", Above: []access.Unit{"v"}}
		for _, role := range table.Roles() {
			actor := access.Actor{Account: "a", Posts: []access.Post{{Role: role, Unit: "v"}}}
			for _, action := range table.Actions() {
				if table.Can(actor, action, object).Allowed != table.Scope(actor, action).Covers(object) {
					t.Fatalf("%s %s: page and list differ", role, action)
				}
			}
		}
	})
}
