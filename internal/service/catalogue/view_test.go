package catalogue_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/store"
)

func TestViewsAreOnesOwnOrTheUnits(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		mine := d.AsAccount(t.Context(), "ming", "unit-head", d.Bureau.ID)
		colleague := d.AsAccount(t.Context(), "hua", "reporter", d.Bureau.ID)
		stranger := d.AsAccount(t.Context(), "lan", "reporter", d.Street.ID)
		named := func(ctx context.Context) string {
			t.Helper()
			views, err := d.Views(ctx, "/projects")
			must(t, err)
			var all []string
			for _, v := range views {
				line := v.Name + "?" + v.Query
				if v.Default {
					line += " default"
				}
				if v.Own {
					line += " own"
				}
				all = append(all, line)
			}
			return strings.Join(all, "; ")
		}
		own, err := d.SaveView(mine, catalogue.NewView{Name: " 续建 ", Page: "/projects", Query: "stage=ongoing&after=xyz&lang=en", Default: true})
		must(t, err)
		shared, err := d.SaveView(mine, catalogue.NewView{Name: "受阻", Page: "/projects", Query: "hindered=1", Share: true})
		must(t, err)
		if got := named(mine); got != "受阻?hindered=1 own; 续建?stage=ongoing default own" {
			t.Errorf("got %s", got)
		}
		if got := named(colleague); got != "受阻?hindered=1" {
			t.Errorf("a colleague: %s", got)
		}
		if got := named(stranger) + named(t.Context()); got != "" {
			t.Errorf("others: %s", got)
		}
		must(t, d.ChooseView(colleague, shared, true))
		if got := named(colleague); got != "受阻?hindered=1 default" {
			t.Errorf("a colleague: %s", got)
		}
		must(t, d.ChooseView(colleague, shared, false))

		var absent *store.NotFound
		for name, err := range map[string]error{
			"choosing another's": d.ChooseView(colleague, own, true),
			"dropping a shared":  d.DropView(colleague, shared),
			"choosing a strange": d.ChooseView(stranger, shared, true),
		} {
			if !errors.As(err, &absent) {
				t.Errorf("%s: %v", name, err)
			}
		}
		again, err := d.SaveView(mine, catalogue.NewView{Name: "续建", Page: "/projects", Query: "stage=starting"})
		if err != nil || again != own {
			t.Errorf("saved again: %s, %v", again, err)
		}
		must(t, d.DropView(mine, shared))
		if got := named(mine) + named(colleague); got != "续建?stage=starting default own" {
			t.Errorf("got %s", got)
		}
		if got := d.Entries(t, "saved_views", own); !slices.Equal(got, []string{"view.save", "view.save"}) {
			t.Errorf("the log has %v", got)
		}
	})
}

func TestViewsThatCannotBeKept(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		ctx := d.As(t.Context(), "unit-head", d.Bureau.ID)
		for name, c := range map[string]struct {
			view catalogue.NewView
			want string
		}{
			"no name":      {catalogue.NewView{Name: " ", Page: "/projects"}, "view.name"},
			"a long name":  {catalogue.NewView{Name: strings.Repeat("长", 41), Page: "/projects"}, "view.name"},
			"another site": {catalogue.NewView{Name: "甲", Page: "//example.com"}, "view.page"},
			"bad query":    {catalogue.NewView{Name: "甲", Page: "/projects", Query: "%zz"}, "view.page"},
		} {
			if _, err := d.SaveView(ctx, c.view); !wrong(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := d.SaveView(d.administrator(t.Context()), catalogue.NewView{Name: "甲", Page: "/projects"}); !refused(err) {
			t.Errorf("an administrator: %v", err)
		}
		if _, err := d.SaveView(t.Context(), catalogue.NewView{Name: "甲", Page: "/projects"}); !refused(err) {
			t.Errorf("the public: %v", err)
		}
	})
}
