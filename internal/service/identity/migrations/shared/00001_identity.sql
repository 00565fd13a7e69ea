-- +goose Up
CREATE TABLE identity_accounts (
    id       plain_text NOT NULL PRIMARY KEY,
    revision BIGINT     NOT NULL,
    created  time_text  NOT NULL,
    updated  time_text  NOT NULL,
    name     plain_text NOT NULL UNIQUE, -- as it is typed at sign-in, folded
    person   plain_text NOT NULL,
    unit     plain_text NOT NULL,
    disabled BOOLEAN    NOT NULL
);

CREATE TABLE identity_passwords (
    account     plain_text NOT NULL PRIMARY KEY REFERENCES identity_accounts (id),
    hash        plain_text NOT NULL,
    must_change BOOLEAN    NOT NULL,
    expires     time_text,           -- of a first password
    changed     time_text  NOT NULL
);

CREATE TABLE identity_factors (
    account   plain_text NOT NULL PRIMARY KEY REFERENCES identity_accounts (id),
    totp_key  plain_text NOT NULL,
    last_step BIGINT     NOT NULL,   -- of the last code that was accepted
    confirmed BOOLEAN    NOT NULL,   -- not before the owner has typed a code
    recovery  plain_text NOT NULL    -- digests of the codes that are left, a list in JSON
);

CREATE TABLE identity_sessions (
    digest  plain_text NOT NULL PRIMARY KEY,
    id      plain_text NOT NULL UNIQUE,
    account plain_text NOT NULL REFERENCES identity_accounts (id),
    begun   time_text  NOT NULL,
    seen    time_text  NOT NULL,
    ended   time_text,
    due     BOOLEAN    NOT NULL,     -- the password was right, the second factor is still to come
    method  plain_text NOT NULL,
    address plain_text NOT NULL,
    agent   plain_text NOT NULL
);
CREATE INDEX identity_sessions_account ON identity_sessions (account, begun);

CREATE TABLE identity_attempts (
    id          plain_text NOT NULL PRIMARY KEY, -- the digest of an account's name, or an address
    failures    BIGINT     NOT NULL,
    last_at     time_text,
    heard_again time_text
);
CREATE INDEX identity_attempts_last ON identity_attempts (last_at);

CREATE TABLE identity_tokens (
    id      plain_text NOT NULL PRIMARY KEY,
    account plain_text NOT NULL REFERENCES identity_accounts (id),
    issuer  plain_text NOT NULL,
    purpose plain_text NOT NULL,
    scopes  plain_text NOT NULL,     -- actions, a list in JSON
    created time_text  NOT NULL,
    expires time_text  NOT NULL,
    revoked time_text,
    drawn   time_text,               -- when the owner was shown it
    used    time_text,
    handle  plain_text UNIQUE,       -- the part by which a presented token is found
    digest  plain_text NOT NULL
);
CREATE INDEX identity_tokens_account ON identity_tokens (account, id);

CREATE TABLE identity_appointments (
    id        plain_text      NOT NULL PRIMARY KEY,
    account   plain_text      NOT NULL REFERENCES identity_accounts (id),
    role      plain_text      NOT NULL,
    unit      plain_text      NOT NULL,
    first_day civil_date_text NOT NULL,
    last_day  civil_date_text NOT NULL,
    revoked   time_text
);
CREATE INDEX identity_appointments_account ON identity_appointments (account, id);
CREATE INDEX identity_appointments_role ON identity_appointments (role, account);

CREATE TABLE identity_delegations (
    id        plain_text      NOT NULL PRIMARY KEY,
    giver     plain_text      NOT NULL REFERENCES identity_accounts (id),
    taker     plain_text      NOT NULL REFERENCES identity_accounts (id),
    role      plain_text      NOT NULL,
    unit      plain_text      NOT NULL,
    first_day civil_date_text NOT NULL,
    last_day  civil_date_text NOT NULL,
    actions   plain_text      NOT NULL, -- a list in JSON, null where all of the role are handed over
    reason    plain_text      NOT NULL,
    ended     time_text
);
CREATE INDEX identity_delegations_taker ON identity_delegations (taker, id);
CREATE INDEX identity_delegations_giver ON identity_delegations (giver, id);

-- One row. Whatever bears on who may do what raises its revision, so that what is kept of it in memory is known to
-- be out of date; and two who change it at once wait for each other here.
CREATE TABLE identity_state (
    id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    revision BIGINT NOT NULL
);
INSERT INTO identity_state (id, revision) VALUES (1, 1);
