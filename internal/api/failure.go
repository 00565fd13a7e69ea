package api

import (
	"context"
	"errors"

	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
	"luoshi/ledger/reporting"
)

// failure is what a use case failed with, as it is answered. What nobody outside can mend is told to the log and
// answered without its particulars.
func (a *API) failure(ctx context.Context, err error) *Problem {
	x := exchangeOf(ctx)
	x.failed = err
	var (
		known    *Problem
		refused  *service.Refused
		absent   *store.NotFound
		exists   *store.Exists
		problems ledger.Problems
		findings reporting.Findings
		unfit    assessment.Problems
		fault    *service.Fault
	)
	errors.As(err, &fault)
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &refused):
		return refusal(ctx, refused.Refusal)
	case errors.As(err, &absent):
		return problemOf(ctx, kindNotFound)
	case errors.As(err, &exists):
		return problemOf(ctx, kindTaken)
	case store.IsConflict(err):
		return problemOf(ctx, kindChanged)
	case errors.As(err, &problems):
		return ruled(ctx, problems)
	case errors.As(err, &unfit):
		return unfitted(ctx, unfit, fault)
	case errors.As(err, &findings):
		return unsound(ctx, findings, func(f reporting.Finding) string { return "/record/rows/" + f.Subject.String() })
	case fault != nil:
		return problemOf(ctx, kindInvalid).because(fault.Code, x.in(fault.Words))
	case store.HasFault(err, "page.cursor"):
		return badPlace(ctx)
	case errors.Is(err, audit.ErrNoHead):
		return problemOf(ctx, kindNotFound)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return problemOf(ctx, kindUnavailable).with("Retry-After", "1")
	}
	a.logger.ErrorContext(ctx, "operation failed", "request", x.id, "path", x.path, "error", err)
	return problemOf(ctx, kindInternal)
}

// refusal is what the table of rights said. Who has not signed in is asked to.
func refusal(ctx context.Context, r access.Refusal) *Problem {
	text := r.Text()
	words := exchangeOf(ctx).in(ledger.Wording{ZH: text.Chinese, EN: text.English})
	if r.Why == access.NotSignedIn {
		return problemOf(ctx, kindSignedOut).because(string(r.Why), words).with("WWW-Authenticate", "Bearer")
	}
	return problemOf(ctx, kindRefused).because(string(r.Why), words)
}

// ruled are the rules of the ledger that a value breaks.
func ruled(ctx context.Context, problems ledger.Problems) *Problem {
	x, p := exchangeOf(ctx), problemOf(ctx, kindInvalid)
	for _, one := range problems {
		wrong := Wrong{Code: one.Code, Message: x.in(one.What()), Advice: x.in(one.Do())}
		if one.Where != "" {
			wrong.Place = "/record/" + one.Where
		}
		p.Errors = append(p.Errors, wrong)
	}
	if len(problems) == 1 {
		return p.because(problems[0].Code, p.Errors[0].Message)
	}
	return p
}

// unsound are the findings of the checks that stand against rows of a form, each with the place of its row.
func unsound(ctx context.Context, findings reporting.Findings, place func(reporting.Finding) string) *Problem {
	x, p := exchangeOf(ctx), problemOf(ctx, kindInvalid)
	for _, f := range findings {
		wrong := Wrong{Place: place(f), Code: f.Code, Message: x.in(f.What()), Advice: x.in(f.Do())}
		if f.Field != "" {
			wrong.Place += "/" + string(f.Field)
		}
		p.Errors = append(p.Errors, wrong)
	}
	if len(findings) == 1 {
		return p.because(findings[0].Code, p.Errors[0].Message)
	}
	return p
}

// unfitted is everything that is wrong with what an assessment or a round was told.
func unfitted(ctx context.Context, found assessment.Problems, fault *service.Fault) *Problem {
	x, p := exchangeOf(ctx), problemOf(ctx, kindInvalid)
	for _, one := range found {
		p.Errors = append(p.Errors, Wrong{Place: "/body/" + one.Where, Code: one.Code, Message: x.in(one.What)})
	}
	if fault != nil {
		return p.because(fault.Code, x.in(fault.Words))
	}
	return p
}
