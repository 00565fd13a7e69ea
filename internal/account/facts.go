package account

import (
	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Facts are what the ledger says of a plan for a period: all that a report is made of. Figures that are not locked may
// be in them; they are told to be lacking and do not enter.
type Facts struct {
	Plan       ledger.PlanID
	PlanTitle  string           // 望溪区2026年政府工作安排
	Region     string           // 望溪区
	Government string           // 望溪区人民政府
	Period     reporting.Period // of the plan's year; its figures are cumulative from the beginning of the year
	On         calendar.Date    // the day for which the lights hold
	Head       Head
	// Unit is whose report it is, where it is that of one unit: the other facts are then those of the unit alone.
	Unit Unit

	Areas       []Area                  // 领域, in the order of the plan: its highest headings that hold commitments
	Indicators  []Indicator             // in the order of the plan
	Projects    []reporting.ProjectLine // the total first, then by category
	Works       []Work                  // the projects one by one, in their order
	Commitments []Commitment            // in the order of the plan; livelihood items are among them
	Items       []Item                  // 民生实事, in their order
	Units       []Unit                  // that lead something, in the order of the tree
	Orders      *Orders                 // nil where none are kept
	Problems    []Problem               // obstacles that units reported, with whom they ask
	Next        []Task                  // what falls due in the time after the period, in the order of the dates
	Open        []Lack                  // figures of the period that are missing or not locked
}

// Head is what stands above and beneath a report. What is empty is taken from the template.
type Head struct {
	Organ, Number, Issue, Signer string
	Occasion                     string // in brackets beneath the title: 2026年8月28日在望溪区第九届人大常委会第三十五次会议上
	Speaker                      string // 望溪区人民政府副区长 …
	Addressee                    string
	Signature                    []string
	Date                         string // as printed
	Copies, Printer, Printed     string
}

// Area is a part of the plan by which its commitments are grouped.
type Area struct {
	Section int // its number in the plan's outline
	Title   string
}

// Unit is a unit by name.
type Unit struct {
	ID   ledger.UnitID
	Name string
}

// Indicator is a line of the table of indicators with all that sentences say of it.
type Indicator struct {
	reporting.IndicatorLine
	Section     int // the area that promises it; 0 where no area does
	Targets     []ledger.Target
	Headline    bool // it is told in the first paragraph
	Direction   ledger.Direction
	Aggregation ledger.Aggregation
	Observation reporting.ObservationID // the locked figure; empty where none is
	Commitments []ledger.CommitmentID   // that promise it
	Peers       []Peer                  // 全市各区县, without the plan's own government
	Forecast    Forecast
}

// Forecast is an estimate of an indicator at the end of the year. Its value is absent where none can be made.
type Forecast struct {
	Value   ledger.Decimal // in the unit of the measure without magnitude; of growth and falls in per cent
	Measure ledger.Measure // what it is of: the figure itself, its growth, its fall
	Method  light.Method
	Outlook light.Outlook
}

// Peer is another government's figure of the same period.
type Peer struct {
	Name   string
	Figure ledger.Decimal // in the unit of the indicator without magnitude
	Growth ledger.Decimal
	Source string // of its figure: the paper that states it
	Whole  bool   // it is of the larger area of which the plan's own is a part: 全市
}

// Work is a project with what is locked of it at the end of the period. Money is in yuan.
type Work struct {
	ID          ledger.ProjectID
	Number      string
	Name        string
	Category    ledger.ProjectCategory
	Lead        Unit
	Total       ledger.Decimal // 总投资
	Planned     ledger.Decimal // of the year
	Done        ledger.Decimal // of the year up to the end of the period; absent where nothing is locked
	Due         ledger.Decimal // per cent of Planned that should be done by now; absent: as much as of the year is over
	Begins      bool           // construction is to begin in the year
	Started     bool
	Finished    bool
	Miss        reporting.MissKind
	Reason      string // in the words of the unit
	Note        string // 形象进度, in the words of the unit
	Observation reporting.ObservationID
}

// Commitment is a promise with its light and with what its unit says of it.
type Commitment struct {
	ID          ledger.CommitmentID
	Number      string
	Title       string
	Wording     string // of the promise
	Kind        ledger.CommitmentKind
	Section     int // the area that holds it
	Lead        Unit
	By          calendar.Date
	Colour      light.Colour
	Overdue     bool
	Progress    ledger.Decimal // per cent of it that is done
	Due         ledger.Decimal // per cent that should be done
	Said        reporting.Said
	Note        string // 形象进度, in the words of the unit
	Reason      string // why it lags, in the words of the unit
	Observation reporting.ObservationID
}

// Item is a livelihood item. What is not known of it is empty.
type Item struct {
	Commitment
	Votes        ledger.Decimal // by which it was chosen
	Satisfaction ledger.Decimal // per cent
	Surveyed     ledger.Decimal // how many answered
	Closed       bool           // 已销号
}

// Orders are how supervision went in the period.
type Orders struct {
	Issued, Closed, Returned, Overdue, Sheets int
}

// Problem is an obstacle that a unit reported.
type Problem struct {
	Unit        Unit
	Ask         Unit // who is asked to clear it
	About       string
	Text        string
	Observation reporting.ObservationID
}

// Task is something that falls due after the period.
type Task struct {
	Commitment ledger.CommitmentID
	Section    int
	Title      string
	Lead       Unit
	By         calendar.Date
	Milestone  string // of the commitment; empty where it is the commitment itself
}

// Lack is a figure that a report would have and has not.
type Lack struct {
	Subject reporting.Subject `json:"subject"`
	Title   string            `json:"title"`
	Unit    ledger.UnitID     `json:"unit,omitempty"`
	Name    string            `json:"name,omitempty"`  // of the unit
	State   reporting.State   `json:"state,omitempty"` // how far it is; empty where nothing was reported
}
