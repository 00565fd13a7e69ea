package api

import (
	"context"

	"luoshi/internal/service"
	uses "luoshi/internal/service/accounting"
	"luoshi/internal/store"
)

// WrittenTemplate is a template with its text.
type WrittenTemplate struct {
	PaperTemplate

	Text    string `json:"text" doc:"The template itself, in the form that docs/templates.md tells of"`
	Retired bool   `json:"retired" doc:"It is offered no more"`
}

// TemplateText is a template as it is written.
type TemplateText struct {
	Text string `json:"text" minLength:"1" maxLength:"200000"`
}

// TemplateRetirement is that a template is offered no more, or is again.
type TemplateRetirement struct {
	Retired bool `json:"retired"`
}

func templateOf(x *exchange, t uses.Template) PaperTemplate {
	return PaperTemplate{
		Name: t.Name, Version: t.Version, Title: x.in(t.Title), About: x.in(t.About), Periods: filled(t.Periods), OfUnit: t.OfUnit,
	}
}

func writtenOf(ctx context.Context, t uses.Template) WrittenTemplate {
	return WrittenTemplate{PaperTemplate: templateOf(exchangeOf(ctx), t), Text: t.Text, Retired: t.Retired}
}

func (a *API) paperTemplates() {
	s := a.options.Accounting
	register(a, "list-paper-templates", func(ctx context.Context, _ *struct{}) (*plain[List[PaperTemplate]], error) {
		all, err := s.Templates(ctx)
		if err != nil {
			return nil, err
		}
		x, items := exchangeOf(ctx), make([]PaperTemplate, len(all))
		for i, t := range all {
			items[i] = templateOf(x, t)
		}
		return &plain[List[PaperTemplate]]{Body: List[PaperTemplate]{Items: items}}, nil
	})
	register(a, "get-paper-template", func(ctx context.Context, in *Reading[string]) (*one[WrittenTemplate], error) {
		t, err := s.Template(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, int64(t.Version), writtenOf(ctx, t)), nil
	}, cached)
	register(a, "add-paper-template", func(ctx context.Context, in *Adding[TemplateText]) (*one[WrittenTemplate], error) {
		t, err := s.SaveTemplate(ctx, "", in.Body.Text, 0)
		if err != nil {
			return nil, err
		}
		return made("/paper-templates/"+t.Name, int64(t.Version), writtenOf(ctx, t)), nil
	}, created)
	register(a, "edit-paper-template", func(ctx context.Context, in *Writing[string, TemplateText]) (*one[WrittenTemplate], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		t, err := s.SaveTemplate(ctx, in.ID, in.Body.Text, int(revision))
		if service.HasCode(err, "template.changed") {
			return nil, &store.Conflict[uses.Template]{Kind: uses.TemplateKind, ID: in.ID, Seen: revision}
		}
		if err != nil {
			return nil, err
		}
		return changed(int64(t.Version), writtenOf(ctx, t)), nil
	})
	register(a, "retire-paper-template", func(ctx context.Context, in *Doing[string, TemplateRetirement]) (*one[WrittenTemplate], error) {
		if err := s.RetireTemplate(ctx, in.ID, in.Body.Retired); err != nil {
			return nil, err
		}
		t, err := s.Template(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return changed(int64(t.Version), writtenOf(ctx, t)), nil
	})
}
