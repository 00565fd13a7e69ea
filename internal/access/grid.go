package access

// Chapter is a group of actions with who may do them, for a page that shows the table.
type Chapter struct {
	Title   Text
	Actions []Line
}

// Line is an action with a cell for each role, in the order of Roles: to objects of which units the role may do it,
// empty where to none.
type Line struct {
	Action Action
	Title  Text
	Cells  []Text
}

// Chapters are the table as it stands in its file.
func (t *Table) Chapters() []Chapter {
	chapters := make([]Chapter, len(t.groups))
	for i, g := range t.groups {
		chapters[i].Title = g.title
		for _, e := range g.actions {
			line := Line{Action: e.action, Title: e.title}
			for _, role := range t.roles {
				line.Cells = append(line.Cells, e.words(role.role))
			}
			chapters[i].Actions = append(chapters[i].Actions, line)
		}
	}
	return chapters
}

// words is what a cell says in both languages.
func (e *actionEntry) words(role Role) Text {
	if e.holder == Oneself && role != Public {
		return Text{"本人", "oneself"}
	}
	return e.grants[role].cell()
}
