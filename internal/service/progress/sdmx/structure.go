package sdmx

import "io"

// WriteStructure writes what the data are made of: concepts, lists of codes, the structure of the table and its flow.
func (s Set) WriteStructure(w io.Writer) error {
	return write(w, message{Meta: s.meta("structure"), Data: structurePart{
		Concepts:   []conceptScheme{concepts()},
		Codelists:  s.codelists(),
		Structures: []dataDefinition{definition()},
		Flows: []dataflow{{
			maintained: maintained{namedBy(flow, s.Title), version, agency}, Structure: urn("datastructure.DataStructure", flow, ""),
		}},
	}})
}

type structurePart struct {
	Concepts   []conceptScheme  `json:"conceptSchemes"`
	Codelists  []codelist       `json:"codelists"`
	Structures []dataDefinition `json:"dataStructures"`
	Flows      []dataflow       `json:"dataflows"`
}

type maintained struct {
	named
	Version string `json:"version"`
	Agency  string `json:"agencyID"`
}

type conceptScheme struct {
	maintained
	Concepts []concept `json:"concepts"`
}

type concept struct {
	named
	Description  string    `json:"description"`
	Descriptions localised `json:"descriptions"`
}

type codelist struct {
	maintained
	Codes []named `json:"codes"`
}

type dataflow struct {
	maintained
	Structure string `json:"structure"`
}

type dataDefinition struct {
	maintained
	Components definedComponents `json:"dataStructureComponents"`
}

type definedComponents struct {
	Dimensions definedDimensions `json:"dimensionList"`
	Measures   definedMeasures   `json:"measureList"`
	Attributes definedAttributes `json:"attributeList"`
}

type definedDimensions struct {
	ID         string    `json:"id"`
	Dimensions []defined `json:"dimensions"`
	Time       defined   `json:"timeDimension"`
}

type definedMeasures struct {
	ID       string    `json:"id"`
	Measures []defined `json:"measures"`
}

type definedAttributes struct {
	ID         string    `json:"id"`
	Attributes []defined `json:"attributes"`
}

type defined struct {
	ID             string         `json:"id"`
	Position       *int           `json:"position,omitempty"`
	Relationship   any            `json:"attributeRelationship,omitempty"`
	Concept        string         `json:"conceptIdentity"`
	Representation representation `json:"localRepresentation"`
}

type representation struct {
	Enumeration string  `json:"enumeration,omitempty"`
	Format      *format `json:"format,omitempty"`
}

const conceptsID = "CS_PLAN_INDICATORS"

func concepts() conceptScheme {
	scheme := conceptScheme{maintained: maintained{named{ID: conceptsID, Name: "概念", Names: localised{"zh": "概念", "en": "Concepts"}}, version, agency}}
	for _, c := range components {
		scheme.Concepts = append(scheme.Concepts, concept{namedBy(c.id, c.words), c.meaning.ZH, both(c.meaning)})
	}
	return scheme
}

// codelists are the lists that components are coded by, each named after the component. A list that the set leaves
// empty has no codes to write.
func (s Set) codelists() []codelist {
	var all []codelist
	for _, c := range components {
		if !c.coded() {
			continue
		}
		list := codelist{maintained: maintained{namedBy(c.as, c.words), version, agency}}
		for _, code := range s.codes(c.as) {
			list.Codes = append(list.Codes, namedBy(code.ID, code.Words))
		}
		if len(list.Codes) > 0 {
			all = append(all, list)
		}
	}
	return all
}

func definition() dataDefinition {
	d := dataDefinition{maintained: maintained{named{ID: flow, Name: "计划指标", Names: localised{"zh": "计划指标", "en": "Indicators of a plan"}}, version, agency}}
	d.Components.Dimensions.ID, d.Components.Measures.ID, d.Components.Attributes.ID = "DimensionDescriptor", "MeasureDescriptor", "AttributeDescriptor"
	for i, c := range at(keyed) {
		one := define(c)
		one.Position = &i
		d.Components.Dimensions.Dimensions = append(d.Components.Dimensions.Dimensions, one)
	}
	d.Components.Dimensions.Time = define(at(timed)[0])
	for _, c := range at(measured) {
		d.Components.Measures.Measures = append(d.Components.Measures.Measures, define(c))
	}
	for _, c := range at(perSeries) {
		one := define(c)
		one.Relationship = ofSeries(names(at(keyed)))
		d.Components.Attributes.Attributes = append(d.Components.Attributes.Attributes, one)
	}
	for _, c := range at(perFigure) {
		one := define(c)
		one.Relationship = ofFigure
		d.Components.Attributes.Attributes = append(d.Components.Attributes.Attributes, one)
	}
	return d
}

func define(c component) defined {
	one := defined{ID: c.id, Concept: urn("conceptscheme.Concept", conceptsID, c.id)}
	switch {
	case c.coded():
		one.Representation.Enumeration = urn("codelist.Codelist", c.as, "")
	case c.place == timed:
		one.Representation.Format = &format{"ObservationalTimePeriod"}
	default:
		one.Representation.Format = formats[c.as]
	}
	return one
}
