package reporting_test

import (
	"bytes"
	"testing"

	"luoshi/ledger/reporting"
)

// TestAWorkbookIsReadWithoutFilling hands a form out and reads it as it is: it says nothing new, and whoever may not fill
// the form may not read workbooks into it.
func TestAWorkbookIsReadWithoutFilling(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		round := o.month(t, 1)
		o.fill(o.reporter, t, round.ID, o.Bureau.ID, 20, reporting.Cumulative)
		var out bytes.Buffer
		have[string](t)(o.WriteSheet(o.reporter, round.ID, o.Bureau.ID, "zh", &out))
		template, filled, err := o.ReadSheet(o.reporter, round.ID, o.Bureau.ID, "zh", "一月.xlsx", out.Bytes())
		if err != nil || len(filled.Rows) != 0 || len(filled.Problems) != 0 || len(template.Rows) == 0 {
			t.Errorf("it is read as %+v of %d rows, %v", filled, len(template.Rows), err)
		}
		template, filled, err = o.ReadSheet(o.other, round.ID, o.Bureau.ID, "zh", "一月.xlsx", out.Bytes())
		if err == nil || len(filled.Rows) > 0 || len(template.Rows) > 0 {
			t.Errorf("another unit reads it as %+v", filled)
		}
	})
}
