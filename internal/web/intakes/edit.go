package intakes

import (
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/indicator"
	"luoshi/internal/service/intake"
	"luoshi/internal/store"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	rules "luoshi/ledger/intake"
	"luoshi/reading/numeral"
)

// edit is the form in which an item is corrected, as it was typed.
type edit struct {
	Title, Kind, Section, By, Owner string
	Firm                            bool
	Targets                         []targetEdit
	Errors                          []string
}

// targetEdit is the part of the form for one target; number 0 is for one that is to be added.
type targetEdit struct {
	Number                                                      int
	Subject, Cmp, Value, Upper, Words, Unit, Measure, By, Scope string
	Drop                                                        bool
}

// editOf is the form of an item as it stands, with a part for one more target.
func editOf(i rules.Item) edit {
	e := edit{
		Title: i.Title, Kind: string(i.Kind), Section: strconv.Itoa(i.Section), By: i.By.String(), Owner: i.Owner, Firm: i.Firm,
	}
	for _, t := range i.Targets {
		e.Targets = append(e.Targets, targetEdit{
			Number: t.Number, Subject: t.Subject, Cmp: string(t.Cmp), Value: t.Value.Plain(), Upper: t.Upper.Plain(), Words: t.Words,
			Unit: t.Unit, Measure: string(t.Measure), By: t.By.String(), Scope: t.Scope,
		})
	}
	return e.withBlank()
}

func (e edit) withBlank() edit {
	e.Targets = append(e.Targets, targetEdit{Cmp: string(ledger.Equal), Measure: string(ledger.Level)})
	return e
}

// field names a field of a target.
func (t targetEdit) field(name string) string { return "t" + strconv.Itoa(t.Number) + "." + name }

// blank tells that nothing was typed of a target that would be added.
func (t targetEdit) blank() bool {
	return t.Number == 0 && strings.TrimSpace(t.Subject+t.Value+t.Upper+t.Words+t.Unit+t.By+t.Scope) == ""
}

// typedEdit is the form as it was typed.
func typedEdit(form url.Values, i rules.Item) edit {
	get := func(name string) string { return strings.TrimSpace(form.Get(name)) }
	e := edit{Title: get("title"), Kind: get("as-kind"), Section: get("in-section"), By: get("by"), Owner: get("owner"), Firm: form.Has("firm")}
	numbers := []int{}
	for _, t := range i.Targets {
		numbers = append(numbers, t.Number)
	}
	for _, number := range append(numbers, 0) {
		t := targetEdit{Number: number}
		t.Subject, t.Cmp, t.Value, t.Upper = get(t.field("subject")), get(t.field("cmp")), get(t.field("value")), get(t.field("upper"))
		t.Words, t.Unit, t.Measure, t.By = get(t.field("words")), get(t.field("unit")), get(t.field("measure")), get(t.field("by"))
		t.Scope, t.Drop = get(t.field("scope")), form.Has(t.field("drop"))
		e.Targets = append(e.Targets, t)
	}
	return e
}

// correctionOf is the step that corrects an item as a form says; what is as it was is left out.
func correctionOf(r *http.Request, d *intake.Desk, event rules.Event) (rules.Event, edit, error) {
	if len(event.Items) != 1 {
		return event, edit{}, ledger.Problems{{Code: "review.one_by_one", Where: "items"}}
	}
	item, ok := d.Review.Item(event.Items[0])
	if !ok {
		return event, edit{}, &store.NotFound{Kind: "items", ID: string(event.Items[0])}
	}
	typed := typedEdit(r.PostForm, item)
	c, wrong := typed.correction(page.Of(r.Context()), item)
	if len(wrong) > 0 {
		typed.Errors = wrong
		return event, typed, ledger.Problems{}
	}
	if reflect.DeepEqual(c, rules.Correction{}) {
		return event, typed, errUnchanged
	}
	event.Correction = &c
	return event, typed, nil
}

// correction is what a form changes of an item, and what in it cannot be read.
func (e edit) correction(v page.View, i rules.Item) (rules.Correction, []string) {
	var c rules.Correction
	var wrong []string
	if e.Title != i.Title {
		c.Title = &e.Title
	}
	if kind := ledger.CommitmentKind(e.Kind); kind != i.Kind {
		c.Kind = &kind
	}
	if section, err := strconv.Atoi(e.Section); err == nil && section != i.Section {
		c.Section = &section
	}
	if by, err := dateOf(e.By); err != nil {
		wrong = append(wrong, v.T("intakes.wrong.date", e.By))
	} else if by != i.By {
		c.By = &by
	}
	if e.Firm != i.Firm {
		c.Firm = &e.Firm
	}
	if e.Owner != i.Owner {
		c.Owner = &e.Owner
	}
	for _, t := range e.Targets {
		at := slices.IndexFunc(i.Targets, func(have ledger.Target) bool { return have.Number == t.Number })
		switch {
		case t.blank():
		case t.Drop && at >= 0:
			c.Drop = append(c.Drop, t.Number)
		default:
			before := ledger.Target{By: i.By, Firm: i.Firm}
			if at >= 0 {
				before = i.Targets[at]
			}
			target, problems := t.target(v, before)
			wrong = append(wrong, problems...)
			if target != before {
				c.Targets = append(c.Targets, target)
			}
		}
	}
	return c, wrong
}

// target is a target as it was typed. A figure that is typed as it was shown keeps its precision.
func (t targetEdit) target(v page.View, before ledger.Target) (ledger.Target, []string) {
	target := before
	var wrong []string
	target.Subject, target.Cmp, target.Words, target.Unit = t.Subject, ledger.Comparator(t.Cmp), t.Words, t.Unit
	target.Measure, target.Scope = ledger.Measure(t.Measure), t.Scope
	if t.Subject != before.Subject {
		target.Code, target.Indicator = "", ""
		if match, ok := indicator.Lookup(t.Subject); ok {
			target.Code = match.Indicator.Code
		}
	}
	for _, figure := range []struct {
		typed string
		value *ledger.Decimal
	}{{t.Value, &target.Value}, {t.Upper, &target.Upper}} {
		if figure.typed == figure.value.Plain() {
			continue
		}
		value, ok := figureOf(figure.typed)
		if !ok {
			wrong = append(wrong, v.T("intakes.wrong.figure", figure.typed))
		}
		*figure.value = value
	}
	by, err := dateOf(t.By)
	if err != nil {
		wrong = append(wrong, v.T("intakes.wrong.date", t.By))
	}
	if t.Number > 0 || t.By != "" {
		target.By = by
	}
	return target, wrong
}

// figureOf reads a figure as people type it: 1,200, 15.94亿.
func figureOf(text string) (ledger.Decimal, bool) {
	if text == "" {
		return ledger.Decimal{}, true
	}
	sign := strings.HasPrefix(text, "-")
	n, ok := numeral.Scan(strings.TrimPrefix(text, "-"), 0)
	if !ok || n.End != len(strings.TrimPrefix(text, "-")) || n.More {
		return ledger.Decimal{}, false
	}
	if sign {
		n.Value.Coef = -n.Value.Coef
	}
	return ledger.Exactly(n.Value), true
}

// dateOf reads a date, or none.
func dateOf(text string) (calendar.Date, error) {
	var d calendar.Date
	err := d.UnmarshalText([]byte(text))
	return d, err
}

// cutPoints are where the wording of an item may be cut: behind its commas and stops.
type cutPart struct {
	At   int
	Text string
}

// cutParts are the pieces of an item's passages between punctuation.
func cutParts(i rules.Item) []cutPart {
	var parts []cutPart
	for _, passage := range i.Source {
		at := passage.At()
		begin := at
		var text strings.Builder
		for _, r := range passage.Wording() {
			text.WriteRune(r)
			at++
			if strings.ContainsRune("、,;\uff0c\uff1b\u3002", r) {
				parts = append(parts, cutPart{begin, text.String()})
				begin = at
				text.Reset()
			}
		}
		if text.Len() > 0 {
			parts = append(parts, cutPart{begin, text.String()})
		}
	}
	return parts
}
