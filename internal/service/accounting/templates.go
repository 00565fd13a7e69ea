package accounting

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/account"
	form "luoshi/internal/account/template"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Template is a template with how it came to be there.
type Template struct {
	account.Template
	Version int // 0 of one that comes with the program
	Retired bool
	Author  ledger.AccountID
	Made    time.Time
}

// Shipped tells whether it comes with the program.
func (t Template) Shipped() bool { return t.Version == 0 }

type templateRow struct {
	bun.BaseModel `bun:"table:paper_templates,alias:paper_templates"`
	Name          string `bun:"name,pk"`
	Version       int    `bun:"version,pk"`
	Title         string `bun:"title"`
	Body          string `bun:"body"`
	Retired       bool   `bun:"retired"`
	Author        string `bun:"author"`
	Made          string `bun:"made"`
}

func (r templateRow) template() (Template, error) {
	parsed, err := account.Parse(r.Name, r.Body)
	if err != nil {
		return Template{}, fmt.Errorf("accounting: version %d of template %s: %w", r.Version, r.Name, err)
	}
	return Template{
		Template: parsed, Version: r.Version, Retired: r.Retired, Author: ledger.AccountID(r.Author), Made: store.TimeOf(r.Made),
	}, nil
}

// Templates are those that a report can be made of: the ones that come with the program, then the office's own.
func (s *Service) Templates(ctx context.Context) ([]Template, error) {
	all, err := s.AllTemplates(ctx)
	return slices.DeleteFunc(all, func(t Template) bool { return t.Retired }), err
}

// AllTemplates are Templates with those that are offered no more.
func (s *Service) AllTemplates(ctx context.Context) ([]Template, error) {
	var all []Template
	for _, t := range account.Templates() {
		all = append(all, Template{Template: t})
	}
	own, err := s.own(ctx, "")
	if err != nil {
		return nil, err
	}
	return append(all, own...), nil
}

// Template is the last version of a template.
func (s *Service) Template(ctx context.Context, name string) (Template, error) {
	for _, t := range account.Templates() {
		if t.Name == name {
			return Template{Template: t}, nil
		}
	}
	own, err := s.own(ctx, name)
	if err == nil && len(own) == 0 {
		err = &store.NotFound{Kind: TemplateKind, ID: name}
	}
	if err != nil {
		return Template{}, err
	}
	return own[0], nil
}

// own are the last versions of the office's own templates, or of one of them.
func (s *Service) own(ctx context.Context, name string) ([]Template, error) {
	var rows []templateRow
	query := s.core.Store().View(ctx).NewSelect().Model(&rows).
		Where("version = (SELECT max(t.version) FROM paper_templates AS t WHERE t.name = paper_templates.name)").Order("made", "name")
	if name != "" {
		query = query.Where("name = ?", name)
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("accounting: reading templates: %w", err)
	}
	all := make([]Template, len(rows))
	for i, r := range rows {
		var err error
		if all[i], err = r.template(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// template is a template for a new report, with its version.
func (s *Service) template(ctx context.Context, name string) (account.Template, int, error) {
	t, err := s.Template(ctx, name)
	var absent *store.NotFound
	if errors.As(err, &absent) || err == nil && t.Retired {
		return account.Template{}, 0, faults.New("template.unknown")
	}
	return t.Template, t.Version, err
}

// templateOf is a version of a template.
func (s *Service) templateOf(ctx context.Context, name string, version int) (account.Template, error) {
	if version == 0 {
		t, _, err := s.template(ctx, name)
		return t, err
	}
	r := templateRow{Name: name, Version: version}
	if err := s.core.Store().View(ctx).NewSelect().Model(&r).WherePK().Scan(ctx); err != nil {
		return account.Template{}, fmt.Errorf("accounting: reading template %s: %w", name, err)
	}
	t, err := r.template()
	return t.Template, err
}

// Unreadable is what keeps a template from being kept: what is wrong, line by line.
type Unreadable struct{ Faults form.Faults }

// Error says it in English.
func (u *Unreadable) Error() string { return u.Faults.Error() }

// SaveTemplate keeps a template of the office's own: a new one where no name is given, else its next version. Seen is the
// version from which it was written. Reports that were begun of an earlier version stay with that.
func (s *Service) SaveTemplate(ctx context.Context, name, text string, seen int) (Template, error) {
	if name == "" {
		name, seen = store.NewID[string](s.core.Store()), 0
	}
	parsed, err := account.Parse(name, strings.ReplaceAll(text, "\r\n", "\n"))
	var wrong form.Faults
	if errors.As(err, &wrong) {
		fault := faults.New("template.unreadable", strconv.Itoa(wrong[0].Line), wrong[0].What().ZH)
		fault.Words.EN = faults.New("template.unreadable", strconv.Itoa(wrong[0].Line), wrong[0].What().EN).Words.EN
		fault.Cause = &Unreadable{wrong}
		return Template{}, fault
	}
	if err != nil {
		return Template{}, fmt.Errorf("accounting: reading a template: %w", err)
	}
	kept := templateRow{Name: name, Version: seen + 1, Title: parsed.Title.ZH, Body: parsed.Text, Made: s.core.Store().NowText()}
	kept.Author = string(service.CallerOf(ctx).Account())
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, editTemplate, service.Owned{}); err != nil {
			return err
		}
		if err := s.unseen(ctx, name, seen); err != nil {
			return err
		}
		w.Record(editTemplate, TemplateKind, name, nil, map[string]any{"version": kept.Version, "title": kept.Title, "body": kept.Body}, nil)
		return store.Insert(ctx, w.Tx(), kept)
	})
	if err != nil {
		return Template{}, err
	}
	return s.Template(ctx, name)
}

// unseen fails where a template has another version than the one that somebody has seen.
func (s *Service) unseen(ctx context.Context, name string, seen int) error {
	own, err := s.own(ctx, name)
	if err != nil {
		return err
	}
	last := 0
	if len(own) > 0 {
		last = own[0].Version
	}
	if last != seen {
		return faults.New("template.changed")
	}
	return nil
}

// RetireTemplate takes a template of the office's own from those that are offered, or offers it again.
func (s *Service) RetireTemplate(ctx context.Context, name string, retired bool) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, editTemplate, service.Owned{}); err != nil {
			return err
		}
		own, err := s.own(ctx, name)
		if err != nil {
			return err
		}
		if len(own) == 0 {
			return &store.NotFound{Kind: TemplateKind, ID: name}
		}
		w.Record(editTemplate, TemplateKind, name, nil, nil, map[string]bool{"retired": retired})
		_, err = w.Tx().NewUpdate().Table("paper_templates").Set("retired = ?", retired).Where("name = ?", name).Exec(ctx)
		if err != nil {
			return fmt.Errorf("accounting: retiring template %s: %w", name, err)
		}
		return nil
	})
}
