package bulletin

import (
	"context"
	_ "embed" // the words of notices
	"fmt"

	"luoshi/internal/service"
	"luoshi/internal/service/message"
	"luoshi/ledger"
)

// Why a unit hears of a bulletin: it was published, or the unit has not confirmed it yet.
const (
	published = "published"
	unread    = "unread"
)

//go:embed notices.txt
var noticeLines string

var notices = service.ParseFaults(noticeLines)

// tell lets units hear of a bulletin; of the same thing once.
func (s *Service) tell(ctx context.Context, w *service.Work, b Bulletin, why, key string, units []ledger.UnitID) error {
	if s.options.Tell == nil {
		return nil
	}
	title := notices.New(why, b.Number.String(), b.Title).Words
	var all []message.Notice
	for _, unit := range units {
		all = append(all, message.Notice{
			Key: fmt.Sprintf("bulletin/%s/%s/%s", b.ID, unit, key), To: []message.Audience{{Unit: unit}}, Kind: message.OfBulletin,
			Title: title, URL: "/bulletins/" + string(b.ID),
		})
	}
	return s.options.Tell(ctx, w, all...)
}
