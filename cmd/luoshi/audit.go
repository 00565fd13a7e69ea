package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/config"
	"luoshi/internal/store"
)

func newAudit(c *console) *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: c.say("audit.short"), Long: c.say("audit.long"), Example: c.say("audit.example")}
	cmd.AddCommand(newAuditVerify(c), newAuditExport(c), newAuditProve(c), newAuditCheck(c), newAuditHead(c))
	return cmd
}

// auditCommand makes a command that reads a log: that of the settings' database, with the public key beside it.
func (c *console) auditCommand(name string, args cobra.PositionalArgs, run func(ctx context.Context, cmd *cobra.Command, args []string) error) *cobra.Command {
	cmd := &cobra.Command{
		Use: c.say("audit." + name + ".use"), Short: c.say("audit." + name + ".short"), Long: c.say("audit." + name + ".long"),
		Args: args, DisableFlagsInUseLine: true,
	}
	c.addSettings(cmd, "data", "db")
	cmd.Flags().String("key", "", c.say("audit.flag.key"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return run(cmd.Context(), cmd, args) }
	return cmd
}

func newAuditVerify(c *console) *cobra.Command {
	cmd := c.auditCommand("verify", arguments(0, 1), c.auditVerify)
	cmd.Flags().StringArray("head", nil, c.say("audit.flag.head"))
	cmd.Flags().String("url", "", c.say("audit.flag.url"))
	return cmd
}

// auditVerify ends with status 1 where the log is not as it was written.
func (c *console) auditVerify(ctx context.Context, cmd *cobra.Command, args []string) error {
	if site, _ := cmd.Flags().GetString("url"); site != "" {
		if len(args) > 0 {
			return misuse("audit.url.alone")
		}
		return c.verifySite(ctx, cmd, site)
	}
	cfg, keys, err := auditKeys(cmd)
	if err != nil {
		return err
	}
	names, _ := cmd.Flags().GetStringArray("head")
	known, err := readHeads(names)
	if err != nil {
		return err
	}
	var report *audit.Report
	if len(args) == 1 {
		report, err = verifyFile(args[0], keys, known)
	} else {
		err = c.withLog(ctx, cfg, func(ctx context.Context, tx bun.Tx) (err error) {
			report, err = audit.Verify(ctx, tx, keys, known...)
			return err
		})
	}
	if err != nil {
		return err
	}
	if err := report.Write(c.stdout, string(c.lang)); err != nil {
		return err
	}
	if !report.OK() {
		return errFindings
	}
	return nil
}

func verifyFile(path string, keys signing.Keyring, known []string) (*audit.Report, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return audit.VerifyExport(file, keys, known...)
}

// readHeads reads signed heads that were kept elsewhere, a file each.
func readHeads(names []string) ([]string, error) {
	heads := make([]string, len(names))
	for i, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		heads[i] = string(text)
	}
	return heads, nil
}

// auditKeys are the settings of a command and the public keys of its log: those of --key, or of the data folder.
func auditKeys(cmd *cobra.Command) (*config.Config, signing.Keyring, error) {
	cfg, err := settings(cmd)
	if err != nil {
		return nil, nil, err
	}
	path, _ := cmd.Flags().GetString("key")
	if path == "" {
		path = cfg.PublicKeyFile()
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, commandError("audit.no_key", path)
	}
	var keys signing.Keyring
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		key, err := signing.ParsePublicKey(line)
		if err != nil {
			return nil, nil, commandError("audit.bad_key", path)
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, nil, commandError("audit.bad_key", path)
	}
	return cfg, keys, nil
}

// withLog reads the log of a database at one moment. Nothing of the server but the database is needed for that, and
// not its secret key.
func (c *console) withLog(ctx context.Context, cfg *config.Config, do func(ctx context.Context, tx bun.Tx) error) error {
	s, err := openExisting(ctx, cfg, c)
	if err != nil {
		return err
	}
	err = s.Snapshot(ctx, do)
	if errors.Is(err, audit.ErrNoHead) {
		err = commandError("audit.no_head")
	}
	return errors.Join(err, s.Close())
}

// openExisting opens a database that is there: a command that reads must not make one.
func openExisting(ctx context.Context, cfg *config.Config, c *console) (*store.Store, error) {
	if path, file := strings.CutPrefix(cfg.Database(), "sqlite:"); file {
		if _, err := os.Stat(path); err != nil {
			return nil, err
		}
	}
	return openStore(ctx, cfg, c.quietLogger(cfg), nil)
}

func newAuditExport(c *console) *cobra.Command {
	cmd := c.auditCommand("export", arguments(0, 0), func(ctx context.Context, cmd *cobra.Command, _ []string) error {
		cfg, err := settings(cmd)
		if err != nil {
			return err
		}
		return c.toOutput(cmd, func(w io.Writer) error {
			return c.withLog(ctx, cfg, func(ctx context.Context, tx bun.Tx) error { return audit.Export(ctx, tx, w) })
		})
	})
	cmd.Flags().StringP("output", "o", "", c.say("flag.output"))
	return cmd
}

// mostProved bounds the entries of one proof.
const mostProved = 10_000

func newAuditProve(c *console) *cobra.Command {
	cmd := c.auditCommand("prove", arguments(2, 2), func(ctx context.Context, cmd *cobra.Command, args []string) error {
		cfg, err := settings(cmd)
		if err != nil {
			return err
		}
		return c.toOutput(cmd, func(w io.Writer) error {
			return c.withLog(ctx, cfg, func(ctx context.Context, tx bun.Tx) error {
				proof, err := audit.Prove(ctx, tx, audit.Object{Kind: args[0], ID: args[1]}, 0, mostProved)
				if err != nil {
					return err
				}
				if len(proof.Entries) == 0 {
					return commandError("audit.unproved", args[0], args[1], len(proof.Pending))
				}
				return writeJSON(w, proof)
			})
		})
	})
	cmd.Flags().StringP("output", "o", "", c.say("flag.output"))
	return cmd
}

func newAuditCheck(c *console) *cobra.Command {
	return c.auditCommand("check", arguments(1, 1), func(_ context.Context, cmd *cobra.Command, args []string) error {
		_, keys, err := auditKeys(cmd)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(args[0])
		if err != nil {
			return err
		}
		return c.checkProof(text, keys)
	})
}

// checkProof says what a proof shows; one that does not hold ends with status 1.
func (c *console) checkProof(text []byte, keys signing.Keyring) error {
	proof, err := audit.ParseProof(text)
	if err != nil {
		return commandError("audit.no_proof")
	}
	head, entries, err := proof.Verify(keys)
	if err != nil {
		fmt.Fprintln(c.stdout, c.say("audit.proof_broken", err))
		return errFindings
	}
	fmt.Fprintln(c.stdout, c.say("audit.proof_holds", proof.Object.Kind, proof.Object.ID, len(entries), head.Number, head.Size, clock(head.Time)))
	for _, e := range entries {
		fmt.Fprintf(c.stdout, "  %d  %s  %s  %s\n", e.Sequence, clock(e.Time), e.Actor.ID, e.Action)
	}
	return nil
}

func newAuditHead(c *console) *cobra.Command {
	cmd := c.auditCommand("head", arguments(0, 0), func(ctx context.Context, cmd *cobra.Command, _ []string) error {
		cfg, err := settings(cmd)
		if err != nil {
			return err
		}
		return c.toOutput(cmd, func(w io.Writer) error {
			return c.withLog(ctx, cfg, func(ctx context.Context, tx bun.Tx) error {
				head, err := audit.LastHead(ctx, tx)
				if err != nil {
					return err
				}
				_, err = io.WriteString(w, head)
				return err
			})
		})
	})
	cmd.Flags().StringP("output", "o", "", c.say("flag.output"))
	return cmd
}
