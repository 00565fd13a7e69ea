package e2e_test

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/internal/web/webtest"
)

// publicPages: a guest finds a promise, sees how it goes and what proves it, and says what he sees of it; the office makes
// an order of that, and he learns what became of it. Anyone checks the site from outside, and its files are written.
func publicPages(t *testing.T, s *site) {
	guest := s.visitor(t)
	guest.Open("/public")
	want(guest, "政府承诺，公开可查", "望溪区2026年政府工作安排")
	lacks(guest, "工作台")
	submit(guest, `a[href="/public/2026"]`)
	want(guest, "按领域查看", "欢迎监督")
	fill(guest, "#q", "社区食堂")
	submit(guest, "form.filters button[type=submit]")
	submit(guest, ".public-promise-title a")
	here := path(guest)
	want(guest, "承诺原文", "社区食堂", "亮灯变化", "自第")
	guest.Axe()
	guest.Narrow()
	guest.Fits()
	guest.Open(here + "?lang=en")
	want(guest, "As promised", "How the light turned")
	guest.Fits()
	guest.Axe()
	guest.Wide()
	guest.Open(here + "?lang=zh-CN")
	if status := get(guest, strings.Replace(here, "/promises/", "/proofs/", 1)+".json"); status != 200 {
		t.Errorf("the proof answers %d", status)
	}
	guest.Open("/feedback")
	if !strings.HasPrefix(path(guest), "/sign-in") {
		t.Errorf("a guest moderates at %s", path(guest))
	}

	guest.Open(here)
	fill(guest, "#words", "社区食堂的厨房还没有装好，门一直关着。")
	submit(guest, "form[action$='/feedback'] button[type=submit]")
	receipt := path(guest)
	want(guest, "正在等待审核", "厨房还没有装好")
	office := s.as(t, "shubai")
	office.Open("/feedback")
	card := `section.card:has(p.public-text)`
	count := webtest.Value[int](office, `document.querySelectorAll("section.card p.public-text").length`)
	if count < 2 {
		t.Errorf("%d pieces of feedback wait", count)
	}
	mine := webtest.Value[string](office, `[...document.querySelectorAll("`+card+`")].find(c => c.innerText.includes("厨房还没有装好")).id`)
	fill(office, "#"+mine+" textarea", "已交牵头单位核实。")
	submit(office, "#"+mine+" form button.btn-primary")
	want(office, "已转为督办单草稿", "群众反映")
	guest.Open(receipt)
	want(guest, "已转为督办", "已交牵头单位核实。")

	nothingFound(guest)
	takenBack(t, office, guest, here)
	checked(t, s)
}

// nothingFound: who finds nothing learns what to do, in a narrow window and in English too.
func nothingFound(guest *webtest.Tab) {
	guest.Narrow()
	guest.Open("/public/2026?q=%E8%88%AA%E5%A4%A9%E9%A3%9E%E6%9C%BA&lang=en")
	want(guest, "Nothing was found", "Try other or fewer words")
	guest.Fits()
	guest.Axe()
	guest.Wide()
	guest.Open("/public/search?q=%E8%88%AA%E5%A4%A9%E9%A3%9E%E6%9C%BA&lang=zh-CN")
	want(guest, "没有找到", "换一个说法")
}

// takenBack: a promise that the office takes back is explained and not merely missing, until it is public again.
func takenBack(t *testing.T, office, guest *webtest.Tab, here string) {
	t.Helper()
	number := here[strings.LastIndex(here, "/")+1:]
	withhold := func(words string) {
		office.Open("/feedback")
		submit(office, `a[href^="/plans/"][href$="/public"]`)
		webtest.Value[string](office, `document.querySelector("#withheld").value = "`+words+`"`)
		submit(office, `form.card button[type=submit]`)
	}
	withhold(number)
	if status := get(guest, here); status != 410 {
		t.Errorf("a promise that was taken back answers %d", status)
	}
	guest.Narrow()
	guest.Open(here)
	want(guest, "这一事项已不再公开", number, "签名日志")
	lacks(guest, "承诺原文")
	guest.Fits()
	guest.Axe()
	guest.Wide()
	withhold("")
	guest.Open(here)
	want(guest, "承诺原文")
}

// checked lets the command check the site from outside, and write it as files.
func checked(t *testing.T, s *site) {
	t.Helper()
	program, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(s.data, "audit.pub")
	said, err := exec.CommandContext(context.Background(), program, "audit", "verify", "--url", s.url+"/public", "--key", key).CombinedOutput()
	if err != nil || !strings.Contains(string(said), "核验通过") {
		t.Errorf("checked from outside: %v: %s", err, said)
	}
	folder := filepath.Join(t.TempDir(), "site")
	said, err = exec.CommandContext(context.Background(), program, "publish", "--data", s.data, "--db", s.dsn, "--public-url", s.url, folder).CombinedOutput()
	if err != nil || !strings.Contains(string(said), "已写入") {
		t.Errorf("written as files: %v: %s", err, said)
	}
}
