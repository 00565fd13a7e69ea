package book

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"luoshi/office/paper"
	"luoshi/office/paper/papertest"
)

// TestOfficeComputesWhatIsStored takes the values away from all formulas and lets LibreOffice compute them: each cell
// comes to what was stored in it, so that whoever opens the workbook sees what the document says, before and after.
func TestOfficeComputesWhatIsStored(t *testing.T) {
	for name, d := range map[string]paper.Document{"report": papertest.Report(), "totals": totals(60)} {
		t.Run(name, func(t *testing.T) {
			f := open(t, d)
			sheets := computed(t, valueless(t, write(t, d)))
			formulas := 0
			for _, sheet := range f.GetSheetList() {
				rows, found := sheets[sheet]
				if !found {
					t.Fatalf("the sheet %s was not computed; there are %d others", sheet, len(sheets))
				}
				for at, cell := range formulasOf(t, f, sheet) {
					formulas++
					if at.Row >= len(rows) || at.Column >= len(rows[at.Row]) || !alike(rows[at.Row][at.Column], cell.stored) {
						t.Errorf("%s!%s: %s is stored, and %s comes to something else", sheet, cell.name, cell.stored, cell.formula)
					}
				}
			}
			if formulas < 5 {
				t.Errorf("%d formulas", formulas)
			}
		})
	}
}

// totals is a table of investments with their sum, the share of each in it, and what of its plan is left.
func totals(rows int64) paper.Document {
	cell := func(r *big.Rat, o paper.Operation, of ...paper.Place) paper.Cell {
		text := r.FloatString(2)
		return paper.Cell{Runs: []paper.Run{{Text: text}}, Value: text, Formula: paper.Formula{Operation: o, Of: of}}
	}
	table := paper.Table{Caption: "投资", Header: [][]paper.Cell{{}}}
	for _, name := range []string{"计划", "完成", "占比", "剩余"} {
		table.Columns = append(table.Columns, paper.Column{Width: 1, Number: true})
		table.Header[0] = append(table.Header[0], paper.Cell{Runs: []paper.Run{{Text: name}}})
	}
	planned, done := new(big.Rat), new(big.Rat)
	var plans, parts []*big.Rat
	sums := make([][]paper.Place, 2)
	for i := range rows {
		plans, parts = append(plans, big.NewRat(1000+i*37%911, 100)), append(parts, big.NewRat(500+i*i*13%499, 100))
		planned.Add(planned, plans[i])
		done.Add(done, parts[i])
		for column := range sums {
			sums[column] = append(sums[column], paper.Place{Row: int(i), Column: column})
		}
	}
	for i := range parts {
		share := new(big.Rat).Quo(parts[i], done)
		left := new(big.Rat).Sub(plans[i], parts[i])
		own, whole := paper.Place{Row: i, Column: 1}, paper.Place{Row: int(rows), Column: 1}
		table.Rows = append(table.Rows, []paper.Cell{
			cell(plans[i], ""), cell(parts[i], ""), cell(share.Mul(share, big.NewRat(100, 1)), paper.Share, own, whole),
			cell(left, paper.Less, paper.Place{Row: i}, own),
		})
	}
	table.Rows = append(table.Rows, []paper.Cell{cell(planned, paper.Sum, sums[0]...), cell(done, paper.Sum, sums[1]...)})
	return paper.Document{Body: []paper.Block{{Kind: paper.Tabular, Table: &table}}}
}

// formulaCell is a cell that computes its value.
type formulaCell struct{ name, formula, stored string }

// formulasOf are the formulas of a sheet, with the values that are stored and shown, by their places counted from 0.
func formulasOf(t *testing.T, f *excelize.File, sheet string) map[paper.Place]formulaCell {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	all := map[paper.Place]formulaCell{}
	for r, row := range rows {
		for c := range row {
			name, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			formula, err := f.GetCellFormula(sheet, name)
			if err != nil {
				t.Fatal(err)
			}
			if formula != "" {
				all[paper.Place{Row: r, Column: c}] = formulaCell{name, formula, row[c]}
			}
		}
	}
	return all
}

// alike tells whether two cells show the same number.
func alike(one, other string) bool {
	first, ok := new(big.Rat).SetString(strings.ReplaceAll(one, ",", ""))
	second, also := new(big.Rat).SetString(strings.ReplaceAll(other, ",", ""))
	return ok && also && first.Cmp(second) == 0
}

// cached is the value of a formula as it is stored.
var cached = regexp.MustCompile(`(<f>[^<]*</f>)<v>[^<]*</v>`)

// valueless is a workbook without the values of its formulas.
func valueless(t *testing.T, workbook []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	taken := false
	for _, file := range in.File {
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		without := cached.ReplaceAll(text, []byte("$1"))
		taken = taken || len(without) < len(text)
		to, err := out.Create(file.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(without); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if !taken {
		t.Fatal("no formula has a value")
	}
	return b.Bytes()
}

// computed are the cells of each sheet as LibreOffice shows them.
func computed(t *testing.T, workbook []byte) map[string][][]string {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil || testing.Short() {
		t.Skip("soffice is not here, or the run is to be short")
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "book.xlsx")
	if err := os.WriteFile(file, workbook, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	const everySheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1" // as shown, in UTF-8
	out, err := exec.CommandContext(ctx, "soffice", "-env:UserInstallation=file://"+folder+"/profile", "--headless", "--convert-to", everySheet,
		"--outdir", folder, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	names, err := filepath.Glob(filepath.Join(folder, "book-*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	sheets := map[string][][]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		in := csv.NewReader(bytes.NewReader(text))
		in.FieldsPerRecord = -1
		rows, err := in.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		sheets[strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), "book-"), ".csv")] = rows
	}
	return sheets
}
