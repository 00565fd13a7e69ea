package reporting

import (
	"math/big"
	"slices"
	"strings"

	"luoshi/ledger"
)

// ProjectAccount is one project with what is known of it at the end of the period.
type ProjectAccount struct {
	Project ledger.Project
	Point   Point  // of the period, or the last one before it; zero where nothing was reported
	Reason  string // why it lags, where the point does not say
}

// MissKind is what a project misses.
type MissKind string

const (
	MissStart MissKind = "not_started" // it was to begin in the year, and has not
	MissPace  MissKind = "behind"      // its unit says that it is in trouble, or its investment is far behind the year
)

// Miss is a project that lags, with the reason.
type Miss struct {
	Project ledger.ProjectID `json:"project"`
	Name    string           `json:"name"`
	Kind    MissKind         `json:"kind"`
	Reason  string           `json:"reason,omitempty"`
}

// ProjectLine is one line of 政府投资项目进展情况表. Money is in yuan and exact, per cent have two decimals as printed.
type ProjectLine struct {
	Category  ledger.ProjectCategory `json:"category,omitempty"`  // empty for the total
	Count     int                    `json:"count"`               // 项
	Planned   ledger.Decimal         `json:"planned"`             // 年度计划投资
	Done      ledger.Decimal         `json:"done"`                // 累计完成投资
	Share     ledger.Decimal         `json:"share,omitzero"`      // 占年度计划比例, percent
	ToStart   int                    `json:"to_start"`            // 新开工
	Started   int                    `json:"started"`             // 已开工 of those, finished ones with them
	StartRate ledger.Decimal         `json:"start_rate,omitzero"` // 开工率, percent; absent where none is to start
	Ongoing   int                    `json:"ongoing"`             // 续建
	Finished  int                    `json:"finished"`            // 已完工, new and ongoing ones
	Unlocked  int                    `json:"unlocked"`            // without a locked figure; their investment does not count
	Misses    []Miss                 `json:"misses,omitempty"`    // in the order of the projects
	Remark    ledger.Wording         `json:"remark"`              // what is missed and why; of the total it stands in the lines below
}

// ProjectTable is the table of projects of a period's year by category, behind a line of the total. Categories without
// a project are left out, and so are projects in reserve and those given up. Only locked figures count.
func ProjectTable(period Period, accounts []ProjectAccount) []ProjectLine {
	lines := []ProjectLine{projectLine("", period, accounts)}
	for _, category := range ledger.ProjectCategories() {
		of := slices.DeleteFunc(slices.Clone(accounts), func(a ProjectAccount) bool { return a.Project.Category != category })
		if line := projectLine(category, period, of); line.Count > 0 {
			lines = append(lines, line)
		}
	}
	return lines
}

func projectLine(category ledger.ProjectCategory, period Period, accounts []ProjectAccount) ProjectLine {
	line := ProjectLine{Category: category, Planned: ledger.Int(0), Done: ledger.Int(0)}
	for _, a := range accounts {
		if underWay(a.Project, period.Year) {
			line.add(a, period)
		}
	}
	line.Share = Rounded(Share(line.Done, line.Planned), 2)
	line.StartRate = Rounded(Share(ledger.Int(int64(line.Started)), ledger.Int(int64(line.ToStart))), 2)
	if category != "" {
		line.Remark = line.remark()
	}
	return line
}

// add counts one project.
func (l *ProjectLine) add(a ProjectAccount, period Period) {
	l.Count++
	if planned, _ := yearsOf(a.Project, period.Year); planned.Known() {
		l.Planned = Sum(l.Planned, planned)
	}
	if a.counts(period) && a.Point.Cumulative.Known() {
		l.Done = Sum(l.Done, a.Point.Cumulative)
	}
	if !a.counts(period) {
		l.Unlocked++
	}
	if a.finished(period) {
		l.Finished++
	}
	switch started := a.started(period); {
	case !a.begins(period.Year):
		l.Ongoing++
	case started:
		l.ToStart, l.Started = l.ToStart+1, l.Started+1
	default:
		l.ToStart++
	}
	if kind := a.misses(period); kind != "" {
		l.Misses = append(l.Misses, Miss{a.Project.ID, a.Project.Name, kind, firstText(a.Point.Reason, a.Reason)})
	}
}

// counts tells whether the point is a locked one of the period's year up to its end.
func (a ProjectAccount) counts(period Period) bool {
	p := a.Point.Period
	return a.Point.State == Locked && p.Year == period.Year && !period.Before(p)
}

// begins tells whether construction is to begin in the year. A finished project began when its start says so.
func (a ProjectAccount) begins(year int) bool {
	switch a.Project.Stage {
	case ledger.Preparing, ledger.Starting:
		return true
	case ledger.Finished:
		return int(a.Project.Start.Year) == year
	}
	return false
}

// started tells whether construction has begun: the project is finished, or its unit says so, or money was spent and
// its unit does not say otherwise.
func (a ProjectAccount) started(period Period) bool {
	switch {
	case a.finished(period):
		return true
	case !a.counts(period):
		return false
	case a.Point.Said != "":
		return a.Point.Said != NotStarted
	}
	return a.Point.Cumulative.Sign() > 0
}

// finished tells whether the project is built: its unit says so, or it was finished within the period.
func (a ProjectAccount) finished(period Period) bool {
	if a.Project.Stage == ledger.Finished {
		on := a.Project.Completion
		return on.IsZero() || !period.Span().To.Before(on)
	}
	return a.counts(period) && a.Point.Said == Completed
}

// misses tells what the project misses: its start, or its pace. One whose planned start is still to come misses nothing.
func (a ProjectAccount) misses(period Period) MissKind {
	end := period.Span().To
	switch {
	case a.finished(period):
		return ""
	case a.begins(period.Year) && !a.started(period):
		if !a.Project.Start.IsZero() && end.Before(a.Project.Start) {
			return ""
		}
		return MissStart
	case !a.counts(period):
		return ""
	case a.Point.Said == InTrouble || a.farBehind(period):
		return MissPace
	}
	return ""
}

// farBehind tells whether investment is far behind the share of the year that has gone by.
func (a ProjectAccount) farBehind(period Period) bool {
	planned, _ := yearsOf(a.Project, period.Year)
	share := Share(a.Point.Cumulative, planned)
	gone, all := daysOf(period)
	return share != nil && new(big.Rat).Sub(big.NewRat(int64(gone)*100, int64(all)), share).Cmp(farBehind) > 0
}

// remark lists what is missed, by kind, with the reasons that were given.
func (l ProjectLine) remark() ledger.Wording {
	var parts []ledger.Wording
	for _, kind := range []MissKind{MissStart, MissPace} {
		var names []string
		for _, m := range l.Misses {
			if m.Kind == kind {
				names = append(names, strings.TrimSuffix(m.Name+"\uff08"+m.Reason+"\uff09", "\uff08\uff09"))
			}
		}
		if len(names) > 0 {
			words, listed := kind.Label(), strings.Join(names, "\u3001")
			parts = append(parts, ledger.Wording{ZH: words.ZH + "\uff1a" + listed, EN: words.EN + ": " + listed})
		}
	}
	return joined(parts)
}
