package store_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// searchTexts are documents by their titles.
var searchTexts = map[string]string{
	"道路": "推进望溪路公路桥改造，完成投资1,594万元。",
	"增长": "地区生产总值增长5.5%，GDP总量突破300亿元。",
	"工程": "实施5G基站建设工程，ＷｉＦｉ６全覆盖。\n续建公园3个。",
	"重复": strings.Repeat("哈", 700) + "终点",
	"乱码": strings.Repeat("\ufdfa", 300),
	"引号": `称为"望溪'经验'"，见(2026)号 AND 或 OR NEAR * : & | !`,
}

// searches are what people look for, and the documents that hold it, in the order of their titles.
var searches = []struct {
	query string
	want  []string
}{
	{"公路", []string{"道路"}},
	{"路", []string{"道路"}},
	{"路桥改造", []string{"道路"}},
	{"公桥", nil},
	{"望溪", []string{"引号", "道路"}},
	{"元", []string{"增长", "道路"}},
	{"亿元。", []string{"增长"}},
	{"增长5.5", []string{"增长"}},
	{"增长5", []string{"增长"}},
	{"5", []string{"增长", "工程"}},
	{"5g", []string{"工程"}},
	{"5G基站", []string{"工程"}},
	{"gdp", []string{"增长"}},
	{"GDP总", []string{"增长"}},
	{"wifi6", []string{"工程"}},
	{"1594", []string{"道路"}},
	{"1,594万", []string{"道路"}},
	{"公园 工程", []string{"工程"}},
	{"公园 公路", nil},
	{"经验", []string{"引号"}},
	{"and or near", []string{"引号"}},
	{"终点", []string{"重复"}},
	{"哈哈", []string{"重复"}},
	{"哈终", []string{"重复"}},
	{"*", nil},
	{`"`, nil},
	{"' OR 1=1 --", nil},
	{"", nil},
	{"  ，。 ", nil},
}

// look is what a query finds, part by part, by its titles.
func look(t *testing.T, s *store.Store, titles map[string]string, query store.Query) []string {
	t.Helper()
	var all []string
	for {
		hits, err := s.Search(t.Context(), query)
		if err != nil {
			t.Fatalf("search %q: %v", query.Text, err)
		}
		for _, hit := range hits.Hits {
			all = append(all, titles[hit.ID])
		}
		if query.After = hits.Next; query.After == "" {
			slices.Sort(all)
			return all
		}
	}
}

func TestSearchAnswersAlikeOnBothDatabases(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		titles := map[string]string{}
		for title, text := range searchTexts {
			document := storetest.Document(title, text)
			document.Title, document.Name = "", ""
			titles[string(document.Digest)] = title
			if _, err := s.Documents().Add(t.Context(), document); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range searches {
			if got := look(t, s, titles, store.Query{Text: c.query, Limit: 1}); !slices.Equal(got, c.want) {
				t.Errorf("%q finds %q, want %q", c.query, got, c.want)
			}
		}
	})
}

func TestSearchIsInStepWithWhatIsStored(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		titles := map[string]string{
			string(d.Document.Digest): "document", string(d.Project.ID): "project", string(d.Commitment.ID): "commitment",
		}
		expect := func(query store.Query, want ...string) {
			t.Helper()
			if got := look(t, s, titles, query); !slices.Equal(got, want) {
				t.Errorf("%q finds %q, want %q", query.Text, got, want)
			}
		}
		expect(store.Query{Text: "望溪路"}, "commitment", "document", "project")
		expect(store.Query{Text: "望溪路", Kinds: []string{"projects", "commitments"}}, "commitment", "project")
		expect(store.Query{Text: "雨污分流 WX"}, "project")

		project := d.Project
		project.Content, project.Name, project.Place.Address = "管网更新", "清河路改造", "清河路"
		if _, err := s.Projects().Change(t.Context(), project, 1); err != nil {
			t.Fatal(err)
		}
		expect(store.Query{Text: "望溪路"}, "commitment", "document")
		expect(store.Query{Text: "管网"}, "project")
		if err := s.Reindex(t.Context()); err != nil {
			t.Fatal(err)
		}
		expect(store.Query{Text: "管网"}, "project")
		expect(store.Query{Text: "养老"}, "commitment", "document")
	})
}

func TestSearchShowsNothingThatAListWouldNot(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		search := func(scopes map[string]store.Filter) []store.Hit {
			t.Helper()
			hits, err := s.Search(t.Context(), store.Query{Text: "养老床位", Kinds: []string{"commitments"}, Scopes: scopes})
			if err != nil {
				t.Fatal(err)
			}
			return hits.Hits
		}
		want := []store.Hit{{Kind: "commitments", ID: string(d.Commitment.ID), Words: "新增养老床位"}}
		if got := search(map[string]store.Filter{"commitments": store.LedBy(d.Bureau.ID)}); !reflect.DeepEqual(got, want) {
			t.Errorf("its own unit finds %v", got)
		}
		if got := search(map[string]store.Filter{"commitments": store.LedBy(d.Street.ID)}); len(got) > 0 {
			t.Errorf("another unit finds %v", got)
		}
	})
}
