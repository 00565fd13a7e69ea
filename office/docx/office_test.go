package docx

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"luoshi/office/paper"
	"luoshi/office/paper/papertest"
)

// TestOfficeSetsTwentyTwoLinesOfTwentyEightCharacters lets LibreOffice set a document of three full pages, as GB/T
// 9704-2012 counts them.
func TestOfficeSetsTwentyTwoLinesOfTwentyEightCharacters(t *testing.T) {
	const lines, characters = 22, 28
	pages := printed(t, write(t, papertest.Full(3*lines*characters-2), Options{})) // the first line is indented by two
	if len(pages) != 3 {
		t.Fatalf("%d pages, want 3", len(pages))
	}
	for i, page := range pages {
		var full int
		var text []string
		for _, l := range strings.Split(page, "\n") {
			l = strings.TrimSpace(l)
			if l == "" || strings.HasPrefix(l, "—") {
				continue
			}
			text = append(text, l)
			if utf8.RuneCountInString(l) == characters {
				full++
			}
		}
		want := lines
		if i == 0 {
			want--
		}
		if len(text) != lines || full != want {
			t.Errorf("page %d has %d lines, %d of them full:\n%s", i+1, len(text), full, strings.Join(text, "\n"))
		}
	}
}

// TestOfficePrintsAReport lets LibreOffice open the report: what it prints has the title, the last row of the turned
// table and the 版记, and the turned table stands on a page of its own.
func TestOfficePrintsAReport(t *testing.T) {
	pages := printed(t, write(t, papertest.Report(), Options{}))
	all := strings.Join(strings.Fields(strings.Join(pages, "")), "")
	for _, want := range []string{"望政发〔2026〕17号", "计划执行情况的报告", "区人民医院门诊楼", "望溪区人民政府办公室2026年7月28日印发"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not printed", want)
		}
	}
	for i, page := range pages {
		if strings.Contains(page, "区人民医院门诊楼") && strings.Contains(page, "个重点项目完成投资") {
			t.Errorf("page %d holds the turned table and upright text", i+1)
		}
	}
}

// TestOfficePutsTheFootOnTheBackOfTheLastSheet: on the page of the text where that is an even one, else on the next.
func TestOfficePutsTheFootOnTheBackOfTheLastSheet(t *testing.T) {
	for characters, want := range map[int]int{10: 2, 28*22 + 10: 2, 28*22*2 + 10: 4} {
		d := papertest.Full(characters)
		d.Foot = paper.Foot{Copies: "区委办公室", Printer: "望溪区人民政府办公室", Printed: "2026年7月28日"}
		pages := printed(t, write(t, d, Options{}))
		if len(pages) != want || !strings.Contains(pages[len(pages)-1], "印发") {
			t.Errorf("%d characters and the foot stand on %d pages, want %d", characters, len(pages), want)
		}
	}
}

// printed is the text of each page that LibreOffice makes of a file.
func printed(t *testing.T, data []byte) []string {
	t.Helper()
	for _, program := range []string{"soffice", "pdftotext"} {
		if _, err := exec.LookPath(program); err != nil || testing.Short() {
			t.Skipf("%s is not here, or the run is to be short", program)
		}
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "paper.docx")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	for _, command := range [][]string{
		{"soffice", "-env:UserInstallation=file://" + folder + "/profile", "--headless", "--convert-to", "pdf", "--outdir", folder, file},
		{"pdftotext", "-layout", filepath.Join(folder, "paper.pdf"), filepath.Join(folder, "paper.txt")},
	} {
		if out, err := exec.CommandContext(ctx, command[0], command[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command[0], err, out)
		}
	}
	text, err := os.ReadFile(filepath.Join(folder, "paper.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
}
