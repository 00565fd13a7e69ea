package catalogue_test

import (
	"slices"
	"strings"
	"testing"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/store"
	"luoshi/ledger"
)

const projectTable = `望溪区2026年重点项目表,,,,,,,,
序号,项目名称,项目代码,建设性质,责任单位,总投资（万元）,年度计划投资（万元）,开工时间,完工时间
一、产业项目,,,,,,,,
1,清河产业园,QH-1,续建,清河街道办事处,12000.5,3000,2025年3月,2026.12
2,养老中心,YL-1,新开工,区民政局,"1,500",800,2026/4/1,2027
3,望溪路改造,WX-07,续建,清河街道办事处,1,,2025-04-01,
二、民生项目,,,,,,,,
4,错误一,E-1,续建,不存在的局,abc,,2025年13月,
5,错误二,E-1,不知道,区民政局,,,,
6,清河产业园,QH-1,续建,清河街道办事处,1,,2025-04-01,
合计,,,,,13501.5,,,
`

func TestATableOfProjectsComesIn(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		ctx := d.Office(t.Context())
		id, err := d.PrepareProjects(ctx, d.Plan.ID, "项目.csv", []byte(projectTable))
		must(t, err)
		preview, err := d.PreviewProjects(ctx, id)
		must(t, err)
		var states []string
		for _, r := range preview.Rows {
			switch {
			case r.Known:
				states = append(states, "known")
			case r.Sound():
				states = append(states, "sound")
			default:
				var codes []string
				for _, f := range r.Faults {
					codes = append(codes, f.Code)
				}
				for _, p := range r.Problems {
					codes = append(codes, p.Code)
				}
				states = append(states, strings.Join(codes, " "))
			}
		}
		want := []string{"sound", "sound", "known", "import.unknown_unit import.money import.date project.no_start", "import.stage", "import.twice"}
		if !slices.Equal(states, want) || preview.Rows[0].Number != 4 || preview.Name != "项目.csv" || !slices.Contains(preview.Unknown, "序号") {
			t.Errorf("got %q\n%+v", states, preview)
		}
		count := func() int64 {
			n, err := d.Core().Store().Projects().Count(t.Context())
			must(t, err)
			return n
		}
		if _, err := d.ImportProjects(ctx, id, false); !wrong(err, "import.faulty") || count() != 1 {
			t.Errorf("%v, %d projects", err, count())
		}
		if n, err := d.ImportProjects(ctx, id, true); err != nil || n != 2 || count() != 3 {
			t.Fatalf("%d, %v, %d projects", n, err, count())
		}
		if _, err := d.ImportProjects(ctx, id, true); !wrong(err, "import.absent") {
			t.Errorf("twice: %v", err)
		}
		listed, err := d.Projects(ctx, catalogue.ProjectQuery{Words: "产业园"}, store.Page{})
		must(t, err)
		p := listed.Records[0].Value
		if p.Total.Plain() != "120005000" || p.Category != ledger.Industry || p.Stage != ledger.Ongoing || p.Lead != d.Street.ID ||
			p.Start != day(t, "2025-03-01") || p.Completion != day(t, "2026-12-31") || len(p.Years) != 1 || p.Years[0].Planned.Plain() != "30000000" {
			t.Errorf("%+v", p)
		}
		if got := d.Entries(t, "projects", string(p.ID)); !slices.Equal(got, []string{"project.create"}) {
			t.Errorf("the log has %v", got)
		}
	})
}

// A unit's head brings in projects of his own unit and of no other; nobody confirms the table of somebody else.
func TestATableComesInForWhomOneMayAdd(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		head := d.As(t.Context(), "unit-head", d.Street.ID)
		id, err := d.PrepareProjects(head, d.Plan.ID, "项目.csv", []byte("项目名称,责任单位\n甲路,清河街道办事处\n乙路,区民政局\n"))
		must(t, err)
		preview, err := d.PreviewProjects(head, id)
		must(t, err)
		if !preview.Rows[0].Sound() || preview.Rows[1].Sound() || preview.Rows[1].Faults[0].Code != "import.unit" {
			t.Errorf("%+v", preview.Rows)
		}
		if _, err := d.PreviewProjects(d.Office(t.Context()), id); !wrong(err, "import.absent") {
			t.Errorf("another account: %v", err)
		}
		if n, err := d.ImportProjects(head, id, true); n != 1 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		if _, err := d.PrepareProjects(d.As(t.Context(), "reporter", d.Street.ID), d.Plan.ID, "项目.csv", []byte("项目名称\n甲\n")); !refused(err) {
			t.Errorf("a reporter: %v", err)
		}
		if _, err := d.PrepareProjects(head, d.Plan.ID, "项目.csv", []byte("甲,乙\n")); !wrong(err, "table.headings") {
			t.Errorf("%v", err)
		}
	})
}

func TestATableOfUnitsComesIn(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		ctx := d.administrator(t.Context())
		csv := "单位名称,上级单位,简称,成立时间\n望溪区财政局,,区财政局,2019-03-01\n国库支付中心,望溪区财政局,,\n望溪城投有限公司,,\"城投、城投公司\",2020年\n" +
			"望溪区民政局,,,\n悬空科,没有的局,,\n"
		id, err := d.PrepareUnits(ctx, "单位.csv", []byte(csv))
		must(t, err)
		preview, err := d.PreviewUnits(ctx, id)
		must(t, err)
		if sound, known, faulty := preview.Count(); sound != 3 || known != 1 || faulty != 1 {
			t.Errorf("%d, %d, %d: %+v", sound, known, faulty, preview.Rows)
		}
		n, err := d.ImportUnits(ctx, id, true)
		if err != nil || n != 3 {
			t.Fatalf("%d, %v", n, err)
		}
		tree, err := d.TreeOn(ctx, d.Core().Today())
		must(t, err)
		var got []string
		for _, b := range tree {
			got = append(got, strings.Repeat(" ", b.Level-1)+b.Name+" "+string(b.Unit.Kind))
		}
		want := []string{
			"望溪区人民政府 government", " 望溪区民政局 department", " 清河街道办事处 street_office", " 望溪区财政局 department", "  国库支付中心 department",
			" 望溪城投有限公司 company",
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
		if _, err := d.PrepareUnits(d.Office(t.Context()), "单位.csv", []byte(csv)); !refused(err) {
			t.Errorf("the supervising office: %v", err)
		}
	})
}
