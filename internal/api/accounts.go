package api

import (
	"bytes"
	"context"
	"io"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"luoshi/internal/service/catalogue/workbook"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/progress/sdmx"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Tables are the two tables by which a plan accounts for a period. Figures are cumulative from the year's beginning.
type Tables struct {
	Period     reporting.Period `json:"period"`
	Indicators []IndicatorLine  `json:"indicators" doc:"主要经济社会指标完成情况表"`
	Projects   []ProjectLine    `json:"projects" doc:"政府投资项目进展情况表, the total first"`
	Open       []OpenFigure     `json:"open" doc:"What does not count yet: missing or not locked"`
}

// IndicatorLine is 指标名称, 单位, 预期目标, 完成数, 增长%, 备注.
type IndicatorLine struct {
	Indicator ledger.IndicatorID `json:"indicator"`
	Name      string             `json:"name"`
	Unit      string             `json:"unit"`
	Expected  string             `json:"expected" doc:"The target as it is worded"`
	Done      ledger.Decimal     `json:"done"`
	Growth    ledger.Decimal     `json:"growth" doc:"Per cent"`
	Remark    string             `json:"remark"`
	Locked    bool               `json:"locked"`
}

// ProjectLine is 项目类别, 年度计划投资, 累计完成投资, 占年度计划比例, 新开工, 已开工, 开工率. Money is in yuan.
type ProjectLine struct {
	Category  ledger.ProjectCategory `json:"category,omitempty" doc:"Absent for the total"`
	Count     int                    `json:"count"`
	Planned   ledger.Decimal         `json:"planned"`
	Done      ledger.Decimal         `json:"done"`
	Share     ledger.Decimal         `json:"share"`
	ToStart   int                    `json:"to_start"`
	Started   int                    `json:"started"`
	StartRate ledger.Decimal         `json:"start_rate"`
	Ongoing   int                    `json:"ongoing"`
	Finished  int                    `json:"finished"`
	Unlocked  int                    `json:"unlocked" doc:"Without a locked figure; their investment does not count"`
	Remark    string                 `json:"remark" doc:"What is missed, and why"`
}

// OpenFigure is a figure of the tables that does not count yet.
type OpenFigure struct {
	Subject reporting.Subject `json:"subject"`
	Title   string            `json:"title"`
	Unit    ledger.UnitID     `json:"unit,omitempty"`
	State   reporting.State   `json:"state" doc:"Empty where nothing was sent in"`
}

// OfPeriod is of which plan and period an account is asked.
type OfPeriod struct {
	ByID[ledger.PlanID]
	Period string `query:"period" required:"true" maxLength:"10" doc:"A year, half, quarter or month of the plan: 2026-H1"`
}

func (a *API) accountOperations() {
	read := func(ctx context.Context, in *OfPeriod) (progress.Tables, error) {
		period, err := periodOf(ctx, "/query/period", in.Period)
		if err != nil {
			return progress.Tables{}, err
		}
		return a.options.Progress.Tables(ctx, in.ID, period)
	}
	register(a, "get-tables", func(ctx context.Context, in *OfPeriod) (*plain[Tables], error) {
		t, err := read(ctx, in)
		if err != nil {
			return nil, err
		}
		return &plain[Tables]{Body: tablesOf(exchangeOf(ctx), t)}, nil
	})
	register(a, "get-tables-workbook", func(ctx context.Context, in *OfPeriod) (*download, error) {
		t, err := read(ctx, in)
		if err != nil {
			return nil, err
		}
		var out bytes.Buffer
		if err := workbook.Write(&out, t.Workbook(languageOf(exchangeOf(ctx)))...); err != nil {
			return nil, err
		}
		if err := a.noted(ctx, "/plans/"+string(in.ID)+"/tables", in.Period, len(t.Indicators)+len(t.Projects)); err != nil {
			return nil, err
		}
		return &download{ContentType: workbook.MediaType, Disposition: `attachment; filename="tables-` + t.Period.Key() + `.xlsx"`, Body: out.Bytes()}, nil
	}, answering(workbook.MediaType, "Both tables, and what does not count yet, as sheets of Excel"))
	a.exchangeOperations()
}

// languageOf is in which language a file is written.
func languageOf(x *exchange) progress.Language {
	if x.in(ledger.Wording{ZH: "zh", EN: "en"}) == "en" {
		return progress.English
	}
	return progress.Chinese
}

// noted keeps in the log that figures were taken out.
func (a *API) noted(ctx context.Context, path, query string, rows int) error {
	return a.options.Catalogue.NoteExport(ctx, Base+path, query, rows)
}

func (a *API) exchangeOperations() {
	for name, file := range map[string]struct {
		contentType, file, what string
		write                   func(sdmx.Set, io.Writer) error
	}{
		"get-sdmx-data":      {sdmx.DataType, "data.json", "The data message", sdmx.Set.WriteData},
		"get-sdmx-structure": {sdmx.StructureType, "structure.json", "The structure message", sdmx.Set.WriteStructure},
		"get-figures-csv":    {sdmx.CSVType, "figures.csv", "The figures as a table", sdmx.Set.WriteCSV},
		"get-dictionary":     {sdmx.CSVType, "dictionary.csv", "What the columns and codes of the table mean", sdmx.Set.WriteDictionary},
	} {
		register(a, name, func(ctx context.Context, in *ByID[ledger.PlanID]) (*download, error) {
			set, err := a.options.Progress.Exchange(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			var out bytes.Buffer
			if err := file.write(set, &out); err != nil {
				return nil, err
			}
			if err := a.noted(ctx, "/plans/"+string(in.ID)+"/"+file.file, "", len(set.Figures)); err != nil {
				return nil, err
			}
			return &download{ContentType: file.contentType, Disposition: `attachment; filename="` + file.file + `"`, Body: out.Bytes()}, nil
		}, answering(bare(file.contentType), file.what), structured)
	}
}

// structured says of JSON of another make that it is an object.
func structured(o *huma.Operation) {
	for mediaType, content := range o.Responses["200"].Content {
		if strings.HasSuffix(mediaType, "+json") {
			content.Schema = &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}
		}
	}
}

// bare is a media type without its parameters.
func bare(mediaType string) string {
	name, _, _ := strings.Cut(mediaType, ";")
	return name
}

func tablesOf(x *exchange, t progress.Tables) Tables {
	shows := Tables{Period: t.Period, Indicators: []IndicatorLine{}, Projects: []ProjectLine{}, Open: []OpenFigure{}}
	for _, l := range t.Indicators {
		shows.Indicators = append(shows.Indicators, IndicatorLine{
			Indicator: l.Indicator, Name: l.Name, Unit: l.Unit, Expected: x.in(l.Expected), Done: l.Done, Growth: l.Growth, Remark: x.in(l.Remark),
			Locked: l.State == reporting.Locked,
		})
	}
	for _, l := range t.Projects {
		shows.Projects = append(shows.Projects, ProjectLine{
			Category: l.Category, Count: l.Count, Planned: l.Planned, Done: l.Done, Share: l.Share, ToStart: l.ToStart, Started: l.Started,
			StartRate: l.StartRate, Ongoing: l.Ongoing, Finished: l.Finished, Unlocked: l.Unlocked, Remark: x.in(l.Remark),
		})
	}
	for _, o := range t.Open {
		shows.Open = append(shows.Open, OpenFigure{Subject: o.Subject, Title: o.Title, Unit: o.Unit, State: o.State})
	}
	return shows
}
