package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"luoshi/internal/service"
	"luoshi/internal/service/accounting"
	"luoshi/internal/service/bulletin"
	"luoshi/internal/store"
	publicpages "luoshi/internal/web/public"
	"luoshi/ledger"
	"luoshi/office/docx"
	"luoshi/office/page"
	"luoshi/office/pdf"
)

// publicPages are the pages that everybody may read.
func (s *server) publicPages() *publicpages.Pages {
	return publicpages.New(s.core, s.public, s.identity.Persons).WithPapers(s.publicPapers)
}

// publicPapers are the bulletins and reports of a plan that everybody may read, the youngest first.
func (s *server) publicPapers(ctx context.Context, plan ledger.PlanID) ([]publicpages.Paper, error) {
	ctx = service.As(ctx, service.Caller{}) // whoever looks sees what everybody sees
	bulletins, err := s.publicBulletins(ctx, plan)
	if err != nil {
		return nil, err
	}
	reports, err := s.publicReports(ctx, plan)
	if err != nil {
		return nil, err
	}
	all := slices.Concat(bulletins, reports)
	slices.SortStableFunc(all, func(a, b publicpages.Paper) int { return b.On.Compare(a.On) })
	return all, nil
}

func (s *server) publicBulletins(ctx context.Context, plan ledger.PlanID) ([]publicpages.Paper, error) {
	var all []publicpages.Paper
	for after := ""; ; {
		part, err := s.bulletins.List(ctx, bulletin.Filter{Plan: plan, State: bulletin.Issued}, store.Page{After: after})
		if err != nil {
			return nil, err
		}
		for _, b := range part.Bulletins {
			all = append(all, publicpages.Paper{
				Title: strings.TrimSpace(b.Title + " " + b.Number), Path: "/bulletins/" + string(b.ID), On: b.Published, Name: string(b.ID),
				Files: func(context.Context) ([]publicpages.PaperFile, error) { return s.bulletinFiles(b.ID), nil },
			})
		}
		if after = part.Next; after == "" {
			return all, nil
		}
	}
}

// bulletinFiles are the formats in which a published bulletin is written; a PDF needs Chinese fonts on the machine.
func (s *server) bulletinFiles(id bulletin.ID) []publicpages.PaperFile {
	writing := func(write func(io.Writer, bulletin.Paper) error) func(context.Context, io.Writer) error {
		return func(ctx context.Context, w io.Writer) error {
			view, err := s.bulletins.Bulletin(service.As(ctx, service.Caller{}), id)
			if err != nil {
				return err
			}
			return write(w, view.Paper)
		}
	}
	files := []publicpages.PaperFile{
		{Format: "html", Write: writing(func(w io.Writer, p bulletin.Paper) error { return page.Write(w, p.Document(), page.Options{}) })},
		{Format: "docx", Write: writing(func(w io.Writer, p bulletin.Paper) error { return docx.Write(w, p.Document(), docx.Options{}) })},
	}
	if fonts := s.fonts()(); fonts != nil {
		files = append(files, publicpages.PaperFile{Format: "pdf", Write: writing(func(w io.Writer, p bulletin.Paper) error {
			return pdf.Write(w, p.Document(), pdf.Options{Fonts: fonts})
		})})
	}
	return files
}

func (s *server) publicReports(ctx context.Context, plan ledger.PlanID) ([]publicpages.Paper, error) {
	var all []publicpages.Paper
	for after := ""; ; {
		part, err := s.papers.List(ctx, accounting.Filter{Plan: plan, State: accounting.Frozen}, store.Page{After: after})
		if err != nil {
			return nil, err
		}
		for _, r := range part.Reports {
			all = append(all, publicpages.Paper{
				Title: strings.TrimSpace(r.Title + " " + r.Number), Path: "/papers/" + string(r.ID), On: r.Frozen, Name: string(r.ID),
				Files: func(ctx context.Context) ([]publicpages.PaperFile, error) { return s.reportFiles(ctx, r.ID) },
			})
		}
		if after = part.Next; after == "" {
			return all, nil
		}
	}
}

// reportFiles are the formats in which a report was frozen, the one for browsers first.
func (s *server) reportFiles(ctx context.Context, id accounting.ID) ([]publicpages.PaperFile, error) {
	report, err := s.papers.Report(service.As(ctx, service.Caller{}), id)
	if err != nil {
		return nil, err
	}
	var files []publicpages.PaperFile
	for _, format := range []string{"html", "docx", "pdf", "ofd", "xlsx"} {
		if slices.ContainsFunc(report.Files, func(f accounting.File) bool { return f.Format == format }) {
			files = append(files, publicpages.PaperFile{Format: format, Write: func(ctx context.Context, w io.Writer) error {
				return s.writeReport(service.As(ctx, service.Caller{}), id, format, w)
			}})
		}
	}
	return files, nil
}

func (s *server) writeReport(ctx context.Context, id accounting.ID, format string, w io.Writer) error {
	_, _, file, err := s.papers.Download(ctx, id, format)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, file)
	return errors.Join(err, file.Close())
}
