// Package job does work in the background and on a schedule. A use case asks for work in its own transaction, so
// that neither is there without the other; the work is done at least once, however often the server is killed in
// the middle of it, and again where it fails, with pauses that grow.
//
// The queue itself is River, on the tables of the ledger's database. Nobody outside this package knows.
package job
