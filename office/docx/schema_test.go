package docx

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"luoshi/office/paper"
	"luoshi/office/paper/papertest"
)

// TestPartsStandInSchemaOrder reads every part of a file: each is well-formed, and the children of each element that
// testdata/orders.txt knows are known there and stand in its order. Word refuses files in which they do not.
func TestPartsStandInSchemaOrder(t *testing.T) {
	orders := readOrders(t)
	for name, content := range unpack(t, write(t, papertest.Report(), Options{Mark: "送审稿"})) {
		if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
			continue
		}
		if err := checkOrder(content, orders); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCheckOfOrderFindsWhatIsOutOfIt(t *testing.T) {
	orders := readOrders(t)
	for name, part := range map[string]string{
		"swapped":    `<w:pPr xmlns:w="w"><w:jc/><w:keepNext/></w:pPr>`,
		"unknown":    `<w:pPr xmlns:w="w"><w:color/></w:pPr>`,
		"unfinished": `<w:pPr xmlns:w="w"><w:jc/>`,
	} {
		if err := checkOrder([]byte(part), orders); err == nil {
			t.Errorf("%s: nothing found", name)
		}
	}
}

func readOrders(t *testing.T) map[string][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/orders.txt")
	if err != nil {
		t.Fatal(err)
	}
	orders := map[string][]string{}
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		if words := strings.Fields(lines.Text()); len(words) > 1 && words[0] != "#" {
			orders[words[0]] = words[1:]
		}
	}
	return orders
}

// prefixes are those by which orders.txt names the elements of a space; a space of a test is its own.
var prefixes = map[string]string{wordSpace: "w", inlineSpace: "wp", chartSpace: "c"}

func prefixed(name xml.Name) string {
	if prefix := prefixes[name.Space]; prefix != "" {
		return prefix + ":" + name.Local
	}
	return name.Space + ":" + name.Local
}

func checkOrder(part []byte, orders map[string][]string) error {
	type open struct {
		name string
		at   int
	}
	var stack []open
	for d := xml.NewDecoder(bytes.NewReader(part)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			if len(stack) > 0 {
				parent := &stack[len(stack)-1]
				if order := orders[parent.name]; order != nil {
					at := slices.Index(order, name)
					if at < 0 {
						return errors.New(name + " in " + parent.name)
					}
					if at < parent.at {
						return errors.New(name + " in " + parent.name + " after " + order[parent.at])
					}
					parent.at = at
				}
			}
			stack = append(stack, open{name: prefixed(token.Name)})
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
}

func write(t testing.TB, d paper.Document, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
