package auditlog

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"luoshi/internal/audit"
	"luoshi/internal/store"
	"luoshi/internal/web"
)

// oneEntry is an entry with what it changed.
type oneEntry struct {
	naming
	audit.Entry
	fields []field
	detail []field
	line   string // as it is hashed
}

// field is a field of a record before and after.
type field struct{ name, from, to string }

func (p *Pages) entry(w http.ResponseWriter, r *http.Request) error {
	number, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if err != nil || number < 1 {
		return &store.NotFound{Kind: "audit_entries", ID: r.PathValue("number")}
	}
	e, err := p.operations.Entry(r.Context(), number)
	if err != nil {
		return err
	}
	n, err := p.naming(r.Context(), e)
	if err != nil {
		return err
	}
	line, err := e.Encode()
	if err != nil {
		return err
	}
	fields, detail := differences(e.Change)
	return web.Show(w, r, entryPage(oneEntry{naming: n, Entry: e, fields: fields, detail: detail, line: string(line)}))
}

// differences are the fields that an entry speaks of, and what else it says.
func differences(change json.RawMessage) (fields, detail []field) {
	var said struct {
		Fields map[string]struct{ From, To json.RawMessage }
		Detail json.RawMessage
	}
	if json.Unmarshal(change, &said) != nil {
		return nil, []field{{to: string(change)}}
	}
	for _, name := range slices.Sorted(maps.Keys(said.Fields)) {
		fields = append(fields, field{name, plainly(said.Fields[name].From), plainly(said.Fields[name].To)})
	}
	var parts map[string]json.RawMessage
	if json.Unmarshal(said.Detail, &parts) != nil && len(said.Detail) > 0 {
		return fields, []field{{to: plainly(said.Detail)}}
	}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		detail = append(detail, field{name: name, to: plainly(parts[name])})
	}
	return fields, detail
}

// plainly is a JSON value as a person reads it: a text without its quotes, anything made of parts on several lines.
func plainly(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	var out bytes.Buffer
	if json.Indent(&out, value, "", "  ") != nil {
		return string(value)
	}
	return out.String()
}

// summary is the change of an entry in a few words, for the list.
func (n naming) summary(e audit.Entry) string {
	fields, detail := differences(e.Change)
	var names []string
	for _, f := range append(fields, detail...) {
		if f.name != "" {
			names = append(names, f.name)
		}
	}
	const most = 4
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " …"
	}
	return strings.Join(names, ", ")
}
