package progress

import (
	"context"
	"net/http"
	"strconv"

	uses "luoshi/internal/service/progress"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// pathForm is the form of the terms that differ for one commitment.
type pathForm struct {
	Light      uses.LightView
	Kind       string
	Weights    [4]string
	Begins     string
	References map[int]string // by the numbers of targets in words
	Seen       int64
	page.Errors
}

// worded are the targets in words, which are judged against a figure that a person enters.
func (f pathForm) worded() []ledger.Target {
	var found []ledger.Target
	for _, t := range f.Light.Commitment.Targets {
		if t.IsWorded() {
			found = append(found, t)
		}
	}
	return found
}

// pathOf is the form of a commitment, for who may change its terms.
func (p *Pages) pathOf(ctx context.Context, id ledger.CommitmentID) (pathForm, error) {
	v, err := p.uses.Light(ctx, id)
	if err != nil {
		return pathForm{}, err
	}
	return pathForm{Light: v}, nil
}

func (p *Pages) pathForm(w http.ResponseWriter, r *http.Request) error {
	f, err := p.pathOf(r.Context(), commitmentID(r))
	if err != nil {
		return err
	}
	own := f.Light.Own
	f.Kind, f.Begins, f.Seen = string(own.Value.Path.Kind), own.Value.Begins.String(), own.Revision
	f.Weights, f.References = weightTexts(own.Value.Path), map[int]string{}
	for number, figure := range own.Value.References {
		f.References[number] = forms.FigureText(figure)
	}
	return web.Show(w, r, pathPage(f))
}

func weightTexts(path light.Path) [4]string {
	var texts [4]string
	for i, weight := range path.Weights {
		texts[i] = forms.FigureText(weight)
	}
	return texts
}

// takePath reads a path; quarters alone have weights.
func takePath(v *forms.Values, prefix string) light.Path {
	path := light.Path{Kind: light.PathKind(v.Text(prefix + "kind"))}
	if path.Kind == light.ByQuarters {
		for i := range path.Weights {
			path.Weights[i] = v.Figure(weightName(prefix, i))
		}
	}
	return path
}

func weightName(prefix string, quarter int) string { return prefix + "q" + strconv.Itoa(quarter+1) }

func referenceName(target int) string { return "reference-" + strconv.Itoa(target) }

func (p *Pages) setPath(w http.ResponseWriter, r *http.Request) error {
	f, err := p.pathOf(r.Context(), commitmentID(r))
	if err != nil {
		return err
	}
	v, id := forms.ValuesOf(r), commitmentID(r)
	own := uses.OwnTerms{Path: takePath(v, ""), Begins: v.Date("begins"), References: map[int]ledger.Decimal{}}
	f.Kind, f.Begins, f.Seen, f.References = v.Text("kind"), v.Text("begins"), forms.Seen(r), map[int]string{}
	for i := range f.Weights {
		f.Weights[i] = v.Text(weightName("", i))
	}
	for _, t := range f.worded() {
		name := referenceName(t.Number)
		f.References[t.Number] = v.Text(name)
		if figure := v.Figure(name); figure.Known() {
			own.References[t.Number] = figure
		}
	}
	if v.None() {
		if _, err = p.uses.SetOwnTerms(r.Context(), id, own, f.Seen); err == nil {
			web.Flash(w, r, page.Success, "path.saved")
			return web.Redirect(w, r, LightURL(id, ""))
		}
	}
	if now, stale := forms.Stale[uses.OwnTerms](err); stale {
		f.Seen = now.Revision
		f.Add("", page.T(r.Context(), "path.changed"))
		return web.ShowStatus(w, r, http.StatusConflict, pathPage(f))
	}
	ok := false
	if f.Errors, ok = forms.Mendable(r, v, err); !ok {
		return err
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, pathPage(f))
}
