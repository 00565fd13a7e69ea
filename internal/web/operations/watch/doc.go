// Package watch is what a server tells the programs that watch it: whether it is alive, whether it is ready, and its
// metrics in the text form of Prometheus (exposition format 0.0.4). It keeps its own few counters, so that a metric
// is there only because somebody here thought of it.
package watch
