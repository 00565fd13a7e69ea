package load

import (
	"fmt"

	"luoshi/calendar"
	"luoshi/ledger"
)

// organisation is the units of a generated district and the posts in them.
type organisation struct {
	Units []ledger.Unit
	Posts []ledger.Post
}

// founded is since when there are units and somebody holds each post.
var founded = calendar.Date{Year: 2019, Month: 3, Day: 1}

// organise makes a tree of three levels: the government, a fifth of all units below it, and the others below those.
func organise(d dice, size Size, newID func() string) organisation {
	government := ledger.Unit{
		ID: ledger.UnitID(newID()), Kind: ledger.Government, Name: "验证区人民政府", Since: founded,
	}
	o := organisation{Units: []ledger.Unit{government}}
	second := max(1, size.Units/5)
	for i := 1; i < size.Units; i++ {
		unit := ledger.Unit{ID: ledger.UnitID(newID()), Parent: government.ID, Kind: ledger.Department, Since: founded, Order: i}
		switch {
		case i > second:
			above := o.Units[1+(i-second-1)%second]
			unit.Parent, unit.Kind = above.ID, above.Kind
			unit.Name = fmt.Sprintf("%s%s%d", above.Name, d.word("office"), i)
		case i%4 == 0:
			unit.Kind, unit.Name = ledger.StreetOffice, fmt.Sprintf("%s%d街道办事处", d.word("place"), i)
		default:
			unit.Name = fmt.Sprintf("%s%d%s", d.word("place"), i, d.word("bureau"))
		}
		o.Units = append(o.Units, unit)
	}
	for _, unit := range o.Units[:second+1] {
		o.Posts = append(o.Posts, ledger.Post{ID: ledger.PostID(newID()), Unit: unit.ID, Title: "主要负责人"})
	}
	return o
}
