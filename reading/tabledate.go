package reading

import "strings"

// periodRunes are what the name of a row is made of that only says when.
const periodRunes = "0123456789０１２３４５６７８９年月季度上下半前一二三四第末底—-至"

// readPeriod finds the period that names a row.
func (r *reader) readPeriod(row *tableRow) {
	if row.subject == "" || strings.Trim(row.subject, periodRunes) != "" {
		return
	}
	r.titles.runText(row.subject)
	if dates := r.titles.dates; len(dates) == 1 {
		row.dated, row.on = true, known(dates[0].Resolve(r.frame.year).To)
	}
}

// measured is what a heading names, without its unit: 地区生产总值 of 地区生产总值（亿元）.
func measured(heading string) string {
	if at := strings.IndexAny(heading, "(（"); at > 0 {
		heading = heading[:at]
	}
	return strings.TrimRight(heading, "%％")
}

// nameByColumn gives the records from one on, which stand in a row that a period names, the period's end
// and the name of the last column; one that only says 增速 is of the column before it.
func (r *reader) nameByColumn(row *tableRow, columns []column, from int) {
	last := len(columns) - 1
	name := measured(columns[last].heading)
	if columns[last].measured && decide(name)["growth"] && len(name) <= len("比上年增长") && last > 0 {
		name = measured(columns[last-1].heading)
	}
	for i := from; i < len(r.out.Quantities); i++ {
		q := &r.out.Quantities[i]
		if name != "" {
			q.Subject = name
		}
		if !row.on.IsZero() {
			q.By = row.on
		}
	}
}
