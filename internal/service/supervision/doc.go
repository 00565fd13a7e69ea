// Package supervision sees to it that what was promised is done: orders to units (督办单) from the draft through signing,
// replies, extensions and reviews to their closing, each step dated and in the log, with the clocks that run meanwhile,
// and the urging that they bring about.
//
// What steps there are, who may take them and which clocks they set is said by flow order; what terms, numbers and
// urgings there are by the settings. Package ledger/supervision holds the rules.
package supervision
