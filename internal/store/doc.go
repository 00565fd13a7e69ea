// Package store keeps the ledger in SQL: in SQLite by default, in PostgreSQL where a district has one.
//
// One code of queries serves both, so everything is stored in forms that mean the same in both:
//
//   - Identifiers are text (UUIDs of version 7), so that rows sort by the time of their making.
//   - Figures are text as package ledger writes them ("11.0", "1594e6"). NUMERIC would drop the
//     precision that a page printed and, in SQLite, turn figures into floats. Both databases have the
//     functions decimal_key(text), by which such a column is ordered and compared, and decimal_sum(text),
//     which adds it up exactly.
//   - Civil dates are text, YYYY-MM-DD, empty where unknown; times are text in UTC with microseconds.
//     Both sort as they stand.
//
// A use case runs in [Store.Within]: everything called inside with the context that it hands on takes
// part in one transaction, and a use case called from another joins it. Whoever changes a record says
// which revision of it was seen; where another change came first the answer is a [Conflict] that holds
// the current record. Nothing that the log speaks of is deleted: records have states in which they are
// no longer used, and what was promised is guarded by the databases themselves.
package store
