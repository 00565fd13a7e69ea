package api

import (
	"context"
	"io"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	reports "luoshi/internal/service/reporting"
	"luoshi/ledger/reporting"
)

// mostEvidence bounds a request with a file of evidence. How large the file may be the use case says.
const mostEvidence = 100 << 20

func (a *API) evidenceOperations() {
	r := a.options.Reporting
	register(a, "attach-evidence", func(ctx context.Context, in *struct {
		ByID[reporting.SubmissionID]
		Subject string `query:"subject" required:"true" maxLength:"300" doc:"The row that it shows"`
		RawBody huma.MultipartFormFiles[file]
	},
	) (*attachedEvidence, error) {
		defer func() { _ = in.RawBody.Form.RemoveAll() }()
		subject, err := subjectOf(ctx, in.Subject)
		if err != nil {
			return nil, err
		}
		data := in.RawBody.Data()
		e, err := r.Attach(ctx, in.ID, subject, data.File.Filename, data.File)
		if err != nil {
			return nil, err
		}
		return &attachedEvidence{Location: Base + "/evidence/" + string(e.ID), Body: e}, nil
	}, created, bringing(mostEvidence))
	register(a, "get-evidence", a.evidence, answering("application/octet-stream", "The file as it came, or its small picture"))
	register(a, "remove-evidence", func(ctx context.Context, in *ByID[reporting.EvidenceID]) (*done, error) {
		return nil, r.RemoveEvidence(ctx, in.ID)
	})
}

// attachedEvidence is the answer to an upload of evidence.
type attachedEvidence struct {
	Location string `header:"Location" doc:"Where the file is found"`
	Body     reports.Evidence
}

// evidence sends a file as it came, always as a download: what somebody uploaded must not run as a page of ours.
func (a *API) evidence(ctx context.Context, in *struct {
	ByID[reporting.EvidenceID]
	Preview bool `query:"preview" doc:"The small picture instead of the file, where there is one"`
},
) (*huma.StreamResponse, error) {
	e, content, err := a.options.Reporting.OpenEvidence(ctx, in.ID, in.Preview)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(out huma.Context) {
		defer func() { _ = content.Close() }()
		out.SetHeader("Content-Type", "application/octet-stream")
		out.SetHeader("Content-Disposition", attached(e.Name))
		out.SetHeader("Content-Security-Policy", "sandbox; default-src 'none'")
		if !in.Preview {
			out.SetHeader("Content-Length", strconv.FormatInt(e.Size, 10))
		}
		out.SetStatus(http.StatusOK)
		if _, err := io.Copy(out.BodyWriter(), content); err != nil {
			a.logger.WarnContext(ctx, "sending a file", "request", exchangeOf(ctx).id, "evidence", e.ID, "error", err)
		}
	}}, nil
}
