package main

import (
	"luoshi/internal/service/identity"
	"luoshi/internal/web/signin"
)

// identityProvider is the district's own sign-in, as the settings say; nil where it has none.
func (s *server) identityProvider() *identity.OIDC {
	of, used := s.config.OIDC()
	if !used {
		return nil
	}
	return &identity.OIDC{
		Issuer: of.Issuer, ClientID: of.Client, ClientSecret: of.Secret, Claim: of.Claim, Title: of.Name,
		Redirect: s.config.PublicURL() + signin.ReturnPath,
	}
}
