package page

import (
	"errors"
	"strings"

	"github.com/a-h/templ"

	"luoshi/internal/service"
	"luoshi/ledger"
)

// Field is a field of a form, with its label, and with what was typed where the form is shown again.
type Field struct {
	Name, Label string
	// Help says under the field what belongs in it.
	Help  string
	Value string
	// Type is that of an input: text where empty, date, number, email, password, file, search …
	Type string
	// ID is the element's; the name where it is empty.
	ID string
	// Errors are what is wrong with the value; see Errors.At.
	Errors   []string
	Required bool
	ReadOnly bool
	Focus    bool
	// Max is how many characters it takes; 0 where the field does not limit them.
	Max int
	// Rows is how high a Textarea is.
	Rows int
	// Attributes are further ones: autocomplete, inputmode, accept, min, max, step, pattern, hx-…
	Attributes templ.Attributes
}

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return unmarked.Replace(f.Name)
}

// unmarked makes the name of a field fit for the address of an element.
var unmarked = strings.NewReplacer("/", "-", ".", "-", "[", "-", "]", "")

func (f Field) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// describedBy names the elements that a screen reader reads with the field.
func (f Field) describedBy() string {
	var ids []string
	if f.Help != "" {
		ids = append(ids, f.id()+"-help")
	}
	if len(f.Errors) > 0 {
		ids = append(ids, f.id()+"-error")
	}
	return strings.Join(ids, " ")
}

// Option is a choice of a Select or of Radios.
type Option struct{ Value, Label string }

// Errors are what is wrong with a form, in the user's language, by the fields that the ledger names.
type Errors struct {
	fields  []string
	texts   map[string][]string
	general []string
}

// ErrorsOf takes apart an error that the user can mend, ledger.Problems or *service.Fault, for the form that is shown
// again with 422. Ok is false for every other error, which a handler hands on.
func (v View) ErrorsOf(err error) (e Errors, ok bool) {
	e.texts = map[string][]string{}
	var problems ledger.Problems
	var fault *service.Fault
	switch {
	case errors.As(err, &problems):
		for _, p := range problems {
			e.Add(p.Where, joined(v.Lang, v.Wording(p.What()), v.Wording(p.Do())))
		}
	case errors.As(err, &fault):
		e.Add("", v.Wording(fault.Words))
	default:
		return Errors{}, false
	}
	return e, true
}

func joined(lang Lang, sentences ...string) string {
	separator := ""
	if lang == English {
		separator = " "
	}
	var kept []string
	for _, s := range sentences {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, separator)
}

// Add adds what is wrong with a field; with the whole where the field is empty.
func (e *Errors) Add(field, text string) {
	if field == "" {
		e.general = append(e.general, text)
		return
	}
	if e.texts == nil {
		e.texts = map[string][]string{}
	}
	if e.texts[field] == nil {
		e.fields = append(e.fields, field)
	}
	e.texts[field] = append(e.texts[field], text)
}

// At is what is wrong with a field, and with what is beneath it: "targets/2" has also what is said of
// "targets/2/upper".
func (e Errors) At(field string) []string {
	var texts []string
	for _, f := range e.fields {
		if f == field || strings.HasPrefix(f, field+"/") {
			texts = append(texts, e.texts[f]...)
		}
	}
	return texts
}

// None tells that nothing is wrong.
func (e Errors) None() bool { return len(e.fields)+len(e.general) == 0 }

// All are all texts, the general ones first.
func (e Errors) All() []string {
	texts := append([]string(nil), e.general...)
	for _, f := range e.fields {
		texts = append(texts, e.texts[f]...)
	}
	return texts
}
