package public_test

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/ledger"
)

// atom is a feed as a strict reader takes it: every element that RFC 4287 asks for stands once, and none that it has not.
type atom struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      []string `xml:"id"`
	Title   []string `xml:"title"`
	Updated []string `xml:"updated"`
	Author  []struct {
		Name []string `xml:"name"`
	} `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
	Unknown []unknown   `xml:",any"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
	Type string `xml:"type,attr"`
}

type atomEntry struct {
	ID      []string   `xml:"id"`
	Title   []string   `xml:"title"`
	Updated []string   `xml:"updated"`
	Links   []atomLink `xml:"link"`
	Summary []string   `xml:"summary"`
	Unknown []unknown  `xml:",any"`
}

type unknown struct{ XMLName xml.Name }

// uuid is the form of an identifier that needs no authority (RFC 9562).
var uuid = regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

// readAtom reads a feed strictly: the newest entry first, none of them newer than the feed.
func readAtom(t *testing.T, text string) atom {
	t.Helper()
	var f atom
	must(t, xml.Unmarshal([]byte(text), &f))
	if f.Lang == "" || len(f.Author) != 1 || len(f.Author[0].Name) != 1 || len(f.Unknown) > 0 {
		t.Errorf("the feed has the language %q, %d authors, and %v", f.Lang, len(f.Author), f.Unknown)
	}
	updated := dated(t, f.ID, f.Title, f.Updated)
	linked(t, f.Links, "self", "alternate")
	var ids []string
	last := updated
	for _, e := range f.Entries {
		if len(e.Unknown) > 0 || len(e.Summary) != 1 {
			t.Errorf("an entry has %v and %d summaries", e.Unknown, len(e.Summary))
		}
		at := dated(t, e.ID, e.Title, e.Updated)
		if at.After(last) {
			t.Errorf("%s is newer than what stands before it", e.ID)
		}
		linked(t, e.Links, "alternate")
		last, ids = at, append(ids, e.ID...)
	}
	slices.Sort(ids)
	if len(slices.Compact(ids)) != len(f.Entries) {
		t.Error("two entries have one identifier")
	}
	return f
}

// dated checks what a feed and an entry have both, and tells when it was updated.
func dated(t *testing.T, id, title, updated []string) time.Time {
	t.Helper()
	if len(id) != 1 || len(title) != 1 || len(updated) != 1 || title[0] == "" {
		t.Fatalf("identifiers %v, titles %v, times %v", id, title, updated)
	}
	if address, err := url.Parse(id[0]); err != nil || address.Scheme == "" || strings.HasPrefix(id[0], "urn:uuid:") && !uuid.MatchString(id[0]) {
		t.Errorf("the identifier is %q", id[0])
	}
	at, err := time.Parse(time.RFC3339, updated[0])
	must(t, err)
	return at
}

func linked(t *testing.T, links []atomLink, rels ...string) {
	t.Helper()
	var found []string
	for _, l := range links {
		if _, err := url.Parse(l.Href); err != nil || l.Href == "" {
			t.Errorf("a link leads to %q", l.Href)
		}
		found = append(found, l.Rel)
	}
	slices.Sort(found)
	slices.Sort(rels)
	if !slices.Equal(found, rels) {
		t.Errorf("links are %v, want %v", found, rels)
	}
}

// TestFeedsAreStableAndGrow: what a reader has seen keeps its identifier and its time; what has changed is something new,
// and the feed is never older than it was.
func TestFeedsAreStableAndGrow(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.open(t)
		guest := o.Public()
		for _, address := range []string{"/public/2026/files/feed.xml", "/public/feed.xml"} {
			first := readAtom(t, guest.Get(address).Want(http.StatusOK).Body)
			again := readAtom(t, guest.Get(address).Want(http.StatusOK).Body)
			if len(first.Entries) == 0 || first.Updated[0] != again.Updated[0] || !slices.Equal(known(first), known(again)) {
				t.Errorf("%s says something else without anything having changed", address)
			}
			o.change(t, "2026-003")
			after := readAtom(t, guest.Get(address).Want(http.StatusOK).Body)
			if after.ID[0] != first.ID[0] || after.Updated[0] < first.Updated[0] {
				t.Errorf("%s was %s of %s, and is %s of %s", address, first.ID, first.Updated, after.ID, after.Updated)
			}
			kept, fresh := 0, 0
			for _, entry := range known(after) {
				if slices.Contains(known(first), entry) {
					kept++
				} else {
					fresh++
				}
			}
			if fresh != 1 || kept != len(first.Entries)-1 {
				t.Errorf("%s: %d entries stay as they were, %d are new", address, kept, fresh)
			}
		}
	})
}

// known is what a reader keeps of each entry.
func known(f atom) []string {
	var all []string
	for _, e := range f.Entries {
		all = append(all, e.ID[0]+" "+e.Updated[0])
	}
	return all
}

// forms are how values of columns are written, by what their names say; a column without one holds words.
var forms = map[string]func(string) error{
	"deadline": aDay, "since": aDay, "from": aDay, "to": aDay,
	"cumulative": aNumber, "of_period": aNumber, "growth": aNumber, "percent": aNumber, "edition": aNumber,
	"kind":  oneOf("indicator", "task", "project", "livelihood", "target"),
	"state": oneOf("in_force", "fulfilled", "withdrawn"), "light": oneOf("", "red", "yellow", "grey", "green", "blue"),
	"corrected": oneOf("true", "false"),
}

func aDay(text string) error {
	if text == "" {
		return nil
	}
	_, err := calendar.ParseDate(text)
	return err
}

func aNumber(text string) error {
	if text == "" {
		return nil
	}
	_, err := ledger.ParseDecimal(text)
	return err
}

var errOther = errors.New("none of the values that the dictionary names")

func oneOf(values ...string) func(string) error {
	return func(text string) error {
		if !slices.Contains(values, text) {
			return errOther
		}
		return nil
	}
}

// TestTablesAreWhatTheDictionarySays: every column stands in it, in that order, and none else; every value has the form
// that it says; the tables are read by whoever reads RFC 4180.
func TestTablesAreWhatTheDictionarySays(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.pictured(t)
		o.open(t)
		guest := o.Public()
		columns := map[string][]string{}
		for _, line := range readTable(t, guest.Get("/public/2026/files/dictionary.csv").Want(http.StatusOK).Body)[1:] {
			columns[line[0]] = append(columns[line[0]], line[1])
			if line[2] == "" || line[3] == "" {
				t.Errorf("%s.%s is not explained", line[0], line[1])
			}
		}
		for _, file := range []string{"promises.csv", "figures.csv"} {
			lines := readTable(t, guest.Get("/public/2026/files/"+file).Want(http.StatusOK).Body)
			if !slices.Equal(lines[0], columns[file]) {
				t.Errorf("%s has %v, and the dictionary %v", file, lines[0], columns[file])
			}
			for _, line := range lines[1:] {
				for i, column := range lines[0] {
					if form := forms[column]; form != nil && form(line[i]) != nil {
						t.Errorf("%s.%s is %q: %v", file, column, line[i], form(line[i]))
					}
				}
			}
		}
	})
}

// readTable reads a table strictly: as UTF-8 with its mark, lines ended by CR and LF, all of one length.
func readTable(t *testing.T, text string) [][]string {
	t.Helper()
	marked, ok := strings.CutPrefix(text, "\ufeff")
	if !ok || strings.Count(marked, "\n") != strings.Count(marked, "\r\n") {
		t.Error("a table has no mark, or lines that end otherwise")
	}
	in := csv.NewReader(strings.NewReader(marked))
	var lines [][]string
	for {
		line, err := in.Read() // fails where a line is longer or shorter than the first
		if errors.Is(err, io.EOF) {
			return lines
		}
		must(t, err)
		lines = append(lines, line)
	}
}
