// Package ledger is the domain of Luoshi: a government's plan for a year, the commitments in it, the
// units and posts that answer for them, and how all of these may change. It is pure: no I/O, no clock,
// no randomness; whoever calls it brings dates, and the material that identifiers are made of.
//
// The wording that was promised never changes. What may change (a target, an owner, a deadline) changes
// by an amendment that keeps the old value, so that every earlier state can be restored.
//
// Every type has Validate, which tells all that is wrong with a value at once.
package ledger
