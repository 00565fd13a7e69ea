package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/ledger"
)

// reports is how the units report in the story.
type reports struct {
	paces       []pace
	lates       []late
	silences    []late
	unsigned    []late
	returns     []sentBack
	shows       []shown
	blocks      []blocked
	corrections []corrected
	confirms    confirmed
}

// confirmed is the statistics office, and the indicators that need its word.
type confirmed struct {
	unit       ledger.UnitID
	indicators []string
}

// pace is how a matter goes, for all rows whose title begins with certain words.
type pace struct {
	title, reason string
	gait          gait
}

// late is a unit that reports some working days after the due day of some months, or not at all.
type late struct {
	months []int
	unit   ledger.UnitID
	days   int
}

// sentBack is a form that is sent back once.
type sentBack struct {
	months []int
	unit   ledger.UnitID
	by     string // head, office, statistics
	reason string
}

// shown is evidence for a row.
type shown struct {
	months            []int
	unit              ledger.UnitID
	title, file, text string
}

// blocked is a problem that is reported with a row.
type blocked struct {
	months      []int
	title, text string
	ask         ledger.UnitID
}

// corrected is a figure that turned out wrong after it was locked.
type corrected struct {
	month             int
	unit              ledger.UnitID
	title             string
	perMille          int64
	reason, basis     string
	proposed, decided calendar.Date
}

// readReports reads data/reports.txt.
func (d *district) readReports() (*reports, error) {
	all, err := rows("reports", 3, 8)
	if err != nil {
		return nil, err
	}
	r := &reports{}
	kinds := map[string]func(row) error{
		"pace": r.takePace, "late": d.takeLate(&r.lates), "silent": d.takeLate(&r.silences), "unsigned": d.takeLate(&r.unsigned), "returned": d.takeReturn(r),
		"shows": d.takeShown(r), "blocked": d.takeBlocked(r), "corrects": d.takeCorrection(r), "confirms": d.takeConfirmed(r),
	}
	for _, line := range all {
		take, known := kinds[line.columns[0]]
		if !known {
			return nil, line.fault(fmt.Errorf("there is no kind of line %q", line.columns[0]))
		}
		if err := take(line); err != nil {
			return nil, line.fault(err)
		}
	}
	return r, nil
}

func (r *reports) takePace(line row) error {
	g, known := gaits[line.columns[2]]
	if !known {
		return fmt.Errorf("nothing goes %q", line.columns[2])
	}
	r.paces = append(r.paces, pace{line.columns[1], line.columns[3], g})
	return nil
}

func (d *district) takeLate(to *[]late) func(row) error {
	return func(line row) error {
		months, unit, err := d.when(line)
		if err != nil {
			return err
		}
		days := 0
		if line.columns[3] != "" {
			days, err = strconv.Atoi(line.columns[3])
		}
		*to = append(*to, late{months, unit, days})
		return err
	}
}

func (d *district) takeReturn(r *reports) func(row) error {
	return func(line row) error {
		months, unit, err := d.when(line)
		r.returns = append(r.returns, sentBack{months, unit, line.columns[3], line.columns[4]})
		return err
	}
}

func (d *district) takeShown(r *reports) func(row) error {
	return func(line row) error {
		months, unit, err := d.when(line)
		r.shows = append(r.shows, shown{months, unit, line.columns[3], line.columns[4], line.columns[5]})
		return err
	}
}

func (d *district) takeConfirmed(r *reports) func(row) error {
	return func(line row) error {
		unit, err := d.unit.of(line.columns[1])
		r.confirms = confirmed{unit, line.list(2)}
		return err
	}
}

func (d *district) takeBlocked(r *reports) func(row) error {
	return func(line row) error {
		months, err := line.months(1)
		if err != nil {
			return err
		}
		ask, err := d.unit.of(line.columns[4])
		r.blocks = append(r.blocks, blocked{months, line.columns[2], line.columns[3], ask})
		return err
	}
}

func (d *district) takeCorrection(r *reports) func(row) error {
	return func(line row) error {
		months, unit, err := d.when(line)
		if err != nil {
			return err
		}
		percent, err := strconv.ParseFloat(line.columns[4], 64)
		if err != nil {
			return fmt.Errorf("%q is no number: %w", line.columns[4], err)
		}
		proposed, decided, _ := strings.Cut(line.columns[7], " ")
		c := corrected{
			month: months[0], unit: unit, title: line.columns[3], perMille: int64(percent * 10), reason: line.columns[5], basis: line.columns[6],
		}
		if c.proposed, err = dateOf(proposed); err != nil {
			return err
		}
		c.decided, err = dateOf(decided)
		r.corrections = append(r.corrections, c)
		return err
	}
}

// when is the months and the unit of a line.
func (d *district) when(line row) ([]int, ledger.UnitID, error) {
	months, err := line.months(1)
	if err != nil {
		return nil, "", err
	}
	unit, err := d.unit.of(line.columns[2])
	return months, unit, err
}

// months is a column that lists months.
func (r row) months(column int) ([]int, error) {
	var months []int
	for _, text := range r.list(column) {
		month, err := strconv.Atoi(text)
		if err != nil {
			return nil, fmt.Errorf("%q is no month: %w", text, err)
		}
		months = append(months, month)
	}
	if len(months) == 0 {
		return nil, fmt.Errorf("no month is named")
	}
	return months, nil
}

// paceOf is how a row goes; steadily where no line says otherwise.
func (r *reports) paceOf(title string) pace {
	for _, p := range r.paces {
		if strings.HasPrefix(title, p.title) {
			return p
		}
	}
	return pace{gait: steady}
}

// isUnsigned tells whether a unit's head leaves its form of a month lying.
func (r *reports) isUnsigned(unit ledger.UnitID, month int) bool {
	return slices.ContainsFunc(r.unsigned, func(l late) bool { return l.unit == unit && slices.Contains(l.months, month) })
}

// lateness is by how many working days a unit is late in a month, and whether it is silent.
func (r *reports) lateness(unit ledger.UnitID, month int) (days int, silent bool) {
	in := func(l late) bool { return l.unit == unit && slices.Contains(l.months, month) }
	if slices.ContainsFunc(r.silences, in) {
		return 0, true
	}
	if i := slices.IndexFunc(r.lates, in); i >= 0 {
		return r.lates[i].days, false
	}
	return 0, false
}

// sentBack is why a unit's form of a month is sent back by somebody; empty where it is not.
func (r *reports) sentBack(unit ledger.UnitID, month int, by string) string {
	for _, s := range r.returns {
		if s.unit == unit && s.by == by && slices.Contains(s.months, month) {
			return s.reason
		}
	}
	return ""
}
