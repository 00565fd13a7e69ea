package supervision

import (
	"context"
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/message"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

//go:embed told.txt
var toldLines string

// telling is who hears of something, and what.
type telling struct {
	to    []string
	words ledger.Wording
}

// tellings are the lines of told.txt.
var tellings = sync.OnceValue(func() map[string]telling {
	all := map[string]telling{}
	for line := range strings.Lines(toldLines) {
		cells := strings.Split(line, "|")
		if len(cells) != 4 || strings.HasPrefix(line, "#") {
			continue
		}
		all[strings.TrimSpace(cells[0])] = telling{
			to: strings.Fields(cells[1]), words: ledger.Wording{ZH: strings.TrimSpace(cells[2]), EN: strings.TrimSpace(cells[3])},
		}
	}
	return all
})

// tell tells those whom a step of an order concerns. Steps are never taken back, so their number names the notice.
func (s *Service) tell(ctx context.Context, w *service.Work, m *matter, step Step) error {
	about := tellings()[step.Action]
	return s.send(ctx, w, m, about.to, step.Action, "step/"+strconv.Itoa(len(m.run.Steps)), said(step.Reason))
}

// tellReply tells the unit that leads, and the office, what one that cooperates has said.
func (s *Service) tellReply(ctx context.Context, w *service.Work, m *matter, reply supervision.Reply) error {
	return s.send(ctx, w, m, []string{"unit", "office"}, reportStep, "reply/"+s.core.Store().NowText(), said(reply.Text))
}

// send sends a notice about an order, once under its key.
func (s *Service) send(ctx context.Context, w *service.Work, m *matter, to []string, about, key string, text ledger.Wording) error {
	if s.options.Tell == nil {
		return nil
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return err
	}
	audience := s.audience(tree, m, to)
	if len(audience) == 0 {
		return nil
	}
	return s.options.Tell(ctx, w, message.Notice{
		Key: "order/" + m.row.ID + "/" + key, To: audience, Kind: message.OfOrder, Text: text, URL: "/orders/" + m.row.ID,
		Title: s.title(tree, m, about), Urgent: m.order.Urgency == supervision.Urgent && about == issueStep,
	})
}

// title is the one line of a notice.
func (s *Service) title(tree *ledger.Tree, m *matter, about string) ledger.Wording {
	unit := tree.Name(m.order.Lead, s.core.Today())
	facts := strings.NewReplacer("{0}", m.order.Number, "{1}", m.order.Title, "{2}", unit)
	words := tellings()[about].words
	return ledger.Wording{ZH: facts.Replace(words.ZH), EN: facts.Replace(words.EN)}
}

// audience is who is meant by recipients of told.txt.
func (s *Service) audience(tree *ledger.Tree, m *matter, to []string) []message.Audience {
	var all []message.Audience
	working := func(units ...ledger.UnitID) {
		for _, unit := range units {
			for _, role := range []access.Role{"reporter", "unit-head"} {
				all = append(all, message.Audience{Unit: unit, Role: role})
			}
		}
	}
	for _, recipient := range to {
		switch recipient {
		case string(supervision.ToUnit):
			working(m.order.Lead)
		case "cooperating":
			working(m.order.Cooperating...)
		case string(supervision.ToHead):
			all = append(all, message.Audience{Unit: m.order.Lead, Role: "unit-head"})
		case string(supervision.ToLeader):
			all = append(all, message.Audience{Unit: s.government(tree, m.order.Lead), Role: "leader"})
		case string(supervision.ToOffice):
			if m.row.Drafter != "" {
				all = append(all, message.Audience{Account: ledger.AccountID(m.row.Drafter)})
			} else {
				all = append(all, message.Audience{Unit: s.government(tree, m.order.Lead), Role: "supervising-office"})
			}
		}
	}
	return all
}

// government is the unit at the top of the tree to which a unit belongs.
func (s *Service) government(tree *ledger.Tree, unit ledger.UnitID) ledger.UnitID {
	today := s.core.Today()
	for range tree.Units() {
		parent := tree.Parent(unit, today)
		if parent == "" {
			break
		}
		unit = parent
	}
	return unit
}
