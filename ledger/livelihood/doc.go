// Package livelihood holds the rules of livelihood items (民生实事): how candidates become items by the vote of deputies,
// and how it is reckoned whether those for whom an item was done are satisfied. Everything is pure; the rules that a
// district chooses for itself are data.
package livelihood
