package assessment

import (
	"context"
	_ "embed" // the words of notices
	"slices"
	"strconv"
	"strings"
	"sync"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/message"
	"luoshi/ledger"
)

//go:embed told.txt
var toldLines string

// telling is who hears of a step, and what.
type telling struct {
	to    string
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
		all[strings.Join(strings.Fields(cells[0]), " ")] = telling{
			to: strings.TrimSpace(cells[1]), words: ledger.Wording{ZH: strings.TrimSpace(cells[2]), EN: strings.TrimSpace(cells[3])},
		}
	}
	return all
})

// notice is a notice of a step of told.txt, which is about a record at a revision: each revision has one step.
func notice(about telling, kind message.Kind, table, id string, revision int64, facts ...string) message.Notice {
	put := strings.NewReplacer("{0}", facts[0], "{1}", facts[len(facts)-1])
	return message.Notice{
		Key: strings.Join([]string{table, id, strconv.FormatInt(revision, 10)}, "/"), Kind: kind, URL: "/" + table + "/" + id,
		Title: ledger.Wording{ZH: put.Replace(about.words.ZH), EN: put.Replace(about.words.EN)},
	}
}

// tell tells those whom a step of an assessment concerns. Units are those that appeal, where one does.
func (s *Service) tell(ctx context.Context, w *work, step string, units ...ledger.UnitID) error {
	about, told := tellings()["assessment "+step]
	if !told || s.options.Tell == nil {
		return nil
	}
	until := ""
	if c, err := s.caseOf(ctx, w.before); err != nil {
		return err
	} else if term, runs := c.Term("appeals"); runs {
		until = term.Due.String()
	}
	n := notice(about, message.OfAssessment, Kind, w.row.ID, w.row.Revision, w.before.Scheme.Title, until)
	switch about.to {
	case "leader":
		n.To = []message.Audience{{Unit: w.before.Government, Role: "leader"}}
	case "office":
		n.To = []message.Audience{{Unit: w.before.Government, Role: "supervising-office"}}
	case "unit":
		n.To = workers(units)
	case "units":
		n.To = workers(w.before.Scheme.Units())
	}
	return s.options.Tell(ctx, w.Work, n)
}

// tellTour tells those whom a step of a round concerns.
func (s *Service) tellTour(ctx context.Context, w *service.Work, t Tour, step string) error {
	about, told := tellings()["tour "+step]
	if !told || s.options.Tell == nil {
		return nil
	}
	n := notice(about, message.OfTour, TourKind, string(t.ID), t.Revision, t.Title)
	switch about.to {
	case "judges":
		for _, judge := range t.Judges {
			n.To = append(n.To, message.Audience{Account: judge})
		}
	case "shown":
		var units []ledger.UnitID
		for _, p := range t.Projects {
			if p.Unit != "" && !slices.Contains(units, p.Unit) {
				units = append(units, p.Unit)
			}
		}
		n.To = workers(units)
	}
	return s.options.Tell(ctx, w, n)
}

// workers are those of units who see what their unit is given: its heads and reporters.
func workers(units []ledger.UnitID) []message.Audience {
	var all []message.Audience
	for _, unit := range units {
		for _, role := range []access.Role{"unit-head", "reporter"} {
			all = append(all, message.Audience{Unit: unit, Role: role})
		}
	}
	return all
}
