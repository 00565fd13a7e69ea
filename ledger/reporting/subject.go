package reporting

import (
	"fmt"
	"strconv"
	"strings"

	"luoshi/ledger"
)

// SubjectKind is what sort of thing a unit reports on.
type SubjectKind string

const (
	OfIndicator SubjectKind = "indicator" // an indicator of the plan, for all targets of the unit that follow it: asked once
	OfTarget    SubjectKind = "target"    // a target that follows no indicator
	OfTask      SubjectKind = "task"      // a commitment without a target in figures
	OfProject   SubjectKind = "project"
)

// Subject is what one row of a form is about.
type Subject struct {
	Kind   SubjectKind
	ID     string // of the indicator, the commitment or the project
	Target int    // the target's number, of OfTarget alone
}

// IndicatorSubject is an indicator as a row.
func IndicatorSubject(id ledger.IndicatorID) Subject {
	return Subject{Kind: OfIndicator, ID: string(id)}
}

// TargetSubject is a commitment's target as a row.
func TargetSubject(id ledger.CommitmentID, number int) Subject {
	return Subject{Kind: OfTarget, ID: string(id), Target: number}
}

// TaskSubject is a commitment as a row.
func TaskSubject(id ledger.CommitmentID) Subject { return Subject{Kind: OfTask, ID: string(id)} }

// ProjectSubject is a project as a row.
func ProjectSubject(id ledger.ProjectID) Subject { return Subject{Kind: OfProject, ID: string(id)} }

// SubjectOf is the subject under which a target of a commitment is reported.
func SubjectOf(c ledger.CommitmentID, t ledger.Target) Subject {
	if t.Indicator != "" {
		return IndicatorSubject(t.Indicator)
	}
	return TargetSubject(c, t.Number)
}

// String is the subject in addresses, tables and files: indicator:ID, target:ID:2, task:ID, project:ID.
func (s Subject) String() string {
	if s.Kind == OfTarget {
		return fmt.Sprintf("%s:%s:%d", s.Kind, s.ID, s.Target)
	}
	return string(s.Kind) + ":" + s.ID
}

// ParseSubject reads what String writes.
func ParseSubject(text string) (Subject, error) {
	parts := strings.Split(text, ":")
	s := Subject{Kind: SubjectKind(parts[0])}
	if len(parts) > 1 {
		s.ID = parts[1]
	}
	if len(parts) == 3 && s.Kind == OfTarget {
		s.Target, _ = strconv.Atoi(parts[2])
	}
	known := s.Kind == OfIndicator || s.Kind == OfTask || s.Kind == OfProject || s.Kind == OfTarget && s.Target > 0
	if !known || s.ID == "" || s.String() != text {
		return Subject{}, fmt.Errorf("reporting: %q is no subject", text)
	}
	return s, nil
}

// MarshalText is String.
func (s Subject) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText is ParseSubject.
func (s *Subject) UnmarshalText(text []byte) (err error) {
	*s, err = ParseSubject(string(text))
	return err
}
