// Package progress tells how far a plan has come: the light of each commitment with the reason for it, the year on one
// screen for its leader, what the office has to ask about, and the tables and files by which a plan accounts for itself.
//
// A light rests on locked figures, reached milestones, projects and the date, and on nothing else; it is computed from
// these anew whenever one of them changes, and every day. What is stored is the result, so that lists are fast and its
// history is kept; package ledger/light decides. Somebody may set a light by hand, with a reason, and it is shown as
// such. Three things stay apart everywhere: what the unit says, what figures show, and what the calendar says.
package progress
