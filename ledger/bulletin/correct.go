package bulletin

import (
	"slices"

	"luoshi/ledger"
)

// Earlier is a published bulletin that another one corrects.
type Earlier struct {
	ID      string
	Title   string
	Number  Number
	Content Content
}

// Correcting is a bulletin with what it puts right of an earlier one before everything else.
func (c Content) Correcting(e Earlier) Content {
	from := Source{Kind: FromEarlier, ID: e.ID}
	changes := Changes(e.Content.Without([]Kind{Corrected}), c.Without(c.beyond(e.Content)))
	f := facts{parts: map[string]Sentence{
		"earlier": {{Text: e.Title, From: &from}}, "earlier_number": {{Text: e.Number.String(), From: &from}},
		"corrected": {figure("", ledger.Int(int64(len(changes))), Source{Kind: FromNumbers})},
	}, count: map[string]int{"corrected": len(changes)}}
	s := Section{Kind: Corrected, Title: Corrected.Label().ZH, Sentences: f.say(Corrected)}
	if len(changes) > 0 {
		t := newTable("corrected")
		for _, change := range changes {
			t.Rows = append(t.Rows, change.row(from))
		}
		s.Tables = []Table{t}
	}
	c.Sections = append([]Section{s}, c.Sections...)
	return c
}

// beyond are the sections of a content that another one has not: what was never said needs no correction.
func (c Content) beyond(other Content) []Kind {
	said := other.Places()
	return slices.DeleteFunc(c.Places(), func(k Kind) bool { return slices.Contains(said, k) })
}

// row is a change as a line of the table of corrections.
func (c Change) row(from Source) []Part {
	what := c.Label.ZH
	if c.Row != "" {
		what = c.Row + "\uff1a" + what
	}
	here := Source{Kind: FromNumbers}
	return []Part{
		{Text: c.Section.Label().ZH, From: &here}, {Text: what, From: &here},
		printed("corrected/"+c.Key+".before", c.Before, from), printed("corrected/"+c.Key+".after", c.After, here),
	}
}

// printed is a figure as it was printed, or a dash where it was not.
func printed(key, text string, from Source) Part {
	value, err := ledger.ParseDecimal(text)
	if err != nil {
		return Part{Text: text, From: &from}
	}
	return orDash(key, value, from)
}
