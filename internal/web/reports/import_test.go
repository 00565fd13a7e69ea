package reports_test

import (
	"net/http"
	"net/url"
	"testing"

	"luoshi/internal/web/webtest"
	"luoshi/ledger/reporting"
)

// brought is the form of a preview as it was shown, to be sent once more.
func brought(t *testing.T, shown *webtest.Page, headings int) url.Values {
	t.Helper()
	form := url.Values{"name": {shown.Field("name")}, "data": {shown.Field("data")}}
	for i := range headings {
		for _, field := range []string{"heading.", "as."} {
			name := field + string(rune('0'+i))
			form.Set(name, shown.Field(name))
		}
	}
	return form
}

func TestATableOfOtherMakeIsShownBeforeItIsSaved(t *testing.T) {
	s := opened(t)
	path, who := s.path+"/import", s.reporter()
	who.Get(s.path).Want(http.StatusOK, path)
	who.Get(path).Want(http.StatusOK, "表格文件")
	csv := []byte("指标名称,单位,累计,责任人\n养老床位,张,137,林远\n适老化改造户数,户,约三百,林远\n福利彩票公益金收入,万元,300,林远\n规上工业产值,亿元,9,周明\n")
	shown := send(t, who, path, "file", "台账.csv", csv).Want(http.StatusOK,
		"可保存2行，有错误1行，不属于本单位1行", "128", "137", "约三百", "规上工业产值", "保存2行", "有错误的1行不会保存")
	if got := s.observation(t, s.beds).Observation.Value.String(); got != "128" {
		t.Errorf("the preview saved %s", got)
	}
	form := brought(t, shown, 4)
	form.Set("then", "take")
	who.Post(path, form).Want(http.StatusOK, "已从表格保存2行")
	if o := s.observation(t, s.beds).Observation; o.Value.String() != "137" || o.Origin != reporting.Imported || o.Source != "台账.csv" {
		t.Errorf("the row holds %+v", o)
	}
	if got := s.observation(t, s.budget).Observation.Value.Plain(); got != "3000000" {
		t.Errorf("the amount is %s", got)
	}
	if o := s.observation(t, s.homes).Observation; !o.IsEmpty() {
		t.Errorf("the faulty row came in: %+v", o)
	}
	send(t, who, path, "other", "", nil).Want(http.StatusUnprocessableEntity, "请选择要导入的表格文件")
	send(t, who, path, "file", "表.doc", []byte("x")).Want(http.StatusUnprocessableEntity, "只能导入")
	s.As("reporter", s.Street.ID).Get(path).Want(http.StatusForbidden)
}

func TestColumnsAreTakenAsSomebodySays(t *testing.T) {
	s := opened(t)
	path, who := s.path+"/import", s.reporter()
	shown := send(t, who, path, "file", "表.csv", []byte("办什么,到二月底\n养老床位,140\n")).Want(http.StatusUnprocessableEntity, "没有找到表头", "办什么", "到二月底")
	form := brought(t, shown, 2)
	form.Set("as.0", "name")
	form.Set("as.1", "cumulative")
	again := who.Post(path, form).Want(http.StatusOK, "可保存1行", "140")
	form = brought(t, again, 2)
	form.Set("then", "take")
	who.Post(path, form).Want(http.StatusOK, "已从表格保存1行")
	if got := s.observation(t, s.beds).Observation.Value.String(); got != "140" {
		t.Errorf("the row holds %s", got)
	}
}

func TestRowsThatTheChecksRefuseAreLeftOut(t *testing.T) {
	s := opened(t)
	shown := send(t, s.reporter(), s.path+"/import", "file", "表.csv", []byte("指标名称,累计\n养老床位,60\n适老化改造户数,120\n"))
	shown.Want(http.StatusOK, "可保存1行，有错误1行", "小于上期累计")
	form := brought(t, shown, 2)
	form.Set("then", "take")
	s.reporter().Post(s.path+"/import", form).Want(http.StatusOK, "已从表格保存1行")
	if got := s.observation(t, s.beds).Observation.Value.String(); got != "128" {
		t.Errorf("the row holds %s", got)
	}
}
