package sdmx

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"luoshi/ledger"
)

const (
	schemas = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/"
	agency  = "LUOSHI"
	version = "1.0.0"
	flow    = "PLAN_INDICATORS"
)

// localised is a text in both languages.
type localised map[string]string

func both(w ledger.Wording) localised { return localised{"zh": w.ZH, "en": w.EN} }

type message struct {
	Meta meta `json:"meta"`
	Data any  `json:"data"`
}

type meta struct {
	Schema    string    `json:"schema"`
	ID        string    `json:"id"`
	Test      bool      `json:"test"`
	Prepared  string    `json:"prepared"`
	Languages []string  `json:"contentLanguages"`
	Name      string    `json:"name"`
	Names     localised `json:"names"`
	Sender    party     `json:"sender"`
}

type party struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Names localised `json:"names"`
}

type link struct {
	Rel string `json:"rel"`
	URN string `json:"urn"`
}

// named is what has a name in both languages.
type named struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Names localised `json:"names"`
}

func namedBy(id string, words ledger.Wording) named {
	return named{ID: id, Name: words.ZH, Names: both(words)}
}

func (s Set) meta(kind string) meta {
	return meta{
		Schema:    schemas + kind + "-message/tools/schemas/2.0.0/sdmx-json-" + kind + "-schema.json",
		ID:        fmt.Sprintf("%s-%d", s.ID, s.Prepared.Unix()),
		Prepared:  s.Prepared.UTC().Format(time.RFC3339),
		Languages: []string{"zh", "en"}, Name: s.Title.ZH, Names: both(s.Title),
		Sender: party{ID: s.Sender.ID, Name: s.Sender.Words.ZH, Names: both(s.Sender.Words)},
	}
}

var flowLink = []link{{Rel: "dataflow", URN: urn("datastructure.Dataflow", flow, "")}}

// ofSeries and ofFigure say to what an attribute belongs.
func ofSeries(keys []string) any { return map[string][]string{"dimensions": keys} }

var ofFigure = map[string]struct{}{"observation": {}}

// urn names a thing that is maintained, and a part of it where one is given.
func urn(class, id, part string) string {
	name := fmt.Sprintf("urn:sdmx:org.sdmx.infomodel.%s=%s:%s(%s)", class, agency, id, version)
	if part != "" {
		name += "." + part
	}
	return name
}

func write(w io.Writer, m message) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(m); err != nil {
		return fmt.Errorf("writing an SDMX message: %w", err)
	}
	return nil
}
