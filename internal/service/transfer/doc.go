// Package transfer carries a plan whole from one server to another: with everything that was made of it, the units and
// posts that it names and the files that it stands on. Identifiers are kept, so that what is known there already is
// recognised: what is the same is left as it is, and where something differs nothing is brought in at all.
//
// A parcel is a zip file of lines in JSON, a file for each table, so that any tool can read it. What makes a plan stands
// in tables.txt. Accounts are not carried along: they belong to their server, and steps keep the names under which they
// were taken.
package transfer
