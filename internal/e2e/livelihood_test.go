package e2e_test

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/internal/web/webtest"
)

// livelihoodItems: a citizen suggests something for next year without an account, the office looks at it and everybody sees
// it; a deputy suggests something too. An item of this year gets a picture, is checked, asked about and closed.
func livelihoodItems(t *testing.T, s *site) {
	citizen, office, deputy := s.visitor(t), s.as(t, "shubai"), s.as(t, "yuanxi")
	citizen.Open("/livelihood")
	submit(citizen, "main .alert a")
	call := path(citizen)
	const wish = "望溪中学门口设置护学岗"
	fill(citizen, "#suggest [name=title]", wish)
	fill(citizen, "#suggest [name=text]", "上下学时车多，孩子过马路不安全。")
	submit(citizen, "#suggest button[type=submit]")
	want(citizen, "建议已收到")
	lacks(citizen, wish)
	office.Open(call)
	openNamed(office, wish)
	candidate := path(office)
	citizen.Open(candidate)
	lacks(citizen, wish)
	submit(office, "form:has([value=show]) button[type=submit]")
	want(office, "候选")
	citizen.Open(candidate)
	want(citizen, wish, "上下学时车多")
	lacks(citizen, "修改表述")

	deputy.Open(call)
	fill(deputy, "#suggest [name=title]", "老旧小区加装楼道扶手")
	fill(deputy, "#suggest [name=text]", "老人上下楼不便。")
	submit(deputy, "#suggest button[type=submit]")
	want(deputy, "建议已收到")
	if status := get(deputy, "/livelihood/rounds/new"); status != 403 {
		t.Errorf("a deputy prepares a call: %d", status)
	}
	anItem(t, s, office, citizen)
}

// anItem brings an item of the plan to its closing.
func anItem(t *testing.T, s *site, office, citizen *webtest.Tab) {
	t.Helper()
	head := s.as(t, "henong")
	head.Open("/livelihood")
	openNamed(head, "建成城市社区食堂12个")
	item := strings.Split(path(head), "#")[0]
	push(head, "details:has(#picture-form) > summary")
	soon(head, "file", chromedp.SetUploadFiles("#picture-form [type=file]", []string{drawing(t)}))
	set(head, "#picture-form [name=stage]", "after")
	fill(head, "#picture-form [name=caption]", "柳桥食堂开门迎客")
	submit(head, "#picture-form button[type=submit]")
	want(head, "照片已上传", "柳桥食堂开门迎客")
	submit(head, "form:has([value=finish]) button[type=submit]")
	want(head, "待核验")
	office.Open(item)
	submit(office, "form:has([value=pass]) button[type=submit]")
	want(office, "满意度评议", "须满意度达到规定要求")
	push(office, "details:has(#survey-citizens) > summary")
	set(office, "#survey-citizens [name=asked]", "60")
	set(office, "#survey-citizens [name='count.citizens.very']", "52")
	set(office, "#survey-citizens [name='count.citizens.poor']", "4")
	fill(office, "#survey-citizens [name=note]", "在食堂门口随机访问")
	submit(office, "#survey-citizens button[type=submit]")
	want(office, "满意率 92.9%")
	submit(office, "form:has([value=close]) button[type=submit]")
	want(office, "已销号")
	citizen.Open(item)
	lacks(citizen, "柳桥食堂开门迎客")
}

// openNamed opens the link of the page that holds some words.
func openNamed(tab *webtest.Tab, words string) {
	tab.Helper()
	address := webtest.Value[string](tab, `([...document.querySelectorAll('main a')].find(a => a.innerText.includes(`+quoted(words)+`)) || {}).pathname || ''`)
	if address == "" {
		tab.Fatalf("%s has no link “%s”: %s", path(tab), words, text(tab))
	}
	tab.Open(address)
}

// drawing is the file of a small picture.
func drawing(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "食堂.png")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(file, image.NewGray(image.Rect(0, 0, 320, 200))); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}
