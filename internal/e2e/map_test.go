package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/internal/web/webtest"
)

// mapOfStreets: the administrator tries files that are no boundaries, takes the boundaries away and loads them again; the
// leader sees the streets coloured by each measure, with the table beside, opens a street and takes drawing and table out.
func mapOfStreets(t *testing.T, s *site) {
	admin, leader := s.as(t, "admin"), s.as(t, "changchuan")
	for name, content := range map[string]string{
		"html.geojson":   `<script>alert(1)</script>`,
		"script.geojson": `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"<script>alert(1)</script>"},"geometry":{"type":"Polygon","coordinates":[[[900,1],[901,1],[901,2],[900,1]]]}}]}`,
		"point.geojson":  `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"望湖街道"},"geometry":{"type":"Point","coordinates":[124,29]}}]}`,
		"deep.geojson":   strings.Repeat(`{"type":`, 20000),
	} {
		loadBoundaries(admin, written(t, name, content))
		if webtest.Value[int](admin, `document.querySelectorAll('.alert-danger').length`) == 0 {
			t.Errorf("%s is taken for boundaries: %.200s", name, text(admin))
		}
	}
	admin.Axe()
	admin.Open("/map/boundaries")
	submit(admin, "form[action='/map/boundaries/remove'] button[type=submit]")
	want(admin, "边界已移除")
	leader.Open("/map")
	want(leader, "还没有边界", "年度计划投资")
	loadBoundaries(admin, absolute(t, "../demo/data/streets.geojson"))
	want(admin, "边界已更新")

	for _, measure := range []string{"investment", "lights"} {
		leader.Open("/map?measure=" + measure)
		if fills := webtest.Value[int](leader, `new Set([...document.querySelectorAll('.map-sheet path')].map(p => p.getAttribute('fill'))).size`); fills < 2 {
			t.Errorf("by %s all streets have one colour", measure)
		}
		leader.Axe()
		leader.Fits()
		for _, file := range []string{"a[href*='/map/map.svg']", "a[href*='/map/map.xlsx']"} {
			if status := get(leader, webtest.Value[string](leader, `document.querySelector(`+quoted(file)+`).getAttribute('href')`)); status != 200 {
				t.Errorf("%s by %s answers %d", file, measure, status)
			}
		}
	}
	street := webtest.Value[string](leader, `document.querySelector('.map-sheet a.map-area').getAttribute('aria-label').split(' ')[0]`)
	leader.Do(chromedp.Evaluate[chromedp.Void](`window.isOld = true; location.href = document.querySelector('.map-sheet a.map-area').getAttribute('href')`))
	wait(leader, `!window.isOld && document.readyState === 'complete'`)
	want(leader, street)
	leader.Narrow()
	leader.Open("/map")
	leader.Fits()
}

// loadBoundaries sends a file in the form of boundaries.
func loadBoundaries(tab *webtest.Tab, file string) {
	tab.Helper()
	tab.Open("/map/boundaries")
	soon(tab, "file", chromedp.SetUploadFiles("input[type=file]", []string{file}))
	submit(tab, "form[action='/map/boundaries'] button[type=submit]")
}

// written is a file with a content.
func written(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// otherGovernments: the statistics office enters what a neighbour states of an indicator; the leader sees it beside the
// district's own figures, and takes it out as a file.
func otherGovernments(t *testing.T, s *site) {
	statistics, leader := s.as(t, "jicheng"), s.as(t, "changchuan")
	statistics.Open("/indicators?q=地区生产总值")
	follow(statistics, "main table a[href^='/indicators/']")
	here := path(statistics)
	follow(statistics, "main a[href$='/peers']")
	fill(statistics, "[name=name]", "南屏县")
	choose(statistics, "[name=period]", "2026年上半年")
	fill(statistics, "[name=growth]", "5.8")
	fill(statistics, "[name=source]", "南屏县2026年上半年统计公报")
	submit(statistics, "form[action$='/peers'] button[type=submit]")
	want(statistics, "南屏县的数据已保存", "同类地区比较", "南屏县2026年上半年统计公报")
	leader.Open(here)
	want(leader, "南屏县", "5.8", "青澜市", "上级合计")
	lacks(leader, "录入其他地区数据")
	leader.Axe()
	for _, file := range []string{"peers", "series", "courses"} {
		if status := get(leader, here+"/files/"+file+".csv"); status != 200 {
			t.Errorf("the file of %s answers %d", file, status)
		}
	}
	if status := get(leader, here+"/peers"); status != 403 {
		t.Errorf("a leader enters figures of others: %d", status)
	}
}
