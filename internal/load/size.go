package load

// Size says how large a generated district is.
type Size struct {
	Units       int
	Commitments int // of the youngest year; each year before has a fifth of them
	Projects    int // likewise
	Indicators  int // of each year
	Years       int
}

// Once is the district that the aims are set for, and Tenfold one ten times as large. The units of the first report some
// 200,000 observations in its youngest year.
var (
	Once    = Size{Units: 300, Commitments: 5_000, Projects: 1_000, Indicators: 40, Years: 3}
	Tenfold = Once.Times(10)
)

// Times is a district so many times as large, over the same years.
func (s Size) Times(n int) Size {
	return Size{
		Units: s.Units * n, Commitments: s.Commitments * n, Projects: s.Projects * n, Indicators: s.Indicators * n, Years: s.Years,
	}
}

// In is the size of a year.
func (s Size) In(year int) Size {
	if year < lastYear {
		s.Commitments, s.Projects = s.Commitments/5, s.Projects/5
	}
	return s
}
