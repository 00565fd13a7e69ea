package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"

	"github.com/spf13/cobra"

	"luoshi/internal/present/wording"
	"luoshi/internal/service/transfer"
	"luoshi/ledger"
)

//go:embed messages_transfer.json
var transferMessagesJSON []byte

func init() {
	for lang, said := range wording.Parse(transferMessagesJSON) {
		maps.Copy(messages[lang], said)
	}
}

func newExport(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use: c.say("export.use"), Short: c.say("export.short"), Long: c.say("export.long"), Example: c.say("export.example"),
		Args: arguments(1, 1), DisableFlagsInUseLine: true,
	}
	c.addSettings(cmd, "data", "db", "bucket")
	cmd.Flags().String("plan", "", c.say("export.flag.plan"))
	cmd.Flags().Int("year", 0, c.say("export.flag.year"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		plan, _ := cmd.Flags().GetString("plan")
		year, _ := cmd.Flags().GetInt("year")
		if (plan == "") == (year == 0) {
			return misuse("export.which")
		}
		return c.withServer(cmd, func(ctx context.Context, s *server) error {
			ctx = asCommand(ctx, "export", transfer.ExportMay...)
			id := ledger.PlanID(plan)
			if id == "" {
				var err error
				if id, err = s.transfer.PlanOf(ctx, year); err != nil {
					return err
				}
			}
			manifest, err := exportTo(ctx, s, id, args[0])
			if err != nil {
				return err
			}
			fmt.Fprintln(c.stdout, c.say("export.done", manifest.Plan.Title, args[0], len(manifest.Parts)))
			return nil
		})
	}
	return cmd
}

// exportTo writes a plan into a file, which appears only when it is complete. It holds documents that are not
// everybody's, so nobody but its owner may read it.
func exportTo(ctx context.Context, s *server, id ledger.PlanID, path string) (manifest transfer.Manifest, err error) {
	if _, err := os.Lstat(path); err == nil {
		return manifest, &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
	}
	draft := path + ".part"
	file, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return manifest, err
	}
	manifest, err = s.transfer.Export(ctx, id, file)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(draft, path)
	}
	if err != nil {
		return manifest, errors.Join(err, os.Remove(draft))
	}
	return manifest, nil
}
