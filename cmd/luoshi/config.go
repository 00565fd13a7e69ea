package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"luoshi/internal/config"
	"luoshi/internal/present/columns"
)

func newConfig(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use: c.say("config.use"), Short: c.say("config.short"), Long: c.say("config.long"), Example: c.say("config.example"),
		Args: arguments(0, 0), DisableFlagsInUseLine: true,
	}
	c.addSettings(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		cfg, err := settings(cmd)
		if err != nil {
			return err
		}
		c.writeSettings(cfg)
		return nil
	}
	return cmd
}

// writeSettings writes each setting with where it was said, group by group, in the form of a file of settings.
func (c *console) writeSettings(cfg *config.Config) {
	width := 0
	for _, v := range cfg.Values() {
		width = max(width, columns.Of(v.Setting.Name+" = "+v.Shown()))
	}
	group := ""
	for _, v := range cfg.Values() {
		if title := c.wording(v.Setting.Group); title != group {
			fmt.Fprintf(c.stdout, "%s# %s\n", strings.Repeat("\n", min(1, len(group))), title)
			group = title
		}
		line := columns.Pad(v.Setting.Name+" = "+v.Shown(), width, false)
		fmt.Fprintf(c.stdout, "%s  # %s\n", line, c.wording(v.Origin.Words(v.Setting.Name)))
	}
}
