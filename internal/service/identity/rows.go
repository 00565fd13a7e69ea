package identity

import (
	"github.com/uptrace/bun"

	"luoshi/internal/access"
)

type accountRow struct {
	bun.BaseModel `bun:"table:identity_accounts,alias:a"`
	ID            string `bun:"id,pk"`
	Revision      int64  `bun:"revision"`
	Created       stamp  `bun:"created"`
	Updated       stamp  `bun:"updated"`
	Name          string `bun:"name"`
	Person        string `bun:"person"`
	Unit          string `bun:"unit"`
	Disabled      bool   `bun:"disabled"`
}

type passwordRow struct {
	bun.BaseModel `bun:"table:identity_passwords,alias:p"`
	Account       string `bun:"account,pk"`
	Hash          string `bun:"hash"`
	MustChange    bool   `bun:"must_change"`
	Expires       stamp  `bun:"expires"`
	Changed       stamp  `bun:"changed"`
}

type factorRow struct {
	bun.BaseModel `bun:"table:identity_factors,alias:f"`
	Account       string       `bun:"account,pk"`
	Key           string       `bun:"totp_key"` // in the letters in which it is typed
	LastStep      int64        `bun:"last_step"`
	Confirmed     bool         `bun:"confirmed"`
	Recovery      list[string] `bun:"recovery"`
}

type sessionRow struct {
	bun.BaseModel `bun:"table:identity_sessions,alias:s"`
	Digest        string `bun:"digest,pk"`
	ID            string `bun:"id"`
	Account       string `bun:"account"`
	Begun         stamp  `bun:"begun"`
	Seen          stamp  `bun:"seen"`
	Ended         stamp  `bun:"ended"`
	Due           bool   `bun:"due"`
	Method        string `bun:"method"`
	Address       string `bun:"address"`
	Agent         string `bun:"agent"`
}

type attemptRow struct {
	bun.BaseModel `bun:"table:identity_attempts,alias:t"`
	ID            string `bun:"id,pk"`
	Failures      int    `bun:"failures"`
	LastAt        stamp  `bun:"last_at"`
	HeardAgain    stamp  `bun:"heard_again"`
}

type tokenRow struct {
	bun.BaseModel `bun:"table:identity_tokens,alias:k"`
	ID            string              `bun:"id,pk"`
	Account       string              `bun:"account"`
	Issuer        string              `bun:"issuer"`
	Purpose       string              `bun:"purpose"`
	Scopes        list[access.Action] `bun:"scopes"`
	Created       stamp               `bun:"created"`
	Expires       stamp               `bun:"expires"`
	Revoked       stamp               `bun:"revoked"`
	Drawn         stamp               `bun:"drawn"`
	Used          stamp               `bun:"used"`
	Handle        *string             `bun:"handle"`
	Digest        string              `bun:"digest"`
}

type appointmentRow struct {
	bun.BaseModel `bun:"table:identity_appointments,alias:m"`
	ID            string `bun:"id,pk"`
	Account       string `bun:"account"`
	Role          string `bun:"role"`
	Unit          string `bun:"unit"`
	FirstDay      day    `bun:"first_day"`
	LastDay       day    `bun:"last_day"`
	Revoked       stamp  `bun:"revoked"`
}

type delegationRow struct {
	bun.BaseModel `bun:"table:identity_delegations,alias:d"`
	ID            string              `bun:"id,pk"`
	Giver         string              `bun:"giver"`
	Taker         string              `bun:"taker"`
	Role          string              `bun:"role"`
	Unit          string              `bun:"unit"`
	FirstDay      day                 `bun:"first_day"`
	LastDay       day                 `bun:"last_day"`
	Actions       list[access.Action] `bun:"actions"`
	Reason        string              `bun:"reason"`
	Ended         stamp               `bun:"ended"`
}
