package catalogue_test

import (
	"context"
	"errors"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// district is a district with the use cases of the catalogue.
type district struct {
	*servicetest.Fixture
	*catalogue.Service
}

func each(t *testing.T, test func(t *testing.T, d district)) {
	t.Helper()
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		test(t, district{f, catalogue.New(f.Core)})
	}, catalogue.Room())
}

func (d district) administrator(ctx context.Context) context.Context {
	return d.As(ctx, "administrator", d.Government.ID)
}

func figure(t *testing.T, text string) ledger.Decimal {
	t.Helper()
	f, err := ledger.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func day(t *testing.T, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused tells whether an error is a refusal.
func refused(err error) bool {
	var r *service.Refused
	return errors.As(err, &r)
}

// wrong tells whether an error names a problem of the ledger, or is the fault with a code.
func wrong(err error, code string) bool {
	var problems ledger.Problems
	var fault *service.Fault
	return errors.As(err, &problems) && problems.Has(code) || errors.As(err, &fault) && fault.Code == code
}

func (d district) project(t *testing.T) store.Record[ledger.Project] {
	t.Helper()
	record, err := d.Core().Store().Projects().Get(t.Context(), string(d.Fixture.Project.ID))
	must(t, err)
	return record
}

// Core is the one that both parts of the district stand on.
func (d district) Core() *service.Core { return d.Fixture.Core }
