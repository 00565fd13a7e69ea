package publication

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/service/message"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store"
	"luoshi/ledger"
	rules "luoshi/ledger/supervision"
)

// FeedbackState is how far something that a citizen said is.
type FeedbackState string

// The states of feedback.
const (
	Waiting  FeedbackState = "waiting"
	Accepted FeedbackState = "accepted" // it led to a supervision order
	Rejected FeedbackState = "rejected"
)

// Feedback is what a citizen said of a promise. Who it was nobody knows.
type Feedback struct {
	ID       string
	Receipt  string
	Plan     ledger.PlanID
	Promise  ledger.CommitmentID
	Key      string // of the promise; empty where it is no longer public
	Title    string // the same
	Address  string // of the plan
	Words    string
	State    FeedbackState
	Sent     time.Time
	Decided  time.Time
	Decider  ledger.AccountID
	Answer   string
	Order    rules.OrderID
	Revision int64
}

type feedbackRow struct {
	bun.BaseModel `bun:"table:publication_feedback,alias:publication_feedback"`
	ID            string  `bun:"id,pk"`
	Revision      int64   `bun:"revision"`
	Receipt       string  `bun:"receipt"`
	Plan          string  `bun:"plan"`
	Government    string  `bun:"government"`
	Promise       string  `bun:"promise"`
	Words         string  `bun:"words"`
	State         string  `bun:"state"`
	Sent          string  `bun:"sent"`
	Decided       *string `bun:"decided"`
	Decider       string  `bun:"decider"`
	Answer        string  `bun:"answer"`
	Order         string  `bun:"order_id"`
}

func (r feedbackRow) feedback() Feedback {
	f := Feedback{
		ID: r.ID, Receipt: r.Receipt, Plan: ledger.PlanID(r.Plan), Promise: ledger.CommitmentID(r.Promise), Words: r.Words, State: FeedbackState(r.State),
		Sent: store.TimeOf(r.Sent), Decider: ledger.AccountID(r.Decider), Answer: r.Answer, Order: rules.OrderID(r.Order), Revision: r.Revision,
	}
	if r.Decided != nil {
		f.Decided = store.TimeOf(*r.Decided)
	}
	return f
}

// Bounds of what citizens say.
const (
	shortestWords = 5
	longestWords  = 1000
	// mostWaiting bounds what waits on one promise, so that nobody can bury the office.
	mostWaiting = 50
)

// logged is what the log keeps of feedback: that it came and what became of it. Its words may be about persons, and the
// log keeps for ever.
type loggedFeedback struct {
	Promise ledger.CommitmentID `json:"promise"`
	State   FeedbackState       `json:"state"`
	Digest  string              `json:"digest"`
	Answer  string              `json:"answer,omitempty"`
	Order   rules.OrderID       `json:"order,omitempty"`
}

func (r feedbackRow) logged() loggedFeedback {
	digest := sha256.Sum256([]byte(r.Words))
	return loggedFeedback{
		Promise: ledger.CommitmentID(r.Promise), State: FeedbackState(r.State), Digest: hex.EncodeToString(digest[:]), Answer: r.Answer, Order: rules.OrderID(r.Order),
	}
}

// Send takes in what somebody says of a promise of a public plan, and returns the receipt with which he can ask what
// became of it.
func (s *Service) Send(ctx context.Context, address, key, words string) (string, error) {
	o, told, plan, err := s.voiced(ctx, address, key, disclosed.Feedback)
	if err != nil {
		return "", err
	}
	if err := s.core.Check(ctx, send, ofPlan(plan, true)); err != nil {
		return "", err
	}
	words = strings.TrimSpace(words)
	switch n := utf8.RuneCountInString(words); {
	case n < shortestWords:
		return "", faults.New("feedback.short", strconv.Itoa(shortestWords))
	case n > longestWords:
		return "", faults.New("feedback.long", strconv.Itoa(longestWords))
	}
	receipt, err := s.secret()
	if err != nil {
		return "", err
	}
	row := feedbackRow{
		ID: store.NewID[string](s.core.Store()), Revision: 1, Receipt: receipt, Plan: string(o.Plan), Government: string(plan.Government),
		Promise: string(told.Promise.ID), Words: words, State: string(Waiting), Sent: s.core.Store().NowText(),
	}
	// Nobody has signed in; the log names the part of the program that took it in.
	citizen := service.Caller{System: "public", May: []Action{send}, Request: service.CallerOf(ctx).Request}
	err = s.core.Change(service.As(ctx, citizen), func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, send, ofPlan(plan, true)); err != nil {
			return err
		}
		waiting, err := w.Tx().NewSelect().Table(FeedbackKind).Where("promise = ?", row.Promise).Where("state = ?", string(Waiting)).Count(ctx)
		if err != nil {
			return fmt.Errorf("publication: counting what waits on promise %s: %w", row.Promise, err)
		}
		if waiting >= mostWaiting {
			return faults.New("feedback.full")
		}
		if err := store.Insert(ctx, w.Tx(), row); err != nil {
			return err
		}
		w.Record(send, FeedbackKind, row.ID, nil, row.logged(), nil)
		return s.tellOffice(ctx, w, plan, told.Promise, row)
	})
	return receipt, err
}

// voiced is a promise of a public plan of which a part is open to citizens.
func (s *Service) voiced(ctx context.Context, address, key string, part disclosed.Part) (Opened, Told, ledger.Plan, error) {
	o, err := s.Plan(ctx, address)
	if err != nil {
		return o, Told{}, ledger.Plan{}, err
	}
	if !o.Shown(part) {
		return o, Told{}, ledger.Plan{}, faults.New(string(part) + ".closed")
	}
	told, err := s.Promise(ctx, o, key)
	if err != nil {
		return o, told, ledger.Plan{}, err
	}
	plan, err := s.core.Store().Plans().Get(ctx, string(o.Plan))
	return o, told, plan.Value, err
}

// tellOffice says to the supervising office that somebody said something; once a day of each promise is enough.
func (s *Service) tellOffice(ctx context.Context, w *service.Work, plan ledger.Plan, p disclosed.Promise, row feedbackRow) error {
	if s.options.Tell == nil {
		return nil
	}
	return s.options.Tell(ctx, w, message.Notice{
		Key: "feedback/" + row.Promise + "/" + s.core.Today().String(), Kind: message.OfPlan, Title: say("feedback", p.Title), URL: "/feedback",
		To: []message.Audience{{Unit: plan.Government, Role: "supervising-office"}},
	})
}

// Answered is what became of feedback, for who has its receipt.
func (s *Service) Answered(ctx context.Context, receipt string) (Feedback, error) {
	var row feedbackRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("receipt = ?", receipt).Scan(ctx)
	if noRows(err) {
		return Feedback{}, &store.NotFound{Kind: FeedbackKind, ID: "receipt"}
	}
	if err != nil {
		return Feedback{}, fmt.Errorf("publication: looking for feedback: %w", err)
	}
	f := row.feedback()
	f.Decider, f.Order = "", "" // no business of the sender's
	all := []Feedback{f}
	err = s.entitle(ctx, all)
	return all[0], err
}

// FeedbackListing is a part of what citizens said.
type FeedbackListing struct {
	Feedback []Feedback
	Counts   map[FeedbackState]int
	Next     string
}

// Feedback is what citizens said, for the office: the oldest first where it waits, otherwise the youngest.
func (s *Service) Feedback(ctx context.Context, state FeedbackState, page store.Page) (FeedbackListing, error) {
	l := FeedbackListing{Counts: map[FeedbackState]int{}}
	scope, err := s.core.Scope(ctx, moderate, columnsOf(FeedbackKind))
	if err != nil {
		return l, err
	}
	var counts []struct {
		State  string
		Number int
	}
	counted := scope(s.core.Store().View(ctx).NewSelect().Table(FeedbackKind)).ColumnExpr("state, count(*) AS number").Group("state")
	if err := counted.Scan(ctx, &counts); err != nil {
		return l, fmt.Errorf("publication: counting feedback: %w", err)
	}
	for _, c := range counts {
		l.Counts[FeedbackState(c.State)] = c.Number
	}
	var rows []feedbackRow
	query := scope(s.core.Store().View(ctx).NewSelect().Model(&rows)).Where("state = ?", string(state))
	order, beyond := "DESC", "<"
	if state == Waiting {
		order, beyond = "ASC", ">"
	}
	if page.After != "" {
		sent, id, _ := strings.Cut(page.After, " ")
		query = query.Where("(sent, id) "+beyond+" (?, ?)", sent, id)
	}
	limit := min(page.Limit, store.MaxLimit)
	if limit <= 0 {
		limit = store.DefaultLimit
	}
	if err := query.OrderExpr("sent " + order + ", id " + order).Limit(int64(limit) + 1).Scan(ctx); err != nil {
		return l, fmt.Errorf("publication: listing feedback: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[len(rows)-1]
		l.Next = last.Sent + " " + last.ID
	}
	for _, r := range rows {
		l.Feedback = append(l.Feedback, r.feedback())
	}
	return l, s.entitle(ctx, l.Feedback)
}

// entitle adds what promises are called, as far as they are public.
func (s *Service) entitle(ctx context.Context, all []Feedback) error {
	promises := []string{""}
	for _, f := range all {
		promises = append(promises, string(f.Promise))
	}
	var rows []struct {
		recordRow
		Address string
	}
	err := s.core.Store().View(ctx).NewSelect().TableExpr("publication_records AS r").ColumnExpr("r.promise, r.key, r.body, p.address").
		Join("JOIN publications AS p ON p.plan = r.plan").Where("r.promise IN (?)", bun.List(promises)).Where("r.until = 0").Where("p.open").Scan(ctx, &rows)
	if err != nil {
		return fmt.Errorf("publication: reading the promises of feedback: %w", err)
	}
	for _, r := range rows {
		p, err := r.promise()
		if err != nil {
			return err
		}
		for i := range all {
			if string(all[i].Promise) == r.Promise {
				all[i].Key, all[i].Title, all[i].Address = r.Key, p.Title, r.Address
			}
		}
	}
	return nil
}

// Accept makes a draft of a supervision order out of what a citizen said; the answer is for him.
func (s *Service) Accept(ctx context.Context, id, answer string, seen int64) (Feedback, error) {
	return s.decide(ctx, id, answer, Accepted, seen)
}

// Reject closes what a citizen said without an order; the answer says why.
func (s *Service) Reject(ctx context.Context, id, answer string, seen int64) (Feedback, error) {
	return s.decide(ctx, id, answer, Rejected, seen)
}

func (s *Service) decide(ctx context.Context, id, answer string, state FeedbackState, seen int64) (Feedback, error) {
	answer = strings.TrimSpace(answer)
	if answer == "" {
		return Feedback{}, faults.New("feedback.answer")
	}
	if utf8.RuneCountInString(answer) > longestWords {
		return Feedback{}, faults.New("feedback.long", strconv.Itoa(longestWords))
	}
	var row feedbackRow
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		row = feedbackRow{}
		err := w.Tx().NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
		if noRows(err) {
			return &store.NotFound{Kind: FeedbackKind, ID: id}
		}
		if err != nil {
			return fmt.Errorf("publication: reading feedback %s: %w", id, err)
		}
		if err := w.AllowFor(ctx, moderate, service.Owned{Lead: ledger.UnitID(row.Government)}); err != nil {
			return err
		}
		before := row.logged()
		if row.State != string(Waiting) {
			return faults.New("feedback.decided")
		}
		if row.Revision != seen {
			return &store.Conflict[Feedback]{Kind: FeedbackKind, ID: id, Seen: seen, Current: store.Record[Feedback]{Value: row.feedback(), Revision: row.Revision}}
		}
		if state == Accepted {
			if row.Order, err = s.takeUp(ctx, row); err != nil {
				return err
			}
		}
		now := s.core.Store().NowText()
		row.State, row.Answer, row.Decided, row.Decider = string(state), answer, &now, string(service.CallerOf(ctx).Account())
		row.Revision++
		result, err := w.Tx().NewUpdate().Model(&row).WherePK().Where("revision = ?", seen).Exec(ctx)
		if err != nil {
			return fmt.Errorf("publication: deciding on feedback %s: %w", id, err)
		}
		if n, err := result.RowsAffected(); err != nil || n != 1 {
			return errors.Join(err, faults.New("feedback.decided"))
		}
		w.Record(moderate, FeedbackKind, id, before, row.logged(), nil)
		return nil
	})
	return row.feedback(), err
}

// longestTitle is how much of a promise's title the title of an order quotes.
const longestTitle = 60

func clipped(title string) string {
	if letters := []rune(title); len(letters) > longestTitle {
		return string(letters[:longestTitle]) + "…"
	}
	return title
}

// takeUp drafts an order about what a citizen said, to who leads the promise. It is a draft: the office works it out
// before it goes to anybody.
func (s *Service) takeUp(ctx context.Context, row feedbackRow) (string, error) {
	if s.options.Orders == nil {
		return "", nil
	}
	c, err := s.core.Store().Commitments().Get(ctx, row.Promise)
	if err != nil {
		return "", err
	}
	if c.Value.Lead == "" {
		return "", faults.New("feedback.owner")
	}
	about := clipped(c.Value.Title)
	basis := say("order.basis").ZH
	drafted, err := s.options.Orders.Draft(ctx, rules.Order{
		Kind: rules.Assign, Title: say("order.title", about).ZH, Basis: basis, Requirement: say("order.requirement", about).ZH, Plan: ledger.PlanID(row.Plan),
		Commitments: []ledger.CommitmentID{c.Value.ID}, Lead: c.Value.Lead, Urgency: rules.Normal,
		Sources: []rules.Source{{Kind: rules.FromCitizen, Ref: row.ID, Title: basis, Wording: row.Words, On: s.core.Today()}},
	})
	return string(drafted.Order.ID), err
}
