package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"luoshi/internal/audit"
	"luoshi/internal/config"
	"luoshi/internal/demo"
	"luoshi/internal/present/wording"
)

//go:embed messages_demo.json
var demoMessagesJSON []byte

func init() {
	for lang, said := range wording.Parse(demoMessagesJSON) {
		maps.Copy(messages[lang], said)
	}
}

func newDemo(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use: c.say("demo.use"), Short: c.say("demo.short"), Long: c.say("demo.long"), Example: c.say("demo.example"),
		Args: cobra.NoArgs, DisableFlagsInUseLine: true,
	}
	c.addSettings(cmd, "data", "db", "listen")
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		data, remove, err := demoFolder(cmd)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, remove()) }()
		cfg, err := demoSettings(cmd, data)
		if err != nil {
			return err
		}
		return c.demonstrate(cmd.Context(), cfg)
	}
	return cmd
}

// demonstrate settles the district where there is none yet, and serves it.
func (c *console) demonstrate(ctx context.Context, cfg *config.Config) (err error) {
	fmt.Fprintln(c.stderr, c.say("demo.settling"))
	s, err := openDemo(ctx, cfg, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	running, err := s.start(ctx)
	if err != nil {
		return err
	}
	if err := c.introduce(cfg); err != nil {
		return errors.Join(err, running.end(context.WithoutCancel(ctx)))
	}
	return running.wait(ctx)
}

// openDemo opens the server of the demonstration, with the district in it.
func openDemo(ctx context.Context, cfg *config.Config, c *console) (_ *server, err error) {
	clock := demo.NewClock()
	s, err := openServerBy(ctx, cfg, c.quietLogger(cfg), clock.Now)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	units, err := s.store.Units().Count(ctx)
	if err != nil {
		return nil, err
	}
	if units > 0 {
		happened, err := s.lastChange(ctx)
		clock.Release(happened)
		return s, err
	}
	return s, demo.Settle(ctx, demo.Parts{
		Core: s.core, Identity: s.identity, Intake: s.intake, Catalogue: s.catalogue, Planning: s.planning,
		Reporting: s.reporting, Progress: s.progress, Supervision: s.orders,
		Bulletins: s.bulletins, Assessment: s.assessment, Publication: s.public, Livelihood: s.livelihood, Atlas: s.atlas, Papers: s.papers, Peers: s.peers, Clock: clock,
	})
}

// lastChange is when something was changed last.
func (s *server) lastChange(ctx context.Context) (time.Time, error) {
	db := s.store.View(ctx)
	size, err := audit.Size(ctx, db)
	if err != nil {
		return time.Time{}, err
	}
	last, err := audit.Entries(ctx, db, size-1, 1)
	if err != nil || len(last) == 0 {
		return time.Time{}, err
	}
	return last[0].Time, nil
}

// introduce says where the demonstration is and who may sign in.
func (c *console) introduce(cfg *config.Config) error {
	accounts, err := demo.Listed()
	if err != nil {
		return err
	}
	lines := make([]string, len(accounts))
	for i, a := range accounts {
		role, try := a.RoleTitle().Chinese, a.Try.Chinese
		if c.lang == wording.English {
			role, try = a.RoleTitle().English, a.Try.English
		}
		post := strings.TrimSpace(a.UnitName + " " + role)
		lines[i] = fmt.Sprintf("  %-12s%s\uff0c%s\uff1a%s", a.Name, a.Person, post, try)
	}
	fmt.Fprintln(c.stdout, c.say("demo.ready", cfg.PublicURL(), demo.Password, strings.Join(lines, "\n")))
	return nil
}

// demoFolder is the data folder that the user names, or one that is removed at the end.
func demoFolder(cmd *cobra.Command) (string, func() error, error) {
	if data, err := cmd.Flags().GetString("data"); err != nil || data != "" {
		return data, func() error { return nil }, err
	}
	data, err := os.MkdirTemp("", "luoshi-demo-")
	return data, func() error { return os.RemoveAll(data) }, err
}

// demoSettings are the settings of the demonstration: what the user gives goes before what suits it. Neither the
// environment nor a file counts, so that a demonstration never meets the real data of a district.
func demoSettings(cmd *cobra.Command, data string) (*config.Config, error) {
	given := map[string]string{"demo": "yes", "session-idle": "8h", "data": data}
	listen, err := cmd.Flags().GetString("listen")
	if err != nil {
		return nil, err
	}
	if listen == "" {
		if given["listen"], err = freeAddress(cmd.Context()); err != nil {
			return nil, err
		}
	}
	cmd.Flags().Visit(func(f *pflag.Flag) { given[f.Name] = f.Value.String() })
	return config.Load(config.Sources{Flags: given, Variable: func(string) (string, bool) { return "", false }})
}

// freeAddress is the usual address of the server, or another one where that is taken.
func freeAddress(ctx context.Context) (string, error) {
	var socket net.ListenConfig
	taken, err := socket.Listen(ctx, "tcp", "127.0.0.1:8080")
	if errors.Is(err, syscall.EADDRINUSE) {
		taken, err = socket.Listen(ctx, "tcp", "127.0.0.1:0")
	}
	if err != nil {
		return "", fmt.Errorf("looking for a free port: %w", err)
	}
	return taken.Addr().String(), taken.Close()
}
