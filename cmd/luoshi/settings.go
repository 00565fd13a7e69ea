package main

import (
	"context"
	"log/slog"
	"os"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"luoshi/internal/config"
	"luoshi/internal/present/wording"
	"luoshi/ledger"
)

// wording is a wording in the language of the console.
func (c *console) wording(words ledger.Wording) string {
	if c.lang == wording.English {
		return words.EN
	}
	return words.ZH
}

// addSettings gives a command the flags of settings: those that it names are shown in its help, all where it names
// none.
func (c *console) addSettings(cmd *cobra.Command, shown ...string) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.String("config", "", c.say("flag.config"))
	for _, s := range config.Settings() {
		if s.Kind == config.Switch {
			flags.Bool(s.Name, false, c.wording(s.Words))
		} else {
			flags.String(s.Name, "", "`"+c.say("kind."+string(s.Kind))+"`\uff1a"+c.wording(s.Words))
		}
		if len(shown) > 0 && !slices.Contains(shown, s.Name) {
			_ = flags.MarkHidden(s.Name) // it is there
		}
	}
}

// settings are the settings of a command: its flags before the environment before the file.
func settings(cmd *cobra.Command) (*config.Config, error) {
	given := map[string]string{}
	cmd.Flags().Visit(func(f *pflag.Flag) { given[f.Name] = f.Value.String() })
	file := given["config"]
	if file == "" {
		file = os.Getenv("LUOSHI_CONFIG")
	}
	return config.Load(config.Sources{Flags: given, Variable: os.LookupEnv, File: file})
}

// logger is the log of a server as its settings say.
func (c *console) logger(cfg *config.Config) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(cfg.LogLevel())) // one of those that the settings allow
	options := &slog.HandlerOptions{Level: level}
	if cfg.LogFormat() == "json" {
		return slog.New(slog.NewJSONHandler(c.stderr, options))
	}
	return slog.New(slog.NewTextHandler(c.stderr, options))
}

// withServer opens the server of a command's settings, and closes it again after do.
func (c *console) withServer(cmd *cobra.Command, do func(ctx context.Context, s *server) error) (err error) {
	cfg, err := settings(cmd)
	if err != nil {
		return err
	}
	s, err := openServer(cmd.Context(), cfg, c.quietLogger(cfg))
	if err != nil {
		return err
	}
	defer func() {
		if closing := s.close(); err == nil {
			err = closing
		}
	}()
	return do(cmd.Context(), s)
}

// quietLogger is for commands that say themselves what they do: only what goes wrong is logged.
func (c *console) quietLogger(cfg *config.Config) *slog.Logger {
	if cfg.LogLevel() == "debug" {
		return c.logger(cfg)
	}
	return slog.New(slog.NewTextHandler(c.stderr, &slog.HandlerOptions{Level: slog.LevelError}))
}

// arguments makes sure that a command has between least and most arguments.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return misuse("usage.arguments", cmd.CommandPath())
		}
		return nil
	}
}
