package api

import (
	"context"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"luoshi/document"
	"luoshi/internal/service/intake"
	"luoshi/internal/store"
	"luoshi/ledger"
	rules "luoshi/ledger/intake"
)

// Document is a document, without its text.
type Document struct {
	Digest    ledger.Digest `json:"digest"`
	Name      string        `json:"name" doc:"Of the file"`
	Title     string        `json:"title"`
	MediaType string        `json:"media_type,omitempty"`
	Size      int64         `json:"size" doc:"Of the file, in bytes"`
	Created   time.Time     `json:"created"`
	Reading   Progress      `json:"reading"`
	Proof     string        `json:"proof" doc:"Where the proof of the record's history is found"`
}

// Progress is how far the reading of a document is.
type Progress struct {
	State    intake.State    `json:"state" enum:"waiting,running,done,failed"`
	Percent  int             `json:"percent" minimum:"0" maximum:"100"`
	Format   document.Format `json:"format,omitempty"`
	Kind     document.Kind   `json:"kind,omitempty"`
	PlanYear int             `json:"plan_year,omitempty"`
	Promises int             `json:"promises"`
	Figures  int             `json:"figures"`
	Errors   int             `json:"errors" doc:"Findings of checking"`
	Warnings int             `json:"warnings" doc:"Findings of checking"`
	Code     string          `json:"code,omitempty" doc:"Why it failed, for programs"`
	Problem  string          `json:"problem,omitempty" doc:"Why it failed"`
}

func progressOf(ctx context.Context, p intake.Progress) Progress {
	shows := Progress{
		State: p.State, Percent: p.Percent, Format: p.Format, Kind: p.Kind, PlanYear: p.PlanYear, Promises: p.Promises, Figures: p.Figures,
		Errors: p.Errors, Warnings: p.Warnings,
	}
	if p.Fault != nil {
		shows.Code, shows.Problem = p.Fault.Code, exchangeOf(ctx).in(p.Fault.Words)
	}
	return shows
}

func documentOf(ctx context.Context, r store.Record[store.Document], p intake.Progress) Document {
	v := r.Value
	return Document{
		Digest: v.Digest, Name: v.Name, Title: v.Title, MediaType: v.MediaType, Size: v.Size, Created: r.Created, Reading: progressOf(ctx, p),
		Proof: proofPath("documents", string(v.Digest)),
	}
}

// Text is what a document says.
type Text struct {
	Text string `json:"text" doc:"The canonical text; places in it are counted in code points"`
}

// Finding is what checking says of figures of a document.
type Finding struct {
	Rule        string         `json:"rule"`
	Severity    string         `json:"severity" enum:"error,warning,rounding,note,ok"`
	Message     string         `json:"message"`
	Places      []intake.Place `json:"places"`
	Computation string         `json:"computation,omitempty"`
	Suggestion  string         `json:"suggestion,omitempty"`
}

func (a *API) documentOperations() {
	s := a.options.Intake
	type query struct {
		Paged
		Text  string `query:"text" maxLength:"200" doc:"In the title or the file's name"`
		State string `query:"state" enum:"waiting,running,done,failed" doc:"Of its reading"`
	}
	register(a, "list-documents", func(ctx context.Context, in *query) (*many[Document], error) {
		page := in.page()
		list, err := s.List(ctx, intake.Query{
			Words: in.Text, State: intake.State(in.State), ByName: page.Order == "name", Limit: page.Limit, After: page.After,
		})
		if err != nil {
			return nil, err
		}
		items := make([]Document, len(list.Documents))
		for i, d := range list.Documents {
			items[i] = Document{
				Digest: d.Document, Name: d.Name, Title: d.Title, Size: d.Size, Created: d.Created, Reading: progressOf(ctx, d.Progress),
				Proof: proofPath("documents", string(d.Document)),
			}
		}
		return listed(&in.Paged, list.Next, items), nil
	})
	a.orders("list-documents", "name")
	register(a, "get-document", func(ctx context.Context, in *ByID[ledger.Digest]) (*plain[Document], error) {
		d, err := a.document(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[Document]{Body: d}, nil
	})
	a.uploads()
	a.documentContents()
}

func (a *API) document(ctx context.Context, digest ledger.Digest) (Document, error) {
	r, err := a.options.Intake.Document(ctx, digest)
	if err != nil {
		return Document{}, err
	}
	progress, err := a.options.Intake.Progress(ctx, digest)
	if err != nil {
		return Document{}, err
	}
	return documentOf(ctx, r, progress), nil
}

// uploaded is the answer to an upload: 201 for a new document, 200 for one that was there.
type uploaded struct {
	Status   int
	Location string `header:"Location" doc:"Where the document is found"`
	Body     Document
}

// file is the form of an upload.
type file struct {
	File huma.FormFile `form:"file" required:"true" contentType:"application/octet-stream"`
}

func (a *API) uploads() {
	s := a.options.Intake
	register(a, "upload-document", func(ctx context.Context, in *struct {
		RawBody huma.MultipartFormFiles[file]
	},
	) (*uploaded, error) {
		// What does not fit into memory is in files that nobody else takes away.
		defer func() { _ = in.RawBody.Form.RemoveAll() }()
		data := in.RawBody.Data()
		got, err := s.Upload(ctx, data.File.Filename, data.File)
		if err != nil {
			return nil, err
		}
		d, err := a.document(ctx, got.Document.Value.Digest)
		if err != nil {
			return nil, err
		}
		out := &uploaded{Status: http.StatusCreated, Location: Base + "/documents/" + string(d.Digest), Body: d}
		if got.Again {
			out.Status = http.StatusOK
		}
		return out, nil
	}, created, uploading(s.MaxBytes()))
	register(a, "retry-reading", func(ctx context.Context, in *ByID[ledger.Digest]) (*plain[Document], error) {
		if err := s.Retry(ctx, in.ID); err != nil {
			return nil, err
		}
		d, err := a.document(ctx, in.ID)
		return &plain[Document]{Body: d}, err
	})
}

// uploading says that an operation takes a file. It needs no Idempotency-Key: the same bytes are the same document,
// however often they are sent.
func uploading(most int64) func(*huma.Operation) {
	return func(o *huma.Operation) {
		o.MaxBodyBytes = most + largest
		o.BodyReadTimeout = 10 * time.Minute
		unkept(o)
		o.Responses = map[string]*huma.Response{"200": {
			Description: "The document was there already",
			Content:     map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Ref: "#/components/schemas/Document"}}},
		}}
	}
}

func (a *API) documentContents() {
	s := a.options.Intake
	register(a, "get-text", func(ctx context.Context, in *ByID[ledger.Digest]) (*plain[Text], error) {
		r, err := s.Document(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[Text]{Body: Text{Text: r.Value.Text}}, nil
	})
	register(a, "list-quantities", func(ctx context.Context, in *ByID[ledger.Digest]) (*plain[List[rules.Figure]], error) {
		r, err := s.Result(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[List[rules.Figure]]{Body: List[rules.Figure]{Items: filled(r.Figures)}}, nil
	})
	register(a, "list-findings", func(ctx context.Context, in *ByID[ledger.Digest]) (*plain[List[Finding]], error) {
		r, err := s.Result(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		x, items := exchangeOf(ctx), []Finding{}
		for _, f := range r.Findings {
			items = append(items, Finding{
				Rule: f.Rule, Severity: f.Severity, Message: x.in(ledger.Wording(f.Message)), Places: filled(f.Places),
				Computation: f.Computation, Suggestion: x.in(ledger.Wording(f.Suggestion)),
			})
		}
		return &plain[List[Finding]]{Body: List[Finding]{Items: items}}, nil
	})
	register(a, "compare-documents", func(ctx context.Context, in *struct {
		ByID[ledger.Digest]
		Earlier ledger.Digest `query:"earlier" required:"true" minLength:"1" maxLength:"100"`
	},
	) (*plain[List[Difference]], error) {
		all, err := s.Compare(ctx, in.Earlier, in.ID)
		if err != nil {
			return nil, err
		}
		return differencesOf(all), nil
	})
	register(a, "get-original", a.original, answering("application/octet-stream", "The file as it came"))
}

// original sends a file as it came, always as a download: what somebody uploaded must not run as a page of ours.
func (a *API) original(ctx context.Context, in *ByID[ledger.Digest]) (*huma.StreamResponse, error) {
	d, content, err := a.options.Intake.Original(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(out huma.Context) {
		defer func() { _ = content.Close() }()
		out.SetHeader("Content-Type", "application/octet-stream")
		out.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.Name}))
		out.SetHeader("Content-Security-Policy", "sandbox; default-src 'none'")
		out.SetHeader("Content-Length", strconv.FormatInt(d.Size, 10))
		out.SetStatus(http.StatusOK)
		if _, err := io.Copy(out.BodyWriter(), content); err != nil {
			a.logger.WarnContext(ctx, "sending a file", "request", exchangeOf(ctx).id, "document", d.Digest, "error", err)
		}
	}}, nil
}
