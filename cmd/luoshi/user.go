package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/spf13/cobra"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/present/columns"
	"luoshi/internal/present/wording"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/store"
	"luoshi/ledger"
)

//go:embed messages_user.json
var userMessagesJSON []byte

func init() {
	for lang, said := range wording.Parse(userMessagesJSON) {
		maps.Copy(messages[lang], said)
	}
}

// userDeeds are what the command may do to accounts. Whoever runs it holds the database in his hands; the log says
// that it was done here.
var userDeeds = []access.Action{
	"user.read", "user.create", "user.disable", "user.unlock", "user.reset", "user.factor", "role.read", "role.grant", "role.revoke",
}

func newUser(c *console) *cobra.Command {
	cmd := &cobra.Command{Use: "user", Short: c.say("user.short"), Long: c.say("user.long"), Example: c.say("user.example")}
	add := c.userCommand("add", 1, c.userAdd)
	add.Flags().String("person", "", c.say("user.flag.person"))
	add.Flags().String("unit", "", c.say("user.flag.unit"))
	grant := c.userCommand("grant", 2, c.userGrant)
	grant.Flags().String("unit", "", c.say("user.flag.unit"))
	grant.Flags().String("from", "", c.say("user.flag.from"))
	grant.Flags().String("until", "", c.say("user.flag.until"))
	revoke := c.userCommand("revoke", 2, c.userRevoke)
	revoke.Flags().String("unit", "", c.say("user.flag.unit"))
	reset := c.userCommand("reset", 1, c.userReset)
	reset.Flags().Bool("second-factor", false, c.say("user.flag.factor"))
	cmd.AddCommand(c.userCommand("list", 0, c.userList), add,
		c.userCommand("disable", 1, c.onAccount("user.disabled", func(ctx context.Context, s *identity.Service, id ledger.AccountID) error {
			_, err := s.Disable(ctx, id)
			return err
		})),
		c.userCommand("enable", 1, c.onAccount("user.enabled", func(ctx context.Context, s *identity.Service, id ledger.AccountID) error {
			_, err := s.Enable(ctx, id)
			return err
		})),
		c.userCommand("unlock", 1, c.onAccount("user.unlocked", func(ctx context.Context, s *identity.Service, id ledger.AccountID) error {
			return s.Unlock(ctx, id)
		})),
		reset, grant, revoke)
	return cmd
}

// userDeed is what a command about accounts does in an open server.
type userDeed func(ctx context.Context, s *server, cmd *cobra.Command, args []string) error

func (c *console) userCommand(name string, args int, do userDeed) *cobra.Command {
	cmd := &cobra.Command{
		Use: c.say("user." + name + ".use"), Short: c.say("user." + name + ".short"), Args: arguments(args, args), DisableFlagsInUseLine: true,
	}
	c.addSettings(cmd, "data", "db")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withServer(cmd, func(ctx context.Context, s *server) error {
			ctx = service.As(ctx, service.Caller{System: "command: user " + name, May: userDeeds})
			return do(ctx, s, cmd, args)
		})
	}
	return cmd
}

// accountNamed is the account of a name, or an error that names it.
func accountNamed(ctx context.Context, s *server, name string) (identity.Account, error) {
	account, err := s.identity.Named(ctx, name)
	var absent *store.NotFound
	if errors.As(err, &absent) {
		return account, commandError("user.unknown", name)
	}
	return account, err
}

// unitNamed is the unit of a name; none where the name is empty.
func unitNamed(ctx context.Context, s *server, name string) (ledger.UnitID, error) {
	if name == "" {
		return "", nil
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return "", err
	}
	unit, known := tree.Find(name, s.core.Today())
	if !known {
		return "", commandError("user.no_unit", name)
	}
	return unit, nil
}

func (c *console) onAccount(said string, do func(context.Context, *identity.Service, ledger.AccountID) error) userDeed {
	return func(ctx context.Context, s *server, _ *cobra.Command, args []string) error {
		account, err := accountNamed(ctx, s, args[0])
		if err != nil {
			return err
		}
		if err := do(ctx, s.identity, account.ID); err != nil {
			return err
		}
		fmt.Fprintln(c.stdout, c.say(said, account.Name))
		return nil
	}
}

func (c *console) userList(ctx context.Context, s *server, _ *cobra.Command, _ []string) error {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return err
	}
	query := identity.Query{}
	for {
		part, err := s.identity.Accounts(ctx, query)
		if err != nil {
			return err
		}
		for _, a := range part.Accounts {
			line := columns.Pad(a.Name, 20, false) + "  " + columns.Pad(a.Person, 12, false) + "  " + columns.Pad(c.accountState(a), 10, false)
			fmt.Fprintln(c.stdout, line+"  "+c.rolesLine(s, tree, a))
		}
		if query.After = part.Next; query.After == "" {
			return nil
		}
	}
}

func (c *console) accountState(a identity.Listed) string {
	switch {
	case a.Disabled:
		return c.say("user.state.disabled")
	case a.LockedFor > 0:
		return c.say("user.state.locked")
	case a.First:
		return c.say("user.state.first")
	default:
		return c.say("user.state.working")
	}
}

// rolesLine names the roles of an account with their units.
func (c *console) rolesLine(s *server, tree *ledger.Tree, a identity.Listed) string {
	var roles []string
	for _, held := range a.Roles {
		text := string(held.Role)
		if held.Unit != "" {
			text += "@" + tree.Name(held.Unit, s.core.Today())
		}
		roles = append(roles, text)
	}
	return strings.Join(roles, " ")
}

func (c *console) userAdd(ctx context.Context, s *server, cmd *cobra.Command, args []string) error {
	person, _ := cmd.Flags().GetString("person")
	name, _ := cmd.Flags().GetString("unit")
	unit, err := unitNamed(ctx, s, name)
	if err != nil {
		return err
	}
	account, first, err := s.identity.Create(ctx, identity.NewAccount{Name: args[0], Person: person, Unit: unit})
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, c.say("user.added", account.Name, first.Reveal()))
	return nil
}

func (c *console) userReset(ctx context.Context, s *server, cmd *cobra.Command, args []string) error {
	account, err := accountNamed(ctx, s, args[0])
	if err != nil {
		return err
	}
	if factor, _ := cmd.Flags().GetBool("second-factor"); factor {
		if err := s.identity.RemoveFactorOf(ctx, account.ID); err != nil {
			return err
		}
	}
	first, err := s.identity.Reset(ctx, account.ID)
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, c.say("user.added", account.Name, first.Reveal()))
	return nil
}

func (c *console) userGrant(ctx context.Context, s *server, cmd *cobra.Command, args []string) error {
	terms := identity.Terms{Role: access.Role(args[1])}
	account, err := accountNamed(ctx, s, args[0])
	if err != nil {
		return err
	}
	unit, _ := cmd.Flags().GetString("unit")
	if terms.Unit, err = unitNamed(ctx, s, unit); err != nil {
		return err
	}
	if terms.During, err = flagDays(cmd); err != nil {
		return err
	}
	terms.Account = account.ID
	if _, err := s.identity.Grant(ctx, terms); err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, c.say("user.granted", account.Name, args[1]))
	return nil
}

// flagDays is the span of days of the flags from and until.
func flagDays(cmd *cobra.Command) (calendar.Period, error) {
	var ends [2]calendar.Date
	for i, name := range []string{"from", "until"} {
		text, _ := cmd.Flags().GetString(name)
		if text == "" {
			continue
		}
		var err error
		if ends[i], err = calendar.ParseDate(text); err != nil {
			return calendar.Period{}, misuse("usage.value", name, text)
		}
	}
	return calendar.Period{From: ends[0], To: ends[1]}, nil
}

func (c *console) userRevoke(ctx context.Context, s *server, cmd *cobra.Command, args []string) error {
	account, err := accountNamed(ctx, s, args[0])
	if err != nil {
		return err
	}
	name, _ := cmd.Flags().GetString("unit")
	unit, err := unitNamed(ctx, s, name)
	if err != nil {
		return err
	}
	held, err := s.identity.Appointments(ctx, account.ID)
	if err != nil {
		return err
	}
	revoked := 0
	for _, a := range held {
		if !a.Revoked.IsZero() || string(a.Role) != args[1] || unit != "" && a.Unit != unit {
			continue
		}
		if err := s.identity.Revoke(ctx, a.ID); err != nil {
			return err
		}
		revoked++
	}
	if revoked == 0 {
		return commandError("user.not_held", account.Name, args[1])
	}
	fmt.Fprintln(c.stdout, c.say("user.revoked", account.Name, args[1]))
	return nil
}
