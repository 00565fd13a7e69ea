package bulletin

import "luoshi/ledger"

// Change is a figure that is no longer what it was. Before is empty for one that came, After for one that went.
type Change struct {
	Key           string
	Section       Kind
	Row           string // what the figure's row in the table begins with; empty in sentences
	Label         ledger.Wording
	Before, After string
}

// Changes are the figures of a bulletin that differ in a later one: those of the earlier one in their order, then those
// that came.
func Changes(before, after Content) []Change {
	then, now := placed(before), placed(after)
	var all []Change
	for _, f := range before.Figures() {
		p := then[f.Key]
		q, still := now[f.Key]
		if !still || q.text != p.text {
			all = append(all, Change{Key: f.Key, Section: p.section, Row: p.row, Label: labelOf(f.Key), Before: p.text, After: q.text})
		}
	}
	for _, f := range after.Figures() {
		if _, known := then[f.Key]; !known {
			p := now[f.Key]
			all = append(all, Change{Key: f.Key, Section: p.section, Row: p.row, Label: labelOf(f.Key), After: p.text})
		}
	}
	return all
}

// place is a figure with where it stands.
type place struct {
	section   Kind
	row, text string
}

func placed(c Content) map[string]place {
	all := map[string]place{}
	for _, s := range c.Sections {
		for _, sentence := range s.Sentences {
			for _, p := range sentence {
				if p.IsFigure() {
					all[p.Key] = place{s.Kind, "", p.Text}
				}
			}
		}
		for _, t := range s.Tables {
			for _, row := range t.Rows {
				for _, p := range row {
					if p.IsFigure() {
						all[p.Key] = place{s.Kind, row[0].Text, p.Text}
					}
				}
			}
		}
	}
	return all
}
