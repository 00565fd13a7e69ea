// Package forms reads what the forms of units, indicators and projects hold, and shows what they need: the choice of a
// unit, money as offices count it, a table that is about to come in.
package forms

import (
	"context"
	_ "embed" // the words
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue/table"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Persons tells the names of the persons of accounts.
type Persons func(ctx context.Context, ids ...ledger.AccountID) (map[ledger.AccountID]string, error)

// Names are what pages call units today.
type Names struct {
	tree  *ledger.Tree
	today calendar.Date
}

// NamesOf are the names of the units of a district.
func NamesOf(ctx context.Context, core *service.Core) (Names, error) {
	tree, err := core.Tree(ctx)
	return Names{tree: tree, today: core.Today()}, err
}

// Unit is the name of a unit; its last one where it has ended, and empty for no unit.
func (n Names) Unit(id ledger.UnitID) string {
	if id == "" || n.tree == nil {
		return ""
	}
	return n.tree.Name(id, n.today)
}

// Options are the units that there are today as the choices of a field, each set in beneath the one above it; before
// them stands the choice of none, where blank says how it is called.
func (n Names) Options(blank string, keep ...ledger.UnitID) []page.Option {
	options := make([]page.Option, 0, n.tree.Len()+1)
	if blank != "" {
		options = append(options, page.Option{Label: blank})
	}
	var add func(above ledger.UnitID, level int)
	add = func(above ledger.UnitID, level int) {
		for _, id := range n.tree.Children(above, n.today) {
			label := strings.Repeat("\u3000", level) + n.Unit(id)
			options = append(options, page.Option{Value: string(id), Label: label})
			add(id, level+1)
		}
	}
	add("", 0)
	// What a record names stays a choice, even where the unit has ended.
	for _, id := range keep {
		if id != "" && !n.tree.Exists(id, n.today) {
			options = append(options, page.Option{Value: string(id), Label: n.Unit(id)})
		}
	}
	return options
}

// Values reads the fields of a form and remembers what cannot be read.
type Values struct {
	page.Errors
	r *http.Request
	v page.View
}

// ValuesOf are the fields of a request's form.
func ValuesOf(r *http.Request) *Values { return &Values{r: r, v: page.Of(r.Context())} }

// Text is what was typed, without the blanks around it.
func (f *Values) Text(name string) string { return strings.TrimSpace(f.r.PostFormValue(name)) }

// Unit is the unit that was chosen.
func (f *Values) Unit(name string) ledger.UnitID { return ledger.UnitID(f.Text(name)) }

// Ticked tells whether a box was ticked.
func (f *Values) Ticked(name string) bool { return f.Text(name) != "" }

// Int is a whole number; 0 where nothing was typed.
func (f *Values) Int(name string) int {
	text := f.Text(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		f.Add(name, f.v.T("forms.number", text))
	}
	return n
}

// Date is a date as a field for dates or a person writes it; none where nothing was typed.
func (f *Values) Date(name string) calendar.Date {
	span, ok := table.Span(f.Text(name))
	if !ok {
		f.Add(name, f.v.T("forms.date", f.Text(name)))
	}
	return span.From
}

// Figure is a figure with its precision; none where nothing was typed.
func (f *Values) Figure(name string) ledger.Decimal {
	figure, ok := table.Figure(f.Text(name))
	if !ok {
		f.Add(name, f.v.T("forms.number", f.Text(name)))
	}
	return figure
}

// Money is an amount in yuan of a field that is counted in 万元.
func (f *Values) Money(name string) ledger.Decimal {
	amount, ok := table.Money(f.Text(name), "")
	if !ok {
		f.Add(name, f.v.T("forms.number", f.Text(name)))
	}
	return amount
}

// Seen is the revision that the form was made from.
func Seen(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.PostFormValue("seen"), 10, 64)
	if err != nil {
		return 0 // no record has it, so that the change is refused as made from another one
	}
	return n
}

// tenThousand is 万 as a power of ten.
const tenThousand = 4

// Wan is an amount in yuan counted in 万元, exactly and without zeros behind the point that say nothing.
func Wan(d ledger.Decimal) ledger.Decimal {
	if !d.Known() {
		return d
	}
	n := d.Number()
	n.Exp -= tenThousand
	for n.Exp < 0 && n.Coef%10 == 0 {
		n.Coef, n.Exp = n.Coef/10, n.Exp+1
	}
	return ledger.Exactly(n)
}

// WanText is Wan as a field of a form holds it.
func WanText(d ledger.Decimal) string {
	if !d.Known() {
		return ""
	}
	return Wan(d).Plain()
}

// FigureText is a figure as a field of a form holds it, with its precision.
func FigureText(d ledger.Decimal) string {
	n := d.Number()
	if !d.Known() || n.Exp >= 0 {
		return d.Plain()
	}
	return d.String()
}

// Year is a year as a field of a form holds it; empty for 0.
func Year(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// Mendable takes apart an error that the user can mend in the form. Ok is false for every other error.
func Mendable(r *http.Request, f *Values, err error) (page.Errors, bool) {
	if !f.None() {
		return f.Errors, true
	}
	if err == nil {
		return page.Errors{}, false
	}
	return page.Of(r.Context()).ErrorsOf(err)
}

// Stale is the record as it is now, where the error is that somebody else changed it meanwhile.
func Stale[T any](err error) (store.Record[T], bool) {
	var conflict *store.Conflict[T]
	if errors.As(err, &conflict) {
		return conflict.Current, true
	}
	return store.Record[T]{}, false
}

// Upload is the file of a form's field.
func Upload(r *http.Request, field string) (name string, data []byte, err error) {
	if err := r.ParseMultipartForm(table.MostBytes); err != nil {
		return "", nil, fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	file, header, err := r.FormFile(field)
	if errors.Is(err, http.ErrMissingFile) {
		return "", nil, nil
	}
	if err != nil {
		return "", nil, fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	defer file.Close()
	data, err = io.ReadAll(io.LimitReader(file, table.MostBytes+1))
	if err != nil {
		return "", nil, fmt.Errorf("reading file %s: %w", header.Filename, err)
	}
	return header.Filename, data, nil
}

// Labels are the choices of a field made of a vocabulary of the ledger.
func Labels[V interface {
	~string
	Label() ledger.Wording
}](v page.View, blank string, values []V) []page.Option {
	var options []page.Option
	if blank != "" {
		options = append(options, page.Option{Label: blank})
	}
	for _, value := range values {
		options = append(options, page.Option{Value: string(value), Label: v.Wording(value.Label())})
	}
	return options
}

// Chosen is a plan out of those that the caller may read: the one whose identifier is given, or the first; the zero
// plan where there is none.
func Chosen(plans []ledger.Plan, id string) ledger.Plan {
	for _, plan := range plans {
		if string(plan.ID) == id {
			return plan
		}
	}
	if len(plans) == 0 {
		return ledger.Plan{}
	}
	return plans[0]
}

// PlanOptions are plans as the choices of a field.
func PlanOptions(plans []ledger.Plan) []page.Option {
	options := make([]page.Option, len(plans))
	for i, plan := range plans {
		options[i] = page.Option{Value: string(plan.ID), Label: plan.Title}
	}
	return options
}
