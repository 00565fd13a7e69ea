package document

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
)

//go:embed cues.json
var cuesJSON []byte

// cues are the words that tell plans from reports.
var cues struct {
	Plan                 []string // behind a year: the year is planned
	Report               []string // behind a year: the year is accounted for
	PlanTitles           []string `json:"plan_titles"`
	ReportTitles         []string `json:"report_titles"`
	PlanHeadings         []string `json:"plan_headings"`
	ReportHeadings       []string `json:"report_headings"`
	BulletinTitles       []string `json:"bulletin_titles"`        // at the end of a bulletin's title
	BulletinPlanHeadings []string `json:"bulletin_plan_headings"` // turn a bulletin to what comes next
	BulletinLeads        []string `json:"bulletin_leads"`         // before the period, where a bulletin opens
	BulletinDays         []string `json:"bulletin_days"`          // those of them that lead to a day
	Forward              []string // of a text that promises
	Backward             []string // of a text that gives account
}

// The cues that are searched for most often.
var reportCues, planCues, planHeadingCues, reportHeadingCues *wordSet

// planWork is the one cue of a plan that has to stand right behind the year.
const planWork = "工作"

func init() {
	if err := json.Unmarshal(cuesJSON, &cues); err != nil {
		panic("document: cues.json: " + err.Error())
	}
	reportCues = newWordSet(cues.Report)
	planCues = newWordSet(slices.DeleteFunc(slices.Clone(cues.Plan), func(word string) bool { return word == planWork }))
	planHeadingCues, reportHeadingCues = newWordSet(cues.PlanHeadings), newWordSet(cues.ReportHeadings)
}

// kind tells from title, headings and, where these are silent, from the words of the text whether it
// promises or gives account.
func (y *yearFinder) kind() {
	meta := &y.m.d.doc.Meta
	title := meta.Title.Value
	tells := containsAny(title, cues.ReportTitles)
	plans := containsAny(title, cues.PlanTitles) && !tells
	opening := y.m.opening().In(y.m.text)
	switch {
	case isBulletin(title):
		meta.Kind = y.bulletinKind()
	case strings.Contains(title, "政府工作报告"), strings.Contains(opening, "政府工作报告"), y.headTells && y.headPlan,
		y.m.national && containsAny(opening, []string{"报告", "報告"}), strings.Contains(opening, "报告工作"), strings.Contains(opening, "报告政府工作"), strings.Contains(opening, "政府的工作报告"):
		meta.Kind = KindBoth
	case tells && y.headPlan, plans && y.headTells:
		meta.Kind = KindBoth
	case tells:
		meta.Kind = KindReport
	case plans:
		meta.Kind = KindPlan
	case y.headPlan != y.headTells:
		meta.Kind = KindPlan
		if y.headTells {
			meta.Kind = KindReport
		}
	default:
		meta.Kind = y.kindByWords()
	}
}

const (
	wordsReach = 48 << 10 // bytes of a text whose words are counted
	minWords   = 4
)

// kindByWords weighs the words of promises against those of accounts.
func (y *yearFinder) kindByWords() Kind {
	body := y.m.body()
	s := y.m.text[body.Start:min(body.End, body.Start+wordsReach)]
	forward, backward := 0, 0
	for _, word := range cues.Forward {
		forward += strings.Count(s, word)
	}
	for _, word := range cues.Backward {
		backward += 2 * strings.Count(s, word)
	}
	switch {
	case forward+backward < minWords:
		return KindOther
	case forward >= backward:
		return KindPlan
	}
	return KindReport
}
