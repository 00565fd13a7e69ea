package api

import (
	"context"
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"

	uses "luoshi/internal/service/livelihood"
	"luoshi/ledger"
	"luoshi/ledger/livelihood"
)

// LivelihoodSheet is what was counted of ballots on paper.
type LivelihoodSheet struct {
	ID        uses.SheetID                 `json:"id"`
	Turn      int                          `json:"turn" doc:"In which vote"`
	Issued    int                          `json:"issued" doc:"Ballots that were handed out"`
	Received  int                          `json:"received" doc:"That came back"`
	Valid     int                          `json:"valid" doc:"Of those"`
	Votes     map[livelihood.Candidate]int `json:"votes" doc:"By candidate"`
	Withdrawn string                       `json:"withdrawn,omitempty" doc:"Why it does not count any more"`
}

func livelihoodSheetsOf(all []uses.Sheet) []LivelihoodSheet {
	sheets := make([]LivelihoodSheet, len(all))
	for i, s := range all {
		sheets[i] = LivelihoodSheet{
			ID: s.ID, Turn: s.Turn, Issued: s.Issued, Received: s.Received, Valid: s.Valid, Votes: s.Votes, Withdrawn: s.Withdrawn,
		}
		if s.Votes == nil {
			sheets[i].Votes = map[livelihood.Candidate]int{}
		}
	}
	return sheets
}

// LivelihoodBallot is the ballot of a deputy.
type LivelihoodBallot struct {
	Marked []livelihood.Candidate `json:"marked" maxItems:"1000" doc:"To mark nobody is to abstain"`
}

// BySheet is which counted sheet of a round an operation is about.
type BySheet struct {
	ByID[uses.RoundID]
	Sheet uses.SheetID `path:"sheet" maxLength:"100"`
}

// LivelihoodWithdrawal is why something is withdrawn.
type LivelihoodWithdrawal struct {
	Reason string `json:"reason" minLength:"1" maxLength:"2000"`
}

// ballotsForm is a counted sheet as a form.
type ballotsForm struct {
	Issued   int           `form:"issued" minimum:"0" maximum:"100000"`
	Received int           `form:"received" minimum:"0" maximum:"100000"`
	Valid    int           `form:"valid" minimum:"0" maximum:"100000"`
	Votes    string        `form:"votes" maxLength:"100000" doc:"JSON: {\"candidate\": votes}"`
	File     huma.FormFile `form:"file" contentType:"application/octet-stream" doc:"The signed sheet"`
}

// countedWords say that counts cannot be read.
var countedWords = ledger.Wording{ZH: "应为 JSON 对象：名称对应整数。", EN: "Want a JSON object of names and whole numbers."}

// countsOf reads the counts of a field of a form.
func countsOf[K ~string](ctx context.Context, field, text string) (map[K]int, error) {
	var counts map[K]int
	if err := json.Unmarshal([]byte(text), &counts); err != nil {
		words := exchangeOf(ctx).in(countedWords)
		p := problemOf(ctx, kindInvalid).because("form.counts", words)
		p.Errors = []Wrong{{Place: "/body/" + field, Code: "form.counts", Message: words}}
		return nil, p
	}
	return counts, nil
}

func (a *API) livelihoodVotes() {
	s := a.options.Livelihood
	register(a, "cast-livelihood-ballot", func(ctx context.Context, in *Doing[uses.RoundID, LivelihoodBallot]) (*one[LivelihoodCall], error) {
		return a.afterCall(ctx, in.ID, s.Vote(ctx, in.ID, in.Body.Marked))
	})
	register(a, "enter-livelihood-sheet", func(ctx context.Context, in *struct {
		ByID[uses.RoundID]
		RawBody huma.MultipartFormFiles[ballotsForm]
	},
	) (*one[LivelihoodCall], error) {
		defer func() { _ = in.RawBody.Form.RemoveAll() }()
		f := in.RawBody.Data()
		votes, err := countsOf[livelihood.Candidate](ctx, "votes", f.Votes)
		if err != nil {
			return nil, err
		}
		sheet := livelihood.Sheet{Issued: f.Issued, Received: f.Received, Valid: f.Valid, Votes: votes}
		_, err = s.EnterSheet(ctx, in.ID, sheet, uses.File{Name: f.File.Filename, Content: f.File})
		return a.afterCall(ctx, in.ID, err)
	}, bringing(mostEvidence))
	register(a, "withdraw-livelihood-sheet", func(ctx context.Context, in *struct {
		BySheet
		Body LivelihoodWithdrawal
	},
	) (*one[LivelihoodCall], error) {
		return a.afterCall(ctx, in.ID, s.WithdrawSheet(ctx, in.ID, in.Sheet, in.Body.Reason))
	})
	register(a, "get-livelihood-sheet", func(ctx context.Context, in *BySheet) (*huma.StreamResponse, error) {
		file, content, err := s.OpenSheet(ctx, in.ID, in.Sheet)
		if err != nil {
			return nil, err
		}
		return a.download(ctx, file.Name, content), nil
	}, answering("application/octet-stream", "The signed sheet as it came"))
}
