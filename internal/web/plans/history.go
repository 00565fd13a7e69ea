package plans

import (
	"encoding/json"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/audit"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// fieldChange is a field of a record before and after, for people. From and To are the same where only that it changed
// is told.
type fieldChange struct{ Field, From, To string }

// changesOf are the fields that an entry of the log changed.
func (n names) changesOf(v page.View, e audit.Entry) []fieldChange {
	var change struct {
		Fields map[string]struct{ From, To json.RawMessage }
	}
	if json.Unmarshal(e.Change, &change) != nil {
		return nil
	}
	var keys []string
	for key := range change.Fields {
		if page.Has("plans.field." + key) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	changes := make([]fieldChange, len(keys))
	for i, key := range keys {
		field := change.Fields[key]
		changes[i] = fieldChange{v.T("plans.field." + key), n.logged(v, key, field.From), n.logged(v, key, field.To)}
	}
	return changes
}

// logged is what the log keeps of a field, for people; empty for what takes too many words.
func (n names) logged(v page.View, field string, value json.RawMessage) string {
	switch field {
	case "title", "number":
		return read[string](value)
	case "weight":
		return v.Decimal(read[ledger.Decimal](value))
	case "by":
		return v.Date(read[calendar.Date](value))
	case "lead":
		return n.unit(read[ledger.UnitID](value))
	case "cooperating":
		return n.units(read[[]ledger.UnitID](value))
	case "post":
		return n.post(read[ledger.PostID](value))
	case "state":
		return label(v, read[ledger.CommitmentState](value))
	case "kind":
		return label(v, read[ledger.CommitmentKind](value))
	case "targets":
		return targetLines(v, read[[]ledger.Target](value))
	case "milestones":
		var titles []string
		for _, m := range read[[]ledger.Milestone](value) {
			titles = append(titles, m.Title)
		}
		return strings.Join(titles, "\u3001")
	}
	return ""
}

// read is a value of the log; its zero value where there is none, or where it was written in a form that is no more.
func read[T any](value json.RawMessage) T {
	var t T
	if json.Unmarshal(value, &t) != nil {
		var zero T
		return zero
	}
	return t
}

func label[T interface {
	~string
	Label() ledger.Wording
}](v page.View, value T) string {
	if value == "" {
		return ""
	}
	return v.Wording(value.Label())
}
