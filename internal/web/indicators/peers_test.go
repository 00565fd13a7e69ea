package indicators_test

import (
	"net/http"
	"net/url"
	"testing"

	"luoshi/internal/service/peers"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/indicators"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/internal/web/webtest"
)

func TestFiguresOfOthersStandBesideOnesOwn(t *testing.T) {
	progresstest.Each(t, func(t *testing.T, o *progresstest.Town) {
		o.Report(t)
		site := webtest.Serve(t, o.Fixture, indicators.New(o.Catalogue, o.Progress, o.Reporting, peers.New(o.Core, o.Reporting), nil).Routes()...)
		office := site.Office()
		office.Get(of(site, "")).Want(http.StatusOK, "还没有录入其他地区的数据")
		form := url.Values{"seen": {"0"}, "name": {"云川区"}, "period": {"2026-M07"}, "figure": {""}, "growth": {""}, "source": {"云川区统计公报"}}
		office.Get(of(site, "/peers")).Want(http.StatusOK, "2026年上半年")
		office.Post(of(site, "/peers"), form).Want(http.StatusUnprocessableEntity, "累计值和增速至少填一项", "云川区统计公报")
		form.Set("growth", "5.2")
		office.Post(of(site, "/peers"), form).Want(http.StatusOK, "云川区的数据已保存", "云川区统计公报", "5.2", "本地区", `id="peers-chart-title"`)
		office.Post(of(site, "/peers"), form).Want(http.StatusUnprocessableEntity, "修改或删除已有数据须说明原因")
		form.Set("reason", "公报已修订")
		office.Post(of(site, "/peers"), form).Want(http.StatusConflict, "他人已修改此数据")
		change := office.Get(of(site, "/peers?name=云川区&period=2026-M07")).Want(http.StatusOK, "公布该数据的文件")
		form.Set("seen", change.Field("seen"))
		form.Set("growth", "5.4")
		office.Post(of(site, "/peers"), form).Want(http.StatusOK, "5.4")
		office.Get(of(site, "/files/peers.csv")).Want(http.StatusOK, "周期,地区,累计值,同比增长（%）,数据来源", "云川区,,5.4,云川区统计公报", "本地区")
		office.Get(of(site, "/files/courses.csv")).Want(http.StatusOK, "事项,责任单位,周期,应完成", "2026年7月")
		office.Get(of(site, "/files/series.csv")).Want(http.StatusOK, "年份")
		office.Get(of(site, "/files/people.csv")).Want(http.StatusNotFound)
		site.As("leader", o.Government.ID).Get(of(site, "/peers")).Want(http.StatusForbidden)
		site.As("leader", o.Government.ID).Get(of(site, "")).Want(http.StatusOK, "云川区").Lacks("录入其他地区数据")
		office.Post(of(site, "/peers/drop"), url.Values{"seen": {"2"}, "name": {"云川区"}, "period": {"2026-M07"}, "reason": {"口径不同"}}).
			Want(http.StatusOK, "云川区的数据已删除", "还没有录入其他地区的数据")
	})
}

func TestFiguresOfOthersInTheBrowser(t *testing.T) {
	o := progresstest.Settle(t, storetest.SQLite(t))
	o.Report(t)
	site := webtest.Serve(t, o.Fixture, indicators.New(o.Catalogue, o.Progress, o.Reporting, peers.New(o.Core, o.Reporting), nil).Routes()...)
	office := site.Office()
	for name, growth := range map[string]string{"云川区": "5.2", "清源区": "-1.1", "石门县": "5.3"} {
		for _, period := range []string{"2026-M06", "2026-M07"} {
			office.Post(of(site, "/peers"), url.Values{"seen": {"0"}, "name": {name}, "period": {period}, "growth": {growth}, "source": {"统计公报"}}).Want(http.StatusOK)
		}
	}
	tab := office.Browse(t)
	for _, address := range []string{"", "/peers"} {
		tab.Wide()
		tab.Open(of(site, address))
		tab.Axe()
		tab.Fits()
		tab.Picture("indicator-peers" + address[:min(1, len(address))])
		tab.Narrow()
		tab.Fits()
	}
}
