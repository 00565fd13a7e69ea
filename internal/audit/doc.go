// Package audit is the tamper-evident log: every change of the ledger leaves an entry, the entries are the
// records of a Merkle tree (RFC 6962), and the heads of the tree are signed from time to time.
//
// [Log.Append] writes an entry in the transaction of the change itself, so that neither is there without the
// other. The transaction takes a lock of the whole log; whatever is appended gets the next sequence numbers,
// and a rollback gives them back. Append should therefore be the last thing a transaction does.
//
// [Verify] recomputes everything from the entries and names the first one that was altered, removed, inserted or
// moved; [VerifyExport] does the same for a file made by [Export], with neither database nor program of the
// district at hand. [Prove] shows of the entries about one object that they are in the log, in a form that
// [Proof.Verify] checks with the public key alone.
//
// What the log cannot show by itself is that its end was cut off together with the heads that covered it. Signed
// heads should therefore be kept elsewhere too: printed, mailed, in another office. Verify takes them as known
// heads and finds what was cut off.
package audit
