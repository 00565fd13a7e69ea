package sheet

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"luoshi/internal/service"
	"luoshi/ledger/reporting"
)

// said is what the rows of a table would put into the form, a line each.
func said(t Table) []string {
	var lines []string
	for _, r := range t.Rows {
		line := fmt.Sprintf("%d %s", r.Number, r.Subject)
		if r.Subject == (reporting.Subject{}) {
			line = fmt.Sprintf("%d -", r.Number)
		}
		o := r.Observation
		for _, f := range reporting.Fields() {
			if d := o.Figure(f); d.Known() {
				line += fmt.Sprintf(" %s=%s", f, d.Plain())
			}
		}
		if o.Given != "" {
			line += " " + string(o.Given)
		}
		for _, p := range r.Problems {
			line += " !" + p.Code
		}
		lines = append(lines, line)
	}
	return lines
}

func TestTablesOfOtherMakeFillTheForm(t *testing.T) {
	for name, c := range map[string]struct {
		csv     string
		mapping Mapping
		want    []string
	}{
		"as the statistics office sends it": {
			"指标名称,单位,1-3月,增长%\n一般公共预算收入,亿元,181.2,5.5\n新增养老床位,张,60,\n规上工业产值,亿元,3,4\n", nil,
			[]string{"2 indicator:budget value=18120000000 growth=5.5 cumulative", "3 indicator:beds value=60 growth=6.5 cumulative", "4 - !table.nobody"},
		},
		"the month and the year": {
			"指标名称,当月,累计\n1.一般公共预算收入（亿元）,60,181.2\n", nil,
			[]string{"2 indicator:budget value=18120000000 cumulative !table.both"},
		},
		"the month alone": {
			"指标名称,3月\n一般公共预算收入,60\n", nil, []string{"2 indicator:budget value=6000000000 period"},
		},
		"another unit in the heading": {
			"项目名称,完成投资(亿元),到位资金(万元)\n望溪路改造工程,0.45,3000\n", nil,
			[]string{"2 project:p1 value=45000000 arrived=30000000 cumulative"},
		},
		"another unit in its column": {
			"指标名称,单位,累计\n一般公共预算收入,万元,1812000\n", nil, []string{"2 indicator:budget value=18120000000 cumulative"},
		},
		"a unit of another kind": {
			"指标名称,单位,累计\n一般公共预算收入,户,5\n", nil, []string{"2 indicator:budget !figure.unit"},
		},
		"words for a figure": {
			"指标名称,累计\n一般公共预算收入,约二百亿\n", nil, []string{"2 indicator:budget !figure.unread"},
		},
		"a part of the name": {
			"重点工作,完成进度,进展状态\n建成零工市场,35%,正在推进\n", nil, []string{"2 task:c4 percent=35"},
		},
		"columns as they are mapped": {
			"事由,一季度实绩,备注\n新增养老床位,61,甲\n", Mapping{"事由": "name", "一季度实绩": "cumulative", "备注": ""},
			[]string{"2 indicator:beds value=61 growth=6.5 cumulative"},
		},
		"a row twice": {
			"指标名称,累计\n新增养老床位,61\n新增养老床位,62\n", nil,
			[]string{"2 indicator:beds value=61 growth=6.5 cumulative", "3 indicator:beds !table.twice"},
		},
		"a row that says nothing": {
			"指标名称,累计,备注\n新增养老床位,,\n城镇调查失业率,3.9,\n", nil,
			[]string{"2 indicator:beds value=58.0 growth=6.5 cumulative !table.nothing", "3 target:c3:2 !table.nothing"},
		},
	} {
		got, err := form().ReadTable("表.csv", []byte(c.csv), c.mapping)
		if err != nil || !slices.Equal(said(got), c.want) {
			t.Errorf("%s: %v\ngot  %q\nwant %q", name, err, said(got), c.want)
		}
	}
}

func TestRowsOfOneNameAreToldApartByTheirSubject(t *testing.T) {
	form := form()
	form.Rows[0].Title, form.Rows[1].Title = "收入", "收入"
	got, err := form.ReadTable("表.csv", []byte("任务,事项编号,累计\n收入,,5\n收入,indicator:budget,181.2亿元\n"), nil)
	want := []string{"2 - !table.several", "3 indicator:budget value=18120000000 cumulative"}
	if err != nil || !slices.Equal(said(got), want) {
		t.Errorf("%v: %q", err, said(got))
	}
}

func TestATableSaysForWhatItsColumnsAreTaken(t *testing.T) {
	got, err := form().ReadTable("表.csv", []byte("序号,指标名称,累计,责任人\n1,新增养老床位,61,林远\n2,规上工业产值,3,\n3,一般公共预算收入,三,\n"), nil)
	want := []TableColumn{{"指标名称", "name"}, {"累计", "cumulative"}, {"序号", ""}, {"责任人", ""}}
	if err != nil || !slices.Equal(got.Columns, want) {
		t.Errorf("%v: %v", err, got.Columns)
	}
	if len(got.Sound()) != 1 || got.Sound()[0].Seen != 3 || len(got.Faulty()) != 1 || got.Faulty()[0].Number != 4 {
		t.Errorf("%+v", got.Rows)
	}
	keys := TableKeys()
	for _, f := range tableFields() {
		if keys[f.Key].ZH == "" || keys[f.Key].EN == "" {
			t.Errorf("%s has no words", f.Key)
		}
	}
	var fault *service.Fault
	if _, err := form().ReadTable("表.csv", []byte("甲,乙\n1,2\n"), nil); !errors.As(err, &fault) || fault.Code != "table.headings" {
		t.Errorf("%v", err)
	}
	if _, err := form().ReadTable("表.csv", []byte("指标名称,累计\n甲,2\n"), Mapping{"指标名称": ""}); !errors.As(err, &fault) {
		t.Errorf("%v", err)
	}
}

func FuzzReadTable(f *testing.F) {
	f.Add("指标名称,单位,1-3月,增长%\n一般公共预算收入,亿元,181.2,5.5\n")
	f.Add("项目名称,完成投资(亿元)\n望溪路改造工程,1e99\n")
	f.Fuzz(func(_ *testing.T, csv string) {
		got, err := form().ReadTable("x.csv", []byte(csv), Mapping{"甲": "value"})
		if err == nil {
			_, _ = got.Sound(), got.Faulty()
		}
	})
}
