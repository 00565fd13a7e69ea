package reporting

import (
	"cmp"
	"strings"
)

// compareSubjects orders subjects by kind, identifier and target.
func compareSubjects(a, b Subject) int {
	return cmp.Or(strings.Compare(string(a.Kind), string(b.Kind)), strings.Compare(a.ID, b.ID), cmp.Compare(a.Target, b.Target))
}
