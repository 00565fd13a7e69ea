package access

import (
	"fmt"
	"io"
	"strings"
)

// WriteMarkdown writes the table as a page of documentation: for each group of actions who may do them,
// and to objects of which units.
func (t *Table) WriteMarkdown(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# 权限表 / Rights\n\n")
	b.WriteString("本表由 `rights.txt` 生成；空格表示不允许，公众一栏对所有人有效。\n")
	b.WriteString("Generated from `rights.txt`; an empty cell means no; what the public may do, everybody may.\n")
	for _, apart := range t.apart {
		var titles []string
		for _, role := range apart {
			titles = append(titles, t.Title(role).Chinese)
		}
		fmt.Fprintf(&b, "\n一个账号只能担任其一 / one account holds one of: %s\n", strings.Join(titles, "、"))
	}
	for _, g := range t.groups {
		fmt.Fprintf(&b, "\n## %s / %s\n\n", g.title.Chinese, g.title.English)
		t.writeGroup(&b, g)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write the table of rights: %w", err)
	}
	return nil
}

func (t *Table) writeGroup(b *strings.Builder, g group) {
	b.WriteString("| action | 操作 |")
	for _, role := range t.roles {
		fmt.Fprintf(b, " %s |", role.title.Chinese)
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(t.roles)) + "\n")
	for _, e := range g.actions {
		fmt.Fprintf(b, "| `%s` | %s |", e.action, e.title.Chinese)
		for _, role := range t.roles {
			if cell := e.words(role.role).Chinese; cell != "" {
				b.WriteString(" " + cell)
			}
			b.WriteString(" |")
		}
		b.WriteString("\n")
	}
}
