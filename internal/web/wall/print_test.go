package wall_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"luoshi/internal/store/storetest"
)

var sheets = flag.String("sheets", "", "folder for the wall chart as it is printed")

// pages finds the sizes of the pages of a PDF file, in points.
var pages = regexp.MustCompile(`/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]`)

// The chart is printed on sheets of the size that it was asked for, each with its head and foot.
func TestTheWallChartIsPrinted(t *testing.T) {
	o := town(t, storetest.SQLite(t))
	o.Grow(t, 60)
	o.Compute(t)
	tab := serve(t, o).Office().Browse(t)
	for _, test := range []struct {
		paper         string
		width, height int // in millimetres
		sheets        int
	}{{"a3", 420, 297, 6}, {"a1", 841, 594, 5}} {
		tab.Open(wallOf(o, "/sheet?lang=zh-CN&by=unit&paper="+test.paper))
		pdf, err := chromedp.Run(tab.Context, chromedp.PrintToPDF(func(p *page.PrintToPDFParams) { p.PreferCSSPageSize, p.PrintBackground = new(true), new(true) }))
		must(t, err)
		found := pages.FindAllSubmatch(pdf, -1)
		if len(found) < 2 || len(found) > test.sheets {
			t.Errorf("%s: %d sheets", test.paper, len(found))
		}
		for _, size := range found {
			if w, h := millimetres(size[1]), millimetres(size[2]); abs(w-test.width) > 1 || abs(h-test.height) > 1 {
				t.Errorf("%s: a sheet of %d × %d mm", test.paper, w, h)
			}
		}
		if *sheets != "" {
			must(t, os.WriteFile(filepath.Join(*sheets, fmt.Sprintf("wall-%s.pdf", test.paper)), pdf, 0o644))
		}
	}
}

func millimetres(points []byte) int {
	n, _ := strconv.ParseFloat(string(points), 64)
	return int(n/72*25.4 + .5)
}

func abs(n int) int { return max(n, -n) }
