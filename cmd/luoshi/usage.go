package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"luoshi/internal/present/columns"
)

// entry is one line of a list in the help: a command or a flag and what it does.
type entry struct{ name, does string }

// writeUsage writes how a command is used, in the user's language and aligned for Chinese.
func (c *console) writeUsage(cmd *cobra.Command) error {
	var text strings.Builder
	line := cmd.UseLine()
	if cmd.HasAvailableSubCommands() {
		line = cmd.CommandPath() + " <" + c.say("usage.a_command") + ">"
	}
	fmt.Fprintf(&text, "%s\n  %s\n", c.say("usage.usage"), line)
	if cmd.HasExample() {
		fmt.Fprintf(&text, "\n%s\n%s\n", c.say("usage.examples"), cmd.Example)
	}
	var commands []entry
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			commands = append(commands, entry{sub.Name(), sub.Short})
		}
	}
	writeEntries(&text, c.say("usage.commands"), commands)
	writeEntries(&text, c.say("usage.flags"), c.flags(cmd.NonInheritedFlags()))
	writeEntries(&text, c.say("usage.global_flags"), c.flags(cmd.InheritedFlags()))
	_, err := io.WriteString(c.stdout, text.String())
	return err
}

// flags lists flags with the word that stands for their value and their default.
func (c *console) flags(set *pflag.FlagSet) []entry {
	var list []entry
	set.VisitAll(func(flag *pflag.Flag) {
		if flag.Hidden {
			return
		}
		value, does := pflag.UnquoteUsage(flag)
		name := "    --" + flag.Name
		if flag.Shorthand != "" {
			name = "-" + flag.Shorthand + ", --" + flag.Name
		}
		if flag.Value.Type() != "bool" {
			name += " " + value
		}
		if flag.Value.Type() == "string" && flag.DefValue != "" {
			does += c.say("usage.default", flag.DefValue)
		}
		list = append(list, entry{name, does})
	})
	return list
}

func writeEntries(text *strings.Builder, title string, entries []entry) {
	if len(entries) == 0 {
		return
	}
	width := 0
	for _, e := range entries {
		width = max(width, columns.Of(e.name))
	}
	fmt.Fprintf(text, "\n%s\n", title)
	for _, e := range entries {
		fmt.Fprintf(text, "  %s   %s\n", columns.Pad(e.name, width, false), e.does)
	}
}
