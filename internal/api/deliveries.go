package api

import (
	"context"
	"errors"
	"slices"
	"strconv"

	reports "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// FigureDelivery is figures of a unit for a period that another system knows.
type FigureDelivery struct {
	Plan    ledger.PlanID           `json:"plan" minLength:"1" maxLength:"100"`
	Unit    ledger.UnitID           `json:"unit" minLength:"1" maxLength:"100"`
	Period  reporting.Period        `json:"period"`
	Source  string                  `json:"source" minLength:"1" maxLength:"100" doc:"The system, as people call it"`
	Figures []reporting.Observation `json:"figures" minItems:"1" maxItems:"1000" doc:"Figures are without magnitude: money in yuan"`
	Replace bool                    `json:"replace,omitempty" doc:"Take the place of what people have typed as well"`
}

// Delivered is what became of a delivery.
type Delivered struct {
	Submission Submission     `json:"submission"`
	Rows       []DeliveredRow `json:"rows" doc:"In the order in which they came"`
}

// DeliveredRow is what became of one figure.
type DeliveredRow struct {
	Subject     reporting.Subject     `json:"subject"`
	Became      reports.Reception     `json:"became" enum:"taken,unchanged,kept" doc:"It stands in the form; it stood there already; people have said otherwise, and that stays"`
	Observation reporting.Observation `json:"observation" doc:"What stands in the form now"`
	Point       reporting.Point       `json:"point" doc:"That, of the period and cumulative"`
	Warnings    []RowFinding          `json:"warnings"`
}

// Grant is what the holder of a token may deliver of a unit.
type Grant struct {
	reports.Grant
	Revision int64 `json:"revision"`
}

func grantOf(r store.Record[reports.Grant]) Grant {
	r.Value.Subjects = filled(r.Value.Subjects)
	return Grant{Grant: r.Value, Revision: r.Revision}
}

// Granted are the subjects that are granted to a token.
type Granted struct {
	Unit     ledger.UnitID       `json:"unit" minLength:"1" maxLength:"100"`
	Subjects []reporting.Subject `json:"subjects" maxItems:"1000" doc:"Nothing any more where empty"`
}

func (a *API) deliveryOperations() {
	r := a.options.Reporting
	register(a, "deliver-figures", func(ctx context.Context, in *Adding[FigureDelivery]) (*plain[Delivered], error) {
		b := in.Body
		got, err := r.Deliver(ctx, reports.Delivery(b))
		if err != nil {
			return nil, deliveryFailure(ctx, b, err)
		}
		out, x := Delivered{Submission: submissionOf(got.Submission), Rows: []DeliveredRow{}}, exchangeOf(ctx)
		for _, row := range got.Rows {
			out.Rows = append(out.Rows, DeliveredRow{
				Subject: row.Row.Subject, Became: row.Became, Observation: row.Row.Observation, Point: row.Row.Point, Warnings: rowFindingsOf(x, row.Warnings),
			})
		}
		return &plain[Delivered]{Body: out}, nil
	})
	register(a, "list-grants", func(ctx context.Context, in *ByID[ledger.PlanID]) (*plain[List[Grant]], error) {
		all, err := r.Grants(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[List[Grant]]{Body: List[Grant]{Items: shown(all, grantOf)}}, nil
	})
	register(a, "save-grant", func(ctx context.Context, in *struct {
		Seen
		ByID[ledger.PlanID]
		Token string `path:"token" maxLength:"100" doc:"The identifier of the token, not the token itself"`
		Body  Granted
	},
	) (*one[Grant], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		saved, err := r.SaveGrant(ctx, reports.Grant{Token: in.Token, Plan: in.ID, Unit: in.Body.Unit, Subjects: in.Body.Subjects}, revision)
		if err != nil {
			return nil, err
		}
		return changed(saved.Revision, grantOf(saved)), nil
	})
}

// deliveryFailure says which figures of a delivery the checks found to be wrong.
func deliveryFailure(ctx context.Context, d FigureDelivery, err error) error {
	var findings reporting.Findings
	if !errors.As(err, &findings) {
		return err
	}
	return unsound(ctx, findings, func(f reporting.Finding) string {
		at := slices.IndexFunc(d.Figures, func(o reporting.Observation) bool { return o.Subject == f.Subject })
		return "/body/figures/" + strconv.Itoa(at)
	})
}
