package account_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/account"
	"luoshi/office/paper"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestReportsSayWhatTheirTemplatesAsk(t *testing.T) {
	for _, form := range account.Templates() {
		t.Run(form.Name, func(t *testing.T) {
			f := wangxi()
			if form.OfUnit {
				f.Unit = house
			}
			got := printed(account.Compose(form, f))
			file := filepath.Join("testdata", form.Name+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the report is\n%s\nnot as in %s", got, file)
			}
		})
	}
}

func TestTotalsAndSharesFollowFromTheTable(t *testing.T) {
	form, _ := account.TemplateFor("half-year")
	for seed := range districts(t) {
		c := account.Compose(form, district(seed, 10, 15))
		at := slices.IndexFunc(c.Paper.Body, func(b paper.Block) bool { return b.Table != nil && strings.Contains(b.Table.Caption, "项目进展") })
		table := c.Paper.Body[at].Table
		for _, column := range []int{1, 2, 4, 5} {
			if table.Rows[0][column].Formula.Operation != paper.Sum {
				t.Errorf("district %d: the total %s of column %d has no formula", seed, table.Rows[0][column], column)
			}
		}
		for r, row := range table.Rows {
			if row[3].Value != "" && row[3].Formula.Operation != paper.Share {
				t.Errorf("district %d: the share %s of row %d has no formula", seed, row[3], r)
			}
		}
	}
}

func TestListsWithinListsEndSomewhere(t *testing.T) {
	form, err := account.Parse("own", "name: 甲\ntitle: 乙\n---\n"+strings.Repeat("@each commitments\n{title}\n", 5)+strings.Repeat("@end\n", 5))
	if err != nil {
		t.Fatal(err)
	}
	if c := account.Compose(form, district(1, 500, 0)); !c.Cut || len(c.Paper.Body) > 300_000 {
		t.Errorf("the report has %d blocks and was cut: %v", len(c.Paper.Body), c.Cut)
	}
}
