package storetest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// District is a small fictional district whose records are in a store.
type District struct {
	Government, Bureau, Street ledger.Unit
	Post                       ledger.Post
	Document                   store.Document
	Plan                       ledger.Plan
	Indicator                  ledger.Indicator
	Project                    ledger.Project
	Commitment                 ledger.Commitment
}

// sentence is what the district's plan promises.
const sentence = "新增养老床位200张以上，推进望溪路改造。"

// Settle adds a district to a store: units, a post, a document, and a plan with one of everything.
func Settle(tb testing.TB, s *store.Store) District {
	tb.Helper()
	d := District{}
	d.units(s)
	d.plan(s)
	ctx := tb.Context()
	for _, unit := range []ledger.Unit{d.Government, d.Bureau, d.Street} {
		must(tb, func() error { _, err := s.Units().Add(ctx, unit); return err })
	}
	must(tb, func() error { _, err := s.Posts().Add(ctx, d.Post); return err })
	must(tb, func() error { _, err := s.Documents().Add(ctx, d.Document); return err })
	must(tb, func() error { _, err := s.Plans().Add(ctx, d.Plan); return err })
	must(tb, func() error { _, err := s.Indicators().Add(ctx, d.Indicator); return err })
	must(tb, func() error { _, err := s.Projects().Add(ctx, d.Project); return err })
	must(tb, func() error { _, err := s.Commitments().Add(ctx, d.Commitment); return err })
	return d
}

func must(tb testing.TB, do func() error) {
	tb.Helper()
	if err := do(); err != nil {
		tb.Fatal(err)
	}
}

func (d *District) units(s *store.Store) {
	d.Government = ledger.Unit{ID: store.NewID[ledger.UnitID](s), Kind: ledger.Government, Name: "望溪区人民政府", Aliases: []string{"区政府"}}
	d.Bureau = ledger.Unit{
		ID: store.NewID[ledger.UnitID](s), Parent: d.Government.ID, Kind: ledger.Department, Name: "望溪区民政局",
		Since: calendar.Date{Year: 2019, Month: 3, Day: 1}, Order: 1,
	}
	d.Street = ledger.Unit{
		ID: store.NewID[ledger.UnitID](s), Parent: d.Government.ID, Kind: ledger.StreetOffice, Name: "清河街道办事处", Order: 2,
	}
	d.Post = ledger.Post{ID: store.NewID[ledger.PostID](s), Unit: d.Government.ID, Title: "副区长"}
}

func (d *District) plan(s *store.Store) {
	year := calendar.Date{Year: 2026, Month: 12, Day: 31}
	d.Document = Document("望溪区2026年工作要点", sentence+"\n全年完成投资15.94亿元。")
	d.Plan = ledger.Plan{
		ID: store.NewID[ledger.PlanID](s), Government: d.Government.ID, Year: 2026, Title: "望溪区2026年工作要点", State: ledger.Draft,
		Sources: []ledger.Source{{Document: d.Document.Digest, Name: d.Document.Name, Title: d.Document.Title}},
		Outline: []ledger.Section{{Number: 1, Level: 1, Marker: "一、", Title: "民生"}, {Number: 2, Parent: 1, Level: 2, Title: "养老"}},
	}
	d.Indicator = ledger.Indicator{
		ID: store.NewID[ledger.IndicatorID](s), Plan: d.Plan.ID, Name: "养老床位", Unit: "张", Direction: ledger.More,
		Aggregation: ledger.AsSum, Base: ledger.Int(3120), BaseYear: 2025,
		Series: []ledger.YearFigure{{Year: 2025, Actual: ledger.Int(3120)}, {Year: 2026, Target: ledger.Int(3320)}},
	}
	d.Project = ledger.Project{
		ID: store.NewID[ledger.ProjectID](s), Plan: d.Plan.ID, Number: "WX-07", Name: "望溪路改造", Category: ledger.CityRenewal,
		Stage: ledger.Ongoing, Lead: d.Street.ID, Content: "道路拓宽与雨污分流", Place: ledger.Place{Unit: d.Street.ID, Address: "望溪路"},
		Start: calendar.Date{Year: 2025, Month: 4, Day: 1}, Completion: year, Total: decimal("1594e6"),
		Years:     []ledger.Investment{{Year: 2026, Planned: decimal("40000.50")}},
		Funds:     []ledger.Fund{{Source: ledger.OwnBudget, Planned: ledger.Int(100), Arrived: ledger.Int(60)}},
		Nodes:     []ledger.Node{{Number: 1, Title: "可研批复", By: year}},
		Obstacles: []ledger.Obstacle{{Number: 1, Text: "征地未完成", Unit: d.Bureau.ID, Raised: year}},
	}
	quoted, _ := ledger.Quote(d.Document.Digest, d.Document.Text, 6, 9)
	d.Commitment = d.Promise(s, ledger.CommitmentTerms{
		Number: "2026-001", Title: "新增养老床位", Section: 2, By: year, Firm: true, Lead: d.Bureau.ID,
		Cooperating: []ledger.UnitID{d.Street.ID}, Post: d.Post.ID, Weight: decimal("1.50"), Project: d.Project.ID,
		Targets: []ledger.Target{{
			Number: 1, Subject: "新增养老床位", Indicator: d.Indicator.ID, Cmp: ledger.AtLeast, Value: decimal("200.0"), Unit: "张",
			Measure: ledger.Level, By: year, Firm: true, Quoted: quoted,
		}},
		Milestones: []ledger.Milestone{{Number: 1, Title: "完成选址", By: calendar.Date{Year: 2026, Month: 6, Day: 30}, Weight: decimal("0.4")}},
	})
}

// Promise makes a commitment of the district's plan whose source is the plan's sentence. What the terms
// leave open is filled in.
func (d *District) Promise(s *store.Store, terms ledger.CommitmentTerms) ledger.Commitment {
	terms.ID, terms.Plan = store.NewID[ledger.CommitmentID](s), d.Plan.ID
	if terms.Kind == "" {
		terms.Kind = ledger.KindTask
	}
	if terms.State == "" {
		terms.State = ledger.Prepared
	}
	passage, _ := ledger.Quote(d.Document.Digest, d.Document.Text, 0, len([]rune(sentence)))
	return ledger.NewCommitment(terms, passage)
}

// Promises adds n commitments, numbered from 1001, all in one transaction.
func (d *District) Promises(tb testing.TB, s *store.Store, n int) {
	tb.Helper()
	must(tb, func() error {
		return s.Within(tb.Context(), func(ctx context.Context, _ bun.Tx) error {
			for i := range n {
				terms := ledger.CommitmentTerms{
					Number: fmt.Sprintf("2026-%05d", 1001+i), Title: fmt.Sprintf("第%d项任务", (i*7919)%n), Section: 1 + i%2,
					By: calendar.Date{Year: 2026, Month: int8(1 + i%12), Day: 15}, Lead: d.Bureau.ID,
					Targets: []ledger.Target{{Number: 1, Subject: "完成数量", Cmp: ledger.AtLeast, Value: ledger.Int(int64(i)), Unit: "个", Measure: ledger.Level}},
				}
				if _, err := s.Commitments().Add(ctx, d.Promise(s, terms)); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// Document is a document with a text.
func Document(title, text string) store.Document {
	digest := sha256.Sum256([]byte(text))
	return store.Document{
		Digest: ledger.Digest(hex.EncodeToString(digest[:])), Name: strings.ReplaceAll(title, " ", "") + ".txt",
		MediaType: "text/plain", Size: int64(len(text)), Title: title, Text: text,
	}
}

// decimal is a figure of the district, whose text is known to be one.
func decimal(text string) ledger.Decimal {
	d, _ := ledger.ParseDecimal(text)
	return d
}
