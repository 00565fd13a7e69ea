// Package load generates districts of a given size and measures a server that keeps one: how fast its pages and lists
// answer while many people use it, how many audited changes and approved observations it takes in a second, how soon it
// computes lights and starts, and how much memory it needs.
//
// A generated district is the same in every run. It is written through the store with entries in the log, but not
// through the use cases that people go through: three years of a large district would take them a day.
package load
