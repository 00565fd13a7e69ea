// Package planning is what people do with a plan once its sentences are read: they break it down to units with
// deadlines and milestones, publish it as version 1, and amend it afterwards. Every use case asks the table of
// rights, runs in one transaction and leaves an entry in the log for every record that it changes.
//
// While a plan is a draft its commitments are worked on freely, but for their wording, which nobody can change.
// Once it is published, a target, an owner or a deadline changes by an amendment alone, which somebody proposes,
// another one approves, and the plan keeps with what held before.
//
// How a plan is published and how an amendment is decided stands in the workflows of package flow; the steps that
// people took are kept and never altered.
package planning
