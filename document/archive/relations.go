package archive

import (
	"encoding/xml"
	"path"
	"strings"
)

// Relation says which part of an Office file another part refers to.
type Relation struct {
	ID     string
	Kind   string // the last step of the relation's type: styles, header, worksheet
	Target string // the part's name within the container
}

// Relations reads the relations of a part ("" for the container itself), in the order of the file. A
// part without a list of relations has none; targets outside of the container are left out.
func (a *Archive) Relations(of string) ([]Relation, error) {
	folder, name := path.Split(of)
	var relations []Relation
	err := a.EachElement(folder+"_rels/"+name+".rels", func(e xml.StartElement) error {
		if e.Name.Local != "Relationship" || Attr(e, "TargetMode") == "External" || len(relations) >= a.lim.Entries {
			return nil
		}
		target := Attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		relations = append(relations, Relation{
			ID:     Attr(e, "Id"),
			Kind:   path.Base(Attr(e, "Type")),
			Target: strings.TrimPrefix(target, "/"),
		})
		return nil
	})
	return relations, err
}

// First is the target of the first relation of a kind, or the place where such a part usually stands.
func First(relations []Relation, kind, usual string) string {
	for _, relation := range relations {
		if relation.Kind == kind {
			return relation.Target
		}
	}
	return usual
}

// EachElement calls see for every start element of an XML part; a part that is absent has none.
func (a *Archive) EachElement(name string, see func(xml.StartElement) error) error {
	if !a.Has(name) {
		return nil
	}
	x, err := a.XML(name)
	if err != nil {
		return err
	}
	defer x.Close()
	return x.EachStart(see)
}
