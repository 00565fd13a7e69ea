package api

import (
	"context"
	"io"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	uses "luoshi/internal/service/accounting"
)

// paperFormats are the names of the formats in which reports can be had.
var paperFormats = []string{"docx", "xlsx", "pdf", "html", "ofd"}

// inPaperFormats says that an operation answers with a report in one of its formats.
func inPaperFormats(o *huma.Operation) {
	content := map[string]*huma.MediaType{}
	for _, name := range paperFormats {
		format, _ := uses.FormatOf(name)
		if kind, _, err := mime.ParseMediaType(format.MediaType); err == nil {
			content[kind] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
		}
	}
	o.Responses = map[string]*huma.Response{"200": {Description: "The report as a file", Content: content}}
}

// paperFile sends a report as a file, always as a download.
func (a *API) paperFile(ctx context.Context, in *struct {
	ByID[uses.ID]
	Format string `path:"format" enum:"docx,xlsx,pdf,html,ofd"`
},
) (*huma.StreamResponse, error) {
	report, format, content, err := a.options.Accounting.Download(ctx, in.ID, in.Format)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(out huma.Context) {
		defer func() { _ = content.Close() }() // it was only read
		out.SetHeader("Content-Type", format.MediaType)
		out.SetHeader("Content-Disposition", attached(report.Title()+"."+format.Name))
		out.SetHeader("Content-Security-Policy", "sandbox; default-src 'none'")
		out.SetStatus(http.StatusOK)
		if _, err := io.Copy(out.BodyWriter(), content); err != nil {
			a.logger.WarnContext(ctx, "sending a file", "request", exchangeOf(ctx).id, "report", in.ID, "error", err)
		}
	}}, nil
}
