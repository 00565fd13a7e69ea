package access

import (
	"fmt"
	"strings"
)

// relation is a set of the relations that rights.txt explains.
type relation uint8

const (
	anyUnit relation = 1 << iota
	own
	subordinate
	cooperating
	published
	noUnit
)

// relations in the order in which they are shown, with their names and what a cell of the matrix says.
var relations = []struct {
	relation relation
	name     string
	cell     Text
}{
	{anyUnit, "any", Text{"全部", "any"}},
	{own, "own", Text{"本单位", "own"}},
	{subordinate, "subordinate", Text{"下级", "subordinate"}},
	{cooperating, "cooperating", Text{"配合", "cooperating"}},
	{published, "published", Text{"公开", "published"}},
	{noUnit, "none", Text{"无单位", "none"}},
}

func parseRelations(text string) (relation, error) {
	var set relation
next:
	for name := range strings.SplitSeq(text, "+") {
		for _, r := range relations {
			if r.name == name {
				if set&r.relation != 0 {
					return 0, fmt.Errorf("relation %q stands twice", name)
				}
				set |= r.relation
				continue next
			}
		}
		return 0, fmt.Errorf("unknown relation %q", name)
	}
	if set&anyUnit != 0 && set != anyUnit {
		return 0, fmt.Errorf("%q: any includes the rest", text)
	}
	return set, nil
}

// cell is the set as the matrix shows it.
func (set relation) cell() Text {
	var chinese, english []string
	for _, r := range relations {
		if set&r.relation != 0 {
			chinese, english = append(chinese, r.cell.Chinese), append(english, r.cell.English)
		}
	}
	return Text{strings.Join(chinese, "、"), strings.Join(english, ", ")}
}
