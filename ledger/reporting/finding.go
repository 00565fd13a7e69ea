package reporting

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"luoshi/ledger"
)

// Severity tells whether a finding stops.
type Severity string

const (
	Fault   Severity = "error"   // stops: it cannot be right
	Warning Severity = "warning" // may be passed over with a reason
)

// Finding is something wrong or doubtful with what was entered. Its words and its severity stand in checks.txt under
// its code.
type Finding struct {
	Code     string   `json:"code"`
	Severity Severity `json:"severity"`
	Subject  Subject  `json:"subject,omitzero"`
	Field    Field    `json:"field,omitempty"`
	Facts    []string `json:"facts,omitempty"` // what the words speak of, in the order of {0}, {1}
}

// What says what is wrong.
func (f Finding) What() ledger.Wording { return f.fill(checkWords()[f.Code].what) }

// Do says what to do about it.
func (f Finding) Do() ledger.Wording { return f.fill(checkWords()[f.Code].do) }

// fill puts the facts into words. A fact that is the name of a label is shown as what pages call it.
func (f Finding) fill(w ledger.Wording) ledger.Wording {
	var zh, en []string
	for i, fact := range f.Facts {
		place := "{" + strconv.Itoa(i) + "}"
		shown, ok := labels()[fact]
		if !ok {
			shown = ledger.Wording{ZH: fact, EN: fact}
		}
		zh, en = append(zh, place, shown.ZH), append(en, place, shown.EN)
	}
	return ledger.Wording{ZH: strings.NewReplacer(zh...).Replace(w.ZH), EN: strings.NewReplacer(en...).Replace(w.EN)}
}

// Findings are all that was found, in the order of the rows and fields. Nil means that nothing was.
type Findings []Finding

// Error names the findings in English, so that they can be returned as an error.
func (all Findings) Error() string {
	said := make([]string, len(all))
	for i, f := range all {
		said[i] = f.Code + ": " + f.What().EN
	}
	return strings.Join(said, " ")
}

// Err is the findings as an error, nil where there are none.
func (all Findings) Err() error {
	if len(all) == 0 {
		return nil
	}
	return all
}

// Has tells whether a finding with the code is among them.
func (all Findings) Has(code string) bool {
	for _, f := range all {
		if f.Code == code {
			return true
		}
	}
	return false
}

// Stopping are the findings that keep an observation from being submitted: every error, and the warnings that it does
// not pass over with a reason.
func (all Findings) Stopping(o Observation) Findings {
	var stopping Findings
	for _, f := range all {
		if f.Severity == Fault || strings.TrimSpace(o.Override) == "" {
			stopping = append(stopping, f)
		}
	}
	return stopping
}

// note adds a finding with the severity that checks.txt gives it.
func (all *Findings) note(code string, s Subject, field Field, facts ...string) {
	*all = append(*all, Finding{Code: code, Severity: checkWords()[code].severity, Subject: s, Field: field, Facts: facts})
}

//go:embed checks.txt
var checkLines string

// checkEntry is one code of checks.txt.
type checkEntry struct {
	severity Severity
	what, do ledger.Wording
}

// checkWords reads checks.txt: a code and its severity on a line of their own and below it a line for each language,
// with what is wrong and, behind =>, what to do.
var checkWords = sync.OnceValue(func() map[string]checkEntry {
	all := map[string]checkEntry{}
	code := ""
	for line := range strings.Lines(checkLines) {
		line = strings.TrimSpace(line)
		key, sentences, worded := strings.Cut(line, ": ")
		what, do, _ := strings.Cut(sentences, " => ")
		entry := all[code]
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			continue
		case !worded:
			var severity string
			code, severity, _ = strings.Cut(line, " ")
			entry = checkEntry{severity: Severity(severity)}
		case key == "zh":
			entry.what.ZH, entry.do.ZH = what, do
		case key == "en":
			entry.what.EN, entry.do.EN = what, do
		}
		all[code] = entry
	}
	return all
})
