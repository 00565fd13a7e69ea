package indicators

import (
	"context"
	"net/http"
	"slices"
	"strings"

	uses "luoshi/internal/service/peers"
	"luoshi/internal/web"
	"luoshi/internal/web/charts"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// peerForm is the form of another government's figure.
type peerForm struct {
	indicatorPage
	Name, Period, Figure, Growth, Source, Reason string
	Whole                                        bool
	There                                        bool // there is one, which is changed with a reason
	Periods                                      []page.Option
	Seen                                         int64
}

// readPeers adds what other governments state.
func (p *Pages) readPeers(ctx context.Context, s *indicatorPage) error {
	var err error
	s.MayPeer = p.peers.MayEnter(ctx, s.Value.ID)
	s.Peers, err = p.peers.Of(ctx, s.Value.ID)
	return err
}

// compared are the growth of an indicator and that of other governments through time.
func compared(v page.View, s indicatorPage) charts.Lines {
	byName, lines := map[string]int{}, []charts.Line{}
	add := func(name string, own bool, period reporting.Period, growth ledger.Decimal) {
		if !growth.Known() {
			return
		}
		at, there := byName[name]
		if !there {
			at, byName[name] = len(lines), len(lines)
			lines = append(lines, charts.Line{Name: name, Own: own, Values: map[reporting.Period]ledger.Decimal{}})
		}
		lines[at].Values[period] = growth
	}
	for _, p := range withOwn(v, s) {
		add(p.Name, p.Revision == 0, p.Period, p.Growth)
	}
	return charts.Lines{ID: "peers-chart", Title: v.T("indicators.peers.chart", s.Value.Name), Desc: v.T("indicators.peers.desc"), Unit: "%", Lines: lines}
}

// ownAt is what is locked of the indicator itself up to the end of a period, as a line between those of others. The
// figure so far of June is that of the first half-year.
func ownAt(v page.View, s indicatorPage, period reporting.Period) (uses.Peer, bool) {
	own := uses.Peer{Name: v.T("indicators.peers.own"), Period: period}
	for _, course := range s.Going.Courses {
		for _, point := range slices.Backward(course.Points) {
			if point.State == reporting.Locked && point.Period.Span().To == period.Span().To {
				own.Figure, own.Growth = point.Cumulative, point.Growth
				return own, true
			}
		}
	}
	return own, false
}

// periods are those of which somebody may state something: of the plan's year.
func periods(v page.View, year int) []page.Option {
	var options []page.Option
	of := reporting.Period{Frequency: reporting.Yearly, Year: year, Number: 1}
	for _, f := range []reporting.Frequency{reporting.Yearly, reporting.HalfYearly, reporting.Quarterly, reporting.Monthly} {
		for _, period := range of.Through(f) {
			options = append(options, page.Option{Value: period.Key(), Label: v.Wording(period.Title())})
		}
	}
	return options
}

func (p *Pages) peerForm(w http.ResponseWriter, r *http.Request) error {
	f, err := p.peerOf(r)
	if err != nil {
		return err
	}
	f.Name, f.Period = r.URL.Query().Get("name"), r.URL.Query().Get("period")
	for _, known := range f.Peers {
		if known.Name == f.Name && known.Period.Key() == f.Period {
			f.There, f.Seen, f.Source, f.Whole = true, known.Revision, known.Source, known.Whole
			f.Figure, f.Growth = forms.FigureText(known.Figure), forms.FigureText(known.Growth)
		}
	}
	return web.Show(w, r, peerPage(f))
}

// peerOf is a form for who may send it; others are refused before they type anything.
func (p *Pages) peerOf(r *http.Request) (peerForm, error) {
	var f peerForm
	var err error
	if f.indicatorPage, err = p.load(r.Context(), indicatorID(r)); err != nil {
		return f, err
	}
	if err := p.peers.Check(r.Context(), f.Value.ID); err != nil {
		return f, err
	}
	f.Periods = periods(page.Of(r.Context()), f.Plan.Year)
	return f, p.readPeers(r.Context(), &f.indicatorPage)
}

func (p *Pages) setPeer(w http.ResponseWriter, r *http.Request) error {
	f, err := p.peerOf(r)
	if err != nil {
		return err
	}
	v := forms.ValuesOf(r)
	f.Name, f.Period, f.Figure, f.Growth = v.Text("name"), v.Text("period"), v.Text("figure"), v.Text("growth")
	f.Source, f.Reason, f.Seen = v.Text("source"), v.Text("reason"), forms.Seen(r)
	f.There, f.Whole = f.Seen > 0, v.Text("whole") == "1"
	peer := uses.Peer{Indicator: f.Value.ID, Name: f.Name, Figure: v.Figure("figure"), Growth: v.Figure("growth"), Source: f.Source, Whole: f.Whole}
	if period, err := reporting.ParsePeriod(f.Period); err == nil {
		peer.Period = period
	}
	if v.None() {
		if err = p.peers.Set(r.Context(), peer, f.Reason, f.Seen); err == nil {
			web.Flash(w, r, page.Success, "indicators.peers.saved", peer.Name)
			return web.Redirect(w, r, page.IndicatorURL(f.Value.ID, "")+"#peers")
		}
	}
	status := http.StatusUnprocessableEntity
	if now, stale := forms.Stale[uses.Peer](err); stale {
		f.Seen, f.There, status = now.Revision, true, http.StatusConflict
		f.Add("", page.T(r.Context(), "indicators.peers.changed", forms.FigureText(now.Value.Figure), forms.FigureText(now.Value.Growth)))
	} else {
		ok := false
		if f.Errors, ok = forms.Mendable(r, v, err); !ok {
			return err
		}
	}
	return web.ShowStatus(w, r, status, peerPage(f))
}

func (p *Pages) dropPeer(w http.ResponseWriter, r *http.Request) error {
	f, err := p.peerOf(r)
	if err != nil {
		return err
	}
	v := forms.ValuesOf(r)
	period, err := reporting.ParsePeriod(v.Text("period"))
	if err != nil {
		period = reporting.Period{}
	}
	if err := p.peers.Drop(r.Context(), f.Value.ID, strings.TrimSpace(r.PostFormValue("name")), period, v.Text("reason"), forms.Seen(r)); err != nil {
		return err
	}
	web.Flash(w, r, page.Success, "indicators.peers.dropped", v.Text("name"))
	return web.Redirect(w, r, page.IndicatorURL(f.Value.ID, "")+"#peers")
}
