package reporting

import "testing"

func BenchmarkDerive(b *testing.B) {
	var s []Stated
	for n := 1; n <= 12; n++ {
		s = append(s, given(n, "当期 1234.56"))
	}
	for b.Loop() {
		Derive(flow, s)
	}
}

func BenchmarkCheck(b *testing.B) {
	known := Known{Year: months(flow, "累计 20e8", "累计 40e8", "累计 60e8"), YearBefore: lastYear(months(flow, "累计 18e8", "累计 36e8", "累计 55e8", "累计 75e8"))}
	known.Period = month(4)
	o := said(Cumulative, "value 80e8")
	for b.Loop() {
		Check(revenue, o, known)
	}
}
