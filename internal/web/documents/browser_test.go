package documents_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/webtest"
)

// district is a site on one database, for what only a browser shows.
func district(t *testing.T) *room {
	t.Helper()
	s := storetest.Open(t, storetest.SQLite(t), store.Options{Rooms: servicetest.Rooms(intake.Room(), catalogue.Room())})
	return open(t, servicetest.Settle(t, s))
}

// look looks at a page in both languages, wide and narrow.
func look(tab *webtest.Tab, name, path string) {
	tab.Helper()
	for _, lang := range []string{"zh-CN", "en"} {
		address := path + "?lang=" + lang
		if strings.Contains(path, "?") {
			address = path + "&lang=" + lang
		}
		tab.Open(address)
		for _, size := range []string{"wide", "narrow"} {
			if size == "wide" {
				tab.Wide()
			} else {
				tab.Narrow()
			}
			tab.Axe()
			tab.Fits()
			tab.Picture(strings.Join([]string{name, lang, size}, "-"))
		}
	}
	tab.Wide()
}

func TestPagesInABrowser(t *testing.T) {
	r := district(t)
	tab := r.Office().Browse(t)
	look(tab, "documents-empty", "/documents")
	earlier := r.upload(t, map[string]string{"plan.txt": plan}).Path
	look(tab, "document-waiting", earlier)
	later := r.upload(t, map[string]string{"plan-2.txt": strings.Replace(plan, "300张", "260张", 1) + "新建口袋公园6个。\n"}).Path
	tasks := r.upload(t, map[string]string{"任务分解表.csv": table}).Path
	guandu := r.upload(t, map[string]string{"guandu.txt": document(t, "../shared/documents/guandu-2021h1-report.txt")}).Path
	r.work(t)
	look(tab, "documents", "/documents")
	look(tab, "document-guandu", guandu)
	tab = r.Office().Browse(t) // with time of its own
	look(tab, "document", later)
	look(tab, "comparison", later+"/comparison?with="+strings.TrimPrefix(earlier, "/documents/"))
	look(tab, "task-table", tasks+"/table?plan="+string(r.Plan.ID))
}

// eventually waits until an expression holds in the page, which may be another one by then.
func eventually(tab *webtest.Tab, expression string) {
	tab.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		holds, err := chromedp.Run(tab.Context, chromedp.Evaluate[bool]("!!("+expression+")"))
		if err == nil && holds {
			return
		}
		if time.Now().After(deadline) {
			tab.Fatalf("in the page never: %s (%v)", expression, err)
		}
	}
}

func TestUploadInABrowser(t *testing.T) {
	r := district(t)
	tab := r.Office().Browse(t)
	file := filepath.Join(t.TempDir(), "工作安排.txt")
	if err := os.WriteFile(file, []byte(plan), 0o600); err != nil {
		t.Fatal(err)
	}
	tab.Open("/documents")
	tab.Do(chromedp.SetUploadFiles("#file", []string{file}))
	tab.Click("#upload button")
	tab.Do(chromedp.WaitVisible("#reading"))
	r.work(t)
	// The page asks every second, and shows the text with its marks once the reading is done.
	eventually(tab, `document.querySelector('.fig-target')`)
	refused := filepath.Join(t.TempDir(), "program.exe")
	if err := os.WriteFile(refused, []byte("MZ\x90\x00\x03\x00\x00\x00"), 0o600); err != nil {
		t.Fatal(err)
	}
	tab.Open("/documents")
	tab.Do(chromedp.SetUploadFiles("#file", []string{refused}))
	tab.Click("#upload button")
	tab.Do(chromedp.WaitVisible("#messages .alert"))
	if said := webtest.Value[string](tab, `document.getElementById('messages').textContent`); !strings.Contains(said, "program.exe") {
		t.Errorf("it says %q", said)
	}
	if shown := webtest.Value[bool](tab, `document.querySelector('.upload-progress').hidden && !document.querySelector('#upload button').disabled`); !shown {
		t.Error("the form cannot be used again")
	}
}
