package progress

import (
	"reflect"
	"testing"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// TestASparseFigureIsTheSame fills each field of a point, one that is new as well, and finds it again.
func TestASparseFigureIsTheSame(t *testing.T) {
	full := reporting.Point{Period: reporting.Period{Frequency: "month", Year: 2026, Number: 7}}
	value := reflect.ValueOf(&full).Elem()
	places := 0
	for i := range value.NumField() {
		field := value.Field(i)
		switch is := field.Interface().(type) {
		case ledger.Decimal:
			field.Set(reflect.ValueOf(ledger.Int(int64(100 + i))))
			places++
		case bool:
			field.SetBool(true)
		case reporting.Period:
		default:
			if field.Kind() != reflect.String {
				t.Fatalf("%s is a %T, of which this test knows nothing", value.Type().Field(i).Name, is)
			}
			field.SetString(value.Type().Field(i).Name)
		}
	}
	if places != figuresAPoint {
		t.Errorf("a point has %d figures, figuresOf knows %d", places, figuresAPoint)
	}
	some := reporting.Point{Period: full.Period, Unit: full.Unit, Cumulative: ledger.Int(12), Growth: ledger.Int(-3), State: reporting.Locked}
	for _, want := range []reporting.Point{full, some, {}} {
		if got := sparsely(want).point(); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v came back as %+v", want, got)
		}
	}
}
