package access

import (
	_ "embed" // the table of rights
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

//go:embed rights.txt
var rights string

// Table is who may do what: role × action × relation to the unit. It never changes once read, so it may be
// shared.
type Table struct {
	roles       []roleEntry
	apart       [][]Role // groups of which an account may hold one role
	undelegated []Role
	groups      []group
	actions     map[Action]*actionEntry
}

type roleEntry struct {
	role  Role
	title Text
}

type group struct {
	name    string
	title   Text
	actions []*actionEntry
}

type actionEntry struct {
	action Action
	title  Text
	grants map[Role]relation
	holder Holder
}

// Rights is the table that comes with the program.
var Rights = sync.OnceValue(func() *Table {
	t, err := ParseTable("rights.txt", rights)
	if err != nil {
		panic(err) // the file is part of the program, and tests read it
	}
	return t
})

// ParseTable reads a table in the form that rights.txt explains. Errors name file and line.
func ParseTable(file, text string) (*Table, error) {
	t := &Table{actions: map[Action]*actionEntry{}}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if err := t.addLine(line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
	}
	return t, nil
}

func (t *Table) addLine(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	switch {
	case word == "role":
		return t.addRole(rest)
	case word == "apart":
		roles, err := t.parseRoles(rest)
		t.apart = append(t.apart, roles)
		return err
	case word == "undelegated":
		roles, err := t.parseRoles(rest)
		t.undelegated = append(t.undelegated, roles...)
		return err
	case line[0] == '[':
		return t.addGroup(line)
	default:
		return t.addAction(line)
	}
}

func columns(line string) []string {
	fields := strings.Split(line, "|")
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	return fields
}

var (
	roleName   = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	actionName = regexp.MustCompile(`^[a-z]+\.[a-z]+$`)
)

func (t *Table) addRole(line string) error {
	f := columns(line)
	if len(f) != 3 || !roleName.MatchString(f[0]) || f[1] == "" || f[2] == "" {
		return fmt.Errorf("want “role NAME | 中文 | English”")
	}
	if t.Knows(Role(f[0])) {
		return fmt.Errorf("role %s stands twice", f[0])
	}
	t.roles = append(t.roles, roleEntry{Role(f[0]), Text{f[1], f[2]}})
	return nil
}

func (t *Table) parseRoles(line string) ([]Role, error) {
	var roles []Role
	for name := range strings.FieldsSeq(line) {
		if !t.Knows(Role(name)) {
			return nil, fmt.Errorf("unknown role %q", name)
		}
		roles = append(roles, Role(name))
	}
	return roles, nil
}

func (t *Table) addGroup(line string) error {
	f := columns(strings.Trim(line, "[]"))
	if len(f) != 3 {
		return fmt.Errorf("want “[group | 中文 | English]”")
	}
	t.groups = append(t.groups, group{name: f[0], title: Text{f[1], f[2]}})
	return nil
}

func (t *Table) addAction(line string) error {
	f := columns(line)
	if len(f) != 4 || !actionName.MatchString(f[0]) || f[1] == "" || f[2] == "" {
		return fmt.Errorf("want “object.verb | 中文 | English | ROLE:RELATION …”")
	}
	if len(t.groups) == 0 {
		return fmt.Errorf("action %s stands before any group", f[0])
	}
	entry := &actionEntry{action: Action(f[0]), title: Text{f[1], f[2]}, grants: map[Role]relation{}}
	if t.actions[entry.action] != nil {
		return fmt.Errorf("action %s stands twice", f[0])
	}
	if entry.holder = Holder(f[3]); entry.holder == Oneself || entry.holder == Program {
		f[3] = ""
	} else {
		entry.holder = ByRole
	}
	if err := t.addGrants(entry, f[3]); err != nil {
		return err
	}
	t.actions[entry.action] = entry
	last := &t.groups[len(t.groups)-1]
	last.actions = append(last.actions, entry)
	return nil
}

func (t *Table) addGrants(entry *actionEntry, grants string) error {
	for grant := range strings.FieldsSeq(grants) {
		name, of, _ := strings.Cut(grant, ":")
		role := Role(name)
		if !t.Knows(role) {
			return fmt.Errorf("unknown role %q", name)
		}
		if entry.grants[role] != 0 {
			return fmt.Errorf("role %s stands twice", name)
		}
		set, err := parseRelations(of)
		if err != nil {
			return err
		}
		entry.grants[role] = set
	}
	if len(entry.grants) == 0 && entry.holder == ByRole {
		return fmt.Errorf("nobody may do %s", entry.action)
	}
	return nil
}

// Knows tells whether the table has the role.
func (t *Table) Knows(role Role) bool {
	return slices.ContainsFunc(t.roles, func(e roleEntry) bool { return e.role == role })
}

// Has tells whether the table has the action.
func (t *Table) Has(action Action) bool { return t.actions[action] != nil }

// Roles are all roles in the order of the table.
func (t *Table) Roles() []Role {
	roles := make([]Role, len(t.roles))
	for i, e := range t.roles {
		roles[i] = e.role
	}
	return roles
}

// Actions are all actions in the order of the table.
func (t *Table) Actions() []Action {
	var actions []Action
	for _, g := range t.groups {
		for _, e := range g.actions {
			actions = append(actions, e.action)
		}
	}
	return actions
}

// Title is the name of a role as users know it; of an unknown one its own name.
func (t *Table) Title(role Role) Text {
	for _, e := range t.roles {
		if e.role == role {
			return e.title
		}
	}
	return Text{string(role), string(role)}
}

// ActionTitle is what an action is called on pages; of an unknown one its own name.
func (t *Table) ActionTitle(action Action) Text {
	if e := t.actions[action]; e != nil {
		return e.title
	}
	return Text{string(action), string(action)}
}
