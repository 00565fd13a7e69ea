package catalogue_test

import (
	"slices"
	"testing"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/store"
	"luoshi/ledger"
)

func TestAnIndicatorOfTheDictionary(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		ctx := d.Office(t.Context())
		found := catalogue.Dictionary("地区生产总值", 5)
		if len(found) == 0 || len(found) > 5 {
			t.Fatalf("%d entries", len(found))
		}
		id, err := d.AddIndicator(ctx, ledger.Indicator{Plan: d.Plan.ID, Code: found[0].Code, Unit: "亿元"})
		must(t, err)
		got, err := d.Service.Indicator(ctx, id)
		must(t, err)
		if got.Value.Name != found[0].ZH || got.Value.Direction != ledger.More || got.Value.Aggregation != ledger.AsSum || got.Entry != found[0] {
			t.Errorf("%+v", got)
		}
		if _, err := d.AddIndicator(ctx, ledger.Indicator{Plan: d.Plan.ID, Code: found[0].Code, Unit: "亿元"}); !wrong(err, "indicator.twice") {
			t.Errorf("%v", err)
		}
		if _, err := d.AddIndicator(ctx, ledger.Indicator{Plan: d.Plan.ID, Name: "河段达标率", Unit: "%", Numerator: "达标河段"}); !wrong(err, "indicator.fraction") {
			t.Errorf("%v", err)
		}
		if _, err := d.AddIndicator(d.As(t.Context(), "unit-head", d.Bureau.ID), ledger.Indicator{Plan: d.Plan.ID}); !refused(err) {
			t.Errorf("%v", err)
		}
		if len(catalogue.Dictionary("", 3)) != 3 || len(catalogue.Dictionary("没有这个指标", 3)) != 0 {
			t.Error("the dictionary is not searched")
		}
	})
}

// The unit that leads a commitment with a target for an indicator keeps its series; another one does not.
func TestASeriesIsKeptByWhoAnswersForIt(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		id := d.Fixture.Indicator.ID
		reporter := d.As(t.Context(), "reporter", d.Bureau.ID)
		source, err := d.Quote(reporter, d.Document.Digest, "新增养老床位200张以上")
		must(t, err)
		if _, err := d.Quote(reporter, d.Document.Digest, "新增养老床位300张"); !wrong(err, "quote.absent") {
			t.Errorf("%v", err)
		}
		must(t, d.SetYear(reporter, id, ledger.YearFigure{Year: 2024, Actual: figure(t, "2980.0"), Scope: "不含民办", Source: source, AsOf: day(t, "2025-01-20")}, "", 1))
		if err := d.SetYear(reporter, id, ledger.YearFigure{Year: 2025, Actual: figure(t, "3121")}, " ", 2); !wrong(err, "amendment.reason") {
			t.Errorf("a figure is changed without a reason: %v", err)
		}
		must(t, d.SetYear(reporter, id, ledger.YearFigure{Year: 2025, Actual: figure(t, "3121")}, "统计年鉴修订", 2))
		if err := d.SetYear(d.As(t.Context(), "reporter", d.Street.ID), id, ledger.YearFigure{Year: 2023, Actual: ledger.Int(1)}, "", 3); !refused(err) {
			t.Errorf("another unit: %v", err)
		}
		got, err := d.Service.Indicator(reporter, id)
		must(t, err)
		if len(got.Value.Series) != 3 || got.Value.Series[0].Actual.String() != "2980.0" || got.Value.Series[1].Actual.Plain() != "3121" ||
			!slices.Equal(got.Breaks, []int{2025}) || got.Value.Series[0].Source.Wording() != "新增养老床位200张以上" {
			t.Errorf("%+v", got)
		}
		if !d.CanIndicator(reporter, "indicator.series", got) || d.CanIndicator(reporter, "indicator.edit", got) {
			t.Error("a page offers what is refused")
		}
		must(t, d.DropYear(reporter, id, 2024, "口径不可比", 3))
		if err := d.DropYear(reporter, id, 2024, "口径不可比", 4); !wrong(err, "year.absent") {
			t.Errorf("%v", err)
		}
		redefined := got.Value
		redefined.Name, redefined.Series = "养老床位数", nil
		must(t, d.RedefineIndicator(d.Office(t.Context()), redefined, 4))
		again, err := d.Service.Indicator(reporter, id)
		if err != nil || again.Value.Name != "养老床位数" || len(again.Value.Series) != 2 {
			t.Errorf("%+v, %v", again, err)
		}
		listed, err := d.Indicators(reporter, catalogue.IndicatorQuery{Plan: d.Plan.ID, Words: "床位", Own: true, Direction: ledger.More}, store.Page{Order: "name"})
		if err != nil || len(listed.Records) != 1 {
			t.Errorf("%+v, %v", listed, err)
		}
	})
}
