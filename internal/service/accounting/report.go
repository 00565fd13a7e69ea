package accounting

import (
	"time"

	"luoshi/internal/account"
	"luoshi/internal/service"
	"luoshi/ledger"
	"luoshi/ledger/bulletin"
	"luoshi/ledger/reporting"
)

// ID names a report.
type ID string

// State is how far a report is. The names are those of flow/definitions/report.txt.
type State string

// The states of reports.
const (
	Drafted  State = "draft"
	Reviewed State = "review" // somebody is about to review it
	Waiting  State = "approval"
	Approved State = "approved"
	Frozen   State = "frozen"
	Dropped  State = "dropped"
)

// States are all states, in the order of a report's life.
func States() []State { return []State{Drafted, Reviewed, Waiting, Approved, Frozen, Dropped} }

// Report is a report of a plan for a period. Once it is frozen it says what it says for ever.
type Report struct {
	ID       ID               `json:"id"`
	Plan     ledger.PlanID    `json:"plan"`
	Owner    ledger.UnitID    `json:"owner"` // whose it is: the government of the plan, or one of its units
	Period   reporting.Period `json:"period"`
	Template string           `json:"template"` // its name
	Version  int              `json:"version"`  // of the template; 0 of one that comes with the program
	State    State            `json:"state"`
	Number   bulletin.Number  `json:"number,omitzero"` // none before it is frozen
	Public   bool             `json:"public,omitempty"`
	Content  account.Content  `json:"content"` // as it was generated
	Drafted  map[string]Said  `json:"drafted"` // the figures as they were generated first
	Edits    Edits            `json:"edits"`
	Place    int              `json:"-"`                // how many changes of it hold that can be undone
	Passes   []account.Pass   `json:"passes,omitempty"` // contradictions that somebody found to be none
	Author   ledger.AccountID `json:"author"`
	Made     time.Time        `json:"-"`
	Updated  time.Time        `json:"-"`
	Revision int64            `json:"-"`

	// What follows is there once it is frozen.

	Paper  account.Content `json:"-"` // as it was frozen
	Head   string          `json:"-"` // the signed head of the log that was there then
	Digest string          `json:"-"` // of the paper
	Frozen time.Time       `json:"-"`
	Files  []File          `json:"-"`
}

// Said is what a figure said.
type Said struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Edits are what people made of a report.
type Edits struct {
	Title     string          `json:"title,omitempty"` // the generated ones where these are empty
	Subtitle  string          `json:"subtitle,omitempty"`
	Speaker   string          `json:"speaker,omitempty"`
	Addressee string          `json:"addressee,omitempty"`
	Blocks    []account.Edit  `json:"blocks,omitempty"`
	Bases     []account.Basis `json:"bases,omitempty"`
}

// Title is that of the report as it stands.
func (r Report) Title() string { return r.edited().Paper.Title }

// edited is the content with the head that people gave it.
func (r Report) edited() account.Content {
	c := r.Content
	for _, line := range []struct {
		typed string
		place *string
	}{
		{r.Edits.Title, &c.Paper.Title}, {account.Note(r.Edits.Subtitle), &c.Paper.Subtitle}, {r.Edits.Speaker, &c.Paper.Speaker},
		{r.Edits.Addressee, &c.Paper.Addressee},
	} {
		if line.typed != "" {
			*line.place = line.typed
		}
	}
	return c
}

// Printed is the report as it is printed, and what is found of what people made of it.
func (r Report) Printed() (account.Content, []account.Finding) {
	if r.State == Frozen {
		return r.Paper, nil
	}
	c, found := account.Apply(r.edited(), r.Edits.Blocks, r.Edits.Bases)
	c.Passed = r.Passes
	return c, found
}

// owned is whose a report is: its owner's, and everybody's who may read what is public.
func (r Report) owned() service.Owned {
	return service.Owned{Lead: r.Owner, Published: r.Public && r.State == Frozen}
}

// grave are the findings that keep a report from being sent on: what it would print is not what the ledger says.
func grave(all []account.Finding) []account.Finding {
	var found []account.Finding
	for _, f := range all {
		switch f.Kind {
		case account.Altered, account.Unbound, account.Unknown:
			found = append(found, f)
		case account.Dropped, account.Gone:
		}
	}
	return found
}

// said are the figures of a content as they are printed.
func said(c account.Content) map[string]Said {
	all := map[string]Said{}
	for key, f := range c.Figures {
		all[key] = Said{Name: f.Name, Text: f.Text}
	}
	return all
}
