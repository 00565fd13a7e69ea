package reporting

import (
	"context"
	_ "embed"
	"sync"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/message"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

//go:embed told.txt
var toldLines string

// toldWords are those of notices, in the form of those of faults.
var toldWords = sync.OnceValue(func() service.Faults { return service.ParseFaults(toldLines) })

// reminded are the roles of a unit that hear that its form is waited for.
var reminded = []access.Role{"reporter", "unit-head"}

// tellSilent tells units that their forms of a round are waited for, once a day.
func (s *Service) tellSilent(ctx context.Context, w *service.Work, round reporting.Round, units []string) error {
	if s.options.Tell == nil {
		return nil
	}
	today := s.core.Today()
	code := "waiting"
	if round.Due.Before(today) {
		code = "late"
	}
	period := round.Period.Title()
	notices := make([]message.Notice, len(units))
	for i, unit := range units {
		n := message.Notice{
			Key: "round/" + string(round.ID) + "/" + unit + "/" + today.String(), Kind: message.OfReport, URL: "/reports",
			Title: ledger.Wording{ZH: toldWords().New(code, period.ZH, round.Due.String()).Words.ZH, EN: toldWords().New(code, period.EN, round.Due.String()).Words.EN},
			Text:  toldWords().New("text").Words,
		}
		for _, role := range reminded {
			n.To = append(n.To, message.Audience{Unit: ledger.UnitID(unit), Role: role})
		}
		notices[i] = n
	}
	return s.options.Tell(ctx, w, notices...)
}
