// Package watch is what a server tells the programs that watch it: whether it is alive, whether it is ready, and its
// metrics for Prometheus. Its registry is its own, so that a metric is there only because somebody here thought of it,
// or because it is usual for a program of Go.
package watch
