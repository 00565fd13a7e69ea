package submissions

import (
	"context"
	"slices"

	"luoshi/internal/service/identity"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// Token is a key to the API with which figures can be delivered.
type Token struct {
	ID      string
	Purpose string
	Account ledger.AccountID
}

// Tokens are those that there are.
type Tokens func(ctx context.Context) ([]Token, error)

// TokensOf are the tokens that identity has issued.
func TokensOf(issued *identity.Service) Tokens {
	return func(ctx context.Context) ([]Token, error) {
		all, err := issued.Deliverers(ctx)
		tokens := make([]Token, len(all))
		for i, t := range all {
			tokens[i] = Token{ID: t.ID, Purpose: t.Purpose, Account: t.Account}
		}
		return tokens, err
	}
}

// token is the token of an identifier; one with nothing but that where it opens nothing any more.
func (g grantsView) token(id string) (t Token, works bool) {
	i := slices.IndexFunc(g.Tokens, func(t Token) bool { return t.ID == id })
	if i < 0 {
		return Token{ID: id}, false
	}
	return g.Tokens[i], true
}

// tokenName is what a token is called: what it is for, and whose it is.
func (g grantsView) tokenName(v page.View, id string) string {
	t, works := g.token(id)
	if !works {
		return id
	}
	return v.T("submissions.token.of", t.Purpose, g.People[t.Account])
}

// tokenOptions are the tokens to choose from.
func (g grantsView) tokenOptions(v page.View) []page.Option {
	options := []page.Option{{Label: v.T("submissions.choose-token")}}
	for _, t := range g.Tokens {
		options = append(options, page.Option{Value: t.ID, Label: g.tokenName(v, t.ID)})
	}
	return options
}
