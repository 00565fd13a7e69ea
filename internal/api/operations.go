package api

import (
	_ "embed"
	"fmt"
	"strings"

	"luoshi/internal/access"
	"luoshi/ledger"
)

//go:embed operations.txt
var operationsText string

// operation is a row of operations.txt.
type operation struct {
	name   string
	method string
	path   string
	who    string
	entry  access.Entry
	words  ledger.Wording
	tag    string
}

// tag is a heading of operations.txt.
type tag struct {
	name  string
	words ledger.Wording
}

// catalog is operations.txt, read.
type catalog struct {
	operations []operation
	byName     map[string]operation
	tags       []tag
}

// readOperations reads operations.txt against a table of rights.
func readOperations(rights *access.Table, text string) (*catalog, error) {
	c, routes := &catalog{byName: map[string]operation{}}, strings.Builder{}
	for line := range strings.Lines(text) {
		if heading, ok := strings.CutPrefix(strings.TrimSpace(line), "["); ok {
			cells := sheet("operations.txt", strings.TrimSuffix(heading, "]"), 3)[0]
			c.tags = append(c.tags, tag{name: cells[0], words: ledger.Wording{ZH: cells[1], EN: cells[2]}})
			continue
		}
		for _, row := range sheet("operations.txt", line, 5) {
			if err := c.add(row); err != nil {
				return nil, err
			}
			fmt.Fprintln(&routes, row[1], row[2])
		}
	}
	entries, err := rights.ParseRoutes("operations.txt", routes.String())
	if err != nil {
		return nil, err
	}
	for i, o := range c.operations {
		o.entry, _ = entries.Entry(o.method + " " + o.path)
		c.operations[i], c.byName[o.name] = o, o
	}
	return c, nil
}

func (c *catalog) add(row []string) error {
	method, path, _ := strings.Cut(row[1], " ")
	if _, twice := c.byName[row[0]]; twice || len(c.tags) == 0 {
		return fmt.Errorf("operations.txt: %s stands twice, or under no heading", row[0])
	}
	o := operation{
		name: row[0], method: method, path: path, who: row[2],
		words: ledger.Wording{ZH: row[3], EN: row[4]}, tag: c.tags[len(c.tags)-1].name,
	}
	c.operations, c.byName[o.name] = append(c.operations, o), o
	return nil
}
