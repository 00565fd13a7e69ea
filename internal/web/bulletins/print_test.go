package bulletins_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/document"
	"luoshi/internal/store/storetest"
)

// TestAPrintedBulletin prints one on A4: the paper alone, with what is in it.
func TestAPrintedBulletin(t *testing.T) {
	o := settle(t, storetest.SQLite(t))
	for range 25 {
		o.promise(t, "完成老城片区雨污分流改造及配套道路恢复", o.Bureau.ID, day(3, 31))
	}
	o.compute(t)
	tab := o.Office().Browse(t)
	tab.Open("/bulletins/" + string(o.issued(t).ID))
	pdf, err := chromedp.Run(tab.Context, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	must(t, err)
	if folder := os.Getenv("PICTURES"); folder != "" {
		must(t, os.WriteFile(filepath.Join(folder, "bulletin.pdf"), pdf, 0o600))
	}
	printed := have[*document.Document](t)(document.Open(context.Background(), "bulletin.pdf", pdf, document.Options{}))
	text := strings.NewReplacer(" ", "", "\n", "").Replace(printed.Text)
	for _, want := range []string{"督查通报", "第一期", "督通〔2026〕1号", "望溪区人民政府督查室", "2026年7月6日", "各单位承诺事项进展情况表", "另有6项未列入本表"} {
		if !strings.Contains(text, want) {
			t.Errorf("the print lacks %s", want)
		}
	}
	for _, lacks := range []string{"数字核对", "签收情况", "退出登录", "更正这期通报"} {
		if strings.Contains(text, lacks) {
			t.Errorf("the print holds %s", lacks)
		}
	}
}
