package accounting

import (
	"context"
	"crypto/sha256"
	_ "embed" // the rules by which a model words a passage
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"luoshi/internal/access/rate"
	"luoshi/internal/account"
	"luoshi/internal/service"
	"luoshi/internal/service/narrative"
	"luoshi/office/paper"
)

//go:embed narrative.txt
var narrativeRules string

// asking is how often one person may ask for a wording: ten at once, and one more every two minutes.
var asking = rate.Rate{Burst: 10, Second: 1.0 / 120}

// Passage is a block of a report that a model may word anew, with the figures that it is given.
type Passage struct {
	View

	Block paper.Block // as it is printed
	Given []account.Figure
	Model string
}

// Narration is a wording that a model gave and that states no other number than those of its block. Nothing of the
// report has changed: a person takes it over, or leaves it.
type Narration struct {
	Passage

	Text string // with its figures in braces, as edits have them
}

// Narrates tells whether there is a model to ask.
func (s *Service) Narrates() bool { return s.options.Narrator != nil }

// Passage is a block of a draft that the caller may have worded anew.
func (s *Service) Passage(ctx context.Context, id ID, block string) (Passage, error) {
	if !s.Narrates() {
		return Passage{}, faults.New("narrative.off")
	}
	v, err := s.Report(ctx, id)
	if err != nil {
		return Passage{}, err
	}
	if err := s.core.Check(ctx, edit, v.owned()); err != nil {
		return Passage{}, err
	}
	if v.State != Drafted {
		return Passage{}, faults.New("draft.only")
	}
	p := Passage{View: v, Model: s.options.Narrator.Model()}
	at := slices.IndexFunc(v.Shown.Paper.Body, func(b paper.Block) bool { return b.Key == block && b.Kind == paper.Paragraph })
	if at < 0 {
		return Passage{}, faults.New("narrative.block")
	}
	p.Block = v.Shown.Paper.Body[at]
	if p.Given = Worded(v.Shown, p.Block); len(p.Given) == 0 {
		return Passage{}, faults.New("narrative.block")
	}
	return p, nil
}

// Worded are the figures of a paragraph that a model may word anew. There are none where two of them print the same: which
// of them a wording means could not be told.
func Worded(c account.Content, b paper.Block) []account.Figure {
	if b.Kind != paper.Paragraph {
		return nil
	}
	var all []account.Figure
	for _, r := range b.Runs {
		f, known := c.Figures[r.Figure]
		switch {
		case r.Figure == "" || !known:
		case f.Text != r.Text || slices.ContainsFunc(all, func(g account.Figure) bool { return alike(f, g) }):
			return nil
		default:
			all = append(all, f)
		}
	}
	return all
}

// alike tells whether a number in a text may be either of two figures: 5个 may be 5个 and 5个百分点.
func alike(f, g account.Figure) bool {
	return f.Text == g.Text && (strings.HasPrefix(f.Measure, g.Measure) || strings.HasPrefix(g.Measure, f.Measure))
}

// Narrate asks the model for another wording of a block. It is given the block's words and figures and nothing else; what
// comes back is read, and one that states a number it was not given is turned down.
func (s *Service) Narrate(ctx context.Context, id ID, block string) (Narration, error) {
	p, err := s.Passage(ctx, id, block)
	if err != nil {
		return Narration{}, err
	}
	if wait := s.asked.Take(string(service.CallerOf(ctx).Account()), asking); wait > 0 {
		return Narration{Passage: p}, faults.New("narrative.often")
	}
	draft, err := s.options.Narrator.Draft(ctx, narrativeRules, material(p))
	made, found := []paper.Block(nil), []account.Finding(nil)
	switch {
	case err != nil:
	case strings.ContainsAny(draft, "{}"):
		err = narrative.ErrUnreadable // braces name figures, which the model does not know
	default:
		given := map[string]account.Figure{}
		for _, f := range p.Given {
			given[f.Key] = f
		}
		made, found = account.Accept(draft, given)
	}
	if kept := s.recordNarration(ctx, p, draft, found, err); kept != nil {
		return Narration{Passage: p}, kept
	}
	if err != nil {
		return Narration{Passage: p}, unanswered(err)
	}
	if len(found) > 0 {
		return Narration{Passage: p}, faults.New("narrative.numbers", strings.Join(strange(found), "\u3001"))
	}
	lines := make([]string, len(made))
	for i, b := range made {
		lines[i] = account.Marked(b)
	}
	return Narration{Passage: p, Text: strings.Join(lines, "\n")}, nil
}

// TakeOver puts a wording that a person has read into a draft, in the place of its block's.
func (s *Service) TakeOver(ctx context.Context, id ID, block, text string, seen int64) (View, error) {
	if !s.Narrates() {
		return View{}, faults.New("narrative.off")
	}
	return s.change(ctx, id, seen, func(_ context.Context, r *Report) error {
		e := r.Edits
		e.Blocks = slices.Clone(e.Blocks)
		at := e.at(block)
		if at < 0 {
			at = len(e.Blocks)
			e.Blocks = append(e.Blocks, account.Edit{Block: block})
		}
		e.Blocks[at].Text, e.Blocks[at].Model = text, s.options.Narrator.Model()
		return r.apply(e)
	})
}

// material is what a model is given: words and figures, set apart from what it is told to do.
func material(p Passage) string {
	var s strings.Builder
	s.WriteString("【数字】\n")
	for _, f := range p.Given {
		s.WriteString(f.Text + f.Measure + "\u3000" + f.Name + "\n")
	}
	s.WriteString("【原文】\n" + p.Block.String() + "\n")
	return s.String()
}

// strange are the numbers of a wording that were not given, each once.
func strange(found []account.Finding) []string {
	var all []string
	for _, f := range found {
		if text := f.Is; text != "" && !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return all
}

// unanswered is why there is no wording, as people are told.
func unanswered(err error) error {
	switch {
	case errors.Is(err, narrative.ErrUnreachable):
		return faults.New("narrative.unreachable")
	case errors.Is(err, narrative.ErrInside):
		return faults.New("narrative.inside")
	case errors.Is(err, narrative.ErrSlow):
		return faults.New("narrative.slow")
	case errors.Is(err, narrative.ErrRefused):
		return faults.New("narrative.refused")
	case errors.Is(err, narrative.ErrUnreadable):
		return faults.New("narrative.unreadable")
	}
	return err
}

// narrated is what the log keeps of a wording that was asked for.
type narrated struct {
	Block   string   `json:"block"`
	Model   string   `json:"model"`
	Figures []string `json:"figures"`          // that were sent, by their keys
	Answer  string   `json:"answer,omitempty"` // its digest; empty where none came
	Strange []string `json:"strange,omitempty"`
	Failed  string   `json:"failed,omitempty"`
}

// recordNarration keeps in the log who let what be sent, also where nothing came back.
func (s *Service) recordNarration(ctx context.Context, p Passage, draft string, found []account.Finding, failed error) error {
	detail := narrated{Block: p.Block.Key, Model: p.Model, Strange: strange(found)}
	if draft != "" {
		digest := sha256.Sum256([]byte(draft))
		detail.Answer = hex.EncodeToString(digest[:])
	}
	if failed != nil {
		detail.Failed = failed.Error()
	}
	for _, f := range p.Given {
		detail.Figures = append(detail.Figures, f.Key)
	}
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, edit, p.owned()); err != nil {
			return err
		}
		w.Record(edit, Kind, string(p.ID), nil, nil, detail)
		return nil
	})
}
