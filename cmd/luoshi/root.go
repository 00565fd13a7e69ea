package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usageError is a misuse of the command: a key of the catalogue with its arguments.
type usageError struct {
	key  string
	args []any
}

func (e *usageError) Error() string { return messages.Say("en", e.key, e.args...) }

func misuse(key string, args ...any) error { return &usageError{key: key, args: args} }

func newRoot(c *console) *cobra.Command {
	root := &cobra.Command{
		Use:           "luoshi",
		Short:         c.say("root.short"),
		Long:          c.say("root.long"),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse("usage.command", args[0])
			}
			return cmd.Help()
		},
	}
	root.SetIn(c.stdin)
	root.SetOut(c.stdout)
	root.SetErr(c.stderr)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.PersistentFlags().String("lang", string(c.lang), c.say("flag.lang"))
	root.PersistentFlags().BoolP("help", "h", false, c.say("flag.help"))
	root.SetUsageFunc(func(cmd *cobra.Command) error { return c.writeUsage(cmd) })
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		_, err := oneOf(cmd, "lang", "zh", "en")
		return err
	}
	root.SetFlagErrorFunc(flagMisuse)
	root.AddCommand(newRead(c), newCheck(c), newMatch(c), newEval(c), newServe(c), newDemo(c), newConfig(c), newImport(c), newExport(c), newPublish(c), newBackup(c), newRestore(c), newAudit(c), newUser(c), newVersion(c))
	root.SetHelpCommand(&cobra.Command{
		Use: "help [command]", Short: c.say("help.short"), Hidden: true,
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, _, err := root.Find(args)
			if err != nil || cmd == nil {
				return misuse("usage.command", strings.Join(args, " "))
			}
			return cmd.Help()
		},
	})
	return root
}

// flagMisuse turns what the flag parser says into a message of the catalogue.
func flagMisuse(cmd *cobra.Command, err error) error {
	var absent *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &absent):
		return misuse("usage.flag", dashed(absent.GetSpecifiedName()), cmd.CommandPath())
	case errors.As(err, &bare):
		return misuse("usage.flag_value", dashed(bare.GetSpecifiedName()))
	case errors.As(err, &invalid):
		return misuse("usage.value", invalid.GetFlag().Name, invalid.GetValue())
	}
	return err
}

// dashed is a flag as it is typed.
func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// oneOf is the value of a flag that allows only certain words.
func oneOf(cmd *cobra.Command, name string, allowed ...string) (string, error) {
	value, err := cmd.Flags().GetString(name)
	if err != nil {
		return "", err
	}
	for _, word := range allowed {
		if value == word {
			return value, nil
		}
	}
	return "", misuse("usage.choice", name, value, strings.Join(allowed, ", "))
}

// usageMessage is a misuse in the user's language, and any other error as it is.
func (c *console) usageMessage(err error) string {
	var misused *usageError
	if errors.As(err, &misused) {
		return c.say(misused.key, misused.args...)
	}
	return c.say("failed", err)
}
