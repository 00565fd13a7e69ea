package api

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/intake"
	"luoshi/ledger/reporting"
)

// date is how civil dates are described: the empty text is no date.
type date struct{}

// Schema describes civil dates.
func (date) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeString, Pattern: `^([0-9]{4}-[0-9]{2}-[0-9]{2})?$`, PatternDescription: "YYYY-MM-DD",
		Description: "A civil date; empty where unknown", Examples: []any{"2026-12-31"},
	}
}

// decimal is how figures are described.
type decimal struct{}

// Schema describes figures.
func (decimal) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeString, Pattern: `^(-?[0-9]+(\.[0-9]+)?(e[0-9]+)?)?$`, PatternDescription: "11.0",
		Description: "An exact decimal in the precision in which it was stated: 11.0, or 1594e6 for 15.94亿; empty for none",
		Examples:    []any{"11.0"},
	}
}

// Passage is where words stand in a document, with the words.
type Passage struct {
	Document ledger.Digest `json:"document" doc:"The digest of the document"`
	At       int           `json:"at" doc:"The first code point of the canonical text"`
	End      int           `json:"end" doc:"The code point behind the last"`
	Wording  string        `json:"wording" doc:"The words that stand there"`
}

// period and subject are how those of reporting are described.
type (
	period  struct{}
	subject struct{}
)

// Schema describes periods.
func (period) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeString, Pattern: `^([0-9]{4}-(M[01][0-9]|T[0-3][0-9]|Q[1-4]|H[12]|Y1))?$`, PatternDescription: "2026-M03",
		Description: "A period: 2026-M03 the month, 2026-T07 the ten days, 2026-Q1, 2026-H1, 2026-Y1; empty for none", Examples: []any{"2026-M03"},
	}
}

// Schema describes subjects.
func (subject) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeString, MaxLength: new(300),
		Description: "What a row is about: indicator:ID, target:COMMITMENT:2, task:COMMITMENT or project:ID", Examples: []any{"indicator:01a2"},
	}
}

// choice is how a value that is one of a few is described.
func choice[T ~string](values ...T) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString}
	for _, v := range values {
		s.Enum = append(s.Enum, string(v))
	}
	return s
}

type (
	commitmentKind  struct{}
	comparator      struct{}
	measure         struct{}
	direction       struct{}
	aggregation     struct{}
	fundSource      struct{}
	projectCategory struct{}
	stage           struct{}
	unitKind        struct{}
	field           struct{}
	planState       struct{}
	commitmentState struct{}
	amendmentState  struct{}
	reviewOp        struct{}
	reviewStatus    struct{}
	basis           struct{}
	said            struct{}
	origin          struct{}
	frequency       struct{}
	rowField        struct{}
	reportState     struct{}
)

func (basis) Schema(huma.Registry) *huma.Schema {
	return choice("", reporting.OfPeriod, reporting.Cumulative)
}

func (said) Schema(huma.Registry) *huma.Schema {
	return choice(append([]reporting.Said{""}, reporting.SaidAll()...)...)
}

func (origin) Schema(huma.Registry) *huma.Schema {
	return choice("", reporting.Typed, reporting.Template, reporting.Imported, reporting.Delivered, reporting.Prefilled)
}
func (frequency) Schema(huma.Registry) *huma.Schema { return choice(reporting.Frequencies()...) }
func (rowField) Schema(huma.Registry) *huma.Schema  { return choice(reporting.Fields()...) }

func (reportState) Schema(huma.Registry) *huma.Schema {
	return choice("", reporting.Drafted, reporting.Submitted, reporting.Approved, reporting.Statistic, reporting.Reviewed, reporting.Locked, reporting.Returned)
}

func (commitmentKind) Schema(huma.Registry) *huma.Schema { return choice(ledger.CommitmentKinds()...) }
func (comparator) Schema(huma.Registry) *huma.Schema     { return choice(ledger.Comparators()...) }
func (measure) Schema(huma.Registry) *huma.Schema        { return choice(ledger.Measures()...) }
func (direction) Schema(huma.Registry) *huma.Schema      { return choice(ledger.Directions()...) }
func (aggregation) Schema(huma.Registry) *huma.Schema    { return choice(ledger.Aggregations()...) }
func (fundSource) Schema(huma.Registry) *huma.Schema     { return choice(ledger.FundSources()...) }
func (projectCategory) Schema(huma.Registry) *huma.Schema {
	return choice(ledger.ProjectCategories()...)
}
func (stage) Schema(huma.Registry) *huma.Schema    { return choice(ledger.Stages()...) }
func (unitKind) Schema(huma.Registry) *huma.Schema { return choice(ledger.UnitKinds()...) }
func (field) Schema(huma.Registry) *huma.Schema    { return choice(ledger.Fields()...) }

func (planState) Schema(huma.Registry) *huma.Schema {
	return choice(ledger.Draft, ledger.Reviewed, ledger.Approved, ledger.Published, ledger.Abandoned)
}

func (commitmentState) Schema(huma.Registry) *huma.Schema {
	return choice(ledger.Prepared, ledger.InForce, ledger.Fulfilled, ledger.Withdrawn)
}

func (amendmentState) Schema(huma.Registry) *huma.Schema {
	return choice(ledger.Proposed, ledger.Agreed, ledger.Applied, ledger.Refused, ledger.TakenBack)
}

func (reviewOp) Schema(huma.Registry) *huma.Schema {
	return choice(intake.Accept, intake.Reject, intake.Reopen, intake.Correct, intake.Split, intake.Merge, intake.Add, intake.Undo, intake.Redo)
}

// An item that somebody selected has no status until a review gives it one.
func (reviewStatus) Schema(huma.Registry) *huma.Schema {
	return choice("", intake.Pending, intake.Accepted, intake.Rejected)
}

// prefixes tell types of other packages apart from those of the plan that have the same names.
var prefixes = map[string]string{
	"luoshi/ledger/intake": "Review", "luoshi/internal/service/intake": "Document",
	"luoshi/ledger/reporting": "Report", "luoshi/internal/service/reporting": "Reported",
	"luoshi/ledger/bulletin": "Bulletin", "luoshi/ledger/assessment": "Assessment", "luoshi/ledger/supervision": "Supervision",
	"luoshi/ledger/livelihood": "Livelihood", "luoshi/internal/account": "Paper", "luoshi/internal/service/accounting": "Paper",
	"luoshi/office/paper": "Printed",
}

// schemas describes the types of requests and answers.
func schemas() huma.Registry {
	r := huma.NewMapRegistry("#/components/schemas/", func(t reflect.Type, hint string) string {
		name := huma.DefaultSchemaNamer(t, hint)
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		return prefixes[t.PkgPath()] + name
	})
	aliases(r)
	return r
}

// aliases describe the types of the ledger that write themselves in a form of their own, or are one of a few values.
func aliases(r huma.Registry) {
	for of, as := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[calendar.Date]():          reflect.TypeFor[date](),
		reflect.TypeFor[ledger.Decimal]():         reflect.TypeFor[decimal](),
		reflect.TypeFor[ledger.Passage]():         reflect.TypeFor[Passage](),
		reflect.TypeFor[ledger.CommitmentKind]():  reflect.TypeFor[commitmentKind](),
		reflect.TypeFor[ledger.Comparator]():      reflect.TypeFor[comparator](),
		reflect.TypeFor[ledger.Measure]():         reflect.TypeFor[measure](),
		reflect.TypeFor[ledger.Direction]():       reflect.TypeFor[direction](),
		reflect.TypeFor[ledger.Aggregation]():     reflect.TypeFor[aggregation](),
		reflect.TypeFor[ledger.FundSource]():      reflect.TypeFor[fundSource](),
		reflect.TypeFor[ledger.ProjectCategory](): reflect.TypeFor[projectCategory](),
		reflect.TypeFor[ledger.Stage]():           reflect.TypeFor[stage](),
		reflect.TypeFor[ledger.UnitKind]():        reflect.TypeFor[unitKind](),
		reflect.TypeFor[ledger.Field]():           reflect.TypeFor[field](),
		reflect.TypeFor[intake.Op]():              reflect.TypeFor[reviewOp](),
		reflect.TypeFor[intake.Status]():          reflect.TypeFor[reviewStatus](),
		reflect.TypeFor[ledger.PlanState]():       reflect.TypeFor[planState](),
		reflect.TypeFor[ledger.CommitmentState](): reflect.TypeFor[commitmentState](),
		reflect.TypeFor[ledger.AmendmentState]():  reflect.TypeFor[amendmentState](),
		reflect.TypeFor[reporting.Period]():       reflect.TypeFor[period](),
		reflect.TypeFor[reporting.Subject]():      reflect.TypeFor[subject](),
		reflect.TypeFor[reporting.Basis]():        reflect.TypeFor[basis](),
		reflect.TypeFor[reporting.Said]():         reflect.TypeFor[said](),
		reflect.TypeFor[reporting.Origin]():       reflect.TypeFor[origin](),
		reflect.TypeFor[reporting.Frequency]():    reflect.TypeFor[frequency](),
		reflect.TypeFor[reporting.Field]():        reflect.TypeFor[rowField](),
		reflect.TypeFor[reporting.State]():        reflect.TypeFor[reportState](),
	} {
		r.RegisterTypeAlias(of, as)
	}
}
