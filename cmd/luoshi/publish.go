package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"maps"

	"github.com/spf13/cobra"

	"luoshi/internal/present/wording"
	"luoshi/internal/service"
	publicpages "luoshi/internal/web/public"
)

//go:embed messages_public.json
var publicMessagesJSON []byte

func init() {
	for lang, said := range wording.Parse(publicMessagesJSON) {
		maps.Copy(messages[lang], said)
	}
}

// newPublish writes the public pages as files.
func newPublish(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use: c.say("publish.use"), Short: c.say("publish.short"), Long: c.say("publish.long"), Example: c.say("publish.example"),
		Args: arguments(1, 1), DisableFlagsInUseLine: true,
	}
	c.addSettings(cmd, "data", "db", "public-url", "bucket")
	cmd.Flags().Bool("alone", false, c.say("publish.flag.alone"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withServer(cmd, func(ctx context.Context, s *server) error {
			alone, err := cmd.Flags().GetBool("alone")
			if err != nil {
				return err
			}
			return c.publish(ctx, s, args[0], alone)
		})
	}
	return cmd
}

// publish writes what everybody may read, and nothing else: it asks for it as somebody without an account.
func (c *console) publish(ctx context.Context, s *server, folder string, alone bool) error {
	options := publicpages.StaticOptions{Origin: s.config.PublicURL(), Notice: s.notice()}
	if alone {
		options.Origin = ""
	}
	pages := s.publicPages()
	written, err := pages.Write(service.InRequest(service.As(ctx, service.Caller{})), folder, options)
	if errors.Is(err, publicpages.ErrOccupied) {
		return commandError("publish.occupied", folder)
	}
	if err != nil {
		return err
	}
	if written.Plans == 0 {
		fmt.Fprintln(c.stdout, c.say("publish.nothing"))
	}
	fmt.Fprintln(c.stdout, c.say("publish.done", folder, written.Plans, written.Promises, written.Files))
	return nil
}
