package ledger

import (
	"encoding/json"
	"slices"

	"luoshi/calendar"
)

// CommitmentKind tells what sort of promise a commitment is.
type CommitmentKind string

const (
	KindIndicator  CommitmentKind = "indicator"  // 指标: a measure is to reach a bound
	KindTask       CommitmentKind = "task"       // 任务: something is to be done
	KindProject    CommitmentKind = "project"    // 项目: something is to be built with investment
	KindLivelihood CommitmentKind = "livelihood" // 民生实事
)

// CommitmentKinds are all kinds in the order in which they are listed.
func CommitmentKinds() []CommitmentKind {
	return []CommitmentKind{KindIndicator, KindTask, KindProject, KindLivelihood}
}

// CommitmentState is where a commitment stands in its life. How well it goes is not said here: what the
// unit says, what the evidence shows and what the calendar says are kept apart.
type CommitmentState string

const (
	Prepared  CommitmentState = "prepared"  // 待发布: in a plan that is not published
	InForce   CommitmentState = "in_force"  // 执行中
	Fulfilled CommitmentState = "fulfilled" // 已办结
	Withdrawn CommitmentState = "withdrawn" // 已撤销: by an amendment, and still shown
)

var commitmentMoves = moves[CommitmentState]{
	Prepared:  {InForce, Withdrawn},
	InForce:   {Fulfilled, Withdrawn},
	Fulfilled: {InForce},
	Withdrawn: {InForce},
}

// Next is what may follow the state.
func (s CommitmentState) Next() []CommitmentState { return commitmentMoves.next(s) }

// Commitment is one tracked promise of a plan. Where it stands in the documents, and in what words, is
// given when it is made and cannot be set again.
type Commitment struct {
	CommitmentTerms
	source []Passage
}

// CommitmentTerms are the parts of a commitment that can be worked on.
type CommitmentTerms struct {
	ID          CommitmentID    `json:"id"`
	Plan        PlanID          `json:"plan"`
	Number      string          `json:"number,omitempty"` // 编号, for people: 2026-037
	Title       string          `json:"title"`            // a short name; the wording is the source's
	Section     int             `json:"section,omitempty"`
	Kind        CommitmentKind  `json:"kind"`
	State       CommitmentState `json:"state"`
	Targets     []Target        `json:"targets,omitempty"`
	By          calendar.Date   `json:"by"` // the deadline of the whole
	Firm        bool            `json:"firm"`
	Lead        UnitID          `json:"lead,omitempty"`        // 牵头单位
	Cooperating []UnitID        `json:"cooperating,omitempty"` // 配合单位
	Post        PostID          `json:"post,omitempty"`        // the responsible leader's post
	Project     ProjectID       `json:"project,omitempty"`
	Milestones  []Milestone     `json:"milestones,omitempty"`
	Weight      Decimal         `json:"weight,omitzero"`
	Parent      CommitmentID    `json:"parent,omitempty"` // the commitment that this one is a part of
}

// Milestone is a step of a commitment with its own date.
type Milestone struct {
	Number int           `json:"number"` // within the commitment, from 1
	Title  string        `json:"title"`
	By     calendar.Date `json:"by"`
	Weight Decimal       `json:"weight,omitzero"`
}

// NewCommitment makes a commitment out of its terms and the passages that promise it.
func NewCommitment(terms CommitmentTerms, source ...Passage) Commitment {
	return Commitment{CommitmentTerms: terms, source: slices.Clone(source)}
}

// Source is where the promise stands, in the order of the documents.
func (c Commitment) Source() []Passage { return slices.Clone(c.source) }

// Wording is the promise verbatim; passages that do not adjoin are set apart by an ellipsis.
func (c Commitment) Wording() string {
	words := ""
	for i, p := range c.source {
		if i > 0 && (p.document != c.source[i-1].document || p.at != c.source[i-1].end) {
			words += "……"
		}
		words += p.wording
	}
	return words
}

// clone is a copy that shares no list with the original.
func (c Commitment) clone() Commitment {
	c.Targets = slices.Clone(c.Targets)
	c.Cooperating = slices.Clone(c.Cooperating)
	c.Milestones = slices.Clone(c.Milestones)
	return c
}

// commitmentJSON is a commitment in JSON.
type commitmentJSON struct {
	CommitmentTerms
	Source []Passage `json:"source"`
}

func (c Commitment) MarshalJSON() ([]byte, error) {
	return json.Marshal(commitmentJSON{c.CommitmentTerms, c.source})
}

func (c *Commitment) UnmarshalJSON(data []byte) error {
	var stored commitmentJSON
	if err := json.Unmarshal(data, &stored); err != nil {
		return err
	}
	*c = Commitment{CommitmentTerms: stored.CommitmentTerms, source: stored.Source}
	return nil
}
