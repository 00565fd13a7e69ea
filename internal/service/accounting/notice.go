package accounting

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

// tell lets people hear that a report came to them: leaders of one that waits for their approval, and who wrote it of its
// return and of its end.
func (s *Service) tell(ctx context.Context, w *service.Work, r Report, reason string) error {
	if s.options.Tell == nil || notices[string(r.State)].ZH == "" {
		return nil
	}
	why := string(r.State)
	to := message.Audience{Account: r.Author}
	if r.State == Waiting {
		plan, err := s.core.Store().Plans().Get(ctx, string(r.Plan))
		if err != nil {
			return err
		}
		to = message.Audience{Unit: plan.Value.Government, Role: "leader"}
	}
	if r.State == Drafted && reason == "" {
		return nil // its writer took it back
	}
	return s.options.Tell(ctx, w, message.Notice{
		Key: fmt.Sprintf("paper/%s/%s/%d", r.ID, why, r.Revision), To: []message.Audience{to}, Kind: message.OfPaper,
		Title: notices.New(why, r.Title()).Words, Text: ledger.Wording{ZH: reason, EN: reason}, URL: "/papers/" + string(r.ID),
	})
}
