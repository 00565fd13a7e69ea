package api

import (
	"context"
	"time"

	uses "luoshi/internal/service/bulletin"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/bulletin"
	"luoshi/ledger/reporting"
)

// BulletinSummary is a bulletin as lists show it.
type BulletinSummary struct {
	ID         uses.ID          `json:"id"`
	Plan       ledger.PlanID    `json:"plan"`
	Period     reporting.Period `json:"period"`
	State      uses.State       `json:"state" enum:"draft,review,approval,approved,published,dropped"`
	StateTitle string           `json:"state_title"`
	Title      string           `json:"title"`
	Number     string           `json:"number,omitempty" doc:"As it is printed; absent until it is published"`
	Corrects   uses.ID          `json:"corrects,omitempty" doc:"The bulletin that it puts right"`
	Public     bool             `json:"public" doc:"The public may read it once it is published"`
	Sent       int              `json:"sent" doc:"Units that it went to"`
	Read       int              `json:"read" doc:"Of those, the ones that have confirmed"`
	Updated    time.Time        `json:"updated"`
	Published  time.Time        `json:"published,omitzero"`
	Proof      string           `json:"proof" doc:"Where the proof of the record's history is found"`
}

func bulletinSummaryOf(x *exchange, s uses.Summary) BulletinSummary {
	return BulletinSummary{
		ID: s.ID, Plan: s.Plan, Period: s.Period, State: s.State, StateTitle: x.in(s.State.Label()), Title: s.Title, Number: s.Number,
		Corrects: s.Corrects, Public: s.Public, Sent: s.Sent, Read: s.Read, Updated: s.Updated, Published: s.Published,
		Proof: proofPath(uses.Kind, string(s.ID)),
	}
}

func bulletinSummariesOf(ctx context.Context, all []uses.Summary) []BulletinSummary {
	items := make([]BulletinSummary, len(all))
	for i, s := range all {
		items[i] = bulletinSummaryOf(exchangeOf(ctx), s)
	}
	return items
}

// Bulletin is a bulletin with what surrounds it.
type Bulletin struct {
	BulletinSummary
	Revision    int64            `json:"revision" doc:"One more with each change; the ETag of the bulletin"`
	Content     bulletin.Content `json:"content" doc:"What is generated, as it is printed; each figure names where it is from"`
	Blocks      bulletin.Blocks  `json:"blocks" doc:"What people wrote, by the section behind which it stands; “opening” stands before all"`
	Omitted     []bulletin.Kind  `json:"omitted" doc:"Sections that are left out"`
	Recipients  []ledger.UnitID  `json:"recipients"`
	Digest      string           `json:"digest,omitempty" doc:"SHA-256 of what was published"`
	CorrectedBy uses.ID          `json:"corrected_by,omitempty"`
	Moved       []MovedFigure    `json:"moved" doc:"Until it is published: figures that the ledger no longer says so"`
	Typed       []string         `json:"typed" doc:"Numbers that people wrote and that nothing generated says"`
	Receipts    []Receipt        `json:"receipts" doc:"Of all units for who looks after bulletins, of one's own otherwise"`
	Workflow    Workflow         `json:"workflow"`
	Steps       []Step           `json:"steps" doc:"That the caller may take now"`
}

// MovedFigure is a figure that is no longer what a bulletin says.
type MovedFigure struct {
	Key    string `json:"key"`
	Label  string `json:"label"`
	Row    string `json:"row,omitempty" doc:"What its row in the table begins with"`
	Before string `json:"before,omitempty" doc:"Absent for a figure that came"`
	After  string `json:"after,omitempty" doc:"Absent for a figure that went"`
}

// Receipt is a unit that a bulletin went to.
type Receipt struct {
	Unit ledger.UnitID    `json:"unit"`
	Name string           `json:"name"`
	By   ledger.AccountID `json:"by,omitempty" doc:"Who confirmed; absent until somebody has"`
	At   time.Time        `json:"at,omitzero"`
}

func bulletinOf(ctx context.Context, v uses.View) Bulletin {
	x := exchangeOf(ctx)
	b := Bulletin{
		BulletinSummary: bulletinSummaryOf(x, uses.Summary{
			ID: v.ID, Plan: v.Plan, Period: v.Period, State: v.State, Title: v.Title, Number: v.Number.String(), Corrects: v.Corrects, Public: v.Public,
			Updated: v.Updated, Published: v.Published,
		}),
		Revision: v.Revision, Content: v.Shown(), Blocks: v.Blocks, Omitted: filled(v.Omitted), Recipients: filled(v.Recipients), Digest: v.Digest,
		CorrectedBy: v.CorrectedBy.ID, Moved: []MovedFigure{}, Typed: []string{}, Receipts: []Receipt{}, Workflow: workflowOf(ctx, v.Case),
		Steps: stepsOf(x, v.Offers),
	}
	if b.Blocks == nil {
		b.Blocks = bulletin.Blocks{}
	}
	for _, c := range v.Moved {
		b.Moved = append(b.Moved, MovedFigure{Key: c.Key, Label: x.in(c.Label), Row: c.Row, Before: c.Before, After: c.After})
	}
	for _, r := range bulletin.Typed(v.Read) {
		b.Typed = append(b.Typed, r.Surface)
	}
	receipts := v.Receipts
	if receipts == nil {
		receipts = v.Mine
	}
	for _, r := range receipts {
		b.Sent++
		if r.Confirmed() {
			b.Read++
		}
		b.Receipts = append(b.Receipts, Receipt{Unit: r.Unit, Name: r.UnitName, By: r.Account, At: r.At})
	}
	return b
}

// BulletinEdit is what people decide about a draft. What is generated is not among it.
type BulletinEdit struct {
	Title      string          `json:"title" minLength:"1" maxLength:"100"`
	Blocks     bulletin.Blocks `json:"blocks,omitempty" doc:"What is absent is taken away"`
	Omitted    []bulletin.Kind `json:"omitted,omitempty" maxItems:"20"`
	Recipients []ledger.UnitID `json:"recipients" minItems:"1" maxItems:"1000"`
	Public     bool            `json:"public,omitempty"`
}

// BulletinStep is a step that a bulletin is to take.
type BulletinStep struct {
	Action string `json:"action" enum:"submit,recall,pass,return,approve,publish,drop"`
	Reason string `json:"reason,omitempty" maxLength:"2000"`
}

func (a *API) bulletinOperations() {
	s := a.options.Bulletins
	register(a, "list-bulletins", func(ctx context.Context, in *struct {
		Paged
		Plan  ledger.PlanID `query:"plan" maxLength:"100"`
		State uses.State    `query:"state" enum:"draft,review,approval,approved,published,dropped"`
		Text  string        `query:"text" maxLength:"200" doc:"In the title or the number"`
	},
	) (*many[BulletinSummary], error) {
		found, err := s.List(ctx, uses.Filter{Plan: in.Plan, State: in.State, Words: in.Text}, in.page())
		if err != nil {
			return nil, err
		}
		return listed(&in.Paged, found.Next, bulletinSummariesOf(ctx, found.Bulletins)), nil
	})
	a.orders("list-bulletins")
	register(a, "get-bulletin", func(ctx context.Context, in *Reading[uses.ID]) (*one[Bulletin], error) {
		v, err := s.Bulletin(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, v.Revision, bulletinOf(ctx, v)), nil
	}, cached)
	register(a, "create-bulletin", func(ctx context.Context, in *Adding[struct {
		Plan   ledger.PlanID    `json:"plan" minLength:"1" maxLength:"100"`
		Period reporting.Period `json:"period"`
	}],
	) (*one[Bulletin], error) {
		v, err := s.Draft(ctx, in.Body.Plan, in.Body.Period)
		if err != nil {
			return nil, err
		}
		return made("/bulletins/"+string(v.ID), v.Revision, bulletinOf(ctx, v)), nil
	}, created)
	a.bulletinChanges()
	a.bulletinReceipts()
	a.bulletinSettings()
}

func (a *API) bulletinChanges() {
	s := a.options.Bulletins
	after := func(ctx context.Context, v uses.View, err error) (*one[Bulletin], error) {
		if err != nil {
			return nil, err
		}
		return changed(v.Revision, bulletinOf(ctx, v)), nil
	}
	register(a, "edit-bulletin", func(ctx context.Context, in *Writing[uses.ID, BulletinEdit]) (*one[Bulletin], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		v, err := s.Change(ctx, in.ID, uses.Edit(in.Body), revision)
		return after(ctx, v, err)
	})
	register(a, "refresh-bulletin", func(ctx context.Context, in *struct {
		Seen
		ByID[uses.ID]
	},
	) (*one[Bulletin], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		v, err := s.Refresh(ctx, in.ID, revision)
		return after(ctx, v, err)
	})
	register(a, "take-bulletin-step", func(ctx context.Context, in *Writing[uses.ID, BulletinStep]) (*one[Bulletin], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		v, err := s.Step(ctx, in.ID, in.Body.Action, in.Body.Reason, revision)
		return after(ctx, v, err)
	})
	register(a, "correct-bulletin", func(ctx context.Context, in *Doing[uses.ID, struct {
		Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	}],
	) (*one[Bulletin], error) {
		v, err := s.Correct(ctx, in.ID, in.Body.Reason)
		if err != nil {
			return nil, err
		}
		return made("/bulletins/"+string(v.ID), v.Revision, bulletinOf(ctx, v)), nil
	}, created)
}

func (a *API) bulletinReceipts() {
	s := a.options.Bulletins
	register(a, "confirm-bulletin", func(ctx context.Context, in *Doing[uses.ID, struct {
		Unit ledger.UnitID `json:"unit" minLength:"1" maxLength:"100"`
	}],
	) (*done, error) {
		return &done{}, s.Receive(ctx, in.ID, in.Body.Unit)
	})
	register(a, "remind-readers", func(ctx context.Context, in *ByID[uses.ID]) (*plain[Reminded], error) {
		n, err := s.Remind(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[Reminded]{Body: Reminded{Units: n}}, nil
	})
	register(a, "list-unread-bulletins", func(ctx context.Context, _ *struct{}) (*plain[List[BulletinSummary]], error) {
		all, err := s.Unread(ctx)
		if err != nil {
			return nil, err
		}
		return &plain[List[BulletinSummary]]{Body: List[BulletinSummary]{Items: bulletinSummariesOf(ctx, all)}}, nil
	})
}

// BulletinSettings are how the bulletins of a government look and how they are numbered.
type BulletinSettings struct {
	Sign     string `json:"sign" minLength:"1" maxLength:"10" doc:"Of the numbers: 望督通"`
	Series   string `json:"series" minLength:"1" maxLength:"30" doc:"The red head: 督查通报"`
	Office   string `json:"office" minLength:"1" maxLength:"30" doc:"That issues them"`
	Copies   string `json:"copies,omitempty" maxLength:"200"`
	Lines    int    `json:"lines" minimum:"1" maximum:"200" doc:"How many matters a table names"`
	Revision int64  `json:"revision,omitempty" readOnly:"true" doc:"0 where nothing was saved yet and the usual settings hold"`
}

func bulletinSettingsOf(r store.Record[uses.Settings]) BulletinSettings {
	v := r.Value
	return BulletinSettings{Sign: v.Sign, Series: v.Series, Office: v.Office, Copies: v.Copies, Lines: v.Lines, Revision: r.Revision}
}

func (b BulletinSettings) settings() uses.Settings {
	return uses.Settings{Sign: b.Sign, Series: b.Series, Office: b.Office, Copies: b.Copies, Lines: b.Lines}
}

func (a *API) bulletinSettings() {
	s := a.options.Bulletins
	register(a, "get-bulletin-settings", func(ctx context.Context, in *Reading[ledger.PlanID]) (*one[BulletinSettings], error) {
		plan, err := a.options.Planning.Plan(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		now, err := s.Settings(ctx, plan.Value.Government)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, now.Revision, bulletinSettingsOf(now)), nil
	}, cached)
	register(a, "save-bulletin-settings", func(ctx context.Context, in *Writing[ledger.PlanID, BulletinSettings]) (*one[BulletinSettings], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		plan, err := a.options.Planning.Plan(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		now, err := s.SaveSettings(ctx, plan.Value.Government, in.Body.settings(), revision)
		if err != nil {
			return nil, err
		}
		return changed(now.Revision, bulletinSettingsOf(now)), nil
	})
}
