package indicator

import (
	"strings"
	"testing"
)

// lookups is phrases with the code, the scopes and the rest that Lookup finds; no code where it must
// find nothing.
var lookups = []struct{ phrase, code, scope, rest string }{
	{"地区生产总值", "economy.gdp", "", ""},
	{"望溪区地区生产总值", "economy.gdp", "望溪区", ""},
	{"全区地区生产总值", "economy.gdp", "全区", ""},
	{"地区生产总值(含空港区、经开区)", "economy.gdp", "含空港区 含经开区", ""},
	{"地区生产总值（含临港区）", "economy.gdp", "含临港区", ""},
	{"全市GDP", "economy.gdp", "全市", ""},
	{"ＧＤＰ", "economy.gdp", "", ""},
	{"gdp", "economy.gdp", "", ""},
	{"地区生产总值增速", "economy.gdp", "", ""},
	{"地区生产总值同比增长", "economy.gdp", "", ""},
	{"2026年全区地区生产总值增长目标", "economy.gdp", "2026年 全区", ""},
	{"经济", "economy.gdp", "", ""},
	{"经济增长", "economy.gdp", "", ""},
	{"数字经济", "", "", ""},
	{"地区生产总值能耗", "", "", ""},
	{"单位GDP能耗", "energy.per_gdp", "", ""},
	{"万元GDP能耗", "energy.per_gdp", "", ""},
	{"单位生产总值能耗", "energy.per_gdp", "", ""},
	{"单位地区生产总值能耗下降率", "energy.per_gdp", "", ""},
	{"规模以上单位工业增加值能耗", "energy.per_industry", "规模以上", ""},
	{"民营经济增加值", "economy.value_added", "", "民营经济"},
	{"全区民营经济增加值", "economy.value_added", "全区", "民营经济"},
	{"规上工业增加值", "industry.value_added", "规模以上", ""},
	{"规模以上工业增加值", "industry.value_added", "规模以上", ""},
	{"规模以上工业企业利润总额", "industry.profit", "规模以上", ""},
	{"高技术制造业增加值", "industry.high_tech_value_added", "", ""},
	{"服务业增加值", "economy.tertiary_value_added", "", ""},
	{"固定资产投资", "investment.fixed_assets", "", ""},
	{"固定资产投资(不含农户)", "investment.fixed_assets", "不含农户", ""},
	{"固定资产投资（不含农户）", "investment.fixed_assets", "不含农户", ""},
	{"全社会固定资产投资", "investment.fixed_assets", "全社会", ""},
	{"工业固定资产投资", "investment.industrial", "", ""},
	{"民间投资", "investment.private", "", ""},
	{"工业技改投资", "investment.technical_upgrading", "", ""},
	{"社会消费品零售总额", "trade.retail", "", ""},
	{"限额以上社会消费品零售总额", "trade.retail", "限额以上", ""},
	{"限额以上消费品零售总额", "trade.retail", "限额以上", ""},
	{"一般公共预算收入", "finance.general_revenue", "", ""},
	{"地方一般公共预算收入", "finance.general_revenue", "", ""},
	{"区本级一般公共预算收入", "finance.general_revenue", "区本级", ""},
	{"财政收入", "finance.revenue", "", ""},
	{"全国财政收入", "finance.revenue", "全国", ""},
	{"城镇居民人均可支配收入", "income.urban", "", ""},
	{"城镇常住居民人均可支配收入", "income.urban", "", ""},
	{"农村常住居民人均可支配收入", "income.rural", "", ""},
	{"城乡居民人均可支配收入", "income.residents", "城乡", ""},
	{"城镇和农村常住居民人均可支配收入", "income.residents", "", ""},
	{"居民收入", "income.residents", "", ""},
	{"城镇新增就业", "jobs.urban_new", "", ""},
	{"新增城镇就业", "jobs.urban_new", "", ""},
	{"城镇新增就业人数", "jobs.urban_new", "", ""},
	{"新**镇就业", "jobs.urban_new", "", ""},
	{"新**镇就业目标", "jobs.urban_new", "", ""},
	{"完成新增城镇就业", "jobs.urban_new", "", ""},
	{"城镇登记失业率", "jobs.registered_unemployment", "", ""},
	{"城镇调查失业率", "jobs.surveyed_unemployment", "", ""},
	{"年末城镇登记失业率", "jobs.registered_unemployment", "年末", ""},
	{"空气优良率", "environment.good_air_rate", "", ""},
	{"空气质量优良天数比率", "environment.good_air_rate", "", ""},
	{"空气质量优良天数", "environment.good_air_days", "", ""},
	{"优良天数", "environment.good_air_days", "", ""},
	{"PM2.5年均浓度", "environment.pm25", "", ""},
	{"ＰＭ２．５平均浓度", "environment.pm25", "", ""},
	{"细颗粒物（PM2.5）浓度", "environment.pm25", "", ""},
	{"森林覆盖率", "environment.forest_cover", "", ""},
	{"粮食总产量", "agriculture.grain_output", "", ""},
	{"粮食", "agriculture.grain_output", "", ""},
	{"夏粮产量", "", "", ""},
	{"高标准农田建设", "agriculture.high_standard_farmland", "", ""},
	{"新建高标准农田", "agriculture.high_standard_farmland", "", ""},
	{"实际利用外资", "trade.foreign_capital", "", ""},
	{"实际使用外资", "trade.foreign_capital", "", ""},
	{"引进市外到位资金", "investment.domestic_attracted", "", ""},
	{"市外到位资金", "investment.domestic_attracted", "", ""},
	{"引进省外到位资金", "investment.domestic_attracted", "", ""},
	{"进出口总额", "trade.total", "", ""},
	{"外贸进出口总值", "trade.total", "", ""},
	{"出口", "trade.exports", "", ""},
	{"汽车出口", "", "", ""},
	{"外贸出口额", "trade.exports", "", ""},
	{"市场采购贸易出口额", "trade.market_procurement", "", ""},
	{"市场采购贸易总额", "trade.market_procurement", "", ""},
	{"收储土地", "investment.land_reserved", "", ""},
	{"收储", "investment.land_reserved", "", ""},
	{"供应", "investment.land_supplied", "", ""},
	{"电煤供应", "", "", ""},
	{"停车泊位", "city.parking", "", ""},
	{"新增机动车泊位", "city.parking", "", ""},
	{"新增停车泊位", "city.parking", "", ""},
	{"公厕", "city.public_toilets", "", ""},
	{"新增城镇公厕", "city.public_toilets", "", ""},
	{"老旧小区", "city.old_estates", "", ""},
	{"老旧小区改造任务", "city.old_estates", "", ""},
	{"小区", "", "", ""},
	{"拆迁", "city.demolition", "", ""},
	{"完成拆迁", "city.demolition", "", ""},
	{"新增绿地", "environment.new_green", "", ""},
	{"新增绿地面积", "environment.new_green", "", ""},
	{"新增城市绿地面积", "environment.new_green", "", ""},
	{"垃圾无害化处理率", "environment.waste_rate", "", ""},
	{"城市生活垃圾无害化处理率", "environment.waste_rate", "城镇", ""},
	{"农村生活垃圾无害化处理率", "environment.waste_rate", "农村", ""},
	{"新增养老床位", "security.elderly_beds", "", ""},
	{"养老床位", "security.elderly_beds", "", ""},
	{"5G基站", "science.base_stations", "", ""},
	{"新建5G基站", "science.base_stations", "", ""},
	{"高新技术企业", "science.high_tech_firms", "", ""},
	{"新增国家级高新技术企业", "science.new_high_tech_firms", "", ""},
	{"专精特新“小巨人”企业", "industry.little_giant", "", ""},
	{"专精特新“小巨人”企业(国家级)", "industry.little_giant", "国家级", ""},
	{"科技型中小企业入库", "science.small_tech_firms", "", ""},
	{"技术合同交易额", "science.contracts", "", ""},
	{"全社会研发经费投入强度", "science.rd_intensity", "全社会", ""},
	{"研究与试验发展（R&D）经费支出", "science.rd_spending", "", ""},
	{"有效发明专利拥有量", "science.inventions", "", ""},
	{"注册商标", "science.trademarks_registered", "", ""},
	{"新申请商标注册", "science.trademarks_applied", "", ""},
	{"市场主体", "market.entities", "", ""},
	{"新增市场主体", "market.new_entities", "", ""},
	{"新登记经营主体", "market.new_entities", "", ""},
	{"接待游客", "culture.visitors", "", ""},
	{"上半年接待游客", "culture.visitors", "上半年", ""},
	{"全年接待游客人次", "culture.visitors", "全年", ""},
	{"旅游综合收入", "culture.tourism_income", "", ""},
	{"一本率", "education.first_tier", "", ""},
	{"高考一本率", "education.first_tier", "", ""},
	{"本科率", "education.bachelor", "", ""},
	{"新增学位", "education.new_places", "", ""},
	{"新增普通高中学位", "education.new_places", "", ""},
	{"家庭医生签约", "health.family_doctor", "", ""},
	{"家庭医生履约率", "health.family_doctor_kept", "", ""},
	{"城乡低保标准", "security.minimum_living", "", ""},
	{"农村低保标准", "security.minimum_living", "农村", ""},
	{"低保对象", "security.minimum_living_people", "", ""},
	{"民生实事", "government.livelihood_promises", "", ""},
	{"全年民生实事", "government.livelihood_promises", "全年", ""},
	{"群众满意率", "government.satisfaction", "", ""},
	{"重复信访事项化解率", "safety.petitions_resolved", "", ""},
	{"生产安全事故起数", "safety.accidents", "", ""},
	{"试点任务", "government.pilots", "", ""},
	{"新增试点任务", "government.pilots", "", ""},
	{"市级重点项目", "investment.key_projects", "市级", ""},
	{"区级重点建设项目", "investment.key_projects", "区级", ""},
	{"总投资", "investment.total", "", ""},
	{"完成投资", "investment.completed", "", ""},
	{"年度计划投资", "investment.planned_year", "", ""},
	{"新开工", "investment.new_starts", "", ""},
	{"充电桩", "energy.charging", "", ""},
	{"公共充电桩", "energy.charging", "", "公共"},
	{"绿道", "environment.greenways", "", ""},
	{"“三河一山”绿道", "environment.greenways", "", ""},
	{"口袋公园", "environment.pocket_parks", "", ""},
	{"企业开办时间", "government.start_up_time", "", ""},
	{"减税降费", "finance.tax_cut", "", ""},
	{"城镇化率", "population.urban_share", "", ""},
	{"常住人口城镇化率", "population.urban_share", "", ""},
	{"人均预期寿命", "population.life_expectancy", "", ""},
	{"快递业务量", "transport.parcels", "", ""},
	{"农村公路", "transport.rural_roads", "", ""},
	{"高速公路通车里程", "transport.expressways", "", ""},
	{"铁路货运量", "transport.freight", "", "铁路"},
	{"机场旅客吞吐量", "transport.air_passengers", "", ""},
	{"化学需氧量、氨氮排放量", "environment.ammonia", "", "化学需氧量、"},
	{"二氧化硫排放量", "environment.so2", "", ""},
	{"居民消费价格", "prices.cpi", "", ""},
	{"CPI", "prices.cpi", "", ""},
	{"CPI涨幅", "prices.cpi", "", ""},
	{"***地区生产总值", "economy.gdp", "", ""},
	{"***", "", "", ""},
	{"社会**品零售总额", "trade.retail", "", ""},
	{"**区地区生产总值", "economy.gdp", "**区", ""},
	{"公共**配套", "", "", ""},
	{"全市上下", "", "", ""},
	{"全部", "", "", ""},
	{"(不含农户)", "", "", ""},
}

func TestLookup(t *testing.T) {
	for _, c := range lookups {
		m, ok := Lookup(c.phrase)
		if ok != (c.code != "") {
			t.Errorf("%s: found %v", c.phrase, ok)
			continue
		}
		if !ok {
			continue
		}
		if m.Indicator.Code != c.code || strings.Join(m.Scope, " ") != c.scope || m.Rest != c.rest {
			t.Errorf("%s: got %s, scope %q, rest %q; want %s, %q, %q",
				c.phrase, m.Indicator.Code, m.Scope, m.Rest, c.code, c.scope, c.rest)
		}
	}
}

// TestLookupAlias looks up every name of the dictionary by itself and behind a scope.
func TestLookupAlias(t *testing.T) {
	for i := range All() {
		for _, name := range append([]string{i.ZH}, i.Aliases...) {
			for _, before := range []string{"", "全市"} {
				m, ok := Lookup(before + name)
				if !ok || m.Indicator != i {
					t.Errorf("%s%s does not name %s", before, name, i.Code)
				}
			}
		}
	}
}

func TestLookupAliasAsWritten(t *testing.T) {
	cases := []struct{ phrase, alias string }{
		{"全区生产总值", "生产总值"},
		{"新**镇就业", "新**镇就业"},
		{"万元GDP能耗下降率", "万元GDP能耗"},
	}
	for _, c := range cases {
		if m, _ := Lookup(c.phrase); m.Alias != c.alias {
			t.Errorf("%s: got %q, want %q", c.phrase, m.Alias, c.alias)
		}
	}
}

// TestLookupMask hides characters of a name: what remains must decide.
func TestLookupMask(t *testing.T) {
	cases := []struct{ phrase, code string }{
		{"新**镇就业", "jobs.urban_new"},
		{"城镇**失业率", ""}, // registered or surveyed
		{"城镇登*失业率", "jobs.registered_unemployment"},
		{"****收入", ""},
		{"*", ""},
	}
	for _, c := range cases {
		got := ""
		if m, ok := Lookup(c.phrase); ok {
			got = m.Indicator.Code
		}
		if got != c.code {
			t.Errorf("%s: got %q, want %q", c.phrase, got, c.code)
		}
	}
}

func TestFind(t *testing.T) {
	cases := []struct{ text, want string }{
		{"地区生产总值增长6%,城镇登记失业率控制在4%以内。", "地区生产总值=economy.gdp 城镇登记失业率=jobs.registered_unemployment"},
		{"GDP和PM2.5平均浓度", "GDP=economy.gdp PM2.5平均浓度=environment.pm25"},
		{"遵守GDPR", ""},
		{"完成地区生产总值能耗考核", ""},
		{"单位地区生产总值能耗下降2%", "单位地区生产总值能耗=energy.per_gdp"},
		{"固定资产投资正增长,居民收入与经济增长同步", "固定资产投资=investment.fixed_assets 居民收入=income.residents"},
		{"新增“五上”企业20家", "新增“五上”企业=industry.four_above"},
		{"", ""},
	}
	for _, c := range cases {
		var got []string
		for _, f := range Find(c.text) {
			got = append(got, f.Span.In(c.text)+"="+f.Indicator.Code)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestByCode(t *testing.T) {
	if i := ByCode("economy.gdp"); i == nil || i.ZH != "地区生产总值" {
		t.Errorf("got %v", i)
	}
	if i := ByCode("no.such"); i != nil {
		t.Errorf("got %v", i)
	}
}
