// Package workflow keeps the runs of records through the workflows of package flow: who took which step, when, in what
// role and why. Steps are never altered; how far a case is follows from them, and is written beside them so that lists
// can ask for it. Whoever owns a record changes it in the same transaction, and its revision keeps two people from
// taking a step at once.
package workflow
