// Package wording keeps the words that people read apart from the code: one catalogue of messages for
// each part of the program, in Chinese and in English, and the names of a record's fields and values.
package wording

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

// Lang is a language that every catalogue speaks.
type Lang string

const (
	Chinese Lang = "zh"
	English Lang = "en"
)

// Langs are the languages in the order in which they are offered.
var Langs = []Lang{Chinese, English}

// Catalogue maps a language and a key to a message.
type Catalogue map[Lang]map[string]string

// Parse reads a catalogue from JSON, {"zh": {"key": "message"}, "en": {…}}. The catalogues are embedded
// in the program, so a malformed one is a bug and panics.
func Parse(data []byte) Catalogue {
	var c Catalogue
	if err := json.Unmarshal(data, &c); err != nil {
		panic("wording: parse catalogue: " + err.Error())
	}
	return c
}

// Say is the message of a key, {0}, {1} replaced by the arguments. An unknown key is returned as it is,
// so that a gap shows on the page rather than hiding.
func (c Catalogue) Say(lang Lang, key string, args ...any) string {
	message, ok := c[lang][key]
	if !ok {
		return key
	}
	for i, arg := range args {
		message = strings.ReplaceAll(message, fmt.Sprintf("{%d}", i), fmt.Sprint(arg))
	}
	return message
}

//go:embed record.json
var recordJSON []byte

// Records names the fields and the values of records: "field.by", "cmp.ge", "measure.growth",
// "kind.target", "firm.false", "document.plan", "sheet.quantities".
var Records = Parse(recordJSON)

//go:embed result.json
var resultJSON []byte

// Results names what checking and matching say: "severity.error", "verdict.kept", "confidence.high",
// "field.computation", "sheet.findings".
var Results = Parse(resultJSON)
