package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/a-h/templ"
	"github.com/chromedp/chromedp/kb"

	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

// all is several components one after the other.
func all(components ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for _, c := range components {
			if err := c.Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
}

// in is a component with others in it.
func in(outer templ.Component, components ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, all(components...)), w)
	})
}

func html(text string) templ.Component { return templ.Raw(text) }

// units are more options than anybody wants to look through.
func units() []page.Option {
	options := []page.Option{{Label: "未定"}, {Value: "u1", Label: "区发展和改革局"}, {Value: "u2", Label: "区教育局"}}
	for n := 3; n <= 40; n++ {
		options = append(options, page.Option{Value: fmt.Sprint("u", n), Label: fmt.Sprint("第", n, "街道办事处")})
	}
	return options
}

// gallery is a page with every part that pages are made of.
func gallery(r *http.Request) templ.Component {
	v := page.Of(r.Context())
	list := page.ListOf(r, page.Column{Title: "编号"}, page.Column{Order: "title", Title: "事项"},
		page.Column{Order: "weight", Title: "权重", Number: true}, page.Column{Title: "灯", Narrow: true})
	list.Next = "cursor"
	errs, _ := v.ErrorsOf(ledger.Unit{}.Validate())
	options := []page.Option{{Value: "", Label: "全部"}, {Value: "a", Label: "指标"}}
	field := page.Field{Name: "title", Label: "标题", Help: "不超过200个字", Value: "<b>全区生产总值</b>", Required: true, Errors: []string{"请填写标题。"}}
	return in(page.Layout("部件一览", page.Crumb{Title: "计划", URL: "/plans"}, page.Subtitle("每个部件一次"),
		page.Actions(all(page.Export(list, "/here.xlsx"), page.SavedViews(list, []page.SavedView{{ID: "1", Name: "逾期的", URL: "/here?late=1"}}),
			in(page.Confirm("终止", "终止后不能恢复，确定终止吗？"), html(`<button class="btn btn-danger">确定终止</button>`))))),
		page.Problems(errs),
		in(page.Alert(page.Success), html("已保存。")), in(page.Alert(page.Info), html("供参考。")), in(page.Alert(page.Warning), html("请注意。")),
		page.Tabs("部分", page.Tab{Title: "概况", URL: "/here", Active: true, Count: -1}, page.Tab{Title: "调整", URL: "/here?tab=2", Count: 1234}),
		in(page.FilterBar(list), page.Input(page.Field{Name: "q", Label: "关键词", Value: list.Filter("q")}),
			page.Select(page.Field{Name: "kind", Label: "类别", Value: "a"}, options)),
		in(page.Table(list, "承诺事项"), html(`<tr><td class="nowrap">2026-001</td><td><a href="/c/1">地区生产总值增长6%左右</a></td><td class="num">1.5</td><td class="narrow">`),
			page.Light("red"), page.Light("yellow"), page.Light("green"), page.Light("grey"), html("</td></tr>")),
		in(page.Card("表单"), html(`<form method="post" action="/here">`),
			page.Input(field), page.Textarea(page.Field{Name: "reason", Label: "理由", Rows: 4}),
			page.Radios(page.Field{Name: "kind2", Label: "类别", Value: "a", Required: true}, options[1:]),
			page.Select(page.Field{Name: "lead", Label: "牵头单位", Value: "u2"}, units()),
			page.Checklist(page.Field{Name: "with", Label: "配合单位", Help: "可选多个"}, units()[1:], []string{"u3"}),
			page.Checkbox(page.Field{Name: "firm", Label: "刚性时限", Help: "不得顺延"}, true), page.Hidden("revision", "3"),
			html(`<div class="form-actions"><button class="btn btn-primary">保存</button></div></form>`)),
		page.Conflict(page.Clash{
			Who: "李四", When: "2026年1月5日 14:03", URL: "/c/1",
			Fields: []page.Difference{{Field: "时限", Mine: "2026年7月1日", Theirs: "2026年9月30日"}, {Field: "权重", Mine: "1", Theirs: "1"}},
		}),
		in(page.Facts(), in(page.Fact("牵头单位"), html("区发展改革委")), in(page.Fact("进度"), page.Progress("进度", 45, 80)),
			in(page.Fact("状态"), page.Badge(page.Success, "已发布"), page.Badge(page.Danger, "已逾期"), page.Badge(page.Warning, "待认领"),
				page.Badge(page.Info, "起草"), page.Badge(page.Neutral, "已终止"))),
		page.Empty("plan", "没有符合条件的事项", "请放宽筛选条件。"))
}

func showGallery(w http.ResponseWriter, r *http.Request) error { return web.Show(w, r, gallery(r)) }

func TestPartsOfPages(t *testing.T) {
	f := district(t)
	site := serve(t, f, "anyone", web.Route{Handler: showGallery}, web.Options{})
	p := site.Office().Get("/here?q=增长&kind=a&sort=title&after=x").Want(http.StatusOK,
		"每个部件一次", "李四在2026年1月5日 14:03修改了它", "1,234", "45 / 80", "清除筛选", "第一页")
	for name, want := range map[string]string{
		"title": "<b>全区生产总值</b>", "kind": "a", "q": "增长", "revision": "3", "sort": "title",
		"list": "/here", "query": url.Values{"q": {"增长"}, "kind": {"a"}, "sort": {"title"}}.Encode(),
	} {
		if got := p.Field(name); got != want {
			t.Errorf("the field %s holds %q, want %q", name, got, want)
		}
	}
	site.Public().Get("/here").Want(http.StatusOK).Lacks("保存的视图")
}

func TestPartsOfPagesInABrowser(t *testing.T) {
	f := district(t)
	site := serve(t, f, "anyone", web.Route{Handler: showGallery}, web.Options{})
	tab := site.Office().Browse(t)
	for _, lang := range []string{"zh-CN", "en"} {
		tab.Wide()
		tab.Open("/here?lang=" + lang)
		tab.Axe()
		tab.Fits()
		tab.Picture("parts-" + lang)
		tab.Narrow()
		tab.Axe()
		tab.Fits()
		tab.Picture("parts-" + lang + "-narrow")
	}
}

func TestButtonsBeneathThePointerCanBeRead(t *testing.T) {
	f := district(t)
	site := serve(t, f, "anyone", web.Route{Handler: showGallery}, web.Options{})
	tab := site.Office().Browse(t)
	tab.Open("/here")
	for _, button := range []string{".btn-outline-danger", ".btn-primary", ".page-actions .btn"} {
		tab.Point(button)
		if fading := webtest.Value[int](tab, `document.querySelector(`+strconv.Quote(button)+`).getAnimations().length`); fading > 0 {
			t.Errorf("%s fades into other colours, which cannot be read on the way", button)
		}
		tab.Axe()
	}
}

func TestLongChoicesAreFoundByTyping(t *testing.T) {
	f := district(t)
	site := serve(t, f, "anyone", web.Route{Handler: showGallery}, web.Options{})
	tab := site.Office().Browse(t)
	tab.Open("/here")
	tab.Type("#lead-filter", "发改局")
	if got := webtest.Value[string](tab, `document.querySelector('#lead').innerText.trim()`); got != "区发展和改革局\n区教育局" {
		t.Errorf("while typing the choice offers %q: what fits, and what is chosen", got)
	}
	if got := webtest.Value[string](tab, `document.querySelector('#lead-filter ~ [role=status]').textContent`); got != "符合 1 项" {
		t.Errorf("it says %q", got)
	}
	tab.Axe()
	tab.Press(kb.Enter)
	if got := webtest.Value[string](tab, `var s = document.querySelector('#lead'); s.value + ' ' + s.options.length + ' ' + s.size`); got != "u1 41 0" {
		t.Errorf("after Enter the choice is %q", got)
	}
	tab.Type("#lead-filter", "4街道")
	tab.Press(kb.ArrowDown)
	tab.Press(kb.ArrowDown)
	tab.Press(kb.Enter)
	if got := webtest.Value[string](tab, `document.querySelector('#lead').value`); got != "u14" {
		t.Errorf("the arrow keys chose %q", got)
	}
	tab.Type("#with-filter", "教育")
	shown := `Array.from(document.querySelectorAll('#with label')).filter(l => l.offsetParent).map(l => l.innerText.trim()).join()`
	if got := webtest.Value[string](tab, shown); got != "区教育局,第3街道办事处" {
		t.Errorf("the list shows %q: what fits, and what is ticked", got)
	}
	tab.Press(kb.Escape)
	if got := webtest.Value[int](tab, `document.querySelectorAll('#with label[hidden]').length`); got != 0 {
		t.Errorf("%d are still out of sight after Escape", got)
	}
}
