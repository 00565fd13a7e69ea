package ledger

import "strings"

// blank tells whether a text says nothing.
func blank(s string) bool { return strings.TrimSpace(s) == "" }

// distinct tells whether no value occurs twice.
func distinct[T comparable](list []T) bool {
	seen := make(map[T]bool, len(list))
	for _, value := range list {
		if seen[value] {
			return false
		}
		seen[value] = true
	}
	return true
}
