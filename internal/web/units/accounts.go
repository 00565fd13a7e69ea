package units

import (
	"context"

	"luoshi/internal/service/identity"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// Accounts are the accounts of a unit that may be named as holders of its posts, as the choices of a field. None are
// offered to a caller who may not read accounts.
type Accounts func(ctx context.Context, unit ledger.UnitID) ([]page.Option, error)

// mostAccounts is how many accounts of a unit the form offers.
const mostAccounts = 200

// AccountsOf are the accounts that the program keeps itself.
func AccountsOf(use *identity.Service) Accounts {
	return func(ctx context.Context, unit ledger.UnitID) ([]page.Option, error) {
		if !page.Of(ctx).Can("user.read") {
			return nil, nil
		}
		listing, err := use.Accounts(ctx, identity.Query{Unit: unit, Limit: mostAccounts})
		if err != nil {
			return nil, err
		}
		var options []page.Option
		for _, account := range listing.Accounts {
			if !account.Disabled {
				options = append(options, page.Option{Value: string(account.ID), Label: account.Person})
			}
		}
		return options, nil
	}
}
