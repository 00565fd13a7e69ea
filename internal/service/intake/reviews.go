package intake

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// ReviewRef is a review as lists show it.
type ReviewRef struct {
	Plan                        ledger.PlanID
	PlanTitle                   string
	Document                    ledger.Digest
	DocumentTitle               string
	Opened                      time.Time
	OpenedBy                    ledger.AccountID
	Steps                       int
	Pending, Accepted, Rejected int
	Entered                     time.Time // zero while the review goes on
	Commitments                 int       // that entered the plan
}

// Decided is how much of a review is done, of a hundred.
func (r ReviewRef) Decided() int {
	all := r.Pending + r.Accepted + r.Rejected
	if all == 0 {
		return percentDone
	}
	return (r.Accepted + r.Rejected) * percentDone / all
}

type reviewRefRow struct {
	PlanTitle     string `bun:"plan_title"`
	DocumentTitle string `bun:"document_title"`
	reviewRow
}

// ReviewQuery asks for reviews. What is empty does not narrow it.
type ReviewQuery struct {
	Document ledger.Digest
	Words    string // in the title of the document or of the plan
	Stage    ReviewStage
	Limit    int
	After    string // ReviewRefs.Next of the part before
}

// ReviewStage is how far a review is.
type ReviewStage string

// The stages of a review: it goes on, or has ended in its plan.
const (
	GoingOn ReviewStage = "going_on"
	Ended   ReviewStage = "ended"
)

// ReviewStages are all of them, in order.
func ReviewStages() []ReviewStage { return []ReviewStage{GoingOn, Ended} }

// ReviewRefs are a part of the reviews, the youngest first.
type ReviewRefs struct {
	Reviews []ReviewRef
	Next    string
}

// Reviews are the reviews of a document that the caller may open, or of all where it is empty; the youngest first.
func (s *Service) Reviews(ctx context.Context, digest ledger.Digest) ([]ReviewRef, error) {
	found, err := s.ListReviews(ctx, ReviewQuery{Document: digest, Limit: longestList})
	return found.Reviews, err
}

// ListReviews is a part of the reviews that the caller may open.
func (s *Service) ListReviews(ctx context.Context, q ReviewQuery) (ReviewRefs, error) {
	var none ReviewRefs
	if !s.core.May(ctx, readProposal) {
		if err := s.core.Check(ctx, readProposal, service.Owned{}); err != nil {
			return none, err
		}
	}
	scope, err := s.core.Scope(ctx, readProposal, access.Columns{Unit: "p.government"})
	if err != nil {
		return none, err
	}
	limit := usualLimit
	if q.Limit > 0 {
		limit = min(q.Limit, longestList)
	}
	var rows []reviewRefRow
	query := scope(s.core.Store().View(ctx).NewSelect().ModelTableExpr("intake_reviews AS v").Model(&rows).
		Join("JOIN plans AS p ON p.id = v.plan").Join("JOIN documents AS d ON d.id = v.document").
		ColumnExpr("v.*, p.title AS plan_title, d.title AS document_title").
		OrderExpr("v.opened DESC, v.plan, v.document").Limit(int64(limit) + 1))
	if err := q.narrow(query).Scan(ctx); err != nil {
		return none, fmt.Errorf("listing the reviews: %w", err)
	}
	var found ReviewRefs
	for i, r := range rows {
		if i == limit {
			found.Next = rows[i-1].cursor()
			break
		}
		found.Reviews = append(found.Reviews, r.ref())
	}
	return found, nil
}

func (q ReviewQuery) narrow(query *bun.SelectQuery) *bun.SelectQuery {
	if q.Document != "" {
		query = query.Where("v.document = ?", string(q.Document))
	}
	for word := range strings.FieldsSeq(q.Words) {
		pattern := "%" + escapes.Replace(word) + "%"
		query = query.Where(`(d.title LIKE ? ESCAPE '\' OR p.title LIKE ? ESCAPE '\')`, pattern, pattern)
	}
	switch q.Stage {
	case GoingOn:
		query = query.Where("v.entered = ''")
	case Ended:
		query = query.Where("v.entered <> ''")
	}
	if last := strings.Split(q.After, " "); len(last) == reviewKeys {
		opened, plan, document := last[0], last[1], last[2]
		query = query.Where("(v.opened < ? OR v.opened = ? AND (v.plan > ? OR v.plan = ? AND v.document > ?))", opened, opened, plan, plan, document)
	}
	return query
}

// reviewKeys is how many columns order the reviews.
const reviewKeys = 3

// cursor is where a part ended.
func (r reviewRefRow) cursor() string {
	return strings.Join([]string{r.Opened.UTC().Format(momentForm), r.Plan, r.Document}, " ")
}

func (r reviewRefRow) ref() ReviewRef {
	return ReviewRef{
		Plan: ledger.PlanID(r.Plan), PlanTitle: r.PlanTitle, Document: ledger.Digest(r.Document), DocumentTitle: r.DocumentTitle,
		Opened: r.Opened.Time, OpenedBy: ledger.AccountID(r.OpenedBy), Steps: r.Steps, Pending: r.Pending,
		Accepted: r.Accepted, Rejected: r.Rejected, Entered: r.Entered.Time, Commitments: r.Commitments,
	}
}

// EachReview is every review that a query finds, part by part. It ends with the first error.
func (s *Service) EachReview(ctx context.Context, q ReviewQuery) iter.Seq2[ReviewRef, error] {
	q.Limit, q.After = longestList, ""
	return func(yield func(ReviewRef, error) bool) {
		for {
			found, err := s.ListReviews(ctx, q)
			if err != nil {
				yield(ReviewRef{}, err)
				return
			}
			for _, r := range found.Reviews {
				if !yield(r, nil) {
					return
				}
			}
			if q.After = found.Next; q.After == "" {
				return
			}
		}
	}
}
