package identity

// byProvider is the method of sessions that the identity provider vouches for.
const byProvider = "oidc"

// OIDC is an identity provider.
type OIDC struct{}

type provider struct{ settings *OIDC }
