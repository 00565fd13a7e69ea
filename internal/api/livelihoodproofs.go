package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"luoshi/calendar"
	uses "luoshi/internal/service/livelihood"
	"luoshi/ledger"
	"luoshi/ledger/livelihood"
)

// LivelihoodPicture shows how an item goes.
type LivelihoodPicture struct {
	ID      uses.PictureID `json:"id"`
	Stage   string         `json:"stage" enum:"before,during,after"`
	On      calendar.Date  `json:"on" doc:"The day on which it was taken"`
	Caption string         `json:"caption"`
	Proof   string         `json:"proof" doc:"Where the proof of the record's history is found"`
}

// LivelihoodSurvey is what some people answered about an item.
type LivelihoodSurvey struct {
	ID        uses.SurveyID  `json:"id"`
	Scale     string         `json:"scale" enum:"citizens,deputies"`
	On        calendar.Date  `json:"on"`
	Asked     int            `json:"asked"`
	Counts    map[string]int `json:"counts" doc:"By answer"`
	Note      string         `json:"note,omitempty"`
	Withdrawn string         `json:"withdrawn,omitempty" doc:"Why it does not count any more"`
	Proof     string         `json:"proof" doc:"Where the proof of the record's history is found"`
}

// LivelihoodProgress is an item with all that is known of it.
type LivelihoodProgress struct {
	LivelihoodItem
	Revision int64               `json:"revision" doc:"Of the way to its closing; 0 where no step was taken"`
	Shown    []LivelihoodPicture `json:"shown" doc:"Pictures, the last day first"`
	Surveys  []LivelihoodSurvey  `json:"surveys"`
	Workflow Workflow            `json:"workflow"`
	Steps    []Step              `json:"steps" doc:"That the caller may take now"`
}

func livelihoodProgressOf(ctx context.Context, s *uses.Service, v uses.ItemView) LivelihoodProgress {
	out := LivelihoodProgress{
		LivelihoodItem: livelihoodItemsOf(ctx, s, []uses.Item{v.Item})[0], Revision: v.Revision, Shown: []LivelihoodPicture{},
		Surveys: []LivelihoodSurvey{}, Workflow: workflowOf(ctx, v.Case), Steps: stepsOf(exchangeOf(ctx), v.Offers),
	}
	for _, p := range v.Pictures {
		out.Shown = append(out.Shown, LivelihoodPicture{
			ID: p.ID, Stage: string(p.Stage), On: p.On, Caption: p.Caption, Proof: proofPath(uses.PictureKind, string(p.ID)),
		})
	}
	for _, one := range v.Surveys {
		out.Surveys = append(out.Surveys, LivelihoodSurvey{
			ID: one.ID, Scale: string(one.Scale), On: one.On, Asked: one.Asked, Counts: one.Counts, Note: one.Note, Withdrawn: one.Withdrawn,
			Proof: proofPath(uses.SurveyKind, string(one.ID)),
		})
	}
	return out
}

// LivelihoodItemStep is a step on the way to the closing of an item.
type LivelihoodItemStep struct {
	Action string `json:"action" enum:"finish,return,pass,close,reopen"`
	Reason string `json:"reason,omitempty" maxLength:"2000"`
}

// pictureForm and surveyForm are forms with files.
type (
	pictureForm struct {
		Stage   string        `form:"stage" enum:"before,during,after"`
		On      string        `form:"on" format:"date" doc:"The day on which it was taken"`
		Caption string        `form:"caption" minLength:"1" maxLength:"100"`
		File    huma.FormFile `form:"file" contentType:"application/octet-stream" doc:"JPEG or PNG; it is drawn anew, without where it was taken"`
	}
	surveyForm struct {
		Scale  string          `form:"scale" enum:"citizens,deputies"`
		On     string          `form:"on" format:"date"`
		Asked  int             `form:"asked" minimum:"1" maximum:"100000000"`
		Counts string          `form:"counts" maxLength:"2000" doc:"JSON: {\"answer\": count}"`
		Note   string          `form:"note" minLength:"1" maxLength:"300" doc:"Who was asked, and how"`
		Files  []huma.FormFile `form:"file" required:"false" contentType:"application/octet-stream" doc:"The counted sheets, one file"`
	}
)

// dayOf is a date of a form; none where it is no date, which the use cases refuse.
func dayOf(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		return calendar.Date{}
	}
	return d
}

// afterItem is the answer to a change of an item.
func (a *API) afterItem(ctx context.Context, id ledger.CommitmentID, err error) (*one[LivelihoodProgress], error) {
	if err != nil {
		return nil, err
	}
	v, err := a.options.Livelihood.Item(ctx, id)
	if err != nil {
		return nil, err
	}
	return changed(v.Revision, livelihoodProgressOf(ctx, a.options.Livelihood, v)), nil
}

func (a *API) livelihoodProofs() {
	s := a.options.Livelihood
	register(a, "get-livelihood-item", func(ctx context.Context, in *ByID[ledger.CommitmentID]) (*one[LivelihoodProgress], error) {
		v, err := s.Item(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return changed(v.Revision, livelihoodProgressOf(ctx, s, v)), nil
	})
	register(a, "take-livelihood-item-step", func(ctx context.Context, in *Writing[ledger.CommitmentID, LivelihoodItemStep]) (*one[LivelihoodProgress], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		return a.afterItem(ctx, in.ID, s.StepItem(ctx, in.ID, in.Body.Action, in.Body.Reason, revision))
	})
	a.livelihoodPictures()
	a.livelihoodSurveys()
}

func (a *API) livelihoodPictures() {
	s := a.options.Livelihood
	register(a, "add-livelihood-picture", func(ctx context.Context, in *struct {
		ByID[ledger.CommitmentID]
		RawBody huma.MultipartFormFiles[pictureForm]
	},
	) (*one[LivelihoodProgress], error) {
		defer func() { _ = in.RawBody.Form.RemoveAll() }()
		f := in.RawBody.Data()
		shot := uses.Shot{Stage: livelihood.Stage(f.Stage), On: dayOf(f.On), Caption: f.Caption}
		_, err := s.AddPicture(ctx, in.ID, shot, uses.File{Name: f.File.Filename, Content: f.File})
		return a.afterItem(ctx, in.ID, err)
	}, bringing(mostEvidence))
	register(a, "get-livelihood-picture", func(ctx context.Context, in *struct {
		ByID[uses.PictureID]
		Preview bool `query:"preview" doc:"The small picture instead of the large one, where there is one"`
	},
	) (*huma.StreamResponse, error) {
		p, content, err := s.OpenPicture(ctx, in.ID, in.Preview)
		if err != nil {
			return nil, err
		}
		return a.download(ctx, p.File.Name, content), nil
	}, answering("application/octet-stream", "The picture, or its small one"))
	register(a, "withdraw-livelihood-picture", func(ctx context.Context, in *Doing[uses.PictureID, LivelihoodWithdrawal]) (*done, error) {
		return nil, s.WithdrawPicture(ctx, in.ID, in.Body.Reason)
	})
}

func (a *API) livelihoodSurveys() {
	s := a.options.Livelihood
	register(a, "add-livelihood-survey", func(ctx context.Context, in *struct {
		ByID[ledger.CommitmentID]
		RawBody huma.MultipartFormFiles[surveyForm]
	},
	) (*one[LivelihoodProgress], error) {
		defer func() { _ = in.RawBody.Form.RemoveAll() }()
		f := in.RawBody.Data()
		counts, err := countsOf[string](ctx, "counts", f.Counts)
		if err != nil {
			return nil, err
		}
		asked := livelihood.Survey{Scale: livelihood.Scale(f.Scale), On: dayOf(f.On), Asked: f.Asked, Counts: counts, Note: f.Note}
		var sheets uses.File
		for _, file := range f.Files {
			sheets = uses.File{Name: file.Filename, Content: file}
		}
		_, err = s.AddSurvey(ctx, in.ID, asked, sheets)
		return a.afterItem(ctx, in.ID, err)
	}, bringing(mostEvidence))
	register(a, "withdraw-livelihood-survey", func(ctx context.Context, in *Doing[uses.SurveyID, LivelihoodWithdrawal]) (*done, error) {
		return nil, s.WithdrawSurvey(ctx, in.ID, in.Body.Reason)
	})
}

// download sends a file as it came, always as a download: what somebody uploaded must not run as a page of ours.
func (a *API) download(ctx context.Context, name string, content io.ReadCloser) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(out huma.Context) {
		defer func() { _ = content.Close() }() // it was only read
		out.SetHeader("Content-Type", "application/octet-stream")
		out.SetHeader("Content-Disposition", attached(name))
		out.SetHeader("Content-Security-Policy", "sandbox; default-src 'none'")
		out.SetStatus(http.StatusOK)
		if _, err := io.Copy(out.BodyWriter(), content); err != nil {
			a.logger.WarnContext(ctx, "sending a file", "request", exchangeOf(ctx).id, "file", name, "error", err)
		}
	}}
}
