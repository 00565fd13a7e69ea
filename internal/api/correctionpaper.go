package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	reports "luoshi/internal/service/reporting"
	"luoshi/ledger/reporting"
)

// paperOperations are those of the files of documents on which corrections rest.
func (a *API) paperOperations() {
	register(a, "attach-correction-document", func(ctx context.Context, in *struct {
		ByID[reporting.CorrectionID]
		RawBody huma.MultipartFormFiles[file]
	},
	) (*one[FigureCorrection], error) {
		defer func() { _ = in.RawBody.Form.RemoveAll() }()
		data := in.RawBody.Data()
		v, err := a.options.Reporting.AttachPaper(ctx, in.ID, reports.Paper{Name: data.File.Filename, Content: data.File})
		if err != nil {
			return nil, err
		}
		return changed(v.Revision, correctionOf(ctx, v)), nil
	}, bringing(mostEvidence))
	register(a, "get-correction-document", a.paper, answering("application/octet-stream", "The file as it came"))
}

// paper sends the file of a document as it came, always as a download.
func (a *API) paper(ctx context.Context, in *ByID[reporting.CorrectionID]) (*huma.StreamResponse, error) {
	paper, content, err := a.options.Reporting.OpenPaper(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(out huma.Context) {
		defer func() { _ = content.Close() }() // it was only read
		out.SetHeader("Content-Type", "application/octet-stream")
		out.SetHeader("Content-Disposition", attached(paper.Name))
		out.SetHeader("Content-Security-Policy", "sandbox; default-src 'none'")
		out.SetStatus(http.StatusOK)
		if _, err := io.Copy(out.BodyWriter(), content); err != nil {
			a.logger.WarnContext(ctx, "sending a file", "request", exchangeOf(ctx).id, "correction", in.ID, "error", err)
		}
	}}, nil
}
