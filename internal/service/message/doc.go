// Package message tells people what concerns them. A use case says in its own transaction who is to hear of what, under
// a key that names it once and for all; the package does the rest. Everything stands in the person's inbox. Whoever has
// asked for it also gets an e-mail, and the group chats of a unit are told by robots: urgent notices at once, the others
// gathered in one message a working day, never at night. Everything that was sent stays on record.
package message
