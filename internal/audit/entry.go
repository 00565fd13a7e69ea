package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"luoshi/internal/audit/canonical"
)

// Actor is who made a change.
type Actor struct {
	ID         string `json:"id"`           // of the user, or the name of a job
	OnBehalfOf string `json:"on_behalf_of"` // the user or unit that the actor stood in for; empty for none
	Role       string `json:"role"`
}

// Object is what was changed.
type Object struct {
	ID   string `json:"id"`
	Kind string `json:"kind"`
}

// Entry is one record of the log. Its encoding is what is hashed; nothing of an entry is outside of it.
//
// The encoding is one line of canonical JSON (see package canonical) with exactly these names, every value a
// string but the change, the sequence and the two objects:
//
//	{"action":"commitment.amend",
//	 "actor":{"id":"u-17","on_behalf_of":"","role":"supervising_office"},
//	 "after":"<digest>",
//	 "before":"<digest>",
//	 "change":{"deadline":{"from":"2026-06-30","to":"2026-09-30"}},
//	 "object":{"id":"c-203","kind":"commitment"},
//	 "request":"r-5f0c",
//	 "sequence":42,
//	 "time":"2026-03-01T02:00:00.000000Z",
//	 "v":1}
//
// written without the line breaks and spaces shown here. Times are UTC with six digits of the second. The leaf of
// the tree is the hash of a zero byte and this line.
type Entry struct {
	Sequence int64 // from 1, without gaps
	Time     time.Time
	Actor    Actor
	Request  string // the id of the request or of the job's run
	Action   string // such as commitment.amend
	Object   Object
	Before   string          // digest of the object before the change, in base64; empty where it did not exist
	After    string          // the same after the change
	Change   json.RawMessage // canonical JSON
}

// encodingVersion is the value of "v". A later form of the encoding gets another.
const encodingVersion = 1

// MaxEntry is the length in bytes that an encoded entry may have.
const MaxEntry = 256 << 10

const timeFormat = "2006-01-02T15:04:05.000000Z"

func formatTime(t time.Time) string { return t.UTC().Format(timeFormat) }

// parseTime reads what formatTime writes, and no other spelling of it.
func parseTime(text string) (time.Time, error) {
	t, err := time.Parse(timeFormat, text)
	if err == nil && formatTime(t) != text {
		err = fmt.Errorf("the time %q is not in the form of the log", text)
	}
	return t, err
}

// Encode is the line that the entry's leaf is the hash of.
func (e Entry) Encode() ([]byte, error) {
	if err := e.check(); err != nil {
		return nil, err
	}
	return e.encode()
}

// encode is Encode for what check has seen.
func (e Entry) encode() ([]byte, error) {
	line := make([]byte, 0, 320+len(e.Change))
	write := func(name, value string) {
		line = append(line, name...)
		line, _ = canonical.AppendString(line, value) // check has seen that it is UTF-8
	}
	write(`{"action":`, e.Action)
	write(`,"actor":{"id":`, e.Actor.ID)
	write(`,"on_behalf_of":`, e.Actor.OnBehalfOf)
	write(`,"role":`, e.Actor.Role)
	write(`},"after":`, e.After)
	write(`,"before":`, e.Before)
	line = append(append(line, `,"change":`...), e.Change...)
	write(`,"object":{"id":`, e.Object.ID)
	write(`,"kind":`, e.Object.Kind)
	write(`},"request":`, e.Request)
	line = strconv.AppendInt(append(line, `,"sequence":`...), e.Sequence, 10)
	write(`,"time":`, formatTime(e.Time))
	line = strconv.AppendInt(append(line, `,"v":`...), encodingVersion, 10)
	line = append(line, '}')
	if len(line) > MaxEntry {
		return nil, fmt.Errorf("an entry of %d bytes: at most %d", len(line), MaxEntry)
	}
	return line, nil
}

// check refuses what the encoding could not hold without doubt. The change must be canonical, because two
// entries that differ must never be encoded alike.
func (e Entry) check() error {
	if e.Sequence < 1 {
		return fmt.Errorf("an entry cannot have the sequence number %d", e.Sequence)
	}
	for _, field := range []struct{ name, value string }{
		{"action", e.Action}, {"actor", e.Actor.ID}, {"role", e.Actor.Role}, {"on behalf of", e.Actor.OnBehalfOf},
		{"request", e.Request}, {"object kind", e.Object.Kind}, {"object", e.Object.ID},
		{"digest before", e.Before}, {"digest after", e.After},
	} {
		if !utf8.ValidString(field.value) || strings.ContainsFunc(field.value, unicode.IsControl) {
			return fmt.Errorf("the %s %.60q of an entry is not plain text", field.name, field.value)
		}
	}
	change, err := canonical.JSON(e.Change)
	if err != nil {
		return fmt.Errorf("the change of an entry: %w", err)
	}
	if !bytes.Equal(change, e.Change) {
		return fmt.Errorf("the change of an entry is not canonical JSON: %.60q", e.Change)
	}
	return nil
}

// DecodeEntry reads an encoded entry and refuses every line that Encode would have written otherwise.
func DecodeEntry(line []byte) (Entry, error) {
	if len(line) > MaxEntry {
		return Entry{}, fmt.Errorf("an entry of %d bytes: at most %d", len(line), MaxEntry)
	}
	var written struct {
		Action   string          `json:"action"`
		Actor    Actor           `json:"actor"`
		After    string          `json:"after"`
		Before   string          `json:"before"`
		Change   json.RawMessage `json:"change"`
		Object   Object          `json:"object"`
		Request  string          `json:"request"`
		Sequence int64           `json:"sequence"`
		Time     string          `json:"time"`
	}
	if err := json.Unmarshal(line, &written); err != nil {
		return Entry{}, fmt.Errorf("read an entry: %w", err)
	}
	at, err := parseTime(written.Time)
	if err != nil {
		return Entry{}, fmt.Errorf("read an entry: %w", err)
	}
	entry := Entry{
		Sequence: written.Sequence, Time: at, Actor: written.Actor, Request: written.Request, Action: written.Action,
		Object: written.Object, Before: written.Before, After: written.After, Change: written.Change,
	}
	again, err := entry.Encode()
	if err != nil {
		return Entry{}, err
	}
	if !bytes.Equal(again, line) {
		return Entry{}, fmt.Errorf("entry %d is not in the form of the log", entry.Sequence)
	}
	return entry, nil
}
