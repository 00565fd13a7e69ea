package api

import (
	"context"
	"encoding/json"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// linesType is the content type of JSON lines.
const linesType = "application/jsonl"

// exportOperations takes whole lists out of the house. That somebody did is in the log before the first byte goes out.
func (a *API) exportOperations() {
	type query struct {
		CommitmentQuery
		Order string `query:"order" enum:"number,title,by,section,weight"`
	}
	register(a, "export-commitments", func(ctx context.Context, in *query) (*huma.StreamResponse, error) {
		asked, page := in.query(), store.Page{Order: in.Order, Limit: store.MaxLimit}
		count, err := a.options.Planning.CountCommitments(ctx, asked)
		if err != nil {
			return nil, err
		}
		list, err := a.options.Planning.Commitments(ctx, asked, page)
		if err != nil {
			return nil, err
		}
		mayTake, err := a.takers(ctx)
		if err != nil {
			return nil, err
		}
		filters, _ := json.Marshal(in) // texts and numbers
		if err := a.options.Catalogue.NoteExport(ctx, Base+"/exports/commitments", string(filters), count); err != nil {
			return nil, err
		}
		return &huma.StreamResponse{Body: func(out huma.Context) {
			out.SetHeader("Content-Type", linesType)
			out.SetStatus(http.StatusOK)
			for {
				if err := writeLines(out.BodyWriter(), list.Records, mayTake); err != nil {
					return // whoever asked has gone
				}
				if page.After = list.Next; page.After == "" {
					return
				}
				if list, err = a.options.Planning.Commitments(ctx, asked, page); err != nil {
					a.logger.ErrorContext(ctx, "export broken off", "request", exchangeOf(ctx).id, "error", err)
					// The list must not look complete.
					panic(http.ErrAbortHandler)
				}
			}
		}}, nil
	}, answering(linesType, "The commitments, a JSON object a line"))
}

// takers tells of commitments whether the caller may take them out.
func (a *API) takers(ctx context.Context) (func(ledger.Commitment) bool, error) {
	caller := service.CallerOf(ctx)
	units, err := a.Units(ctx)
	if err != nil {
		return nil, err
	}
	scope := a.Rights().Scope(caller.Actor, "export.run")
	if caller.System != "" {
		scope = access.Scope{All: true}
	}
	return func(c ledger.Commitment) bool { return scope.Covers(units.Object(c.Lead, c.Cooperating, false)) }, nil
}

func writeLines(w io.Writer, records []store.Record[ledger.Commitment], mayTake func(ledger.Commitment) bool) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, r := range records {
		if !mayTake(r.Value) {
			continue
		}
		if err := encoder.Encode(commitmentOf(r)); err != nil {
			return err
		}
	}
	return nil
}
