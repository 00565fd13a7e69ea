package api

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/api/ical"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// mostDates bounds a calendar; what is due earliest comes first.
const mostDates = 2000

// FeedQuery narrows a calendar.
type FeedQuery struct {
	Plan ledger.PlanID `query:"plan" maxLength:"100"`
	Unit ledger.UnitID `query:"unit" maxLength:"100" doc:"Leads it or takes part"`
	Lead ledger.UnitID `query:"lead" maxLength:"100"`
}

// feed is a calendar as the answer.
type feed struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

// calendarType is the content type of calendars.
const calendarType = "text/calendar"

// deadlines are the days on which commitments that are in force are due, with their milestones, as a calendar.
func (a *API) deadlines(ctx context.Context, q FeedQuery) (*feed, error) {
	c := ical.Calendar{Product: "-//Luoshi//Ledger//ZH", Name: exchangeOf(ctx).in(ledger.Wording{ZH: "落实到期事项", EN: "Deadlines of Luoshi"})}
	page := store.Page{Order: "by", Limit: store.MaxLimit}
	query := planning.CommitmentQuery{Plan: q.Plan, Unit: q.Unit, Lead: q.Lead, State: ledger.InForce}
	for len(c.Events) < mostDates {
		list, err := a.options.Planning.Commitments(ctx, query, page)
		if err != nil {
			return nil, err
		}
		for _, r := range list.Records {
			c.Events = append(c.Events, datesOf(r)...)
		}
		if page.After = list.Next; page.After == "" {
			break
		}
	}
	slices.SortStableFunc(c.Events, func(a, b ical.Event) int { return strings.Compare(a.Day.String(), b.Day.String()) })
	c.Events = c.Events[:min(len(c.Events), mostDates)]
	var out bytes.Buffer
	if err := c.Write(&out); err != nil {
		return nil, fmt.Errorf("writing a calendar: %w", err)
	}
	return &feed{ContentType: calendarType + "; charset=utf-8", Body: out.Bytes()}, nil
}

// datesOf are the days of a commitment: its deadline and those of its milestones.
func datesOf(r store.Record[ledger.Commitment]) []ical.Event {
	c, title := r.Value, r.Value.Title
	if c.Number != "" {
		title = c.Number + " " + title
	}
	event := func(part, summary string, day calendar.Date) ical.Event {
		return ical.Event{
			UID: string(c.ID) + part + "@luoshi", Sequence: int(r.Revision), Changed: r.Updated, Day: day, Summary: summary,
			Details: c.Wording(), Labels: []string{c.Kind.Label().ZH},
		}
	}
	var all []ical.Event
	if !c.By.IsZero() {
		all = append(all, event("", title, c.By))
	}
	for _, m := range c.Milestones {
		all = append(all, event(fmt.Sprintf(".%d", m.Number), title+"："+m.Title, m.By))
	}
	return all
}

func (a *API) feedOperations() {
	register(a, "get-calendar", func(ctx context.Context, in *FeedQuery) (*feed, error) {
		return a.deadlines(ctx, *in)
	}, answering(calendarType, "The deadlines as a calendar (RFC 5545)"))
	register(a, "make-calendar-address", func(ctx context.Context, _ *struct{}) (*plain[CalendarAddress], error) {
		secret, err := a.newAddress(ctx)
		if err != nil {
			return nil, err
		}
		return &plain[CalendarAddress]{Body: CalendarAddress{Path: calendarPath(secret)}}, nil
	}, unkept)
	register(a, "drop-calendar-address", func(ctx context.Context, _ *struct{}) (*done, error) {
		return nil, a.dropAddress(ctx)
	})
	register(a, "get-calendar-by-address", func(ctx context.Context, in *struct {
		FeedQuery
		Secret string `path:"secret" maxLength:"100"`
	},
	) (*feed, error) {
		ctx, err := a.byAddress(ctx, in.Secret)
		if err != nil {
			return nil, err
		}
		return a.deadlines(ctx, in.FeedQuery)
	}, answering(calendarType, "The deadlines as a calendar (RFC 5545)"))
}
