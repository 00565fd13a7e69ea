package e2e_test

import (
	"strings"
	"testing"

	"luoshi/internal/web/webtest"
)

// homes: everybody's first page has what they need: the leader the year with its lights and what to ask about, the
// reporter what is due, the head what to sign, the office who has not reported.
func homes(t *testing.T, s *site) {
	leader := s.as(t, "changchuan")
	leader.Open("/")
	want(leader, "时间过去", "各领域", "各牵头单位", "建议过问的五件事")
	if n := webtest.Value[int](leader, `document.querySelectorAll("section[aria-labelledby=questions] ol li").length`); n != 5 {
		t.Errorf("the leader is given %d things to ask about", n)
	}
	for _, place := range []string{"by-area", "by-unit"} {
		if n := webtest.Value[int](leader, `document.querySelectorAll("section[aria-labelledby=`+place+`] li").length`); n < 5 {
			t.Errorf("there are %d rows of lights %s", n, place)
		}
	}
	submit(leader, "section[aria-labelledby=questions] ol a")
	if !strings.HasPrefix(path(leader), "/lights") {
		t.Errorf("a question leads to %s", path(leader))
	}

	for _, who := range []struct{ name, section, shows, leads string }{
		{"xiaolou", "to-fill", "2026年11月 望溪区住房和城乡建设局", "/reports/"},
		{"qinghe", "home.missing", "望溪区发展和改革局 2026年11月", "/reports/"},
		{"qinghe", "to-decide", "望溪区", "/submissions/"},
	} {
		tab := s.as(t, who.name)
		tab.Open("/")
		section := `section[aria-labelledby="` + who.section + `"]`
		if shown := webtest.Value[string](tab, `(document.querySelector(`+quoted(section)+`) || {}).innerText || ''`); !strings.Contains(shown, who.shows) {
			t.Errorf("%s finds no %s: %s", who.name, who.shows, shown)
			continue
		}
		submit(tab, section+` li a`)
		if !strings.HasPrefix(path(tab), who.leads) {
			t.Errorf("%s of %s leads to %s", who.section, who.name, path(tab))
		}
	}
	head := s.as(t, "qingsong")
	head.Open("/")
	want(head, "待审签、复核", "望溪区住房和城乡建设局")
}

// lights: a light tells why it is as it is; it is set by hand only with a reason, is shown as such, and is lifted.
func lights(t *testing.T, s *site) {
	office := s.as(t, "shubai")
	office.Open("/lights?colour=red")
	submit(office, "main table a[href^='/lights/0']")
	light := path(office)
	want(office, "单位自报", "数据显示", "时间", "为什么是这个颜色", "亮灯变化")

	const reason = "已现场核实，资金到位后可以赶上"
	if status := post(office, light+"/hand", "colour=yellow&reason="); status != 422 {
		t.Errorf("a light is set by hand without a reason: %d", status)
	}
	push(office, "form[action$='/hand'] [name=colour][value=yellow]")
	set(office, "form[action$='/hand'] [name=reason]", reason)
	submit(office, "form[action$='/hand'] button[type=submit]")
	want(office, reason, "人工", "沈书白")

	leader := s.as(t, "changchuan")
	leader.Open(light)
	want(leader, reason, "人工")
	if status := post(leader, light+"/hand", "colour=green&reason=x"); status != 403 {
		t.Errorf("a leader sets a light: %d", status)
	}
	set(office, "form[action$='/lift'] [name=reason]", "核实期已过")
	submit(office, "form[action$='/lift'] button[type=submit]")
	office.Open(light)
	want(office, reason, "核实期已过")
	if webtest.Value[bool](office, `!!document.querySelector("form[action$='/lift']")`) {
		t.Error("the light is still set by hand")
	}
}
