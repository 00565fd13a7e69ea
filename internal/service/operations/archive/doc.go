// Package archive writes all of a server into one file, and makes a server of it again: the ledger in the form of
// package backup, the files under their digests, the key that signs the audit log, and a manifest with the digest of
// each part and the head of the log. It is a zip file, so that any tool can look into it.
//
// The ledger is of one moment, while others go on writing; the files are those that the ledger of that moment knows.
package archive
