package indicators_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/peers"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/web/indicators"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/internal/web/webtest"
)

func each(t *testing.T, test func(t *testing.T, site *webtest.Site)) {
	t.Helper()
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		going, reports, _ := progresstest.Uses(t, f.Core)
		test(t, webtest.Serve(t, f, indicators.New(catalogue.New(f.Core), going, reports, peers.New(f.Core, reports), nil).Routes()...))
	}, progresstest.Rooms()...)
}

func of(site *webtest.Site, part string) string {
	return "/indicators/" + string(site.Indicator.ID) + part
}

func TestAnIndicatorWithItsSeries(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		office := site.Office()
		office.Get("/indicators").Want(http.StatusOK, "养老床位", "3,320", "自定义")
		office.Get("/indicators?own=1&direction=less").Want(http.StatusOK, "没有符合条件的指标")
		shown := office.Get(of(site, "")).Want(http.StatusOK, "养老床位", "3,120张（2025年）", "望溪区民政局", "补录一年", "<svg", "横线为目标值")
		if strings.Contains(shown.Body, "style=") {
			t.Error("the chart has styles of its own, which the policy of the pages refuses")
		}
		site.As("leader", site.Government.ID).Get(of(site, "")).Want(http.StatusOK, "养老床位").Lacks("补录一年")
		office.Get(of(site, "?lang=en")).Want(http.StatusOK, "Steps are targets")
	})
}

func TestASeriesIsKept(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		reporter := site.As("reporter", site.Bureau.ID)
		reporter.Get(of(site, "/year")).Want(http.StatusOK, "补录一年")
		year := url.Values{"seen": {"1"}, "year": {"2024"}, "actual": {"很多"}, "as_of": {"2025-01-20"}, "scope": {"不含民办"}}
		reporter.Post(of(site, "/year"), year).Want(http.StatusUnprocessableEntity, "“很多”不是数字", "不含民办")
		year.Set("actual", "2980.0")
		year.Set("document", string(site.Document.Digest))
		year.Set("quoted", "没有这句话")
		reporter.Post(of(site, "/year"), year).Want(http.StatusUnprocessableEntity, "找不到这段文字")
		year.Set("quoted", "新增养老床位200张以上")
		reporter.Post(of(site, "/year"), year).Want(http.StatusOK, "已保存2024年数据", "2,980", "2025年起口径有变化", "新增养老床位200张以上")

		reporter.Get(of(site, "/year?year=2024")).Want(http.StatusOK, "2980.0", "修改原因")
		year.Set("seen", "2")
		year.Set("actual", "2990")
		reporter.Post(of(site, "/year"), year).Want(http.StatusUnprocessableEntity)
		year.Set("reason", "年鉴修订")
		reporter.Post(of(site, "/year"), year).Want(http.StatusOK, "2,990")
		year.Set("seen", "2")
		reporter.Post(of(site, "/year"), year).Want(http.StatusConflict, "有人修改了该指标", "2990")
		reporter.Post(of(site, "/drop"), url.Values{"seen": {"3"}, "year": {"2024"}}).Want(http.StatusUnprocessableEntity)
		reporter.Post(of(site, "/drop"), url.Values{"seen": {"3"}, "year": {"2024"}, "reason": {"口径不可比"}}).
			Want(http.StatusOK, "已删除2024年数据").Lacks("2,990")
		site.As("reporter", site.Street.ID).Get(of(site, "/year")).Want(http.StatusForbidden)
	})
}

func TestAnIndicatorIsDefined(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		office := site.Office()
		office.Get("/indicators/new?word=社会消费品").Want(http.StatusOK, "社会消费品零售总额")
		office.Get("/indicators/new?word=没有这个指标").Want(http.StatusOK, "词典里没有“没有这个指标”")
		form := office.Get("/indicators/new?code=economy.gdp").Want(http.StatusOK, "选用词典指标")
		values := url.Values{"base": {"300.5"}}
		for _, name := range []string{"plan", "code", "name", "unit", "direction", "aggregation"} {
			values.Set(name, form.Field(name))
		}
		office.Post("/indicators", values).Want(http.StatusUnprocessableEntity, "300.5")
		values.Set("base_year", "2025")
		values.Set("unit", "亿元")
		added := office.Post("/indicators", values).Want(http.StatusOK, "已新增指标", "300.5亿元（2025年）", "词典释义")
		edit := office.Get(added.Path + "/edit").Want(http.StatusOK)
		values = url.Values{}
		for _, name := range []string{"seen", "name", "unit", "direction", "aggregation", "base", "base_year", "scope", "numerator", "denominator"} {
			values.Set(name, edit.Field(name))
		}
		values.Set("scope", "全区口径")
		office.Post(added.Path+"/edit", values).Want(http.StatusOK, "全区口径")
		values.Set("scope", "在地口径")
		office.Post(added.Path+"/edit", values).Want(http.StatusConflict, "全区口径", "在地口径", "supervising-office在")
		site.As("unit-head", site.Bureau.ID).Get("/indicators/new").Want(http.StatusForbidden)
	})
}

func TestIndicatorsGoOutAsAWorkbook(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		file, err := excelize.OpenReader(strings.NewReader(site.Office().Get("/indicators.xlsx").Want(http.StatusOK).Body))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		years, err := file.GetRows("历年数据")
		if err != nil || len(years) != 3 || years[1][2] != "2025" || years[1][4] != "3,120" {
			t.Errorf("%q, %v", years, err)
		}
	})
}
