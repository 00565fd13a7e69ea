package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"luoshi/internal/service/catalogue/table"
	"luoshi/ledger/reporting"
)

// prefilled tells whether the form comes filled although nothing was said yet.
func (r Row) prefilled() bool { return r.Now.IsEmpty() && !r.Offered.IsEmpty() }

// issued is what the input cells of a row say when the form goes out.
func (t Template) issued(r Row) map[place]string {
	if r.prefilled() {
		return t.texts(r, r.Offered)
	}
	return t.texts(r, r.Now)
}

// texts are an observation as the input cells of its row say it.
func (t Template) texts(r Row, o reporting.Observation) map[place]string {
	texts := map[place]string{}
	set := func(f Field, text string) {
		if c, ok := columnOf(f); ok && r.asks(c) && text != "" {
			texts[place{subject: r.Subject, field: f}] = text
		}
	}
	given := o.Given
	if given == "" {
		given = r.Basis
	}
	set(givenField, t.picked(givenField, string(given)))
	for _, f := range reporting.Fields() {
		set(f, r.Show(f, o.Figure(f)))
	}
	set(reporting.FieldSaid, t.picked(reporting.FieldSaid, string(o.Said)))
	set(reporting.FieldNote, o.Note)
	set(reporting.FieldReason, o.Reason)
	set(reporting.FieldOverride, o.Override)
	problems, asked := t.obstacles(o)
	set(reporting.FieldObstacles, problems)
	set(askField, asked)
	for _, n := range o.Nodes {
		if slices.ContainsFunc(r.Nodes, func(shown reporting.OpenNode) bool { return shown.Number == n.Number }) {
			texts[place{subject: r.Subject, node: n.Number}] = n.On.String()
		}
	}
	return texts
}

// picked is what a list shows for a value.
func (t Template) picked(f Field, value string) string {
	for _, o := range optionsOf(f) {
		if o.value == value {
			return t.in(o.words)
		}
	}
	return ""
}

// obstacles are problems, a line each, and beside them the units that are asked.
func (t Template) obstacles(o reporting.Observation) (problems, asked string) {
	var what, whom []string
	for _, obstacle := range o.Obstacles {
		what = append(what, strings.ReplaceAll(obstacle.Text, "\n", " "))
		unit := ""
		for _, u := range t.Units {
			if u.ID == obstacle.Ask {
				unit = u.Name
			}
		}
		whom = append(whom, unit)
	}
	return strings.Join(what, "\n"), strings.TrimRight(strings.Join(whom, "\n"), "\n")
}

// seen is what a form knows of a row: the revision that it shows, and what its cells said.
type seen struct {
	revision int64
	said     string
}

// String is the hidden cell of a row.
func (s seen) String() string { return strconv.FormatInt(s.revision, 10) + ":" + s.said }

func parseSeen(text string) (seen, bool) {
	revision, said, found := strings.Cut(text, ":")
	n, err := strconv.ParseInt(revision, 10, 64)
	return seen{n, said}, found && err == nil && n >= 0 && said != ""
}

// fingerprint tells apart whether the cells of a row say what they said when the form went out, however a program
// writes them: 11.0 and 11 are the same. The basis alone says nothing.
func fingerprint(texts map[place]string) string {
	var said, basis []string
	for p, text := range texts {
		if plain := canonical(text); plain != "" {
			line := fmt.Sprintf("%s %d %q", p.field, p.node, plain)
			if p.field == givenField {
				basis = append(basis, line)
			} else {
				said = append(said, line)
			}
		}
	}
	if len(said) > 0 {
		said = append(said, basis...)
	}
	slices.Sort(said)
	sum := sha256.Sum256([]byte(strings.Join(said, "\n")))
	return hex.EncodeToString(sum[:8])
}

// canonical is the text of a cell without what programs change of it.
func canonical(text string) string {
	text = tidy(text)
	if number, ok := table.Figure(text); ok && number.Known() {
		return number.Number().String()
	}
	return text
}

// tidy is a text without blanks around it and in one sort of line ends.
func tidy(text string) string {
	return strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n", "_x000D_", "").Replace(text))
}
