package livelihood

import (
	"context"
	_ "embed" // the words of notices
	"fmt"

	"luoshi/internal/service"
	"luoshi/internal/service/message"
	"luoshi/ledger"
)

//go:embed notices.txt
var noticeLines string

var notices = service.ParseFaults(noticeLines)

// tellDeputies lets the deputies know that they can vote.
func (s *Service) tellDeputies(ctx context.Context, w *service.Work, r Round) error {
	return s.tell(ctx, w, message.Notice{
		Key: fmt.Sprintf("livelihood/%s/turn/%d", r.ID, len(r.Turns)), To: []message.Audience{{Unit: r.Government, Role: "deputy"}},
		Kind: message.OfLivelihood, Title: notices.New("vote", r.Title).Words, URL: "/livelihood/rounds/" + string(r.ID),
	})
}

// tellUnit lets the unit of an item know how far it is.
func (s *Service) tellUnit(ctx context.Context, w *service.Work, c ledger.Commitment, revision int64, why, reason string) error {
	if c.Lead == "" {
		return nil
	}
	said := notices.New(why, c.Title, reason).Words
	return s.tell(ctx, w, message.Notice{
		Key: fmt.Sprintf("livelihood/item/%s/%d", c.ID, revision), To: []message.Audience{{Unit: c.Lead}},
		Kind: message.OfLivelihood, Title: said, URL: "/livelihood/items/" + string(c.ID),
	})
}

func (s *Service) tell(ctx context.Context, w *service.Work, n message.Notice) error {
	if s.options.Tell == nil {
		return nil
	}
	return s.options.Tell(ctx, w, n)
}
