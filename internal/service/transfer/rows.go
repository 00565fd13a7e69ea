package transfer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/store/backup"
)

// shape is the columns of a table in the database at hand.
type shape []backup.Column

// row is the values of a row, in the order of the columns: text, integer, boolean or nothing.
type row []any

// rows are those of a kind, by table, in the order of its tables.
type rows [][]row

// contents are the rows of all kinds, in their order.
type contents []rows

func noContents() contents {
	c := make(contents, len(kinds))
	for i, k := range kinds {
		c[i] = make(rows, len(k.tables))
	}
	return c
}

// shapes are the columns of all tables that make a plan.
func shapes(ctx context.Context, tables []backup.Table) (map[string]shape, error) {
	found := map[string]shape{}
	for _, t := range tables {
		found[t.Name] = t.Columns
	}
	for _, k := range kinds {
		for _, t := range k.tables {
			if found[t.name] == nil {
				return nil, fmt.Errorf("transfer: there is no table %s", t.name)
			}
		}
	}
	return found, ctx.Err()
}

// column is the number of a column.
func (s shape) column(name string) int {
	return slices.IndexFunc(s, func(c backup.Column) bool { return c.Name == name })
}

// owner is the identifier of the record that a row belongs to.
func (t table) ownerOf(s shape, r row) string {
	text, _ := r[s.column(t.owner)].(string)
	return text
}

// atOnce is how many identifiers a query asks for.
const atOnce = 400

// load reads the rows of a table that belong to some records, in an order that both databases share.
func load(ctx context.Context, db bun.IDB, t table, s shape, owners []string) ([]row, error) {
	var found []row
	for part := range slices.Chunk(owners, atOnce) {
		names := make([]string, len(s))
		for i, c := range s {
			names[i] = `"` + c.Name + `"`
		}
		result, err := db.QueryContext(ctx, "SELECT ? FROM ? WHERE ? IN (?)",
			bun.Safe(strings.Join(names, ", ")), bun.Ident(t.name), bun.Ident(t.owner), bun.List(part))
		if err != nil {
			return nil, fmt.Errorf("transfer: read %s: %w", t.name, err)
		}
		for result.Next() {
			r, into := make(row, len(s)), make([]any, len(s))
			for i := range r {
				into[i] = &r[i]
			}
			if err := result.Scan(into...); err != nil {
				return nil, errors.Join(err, result.Close())
			}
			for i, c := range s {
				r[i] = c.Kind.Encode(r[i])
			}
			found = append(found, r)
		}
		if err := errors.Join(result.Err(), result.Close()); err != nil {
			return nil, fmt.Errorf("transfer: read %s: %w", t.name, err)
		}
	}
	slices.SortFunc(found, func(a, b row) int { return bytes.Compare(s.line(a), s.line(b)) })
	return found, nil
}

// line is a row in JSON, with its columns by name and in their order.
func (s shape) line(r row) []byte {
	var out bytes.Buffer
	for i, c := range s {
		out.WriteString(map[bool]string{true: "{", false: ","}[i == 0])
		out.Write(inJSON(c.Name))
		out.WriteByte(':')
		out.Write(inJSON(r[i]))
	}
	out.WriteByte('}')
	return out.Bytes()
}

// inJSON is a text, number, truth value or nothing as JSON, with its letters as they are.
func inJSON(value any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic("transfer: " + err.Error()) // plain values can be written
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

var errColumns = errors.New("the columns differ")

// parse reads a row as line writes it.
func (s shape) parse(line []byte) (row, error) {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(line, &values); err != nil {
		return nil, err
	}
	if len(values) != len(s) {
		return nil, errColumns
	}
	r := make(row, len(s))
	for i, c := range s {
		raw, there := values[c.Name]
		if !there {
			return nil, errColumns
		}
		var err error
		if r[i], err = parseValue(c, raw); err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name, err)
		}
	}
	return r, nil
}

func parseValue(c backup.Column, raw json.RawMessage) (value any, err error) {
	if string(raw) == "null" {
		return nil, nil
	}
	switch c.Kind {
	case backup.Text:
		var text string
		err = json.Unmarshal(raw, &text)
		value = text
		if strings.ContainsRune(text, 0) {
			return nil, errors.New("there is a zero byte in a text")
		}
	case backup.Integer:
		var number int64
		err = json.Unmarshal(raw, &number)
		value = number
	case backup.Boolean:
		var truth bool
		err = json.Unmarshal(raw, &truth)
		value = truth
	default:
		return nil, fmt.Errorf("%s is no kind that is carried", c.Kind)
	}
	return value, err
}
