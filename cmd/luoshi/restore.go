package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"luoshi/internal/audit"
	"luoshi/internal/config"
	"luoshi/internal/service/operations/archive"
)

func newRestore(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use: c.say("restore.use"), Short: c.say("restore.short"), Long: c.say("restore.long"), Example: c.say("restore.example"),
		Args: arguments(1, 1), DisableFlagsInUseLine: true,
	}
	c.addSettings(cmd, "data", "db", "bucket")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		cfg, err := settings(cmd)
		if err != nil {
			return err
		}
		report, err := c.restore(cmd.Context(), cfg, args[0])
		if err != nil {
			return err
		}
		fmt.Fprintln(c.stdout, c.say("restore.done", args[0]))
		if err := report.Write(c.stdout, string(c.lang)); err != nil {
			return err
		}
		if !report.OK() {
			return errFindings // what was archived was altered before
		}
		return nil
	}
	return cmd
}

// restore makes a server of an archive. Nothing is written before all of the archive was found whole.
func (c *console) restore(ctx context.Context, cfg *config.Config, path string) (_ *audit.Report, err error) {
	from, err := archive.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	if err := from.Check(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cfg.Data(), ownersOnly); err != nil {
		return nil, err
	}
	s := &server{config: cfg, logger: c.quietLogger(cfg)}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.openStorage(ctx); err != nil {
		return nil, err
	}
	report, err := from.Restore(ctx, archive.Target{Store: s.store, Blobs: s.blobs, KeyFile: cfg.KeyFile()})
	if err != nil {
		return nil, err
	}
	keys, err := from.Public()
	if err != nil {
		return nil, err
	}
	return report, os.WriteFile(cfg.PublicKeyFile(), []byte(keys[0].String()+"\n"), readableByAll)
}
