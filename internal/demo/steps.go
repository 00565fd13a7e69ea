package demo

import (
	"context"
	"fmt"
	"strconv"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
)

// step is a line of a file of what people do about one thing after another: orders, bulletins, assessments.
type step struct {
	row
	day                         calendar.Date
	thing, who, do, words, many string
}

// number is how many a step says; 0 where it says none.
func (s step) number() (int, error) {
	if s.many == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s.many)
	if err != nil {
		return 0, fmt.Errorf("%q is no number: %w", s.many, err)
	}
	return n, nil
}

// told are the chapters of a file of steps, which are taken at an hour of their days in the order of the file.
func told(file string, hour int, take func(step) error) ([]chapter, error) {
	all, err := rows(file, 4, 6)
	if err != nil {
		return nil, err
	}
	chapters := make([]chapter, 0, len(all))
	for _, r := range all {
		day, err := r.date(0)
		if err != nil {
			return nil, r.fault(err)
		}
		s := step{row: r, day: day, thing: r.columns[1], who: r.columns[2], do: r.columns[3], words: r.columns[4], many: r.columns[5]}
		chapters = append(chapters, chapter{day, hour, func() error {
			if err := take(s); err != nil {
				return s.fault(err)
			}
			return nil
		}})
	}
	return chapters, nil
}

// standing is the context of somebody who does what is named and has signed in long before: doing it anew each day would
// take the demonstration seconds to begin.
func (t *teller) standing(name string, deeds []access.Action) (context.Context, error) {
	account, there := t.account[name]
	if !there {
		return nil, fmt.Errorf("%q: %w", name, errUnknownKey)
	}
	actor, err := t.Identity.OnBehalf(t.ctx, account, deeds...)
	if err != nil {
		return nil, fmt.Errorf("acting as %s: %w", name, err)
	}
	return service.As(t.ctx, service.Caller{Actor: actor, Request: "demo", Address: "10.12.0.1"}), nil
}
