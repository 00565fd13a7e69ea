package message

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
)

// Way is how a channel is told of a kind of notices.
type Way string

// The ways.
const (
	Usual Way = "usual" // at once where it is urgent, otherwise with the digest of the working day
	Once  Way = "once"  // at once, though not by night or on days off unless it is urgent
	None  Way = "none"  // not at all: it is in the inbox only
)

// Ways are all ways.
var Ways = []Way{Usual, Once, None}

// Rule is by which channels people hear of a kind of notices. Their inboxes have every notice whatever it says.
type Rule struct {
	Kind  Kind `json:"kind"`
	Email Way  `json:"email"`
	Chats Way  `json:"chats"` // of the robots of units
	// Fixed keeps people from leaving the kind out of their e-mails. Who wants no e-mail at all gets none.
	Fixed bool `json:"fixed"`
}

// Rules are the rules of all kinds in the order of kinds.txt.
type Rules []Rule

// RulesKind is what the log calls the rules.
const RulesKind = "message_rules"

// rulesID names the rules in the log: there is one set of them.
const rulesID = "rules"

//go:embed rules.txt
var ruleLines string

// usualRules are those of a district that has set none.
var usualRules = sync.OnceValue(func() Rules {
	given := map[Kind]Rule{}
	for line := range strings.Lines(ruleLines) {
		line = strings.TrimSpace(line)
		cells := strings.Split(line, "|")
		if line == "" || strings.HasPrefix(line, "#") || len(cells) != 4 {
			continue // the test of the package finds a line that is none
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		kind := Kind(cells[0])
		given[kind] = Rule{Kind: kind, Email: Way(cells[1]), Chats: Way(cells[2]), Fixed: cells[3] == "fixed"}
	}
	rules := make(Rules, 0, len(Kinds()))
	for _, k := range Kinds() {
		rules = append(rules, given[k.Kind])
	}
	return rules
})

// UsualRules are the rules that a district begins with.
func UsualRules() Rules { return slices.Clone(usualRules()) }

// Of is the rule of a kind.
func (r Rules) Of(kind Kind) Rule {
	if i := slices.IndexFunc(r, func(rule Rule) bool { return rule.Kind == kind }); i >= 0 {
		return r[i]
	}
	return Rule{Kind: kind, Email: Usual, Chats: Usual}
}

// kinds are the names of those kinds whose rules fit.
func (r Rules) kinds(fits func(Rule) bool) []string {
	var names []string
	for _, rule := range r {
		if fits(rule) {
			names = append(names, string(rule.Kind))
		}
	}
	return names
}

// sound tells what is wrong with rules.
func (r Rules) sound() error {
	for _, k := range Kinds() {
		rule := r.Of(k.Kind)
		if !slices.Contains(Ways, rule.Email) || !slices.Contains(Ways, rule.Chats) {
			return fault("rules.way")
		}
		if rule.Fixed && rule.Email == None {
			return fault("rules.fixed")
		}
	}
	return nil
}

// Rules are the rules that hold, at revision 0 while the district has set none.
func (s *Service) Rules(ctx context.Context) (store.Record[Rules], error) {
	if err := s.core.Check(ctx, readSent, service.Owned{}); err != nil {
		return store.Record[Rules]{}, err
	}
	return s.rules(ctx)
}

// OwnRules are the rules that hold, for somebody who chooses what he is told.
func (s *Service) OwnRules(ctx context.Context) (Rules, error) {
	if _, err := s.account(ctx); err != nil {
		return nil, err
	}
	record, err := s.rules(ctx)
	return record.Value, err
}

func (s *Service) rules(ctx context.Context) (store.Record[Rules], error) {
	var rows []ruleRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Scan(ctx); err != nil {
		return store.Record[Rules]{}, fmt.Errorf("reading by which channels people hear of what: %w", err)
	}
	record := store.Record[Rules]{Value: UsualRules()}
	for _, row := range rows {
		record.Revision, record.Updated = row.Revision, store.TimeOf(row.Updated)
		// A kind that came with a later version of the program has no row yet and keeps what that version gives it.
		if i := slices.IndexFunc(record.Value, func(r Rule) bool { return string(r.Kind) == row.Kind }); i >= 0 {
			record.Value[i] = Rule{Kind: Kind(row.Kind), Email: Way(row.Email), Chats: Way(row.Chats), Fixed: row.Fixed}
		}
	}
	return record, nil
}

// SetRules decides by which channels people hear of what; a kind that is not given gets the usual rule of all.
func (s *Service) SetRules(ctx context.Context, rules Rules, seen int64) error {
	if err := rules.sound(); err != nil {
		return err
	}
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow(channels, access.Object{}); err != nil {
			return err
		}
		return s.replaceRules(ctx, w, rules, seen)
	})
}

// replaceRules writes the rules in place of those that somebody saw.
func (s *Service) replaceRules(ctx context.Context, w *service.Work, rules Rules, seen int64) error {
	before, err := s.rules(ctx)
	if err != nil {
		return err
	}
	clash := &store.Conflict[Rules]{Kind: RulesKind, ID: rulesID, Seen: seen, Current: before}
	if before.Revision != seen {
		return clash
	}
	now := s.core.Store().NowText()
	var rows []ruleRow
	var after Rules
	for _, k := range Kinds() {
		rule := rules.Of(k.Kind)
		after = append(after, rule)
		rows = append(rows, ruleRow{Kind: string(rule.Kind), Revision: seen + 1, Updated: now, Email: string(rule.Email), Chats: string(rule.Chats), Fixed: rule.Fixed})
	}
	result, err := w.Tx().NewInsert().Model(&rows).On("CONFLICT (kind) DO UPDATE").Set("revision = EXCLUDED.revision").Set("updated = EXCLUDED.updated").
		Set("email = EXCLUDED.email").Set("chats = EXCLUDED.chats").Set("fixed = EXCLUDED.fixed").Where("m.revision <= ?", seen).Exec(ctx)
	if err != nil {
		return fmt.Errorf("writing by which channels people hear of what: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || int(n) != len(rows) {
		return errors.Join(err, clash)
	}
	w.Record(channels, RulesKind, rulesID, before.Value, after, nil)
	return nil
}

// mails tells in which sort a person with a choice hears of a notice by a letter that waits for no digest; in none where
// the digest tells of it, or nothing does.
func (r Rules) mails(kind Kind, urgent bool, choice Choice) Sort {
	rule := r.Of(kind)
	if choice.Mode == Off || slices.Contains(choice.Muted, kind) && !rule.Fixed {
		return ""
	}
	return alone(rule.Email, urgent)
}

// alone tells in which sort a channel is told of a notice without waiting for a digest, empty where it waits or is not told.
func alone(way Way, urgent bool) Sort {
	switch {
	case way == None:
		return ""
	case urgent:
		return AtOnce
	case way == Once:
		return Prompt
	}
	return ""
}

// digested narrows notices to those that the digests of people tell of.
func (r Rules) digested(q *bun.SelectQuery) *bun.SelectQuery {
	mailed := r.kinds(func(rule Rule) bool { return rule.Email != None })
	fixed := r.kinds(func(rule Rule) bool { return rule.Fixed })
	return q.Where("n.kind IN (?)", someOf(mailed)).Where("(n.kind IN (?) OR ',' || c.muted || ',' NOT LIKE '%,' || n.kind || ',%')", someOf(fixed))
}

// chatted narrows notices to those that the digests of group chats tell of.
func (r Rules) chatted(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("n.kind IN (?)", someOf(r.kinds(func(rule Rule) bool { return rule.Chats != None })))
}

// someOf are names for IN, which takes no empty list.
func someOf(names []string) any { return bun.List(append(names, "")) }
