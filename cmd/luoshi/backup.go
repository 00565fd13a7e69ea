package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/operations"
)

func newBackup(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use: c.say("backup.use"), Short: c.say("backup.short"), Long: c.say("backup.long"), Example: c.say("backup.example"),
		Args: arguments(0, 1), DisableFlagsInUseLine: true,
	}
	c.addSettings(cmd, "data", "db", "backups", "bucket")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withServer(cmd, func(ctx context.Context, s *server) error {
			path := filepath.Join(s.config.Backups(), "luoshi-"+s.store.Now().Format("20060102-150405")+".zip")
			if len(args) == 1 {
				path = args[0]
			}
			manifest, err := s.operations.BackUpTo(asCommand(ctx, "backup", operations.BackupMay...), path)
			if err != nil {
				return err
			}
			fmt.Fprintln(c.stdout, c.say("backup.done", path, manifest.Entries, manifest.Files))
			return nil
		})
	}
	return cmd
}

// asCommand is a context whose use cases run for a command that somebody at the server's terminal has given.
func asCommand(ctx context.Context, name string, may ...access.Action) context.Context {
	return service.As(ctx, service.Caller{System: "command: " + name, May: may, Request: "command"})
}
