package assessment

import (
	"context"
	"slices"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// judging are the roles that may mark projects.
var judging = []access.Role{"leader", "supervising-office", "reviewer", "unit-head"}

// JudgesOf are the holders of roles that may mark projects, with their units.
func JudgesOf(core *service.Core, use *identity.Service) Judges {
	return func(ctx context.Context) ([]page.Option, error) {
		tree, err := core.Tree(ctx)
		if err != nil {
			return nil, err
		}
		var posts []access.Post
		for _, unit := range tree.Units() {
			for _, role := range judging {
				posts = append(posts, access.Post{Role: role, Unit: unit.ID})
			}
		}
		holders, err := use.Holding(ctx, posts...)
		if err != nil {
			return nil, err
		}
		names, err := forms.NamesOf(ctx, core)
		if err != nil {
			return nil, err
		}
		return judgeOptions(ctx, use, names, holders)
	}
}

// judgeOptions are the holders of posts, each person once, by role.
func judgeOptions(ctx context.Context, use *identity.Service, names forms.Names, holders []identity.Holder) ([]page.Option, error) {
	slices.SortStableFunc(holders, func(a, b identity.Holder) int {
		return slices.Index(judging, a.Role) - slices.Index(judging, b.Role)
	})
	var accounts []ledger.AccountID
	for _, h := range holders {
		accounts = append(accounts, h.Account)
	}
	persons, err := use.Persons(ctx, accounts...)
	if err != nil {
		return nil, err
	}
	v, seen := page.Of(ctx), map[ledger.AccountID]bool{}
	var options []page.Option
	for _, h := range holders {
		if h.For == "" && !seen[h.Account] {
			label := v.T("assessment.judge", persons[h.Account], names.Unit(h.Unit), v.Text(access.Rights().Title(h.Role)))
			options = append(options, page.Option{Value: string(h.Account), Label: label})
		}
		seen[h.Account] = seen[h.Account] || h.For == ""
	}
	return options, nil
}
