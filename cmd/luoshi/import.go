package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"luoshi/internal/service/transfer"
)

func newImport(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use: c.say("import.use"), Short: c.say("import.short"), Long: c.say("import.long"), Example: c.say("import.example"),
		Args: cobra.ArbitraryArgs, DisableFlagsInUseLine: true,
	}
	c.addSettings(cmd, "data", "db", "bucket")
	cmd.Flags().Bool("dry-run", false, c.say("import.flag.dry"))
	cmd.Flags().Int("year", 0, c.say("import.flag.year"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		dry, _ := cmd.Flags().GetBool("dry-run")
		year, _ := cmd.Flags().GetInt("year")
		plan := slices.ContainsFunc(args, isPlanFile)
		switch {
		case len(args) == 0:
			return misuse("usage.arguments", cmd.CommandPath())
		case plan && len(args) > 1:
			return misuse("import.mixed")
		case plan && year != 0:
			return misuse("import.year_only")
		case !plan && dry:
			return misuse("import.dry_only")
		}
		return c.withServer(cmd, func(ctx context.Context, s *server) error {
			if plan {
				return c.importPlan(asCommand(ctx, "import", transfer.ImportMay...), s, args[0], dry)
			}
			return c.importDocuments(ctx, s, args, year)
		})
	}
	return cmd
}

// isPlanFile tells a plan that was exported from a document by its name: no document is a plain zip file.
func isPlanFile(name string) bool { return strings.EqualFold(filepath.Ext(name), ".zip") }

func (c *console) importPlan(ctx context.Context, s *server, path string, dry bool) (err error) {
	parcel, err := transfer.Open(path)
	if err != nil {
		return err
	}
	defer func() {
		if closing := parcel.Close(); closing != nil && !errors.Is(err, errFindings) {
			err = errors.Join(err, closing)
		}
	}()
	take := s.transfer.Import
	if dry {
		take = s.transfer.Preview
	}
	report, err := take(ctx, parcel)
	if err != nil {
		return err
	}
	c.showImport(report)
	switch {
	case len(report.Differences) > 0:
		c.showDifferences(report.Differences)
		return errFindings
	case dry:
		fmt.Fprintln(c.stdout, c.say("import.would"))
	case report.News() == 0 && report.Files == 0:
		fmt.Fprintln(c.stdout, c.say("import.nothing"))
	default:
		fmt.Fprintln(c.stdout, c.say("import.done"))
	}
	return nil
}

func (c *console) showImport(r transfer.Report) {
	fmt.Fprintln(c.stdout, c.say("import.plan", r.Plan.Title, r.Plan.Year, r.Plan.Government))
	for _, count := range r.Counts {
		if count.New+count.Same > 0 {
			fmt.Fprintln(c.stdout, c.say("import.count", c.wording(count.Kind), count.New, count.Same))
		}
	}
	fmt.Fprintln(c.stdout, c.say("import.files", r.Files))
}

func (c *console) showDifferences(differences []transfer.Difference) {
	fmt.Fprintln(c.stdout, c.say("import.differs", len(differences)))
	for _, d := range differences {
		where := d.Table
		if len(d.Columns) > 0 {
			where += " " + strings.Join(d.Columns, ", ")
		}
		fmt.Fprintln(c.stdout, c.say("import.difference", c.wording(d.Kind), d.Name, d.ID, where))
	}
}
