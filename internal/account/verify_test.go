package account_test

import (
	"bytes"
	"testing"

	"luoshi/internal/account"
	"luoshi/office/docx"
)

// word is a report as the file that is offered.
func word(t testing.TB, c account.Content) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := docx.Write(&b, c.Paper, docx.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func districts(t *testing.T) uint64 {
	if testing.Short() {
		return 14
	}
	return 100
}

func TestEveryFigureReadBackIsThatOfTheLedger(t *testing.T) {
	forms := account.Templates()
	figures, read := 0, 0
	for seed := range districts(t) {
		f, form := district(seed, 30, 20), forms[int(seed)%len(forms)]
		if form.OfUnit {
			f.Unit = f.Units[0]
		}
		c := account.Compose(form, f)
		v, err := account.Verify(t.Context(), word(t, c), c, account.Compose(form, f).Figures)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range v.Differences {
			t.Errorf("district %d, %s: %s of %s in %s: %q became %q", seed, form.Name, d.Kind, d.Figure, d.Block, d.Was, d.Is)
			if d.Error != nil {
				t.Log(d.Error.Rule, d.Error.Computation)
			}
		}
		if len(v.Words) > 0 {
			t.Errorf("district %d, %s: numbers without a source: %q", seed, form.Name, v.Words)
		}
		figures, read = figures+v.Figures, read+v.Read
	}
	t.Logf("%d figures printed, %d of them read back as quantities", figures, read)
}
