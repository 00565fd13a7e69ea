// Package assessment is the use cases of the yearly assessment of units (考核) and of observation rounds (观摩评比): a
// scheme is drawn up, tried out, adopted and computed; units appeal, the office answers, the leader confirms, and the
// results are published with the way to every point. Package ledger/assessment holds the rules.
package assessment
