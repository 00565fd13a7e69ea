package sdmx

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"luoshi/ledger/reporting"
)

// WriteData writes the figures as a data message: a series for each indicator, unit, frequency and basis.
func (s Set) WriteData(w io.Writer) error {
	return write(w, message{Meta: s.meta("data"), Data: s.data()})
}

type dataPart struct {
	Structures []dataStructure `json:"structures"`
	DataSets   []dataSet       `json:"dataSets"`
}

type dataStructure struct {
	DataSets   []int            `json:"dataSets"`
	Links      []link           `json:"links"`
	Name       string           `json:"name"`
	Names      localised        `json:"names"`
	Dimensions dimensionPlaces  `json:"dimensions"`
	Measures   measurePlaces    `json:"measures"`
	Attributes attributesPlaces `json:"attributes"`
}

type dimensionPlaces struct {
	Series      []dataDimension `json:"series"`
	Observation []dataDimension `json:"observation"`
}

type measurePlaces struct {
	Observation []dataComponent `json:"observation"`
}

type attributesPlaces struct {
	Series      []dataAttribute `json:"series"`
	Observation []dataAttribute `json:"observation"`
}

type dataAttribute struct {
	dataComponent
	Relationship any `json:"relationship"`
}

type dataDimension struct {
	dataComponent
	Position int `json:"keyPosition"`
}

type dataComponent struct {
	named
	Format *format     `json:"format,omitempty"`
	Values []dataValue `json:"values,omitempty"`
}

// dataValue is something that occurs: a code by its ID, or a value as it is.
type dataValue struct {
	ID    string    `json:"id,omitempty"`
	Value string    `json:"value,omitempty"`
	Name  string    `json:"name"`
	Names localised `json:"names,omitempty"`
	Start string    `json:"start,omitempty"` // of a period
	End   string    `json:"end,omitempty"`
}

type format struct {
	DataType string `json:"dataType"`
}

var formats = map[string]*format{"decimal": {"Decimal"}, "text": {"String"}}

type dataSet struct {
	Structure int               `json:"structure"`
	Links     []link            `json:"links"`
	Action    string            `json:"action"`
	Series    map[string]series `json:"series"`
}

type series struct {
	Attributes   []any            `json:"attributes"`
	Observations map[string][]any `json:"observations"`
}

// index numbers the values of coded components in the order in which they are listed.
type index struct {
	values map[string][]dataValue
	number map[string]map[string]int
}

func (s Set) data() dataPart {
	lines := s.rows()
	x := s.index(lines)
	set := dataSet{Links: flowLink, Action: "Replace", Series: map[string]series{}}
	for _, line := range lines {
		key := x.key(line, at(keyed))
		one, begun := set.Series[key]
		if !begun {
			one = series{Attributes: x.list(line, at(perSeries)), Observations: map[string][]any{}}
			set.Series[key] = one
		}
		one.Observations[x.key(line, at(timed))] = x.list(line, slices.Concat(at(measured), at(perFigure)))
	}
	return dataPart{Structures: []dataStructure{s.described(x)}, DataSets: []dataSet{set}}
}

// index lists the values of dimensions that occur, and all codes of coded attributes.
func (s Set) index(lines []row) index {
	x := index{values: map[string][]dataValue{}, number: map[string]map[string]int{}}
	for _, c := range components {
		if !c.coded() {
			continue
		}
		used := map[string]bool{}
		for _, line := range lines {
			if id, ok := line[c.id].(string); ok {
				used[id] = true
			}
		}
		for _, code := range s.codes(c.as) {
			if used[code.ID] {
				x.add(c.id, dataValue{ID: code.ID, Name: code.Words.ZH, Names: both(code.Words)})
			}
		}
	}
	for _, p := range s.periods() {
		x.add("TIME_PERIOD", timeValue(p))
	}
	return x
}

func (x index) add(component string, v dataValue) {
	if x.number[component] == nil {
		x.number[component] = map[string]int{}
	}
	x.number[component][v.ID+v.Value] = len(x.values[component])
	x.values[component] = append(x.values[component], v)
}

// timeValue is a period with its first and last moment. One that the notation of SDMX has no name for is a value.
func timeValue(p reporting.Period) dataValue {
	span := p.Span()
	v := dataValue{
		Name: p.Title().ZH, Names: both(p.Title()), Start: span.From.String() + "T00:00:00+08:00", End: span.To.String() + "T23:59:59+08:00",
	}
	if p.Frequency == reporting.TenDays {
		v.Value = TimeOf(p)
	} else {
		v.ID = TimeOf(p)
	}
	return v
}

// key is the places of a line's values in their lists: 0:2:1.
func (x index) key(line row, of []component) string {
	parts := make([]string, len(of))
	for i, c := range of {
		id, _ := line[c.id].(string)
		parts[i] = strconv.Itoa(x.number[c.id][id])
	}
	return strings.Join(parts, ":")
}

// list are a line's values; coded ones by their places.
func (x index) list(line row, of []component) []any {
	all := make([]any, len(of))
	for i, c := range of {
		all[i] = line[c.id]
		if id, ok := line[c.id].(string); ok && c.coded() {
			all[i] = x.number[c.id][id]
		}
	}
	return all
}

func (s Set) described(x index) dataStructure {
	d := dataStructure{
		DataSets: []int{0}, Name: s.Title.ZH, Names: both(s.Title),
		Links: append(slices.Clone(flowLink), link{Rel: "datastructure", URN: urn("datastructure.DataStructure", flow, "")}),
	}
	show := func(c component) dataComponent {
		return dataComponent{named: namedBy(c.id, c.words), Format: formats[c.as], Values: x.values[c.id]}
	}
	keys := names(at(keyed))
	for _, c := range components {
		switch c.place {
		case keyed:
			d.Dimensions.Series = append(d.Dimensions.Series, dataDimension{show(c), slices.Index(keys, c.id)})
		case timed:
			d.Dimensions.Observation = append(d.Dimensions.Observation, dataDimension{show(c), len(keys)})
		case measured:
			d.Measures.Observation = append(d.Measures.Observation, show(c))
		case perSeries:
			d.Attributes.Series = append(d.Attributes.Series, dataAttribute{show(c), ofSeries(keys)})
		case perFigure:
			d.Attributes.Observation = append(d.Attributes.Observation, dataAttribute{show(c), ofFigure})
		}
	}
	return d
}
