// Package reporting is what units say of a plan through the year, and what follows from it: the rounds in which they
// are asked, the form that a unit fills, the figures in it with their checks, what the figures of short periods make of
// longer ones and the figures of parts of the whole. Everything is pure: the same observations give the same totals,
// whoever computes them and when.
package reporting
