package forms_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"luoshi/internal/web/forms"
	"luoshi/ledger"
)

func figure(t *testing.T, text string) ledger.Decimal {
	t.Helper()
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestYuanAreCountedByTenThousands(t *testing.T) {
	for yuan, want := range map[string]string{
		"12000000": "1200", "1594e6": "159400", "40000.50": "4.00005", "100": "0.01", "0": "0", "-5000": "-0.5", "": "",
		"999999999999999999": "99999999999999.9999",
	} {
		d := figure(t, yuan)
		if got := forms.WanText(d); got != want {
			t.Errorf("%s: got %s, want %s", yuan, got, want)
		}
		if d.Known() && forms.Wan(d).Rat().Cmp(d.Rat().Quo(d.Rat(), figure(t, "10000").Rat())) != 0 {
			t.Errorf("%s is not exact", yuan)
		}
	}
}

func TestFiguresKeepTheirPrecisionInAForm(t *testing.T) {
	for stored, want := range map[string]string{"11.0": "11.0", "1594e6": "1594000000", "3120": "3120", "": ""} {
		if got := forms.FigureText(figure(t, stored)); got != want {
			t.Errorf("%s: got %s, want %s", stored, got, want)
		}
	}
}

func TestWhatCannotBeReadIsToldOfByItsField(t *testing.T) {
	form := url.Values{
		"total": {"1,594.5"}, "wide": {"１２"}, "paid": {"15.94亿元"}, "bad": {"约10"}, "on": {"2026/3/1"}, "never": {"2026-02-30"},
		"year": {"2026"}, "odd": {"二"}, "name": {"  望溪路 "}, "box": {"1"},
	}
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	v := forms.ValuesOf(r)
	if v.Money("total").Plain() != "15945000" || v.Money("wide").Plain() != "120000" || v.Money("paid").Plain() != "1594000000" || v.Money("none").Known() {
		t.Error("money is read wrongly")
	}
	if v.Date("on").String() != "2026-03-01" || !v.Date("none").IsZero() || v.Int("year") != 2026 || v.Int("none") != 0 ||
		v.Text("name") != "望溪路" || !v.Ticked("box") || v.Ticked("none") {
		t.Error("a field is read wrongly")
	}
	if !v.None() {
		t.Errorf("sound fields have errors: %v", v.All())
	}
	v.Money("bad")
	v.Date("never")
	v.Int("odd")
	for _, name := range []string{"bad", "never", "odd"} {
		if len(v.At(name)) != 1 {
			t.Errorf("%s: %v", name, v.At(name))
		}
	}
	if forms.Seen(r) != 0 {
		t.Error("a form without a revision has one")
	}
}
