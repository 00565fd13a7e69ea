package audit

import (
	"errors"
	"fmt"
	"math"
	"reflect"

	"luoshi/internal/audit/canonical"
	"luoshi/internal/audit/merkle"
	"luoshi/internal/audit/redact"
)

// Change is what a use case tells the log. Before and After are the object as it was and as it is, nil where it
// did not exist; they are written down as digests, and the difference of their fields is the change. Detail is
// written beside it, or alone where an action changes no object: why, from where, on what basis.
//
// Secrets are blanked in all three before anything is hashed or written (see package redact), so the digests
// are those of the object without its secrets.
type Change struct {
	Actor   Actor
	Request string
	Action  string
	Object  Object
	Before  any
	After   any
	Detail  any
}

// entry is the entry of the change, checked, but with neither its sequence number nor its time yet.
func (c Change) entry(hashing merkle.Hashing) (Entry, error) {
	if c.Action == "" || c.Actor.ID == "" || c.Object.Kind == "" {
		return Entry{}, errors.New("a change needs an actor, an action and a kind of object")
	}
	var values [3]any
	for i, given := range []any{c.Before, c.After, c.Detail} {
		var err error
		if values[i], err = plain(given); err != nil {
			return Entry{}, fmt.Errorf("change %s of %s %s: %w", c.Action, c.Object.Kind, c.Object.ID, err)
		}
	}
	before, after, detail := values[0], values[1], values[2]
	difference := map[string]any{}
	for _, name := range []struct {
		key   string
		value any
	}{{"detail", detail}, {"fields", fieldsChanged(before, after)}} {
		if name.value != nil {
			difference[name.key] = redact.Value(name.value)
		}
	}
	// The highest number there can be: what is not too long with it will not be too long.
	entry := Entry{Sequence: math.MaxInt64, Actor: c.Actor, Request: c.Request, Action: c.Action, Object: c.Object}
	var errs [3]error
	entry.Before, errs[0] = digest(hashing, before)
	entry.After, errs[1] = digest(hashing, after)
	entry.Change, errs[2] = canonical.Append(nil, difference)
	_, err := entry.Encode()
	if err := errors.Join(append(errs[:], err)...); err != nil {
		return Entry{}, fmt.Errorf("change %s of %s %s: %w", c.Action, c.Object.Kind, c.Object.ID, err)
	}
	return entry, nil
}

// plain turns a Go value into the types of decoded JSON.
func plain(value any) (any, error) {
	if value == nil {
		return nil, nil
	}
	return canonical.Plain(value)
}

// digest is the hash of the canonical JSON of a value without its secrets; empty for no value.
func digest(hashing merkle.Hashing, value any) (string, error) {
	if value == nil {
		return "", nil
	}
	data, err := canonical.Append(nil, redact.Value(value))
	if err != nil {
		return "", err
	}
	return hashing.Sum(data).String(), nil
}

// Digest is the digest that entries have of an object, for comparing a stored object with its history.
func (l *Log) Digest(object any) (string, error) {
	value, err := plain(object)
	if err != nil {
		return "", err
	}
	return digest(l.suite.Hashing(), value)
}

// fieldsChanged is the difference of two objects: under the name of each field that is not the same, what it was
// ("from") and what it is ("to"), one of them missing where the field is new or gone. Values that are not
// objects are compared as a whole. It is nil where nothing differs.
func fieldsChanged(before, after any) any {
	from, fromObject := fields(before)
	to, toObject := fields(after)
	if !fromObject || !toObject {
		from, to = map[string]any{"value": before}, map[string]any{"value": after}
	}
	changed := map[string]any{}
	for name, was := range from {
		is, still := to[name]
		if still && !reflect.DeepEqual(was, is) {
			changed[name] = map[string]any{"from": was, "to": is}
		} else if !still {
			changed[name] = map[string]any{"from": was}
		}
	}
	for name, is := range to {
		if _, had := from[name]; !had {
			changed[name] = map[string]any{"to": is}
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return changed
}

// fields are those of an object; what does not exist has none.
func fields(value any) (map[string]any, bool) {
	if value == nil {
		return nil, true
	}
	object, ok := value.(map[string]any)
	return object, ok
}
