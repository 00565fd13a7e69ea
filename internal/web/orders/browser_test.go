package orders_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"luoshi/internal/service/supervision"
	"luoshi/internal/store/storetest"
	rules "luoshi/ledger/supervision"
)

// scenery is a town with orders in several states, one of them with replies and evidence, and the path of that one.
func scenery(t *testing.T) (o *town, path string) {
	t.Helper()
	o = settle(t, storetest.SQLite(t))
	path = o.signed(t, o.matter())
	head := o.Fixture.As(t.Context(), "unit-head", o.Bureau.ID)
	id := rules.OrderID(path[len("/orders/"):])
	var picture bytes.Buffer
	photo := image.NewRGBA(image.Rect(0, 0, 640, 400))
	for i := range 640 * 400 {
		photo.Set(i%640, i/640, color.RGBA{R: uint8(i % 640 / 3), G: uint8(i / 640 / 2), B: 120, A: 255}) //nolint:gosec // they fit
	}
	must(t, png.Encode(&picture, photo))
	said := rules.Reply{Text: "已完成东段管线迁改，西段燃气管线待确认。", Progress: 60, Trouble: "燃气公司停气窗口未定", Next: "本周五前确认停气方案"}
	have[supervision.Summary](t)(o.uses.Reply(head, id, said, []supervision.File{{Name: "东段现场.png", Content: &picture}}))
	o.issued(t, rules.Order{
		Kind: rules.Graded, Sheet: rules.Yellow, Title: "一号桥竣工验收滞后两个月", Basis: "一号桥亮黄灯", Requirement: "月底前组织竣工验收",
		Lead: o.Street.ID, Urgency: rules.Urgent, Sources: []rules.Source{{Kind: rules.FromInspection, Title: "第一季度督查", By: "督查室"}},
	})
	draft := o.matter()
	draft.Title = "望溪广场绿化补植"
	have[supervision.Drafted](t)(o.uses.Draft(o.office(t), draft))
	o.clock.On(1, 28)
	return o, path
}

func TestPagesAreSeenByEverybody(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is used")
	}
	o, path := scenery(t)
	office, head := o.Office().Browse(t), o.head().Browse(t)
	for _, shown := range []struct{ name, path string }{
		{"list", "/orders"}, {"draft", "/orders?tab=draft"}, {"new", "/orders/new?commitment=" + string(o.late.ID)}, {"order", path},
		{"sheet", path + "/sheet"}, {"parts", path + "/parts"}, {"red", "/orders/red"}, {"units", "/orders/units"}, {"settings", "/orders/settings"},
	} {
		for _, lang := range []string{"zh-CN", "en"} {
			office.Open(withLang(shown.path, lang))
			office.Wide()
			office.Axe()
			office.Picture("orders-" + shown.name + "-" + lang)
			office.Narrow()
			office.Fits()
			office.Picture("orders-" + shown.name + "-" + lang + "-narrow")
		}
		office.Wide()
	}
	head.Open(path)
	head.Axe()
	head.Picture("orders-order-head")
	head.Narrow()
	head.Fits()
}

func withLang(path, lang string) string {
	for _, sign := range path {
		if sign == '?' {
			return path + "&lang=" + lang
		}
	}
	return path + "?lang=" + lang
}
