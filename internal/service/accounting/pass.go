package accounting

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"luoshi/internal/account"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// Pass passes over a contradiction that reading a report back has found: what a unit wrote speaks of something else. It
// takes somebody who may review reports and has not drafted this one, and a reason. It holds for the figures as they are:
// it is gone as soon as one of them changes.
func (s *Service) Pass(ctx context.Context, id ID, mark, reason string, seen int64) (View, error) {
	r, err := s.get(ctx, id)
	if err != nil {
		return View{}, err
	}
	if err := s.core.Check(ctx, review, r.owned()); err != nil {
		return View{}, err
	}
	reason = strings.TrimSpace(reason)
	switch {
	case r.State == Frozen || r.State == Dropped:
		return View{}, faults.New("pass.over")
	case r.Author == service.CallerOf(ctx).Account():
		return View{}, faults.New("pass.own")
	case reason == "":
		return View{}, faults.New("pass.reason")
	case utf8.RuneCountInString(reason) > longestLine:
		return View{}, faults.New("line.long", strconv.Itoa(longestLine))
	}
	found, err := s.verify(ctx, r)
	if err != nil {
		return View{}, err
	}
	i := slices.IndexFunc(found.Differences, func(d account.Difference) bool { return d.Arguable && d.Mark == mark })
	if i < 0 {
		return View{}, faults.New("pass.unknown")
	}
	d := found.Differences[i]
	return s.judged(ctx, id, seen, func(r *Report) (account.Pass, error) {
		pass := account.Pass{
			Mark: mark, Text: ledger.Wording{ZH: d.Error.Message.ZH, EN: d.Error.Message.EN}, Figures: d.Figures, Reason: reason,
			Account: service.CallerOf(ctx).Account(), At: s.core.Store().Now(),
		}
		r.Passes = append(slices.Clone(r.Passes), pass)
		return pass, nil
	})
}

// Withdraw takes back that a contradiction was passed over.
func (s *Service) Withdraw(ctx context.Context, id ID, mark string, seen int64) (View, error) {
	r, err := s.get(ctx, id)
	if err != nil {
		return View{}, err
	}
	if err := s.core.Check(ctx, review, r.owned()); err != nil {
		return View{}, err
	}
	if r.State == Frozen || r.State == Dropped {
		return View{}, faults.New("pass.over")
	}
	return s.judged(ctx, id, seen, func(r *Report) (account.Pass, error) {
		i := slices.IndexFunc(r.Passes, func(p account.Pass) bool { return p.Mark == mark })
		if i < 0 {
			return account.Pass{}, faults.New("pass.unknown")
		}
		gone := r.Passes[i]
		r.Passes = slices.Delete(slices.Clone(r.Passes), i, i+1)
		return gone, nil
	})
}

// judged keeps what was decided about a contradiction of a report, at the revision of it that was looked at.
func (s *Service) judged(ctx context.Context, id ID, seen int64, decide func(r *Report) (account.Pass, error)) (View, error) {
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		r, err := s.hold(ctx, w.Tx(), id, seen)
		if r.ID == "" {
			return err
		}
		if err := w.AllowFor(ctx, review, r.owned()); err != nil {
			return err
		}
		if err != nil {
			return err
		}
		earlier := logged(r)
		about, err := decide(&r)
		if err != nil {
			return err
		}
		w.Record(review, Kind, string(id), earlier, logged(r), about)
		return s.keep(ctx, w.Tx(), &r)
	})
	if err != nil {
		return View{}, err
	}
	return s.Report(ctx, id)
}

// held are the contradictions passed over whose figures a report still prints as it did then.
func (r Report) held() []account.Pass {
	printed, _ := r.Printed()
	return slices.DeleteFunc(slices.Clone(r.Passes), func(p account.Pass) bool { return !p.Holds(printed) })
}
