package account_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"luoshi/internal/account"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// district is a district with figures by chance, at the end of one of the periods of 2026.
func district(seed uint64, promises, works int) account.Facts {
	r := rand.New(rand.NewPCG(seed, 7))
	f := wangxi()
	periods := []reporting.Period{half(1), half(2), {Frequency: reporting.Quarterly, Year: 2026, Number: 1 + r.IntN(4)},
		{Frequency: reporting.Monthly, Year: 2026, Number: 1 + r.IntN(12)}, {Frequency: reporting.Yearly, Year: 2026, Number: 1}}
	f.Period = periods[r.IntN(len(periods))]
	f.On = f.Period.Span().To
	f.Head.Organ, f.Head.Number, f.Head.Issue, f.Head.Signer = "望溪区人民政府文件", "望政〔2026〕3号", "第三期", "林知远"
	f.Head.Signature, f.Head.Date = []string{"望溪区人民政府", "望溪区发展和改革局"}, "2026年8月20日"
	f.Head.Copies, f.Head.Printer, f.Head.Printed = "区委办公室，区人大常委会办公室", "望溪区人民政府办公室", "2026年8月21日"
	f.Areas = nil
	for i, title := range []string{"推动产业提质增效", "扩大有效投资", "提升城市品质", "加强生态保护", "办好民生实事"} {
		f.Areas = append(f.Areas, account.Area{Section: i + 1, Title: title})
	}
	f.Units = nil
	for i, name := range []string{"区发展和改革局", "区工业和信息化局", "区民政局", "区住房和城乡建设局", "区教育局", "区水务局"} {
		f.Units = append(f.Units, account.Unit{ID: ledger.UnitID("u" + strconv.Itoa(i)), Name: name})
	}
	f.Indicators = chanceIndicators(r)
	f.Works = chanceWorks(r, f, works)
	f.Projects = projectLines(f)
	f.Commitments, f.Items = nil, nil
	for i := range promises {
		p := chancePromise(r, f, i)
		f.Commitments = append(f.Commitments, p)
		if len(f.Items) < 10 && r.IntN(4) == 0 {
			f.Items = append(f.Items, account.Item{Commitment: p, Satisfaction: chanceShare(r, 80), Surveyed: ledger.Int(int64(100 + r.IntN(900)))})
		}
	}
	f.Orders = &account.Orders{Issued: r.IntN(40), Closed: r.IntN(20), Returned: r.IntN(5), Overdue: r.IntN(5), Sheets: r.IntN(9)}
	return f
}

// chanceForecast is what somebody may foresee of an indicator.
func chanceForecast(r *rand.Rand, i account.Indicator) account.Forecast {
	f := account.Forecast{
		Value: decimal(strconv.FormatFloat(r.Float64()*40-10, 'f', 2, 64)), Measure: i.Targets[0].Measure,
		Method:  []light.Method{light.RunRate, light.Seasonal, light.CarriedGrowth, light.LastValue}[r.IntN(4)],
		Outlook: []light.Outlook{light.LikelyMet, light.LikelyMissed, light.Open}[r.IntN(3)],
	}
	if f.Measure == ledger.Level && i.Unit != "%" {
		f.Value = decimal(strconv.Itoa(1 + r.IntN(90_000_000))).Shifted(i.Scale / 4)
	}
	return f
}

// chanceBeside is what the larger area states, and what a share was the year before.
func chanceBeside(r *rand.Rand, i *account.Indicator) {
	city := account.Peer{Name: "全市", Source: "全市统计月报", Whole: true}
	switch {
	case i.Unit == "%" && i.Aggregation != ledger.AsGrowth:
		city.Figure, i.Before = chanceShare(r, 2), chanceShare(r, 2)
	case i.Done.Known():
		city.Figure = i.Done.Shifted(i.Scale)
		for range 1 + r.IntN(9) {
			city.Figure = reporting.Sum(city.Figure, i.Done.Shifted(i.Scale))
		}
	}
	if i.Growth.Known() {
		city.Growth = decimal(strconv.FormatFloat(r.Float64()*20-5, 'f', 1, 64))
	}
	i.Peers = []account.Peer{city}
}

func chanceIndicators(r *rand.Rand) []account.Indicator {
	var all []account.Indicator
	add := func(id, name, unit string, scale int, done, growth string, t ledger.Target, how ledger.Aggregation) {
		i := indicator(id, name, unit, scale, done, growth, t, how)
		i.Section, i.Headline = 1+r.IntN(5), r.IntN(2) == 0
		if r.IntN(3) == 0 {
			i.Reason = fmt.Sprintf("%d家企业停产", 2+r.IntN(30))
		}
		if r.IntN(8) == 0 {
			i.Done, i.Growth, i.State = ledger.Decimal{}, ledger.Decimal{}, ""
		}
		i.Forecast = chanceForecast(r, i)
		chanceBeside(r, &i)
		all = append(all, i)
	}
	chance := func(least, most float64, decimals int) string {
		return strconv.FormatFloat(least+r.Float64()*(most-least), 'f', decimals, 64)
	}
	for i, name := range []string{"地区生产总值", "社会消费品零售总额", "一般公共预算收入"} {
		t := target(ledger.Growth, ledger.Equal, chance(3, 9, 1), "%")
		if r.IntN(2) == 0 {
			t = target(ledger.Level, ledger.AtLeast, chance(50, 900, r.IntN(2))+"e8", "元")
			t.Value = decimal(strconv.Itoa(50+r.IntN(900)) + "e8")
		}
		add(fmt.Sprint("sum", i), name, "亿元", 8, chance(20, 900, 2), chance(-6, 15, 1), t, ledger.AsSum)
	}
	add("invest", "固定资产投资（不含农户）", "%", 0, "", chance(-5, 12, 1), worded("正增长"), ledger.AsGrowth)
	add("jobs", "城镇新增就业", "人", 0, strconv.Itoa(2000+r.IntN(30000)), "", target(ledger.Level, ledger.AtLeast, strconv.Itoa(20000), "人"), ledger.AsSum)
	add("jobless", "城镇登记失业率", "%", 0, chance(2, 6, 2), "", target(ledger.Level, ledger.AtMost, "5", "%"), ledger.AsLatest)
	add("air", "空气质量优良天数比率", "%", 0, chance(70, 99, 1), "", target(ledger.Level, ledger.AtLeast, "85", "%"), ledger.AsAverage)
	add("income", "城镇居民人均可支配收入", "元", 0, strconv.Itoa(20000+r.IntN(30000)), chance(1, 12, 1), target(ledger.Growth, ledger.AtLeast, chance(4, 8, 1), "%"), ledger.AsSum)
	return all
}

func chanceWorks(r *rand.Rand, f account.Facts, n int) []account.Work {
	var all []account.Work
	for i := range n {
		planned := int64(500+r.IntN(60000)) * 10000
		begins := r.IntN(2) == 0
		w := work(fmt.Sprint("w", i), fmt.Sprintf("%s工程项目%s", string([]rune("东南西北中")[i%5]), string([]rune("甲乙丙丁戊己庚辛")[i%8])),
			ledger.ProjectCategories()[r.IntN(6)], strconv.FormatInt(planned, 10), strconv.FormatInt(planned*int64(r.IntN(110))/100, 10), begins, true, r.IntN(6) == 0)
		w.Lead = f.Units[r.IntN(len(f.Units))]
		switch r.IntN(6) {
		case 0:
			w.Done, w.Started, w.Finished, w.Miss = ledger.Decimal{}, !begins, false, ""
			if begins {
				w.Miss = reporting.MissStart
			}
		case 1:
			w.Finished, w.Miss, w.Reason = false, reporting.MissPace, fmt.Sprintf("拆迁%d户未完成", 1+r.IntN(60))
		}
		w.Note = fmt.Sprintf("完成主体结构%d层", 1+r.IntN(30))
		all = append(all, w)
	}
	return all
}

func chanceShare(r *rand.Rand, least int) ledger.Decimal {
	return decimal(strconv.FormatFloat(float64(least)+r.Float64()*float64(100-least), 'f', r.IntN(3), 64))
}

func chancePromise(r *rand.Rand, f account.Facts, i int) account.Commitment {
	title := titles[i%len(titles)]
	if i >= len(titles) {
		title = string([]rune("桃李杏梅松柏竹兰菊荷")[i/len(titles)%10]) + string([]rune("溪山河湖村坪")[i/len(titles)/10%6]) + "街道" + title
	}
	notes := []string{"已完成%d个，其余正在施工", "完成投资%d万元", "累计服务群众%d人次", "开工%d处，完工两处", "正在办理前期手续"}
	n := 2 + r.IntN(300)
	colours := light.Colours()
	p := promise(fmt.Sprint("p", i), fmt.Sprintf(title, n), 1+r.IntN(5), f.Units[r.IntN(len(f.Units))], colours[r.IntN(len(colours))], "", "", "")
	p.Due = decimal("50")
	if p.Colour != light.Grey {
		p.Progress = chanceShare(r, 0)
	}
	if note := notes[r.IntN(len(notes))]; r.IntN(3) > 0 {
		p.Note = note
		if r.IntN(4) > 0 && note != notes[4] {
			p.Note = fmt.Sprintf(note, 2+r.IntN(900))
		} else if note != notes[4] {
			p.Note = ""
		}
	}
	if p.Colour == light.Red {
		p.Reason, p.Overdue = fmt.Sprintf("涉及%d户群众尚未签约", 1+r.IntN(80)), r.IntN(2) == 0
	}
	return p
}

// titles are promises of different things.
var titles = []string{
	"新增养老床位%d张", "改造老旧小区%d个", "培育规模以上工业企业%d家", "新建口袋公园%d处", "新增学位%d个", "新建改建公路%d公里", "治理河道%d公里",
	"建设充电桩%d个", "更新老旧电梯%d部", "建成社区食堂%d家", "改造供水管网%d公里", "新增停车泊位%d个", "植树造林%d亩", "培训技能人才%d人",
	"引进亿元以上产业项目%d个", "建设高标准农田%d亩", "创建和美乡村%d个", "新认定高新技术企业%d家", "完成危房加固%d户", "建成5G基站%d座",
	"开展文化惠民演出%d场", "救助困难群众%d人次", "新建公共厕所%d座", "整治背街小巷%d条", "发放消费券%d万元", "新增绿道%d公里",
	"建设便民市场%d个", "实施雨污分流%d公里", "新建托育点%d个", "改造农村电网%d公里",
}
