package reading_test

import (
	"context"
	"fmt"
	"log"

	"luoshi/document"
	"luoshi/reading"
)

// A small plan becomes quantities and clauses.
func ExampleRead() {
	plan := `望溪区2026年工作安排
地区生产总值增长6%左右。上半年新建绿道26公里，建成社区食堂3个。力争新增上市企业1家。
`
	doc, err := document.Open(context.Background(), "plan.txt", []byte(plan), document.Options{})
	if err != nil {
		log.Fatal(err)
	}
	r := reading.Read(doc, reading.Options{})
	for _, q := range r.Quantities {
		fmt.Println(q.Subject, q.Cmp, q.Value, q.Unit, q.Measure, q.Kind, q.Firm, q.By)
	}
	for _, c := range r.Clauses {
		fmt.Println(c.Verb, c.Object)
	}
	// Output:
	// 地区生产总值 approx 6 % growth target true 2026-12-31
	// 绿道 eq 26 公里 level target true 2026-06-30
	// 社区食堂 eq 3 个 level target true 2026-12-31
	// 新增上市企业 eq 1 家 level target false 2026-12-31
	// 增长 地区生产总值
	// 新建 绿道
	// 建成 社区食堂
	// 新增 上市企业
}

// A quantity is written with the fields of the record format.
func ExampleQuantity_JSON() {
	report := "关于望溪区2026年上半年国民经济和社会发展计划执行情况的报告\n接待游客418.6万人次，同比增长12.3%。\n"
	doc, err := document.Open(context.Background(), "report.txt", []byte(report), document.Options{})
	if err != nil {
		log.Fatal(err)
	}
	r := reading.Read(doc, reading.Options{})
	for i := range r.Quantities {
		line, err := r.Quantities[i].JSON("report.txt")
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(string(line))
	}
	// Output:
	// {"doc":"report.txt","at":36,"surface":"418.6万人次","value":4186000,"unit":"人次","cmp":"eq","measure":"level","subject":"接待游客","by":"2026-06-30","kind":"result"}
	// {"doc":"report.txt","at":49,"surface":"12.3%","value":12.3,"unit":"%","cmp":"eq","measure":"growth","subject":"接待游客","by":"2026-06-30","kind":"result"}
}

// A year given in the options overrules what the document says of itself.
func ExampleOptions() {
	text := "望溪区工作安排\n年底前建成公厕12座。\n"
	doc, err := document.Open(context.Background(), "plan.txt", []byte(text), document.Options{})
	if err != nil {
		log.Fatal(err)
	}
	r := reading.Read(doc, reading.Options{Year: 2027})
	fmt.Println(r.Quantities[0].Surface, r.Quantities[0].By)
	// Output: 12座 2027-12-31
}

func ExampleReading_ClauseJSON() {
	text := "望溪区2026年工作安排\n一、改善民生\n建成养老服务中心3个（牵头单位：区民政局）。\n"
	doc, err := document.Open(context.Background(), "plan.txt", []byte(text), document.Options{})
	if err != nil {
		log.Fatal(err)
	}
	r := reading.Read(doc, reading.Options{})
	line, err := r.ClauseJSON(0, "plan.txt")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(line))
	// Output: {"doc":"plan.txt","at":20,"end":41,"text":"建成养老服务中心3个（牵头单位：区民政局）","path":["一、改善民生"],"verb":"建成","object":"养老服务中心","owner":"区民政局","by":"2026-12-31","kind":"target","firm":true,"quantities":[28]}
}
