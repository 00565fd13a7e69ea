// Package fault is the one error that a person sees when a file cannot be opened: it says what is
// wrong, where, and what to do, in Chinese and in English.
package fault

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

// Code names a kind of fault; messages.json holds its wording.
type Code string

const (
	TooLarge     Code = "too_large"     // args: limit, allowed
	TooSlow      Code = "too_slow"      // args: seconds
	Corrupt      Code = "corrupt"       // args: format, detail
	Encrypted    Code = "encrypted"     // args: format
	LegacyFormat Code = "legacy_format" // args: format, target
	NotRead      Code = "not_read"      // args: format, target
	Image        Code = "image"         // args: format
	Scanned      Code = "scanned"       // args: pages
	Unknown      Code = "unknown"       // no args
	Empty        Code = "empty"         // no args
	Encoding     Code = "encoding"      // args: offset
	Cancelled    Code = "cancelled"     // no args
	Missing      Code = "missing"       // args: none; the file is not there or may not be read
)

// The limits that a TooLarge fault may name as its first argument; messages.json words them too.
const (
	LimitBytes    Code = "limit_bytes"
	LimitExpanded Code = "limit_expanded"
	LimitRatio    Code = "limit_ratio"
	LimitEntries  Code = "limit_entries"
	LimitDepth    Code = "limit_depth"
	LimitText     Code = "limit_text"
	LimitCells    Code = "limit_cells"
	LimitPages    Code = "limit_pages"
	LimitBlocks   Code = "limit_blocks"
	LimitMemory   Code = "limit_memory"
)

// What a Corrupt fault may say is damaged, as its second argument; messages.json words them too.
const (
	DamageContent   Code = "damage_content" // it is not what the file's name promises
	DamageDirectory Code = "damage_directory"
	DamageEntry     Code = "damage_entry"
	DamageMainPart  Code = "damage_main_part"
	DamagePages     Code = "damage_pages"
	DamageQuotes    Code = "damage_quotes"
	DamageTags      Code = "damage_tags"
)

//go:embed messages.json
var messagesJSON []byte

// messages maps a code to its wording in "zh" and "en"; {0}, {1} stand for the arguments.
var messages = func() map[Code]map[string]string {
	var m map[Code]map[string]string
	if err := json.Unmarshal(messagesJSON, &m); err != nil {
		panic("fault: messages.json: " + err.Error())
	}
	return m
}()

// Fault is an error with a code, the words for its message and the cause.
type Fault struct {
	Code Code
	Args []any
	Err  error // the cause, for the log; may be nil
}

// New makes a fault. The cause may be nil.
func New(code Code, cause error, args ...any) *Fault {
	return &Fault{Code: code, Args: args, Err: cause}
}

// Message is the sentence for the user in "zh" or "en"; any other language reads English. An argument
// that is itself a Code is worded in the same language.
func (f *Fault) Message(lang string) string {
	wording := wordingOf(f.Code, lang)
	for i, arg := range f.Args {
		said := fmt.Sprint(arg)
		if code, ok := arg.(Code); ok {
			said = wordingOf(code, lang)
		}
		wording = strings.ReplaceAll(wording, fmt.Sprintf("{%d}", i), said)
	}
	return wording
}

func wordingOf(code Code, lang string) string {
	if wording, ok := messages[code][lang]; ok {
		return wording
	}
	return messages[code]["en"]
}

func (f *Fault) Error() string {
	if f.Err == nil {
		return f.Message("en")
	}
	return f.Message("en") + ": " + f.Err.Error()
}

func (f *Fault) Unwrap() error { return f.Err }
