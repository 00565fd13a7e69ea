// Package peers is the figures of other governments beside a plan's own: what they state of an indicator for a period, and
// where. The statistics office or the supervising office enters them.
package peers

import (
	"cmp"
	"context"
	_ "embed" // the faults
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/peers/migrations"
	figures "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Room is the table of the figures.
func Room() store.Room { return store.Room{Name: "peers", Files: migrations.Files} }

// Service is the use cases. It is safe for concurrent use.
type Service struct {
	core    *service.Core
	figures *figures.Service
}

// New makes the use cases of a core; reporting knows which unit is the statistics office of a plan.
func New(core *service.Core, reporting *figures.Service) *Service {
	return &Service{core: core, figures: reporting}
}

//go:embed faults.txt
var faultLines string

var faults = service.ParseFaults(faultLines)

// Kind is what the log calls the figures; they are named by indicator, government and period.
const Kind = "indicator_peers"

const (
	read  access.Action = "indicator.read"
	enter access.Action = "indicator.peers"
)

// Peer is what another government states of an indicator for a period.
type Peer struct {
	Indicator ledger.IndicatorID `json:"indicator"`
	Name      string             `json:"name"` // of the government
	Period    reporting.Period   `json:"period"`
	Figure    ledger.Decimal     `json:"figure,omitzero"` // up to the end of the period
	Growth    ledger.Decimal     `json:"growth,omitzero"` // in per cent
	Source    string             `json:"source"`          // what states it
	// Whole says that it is of the larger area that the plan's own government is a part of, such as 全市: figures are
	// compared with it, and it has no place in a ranking.
	Whole    bool             `json:"whole,omitempty"`
	By       ledger.AccountID `json:"-"`
	At       time.Time        `json:"-"`
	Revision int64            `json:"-"`
}

const (
	longestName   = 50
	longestSource = 200
	longestReason = 300
)

// fits tells whether a text says something, and not too much.
func fits(text string, longest int) bool {
	return text != "" && utf8.RuneCountInString(text) <= longest
}

func (p Peer) check() error {
	switch {
	case !fits(p.Name, longestName):
		return faults.New("peer.name")
	case p.Period.IsZero():
		return faults.New("peer.period")
	case !p.Figure.Known() && !p.Growth.Known():
		return faults.New("peer.figure")
	case !fits(p.Source, longestSource):
		return faults.New("peer.source")
	}
	return nil
}

type peerRow struct {
	bun.BaseModel `bun:"table:indicator_peers,alias:indicator_peers"`
	Indicator     string `bun:"indicator,pk"`
	Name          string `bun:"name,pk"`
	Period        string `bun:"period,pk"`
	Revision      int64  `bun:"revision"`
	Figure        string `bun:"figure"`
	Growth        string `bun:"growth"`
	Source        string `bun:"source"`
	Whole         bool   `bun:"whole"`
	Account       string `bun:"account"`
	AtTime        string `bun:"at_time"`
	Dropped       bool   `bun:"dropped"`
}

func (r peerRow) peer() (Peer, error) {
	p := Peer{
		Indicator: ledger.IndicatorID(r.Indicator), Name: r.Name, Source: r.Source, Whole: r.Whole, By: ledger.AccountID(r.Account), At: store.TimeOf(r.AtTime),
		Revision: r.Revision,
	}
	var err error
	if p.Period, err = reporting.ParsePeriod(r.Period); err != nil {
		return p, fmt.Errorf("peers: reading a period: %w", err)
	}
	for text, into := range map[*string]*ledger.Decimal{&r.Figure: &p.Figure, &r.Growth: &p.Growth} {
		if *text == "" {
			continue
		}
		if *into, err = ledger.ParseDecimal(*text); err != nil {
			return p, fmt.Errorf("peers: reading a figure: %w", err)
		}
	}
	return p, nil
}

// written is a figure as its row has it.
func written(d ledger.Decimal) string {
	if !d.Known() {
		return ""
	}
	return d.Plain()
}

// plan is the plan of an indicator.
func (s *Service) plan(ctx context.Context, id ledger.IndicatorID) (ledger.Plan, error) {
	indicator, err := s.core.Store().Indicators().Get(ctx, string(id))
	if err != nil {
		return ledger.Plan{}, err
	}
	plan, err := s.core.Store().Plans().Get(ctx, string(indicator.Value.Plan))
	return plan.Value, err
}

// Of are the figures of an indicator: the last period first, and in it by name.
func (s *Service) Of(ctx context.Context, id ledger.IndicatorID) ([]Peer, error) {
	plan, err := s.plan(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := s.core.Check(ctx, read, service.Owned{Lead: plan.Government}); err != nil {
		return nil, err
	}
	return s.peers(ctx, "indicator = ?", id)
}

// In are the figures of a plan's indicators for a period, by name.
func (s *Service) In(ctx context.Context, id ledger.PlanID, period reporting.Period) (map[ledger.IndicatorID][]Peer, error) {
	plan, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return nil, err
	}
	if err := s.core.Check(ctx, read, service.Owned{Lead: plan.Value.Government}); err != nil {
		return nil, err
	}
	all, err := s.peers(ctx, "period = ? AND indicator IN (SELECT id FROM indicators WHERE plan = ?)", period.Key(), id)
	byIndicator := map[ledger.IndicatorID][]Peer{}
	for _, p := range all {
		byIndicator[p.Indicator] = append(byIndicator[p.Indicator], p)
	}
	return byIndicator, err
}

func (s *Service) peers(ctx context.Context, condition string, args ...any) ([]Peer, error) {
	var rows []peerRow
	query := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("NOT dropped").Where(condition, args...)
	if err := query.Order("name").Scan(ctx); err != nil {
		return nil, fmt.Errorf("peers: reading figures of other governments: %w", err)
	}
	all := make([]Peer, len(rows))
	for i, r := range rows {
		var err error
		if all[i], err = r.peer(); err != nil {
			return nil, err
		}
	}
	return inTime(all), nil
}

// MayEnter tells whether a page offers the caller to enter figures of an indicator.
func (s *Service) MayEnter(ctx context.Context, id ledger.IndicatorID) bool {
	plan, err := s.plan(ctx, id)
	if err != nil || !s.core.May(ctx, enter) {
		return false
	}
	owned, err := s.owned(ctx, plan)
	return err == nil && s.core.Can(ctx, enter, owned)
}

// clerk is the part of the program that looks up which unit is the statistics office.
var clerk = service.Caller{System: "peers", May: []access.Action{"period.read"}}

// owned is whose the figures are: the statistics office's, the government's where it has none.
func (s *Service) owned(ctx context.Context, plan ledger.Plan) (service.Owned, error) {
	settings, err := s.figures.Settings(service.As(ctx, clerk), plan.ID)
	return service.Owned{Lead: cmp.Or(settings.Value.Asking.StatisticsUnit, plan.Government)}, err
}

// Check fails where the caller may not enter figures of an indicator.
func (s *Service) Check(ctx context.Context, id ledger.IndicatorID) error {
	plan, err := s.plan(ctx, id)
	if err != nil {
		return err
	}
	owned, err := s.owned(ctx, plan)
	if err != nil {
		return err
	}
	return s.core.Check(ctx, enter, owned)
}
