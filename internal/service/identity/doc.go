// Package identity knows who somebody is and which posts he holds: accounts, sign-in, sessions, second factors,
// roles by date, delegations and API tokens. Secrets are stored as digests or hashes and never reach the log;
// everything else that happens to an account does.
package identity
