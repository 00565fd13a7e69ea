package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the linker in a release: -ldflags "-X main.version=v1.0.0".
var version = ""

func newVersion(c *console) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: c.say("version.short"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse("usage.argument", args[0])
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(c.stdout, "luoshi %s %s %s/%s\n", builtVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

// builtVersion is the release, or the commit from which the program was built.
func builtVersion() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			return "devel-" + setting.Value[:12]
		}
	}
	return "devel"
}
