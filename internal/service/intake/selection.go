package intake

import (
	"context"
	"strings"
	"unicode/utf8"

	"luoshi/ledger"
	"luoshi/ledger/intake"
)

// Selection is words of a document that people select: by their place, or, where no place is known, by the words
// themselves.
type Selection struct {
	At, End int
	Words   string
}

// Select is the item that a selection makes: the promise that reading did not propose. Nothing is changed; the
// item is for a step that adds it.
func (s *Service) Select(ctx context.Context, digest ledger.Digest, selection Selection) (intake.Item, error) {
	doc, err := s.Document(ctx, digest)
	if err != nil {
		return intake.Item{}, err
	}
	result, err := s.Result(ctx, digest)
	if err != nil {
		return intake.Item{}, err
	}
	text := doc.Value.Text
	if words := strings.TrimSpace(selection.Words); selection.End <= selection.At && words != "" {
		begin := strings.Index(text, words)
		if begin < 0 {
			return intake.Item{}, newFault("review.words_absent", nil, words)
		}
		selection.At = utf8.RuneCountInString(text[:begin])
		selection.End = selection.At + utf8.RuneCountInString(words)
	}
	passage, err := ledger.Quote(digest, text, selection.At, selection.End)
	if err != nil {
		return intake.Item{}, newFault("review.selection", err)
	}
	item := intake.Select(passage, result.SectionAt(selection.At), result.Figures)
	if len(item.Source) == 0 {
		return item, newFault("review.selection", nil)
	}
	return item, nil
}
