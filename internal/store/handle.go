package store

import "database/sql"

// SQL is what the store writes through, for a library that brings its own statements and takes part in the
// transactions of Within: the queue of jobs. SQLite gives it one connection, so whoever uses it inside Within must
// use the transaction instead, or waits for ever.
func (s *Store) SQL() *sql.DB { return s.writer.DB }

// Pools are what the connections are doing, by what they are for.
func (s *Store) Pools() map[string]sql.DBStats {
	if s.reader == s.writer {
		return map[string]sql.DBStats{"all": s.writer.Stats()}
	}
	return map[string]sql.DBStats{"write": s.writer.Stats(), "read": s.reader.Stats()}
}
