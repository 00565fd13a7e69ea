-- +goose Up
-- What of a plan is public. A plan without a row is not.
CREATE TABLE publications (
    plan         plain_text      NOT NULL PRIMARY KEY REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    revision     BIGINT          NOT NULL,
    government   plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    open         BOOLEAN         NOT NULL,
    address      plain_text      NOT NULL, -- by which the public finds it: 2026
    asked        BIGINT          NOT NULL, -- how often a new edition was asked for since the last one was begun
    body         plain_text      NOT NULL, -- the choices, in JSON
    updated      time_text       NOT NULL
);
CREATE UNIQUE INDEX publications_address ON publications (address);

-- An edition: all that the public was told of a plan from a moment on. Its root stands in the log.
CREATE TABLE publication_editions (
    plan         plain_text      NOT NULL REFERENCES publications (plan) DEFERRABLE INITIALLY DEFERRED,
    number       BIGINT          NOT NULL,
    made         time_text       NOT NULL,
    leaves       BIGINT          NOT NULL, -- the heading and the promises
    root         plain_text      NOT NULL, -- of the tree over them
    added        BIGINT          NOT NULL,
    changed      BIGINT          NOT NULL,
    removed      BIGINT          NOT NULL,
    heading      plain_text      NOT NULL, -- in canonical JSON
    PRIMARY KEY (plan, number)
);

-- What the public was told of a promise, from an edition on until another one said something else.
CREATE TABLE publication_records (
    plan         plain_text      NOT NULL,
    promise      plain_text      NOT NULL, -- the commitment
    edition      BIGINT          NOT NULL,
    until        BIGINT          NOT NULL, -- the first edition that no longer says it; 0 while it holds
    place        BIGINT          NOT NULL, -- in the order of the plan
    key          plain_text      NOT NULL, -- by which the public finds it: 2026-037
    section      BIGINT          NOT NULL,
    kind         plain_text      NOT NULL,
    colour       plain_text      NOT NULL, -- empty where none is shown
    unit         plain_text      NOT NULL, -- the name of who leads; empty where it is not shown
    words        plain_text      NOT NULL, -- what it is found by, in small letters
    digest       plain_text      NOT NULL, -- the leaf
    body         plain_text      NOT NULL, -- in canonical JSON
    PRIMARY KEY (plan, promise, edition),
    FOREIGN KEY (plan, edition) REFERENCES publication_editions (plan, number) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX publication_records_now ON publication_records (plan, until, place);
CREATE UNIQUE INDEX publication_records_key ON publication_records (plan, key) WHERE until = 0;

-- Who wants to hear of a promise. Nothing is sent to an address before its owner has confirmed it.
CREATE TABLE publication_follows (
    id           plain_text      NOT NULL PRIMARY KEY,
    plan         plain_text      NOT NULL REFERENCES publications (plan) DEFERRABLE INITIALLY DEFERRED,
    promise      plain_text      NOT NULL,
    email        plain_text      NOT NULL,
    language     plain_text      NOT NULL,
    secret       plain_text      NOT NULL, -- in the links of its letters
    asked        time_text       NOT NULL,
    confirmed    time_text,                -- none until the owner of the address has said yes
    told         BIGINT          NOT NULL, -- the last edition of which a letter told, or that there was when it was confirmed
    written      civil_date_text NOT NULL  -- when the last letter was asked for; empty where never
);
CREATE UNIQUE INDEX publication_follows_secret ON publication_follows (secret);
CREATE UNIQUE INDEX publication_follows_one ON publication_follows (promise, email);
CREATE INDEX publication_follows_asked ON publication_follows (confirmed, asked);

-- What citizens said of promises. Nobody but the office reads it; nothing says who they are.
CREATE TABLE publication_feedback (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    receipt      plain_text      NOT NULL, -- with which the sender asks what became of it
    plan         plain_text      NOT NULL REFERENCES publications (plan) DEFERRABLE INITIALLY DEFERRED,
    government   plain_text      NOT NULL,
    promise      plain_text      NOT NULL,
    words        plain_text      NOT NULL,
    state        plain_text      NOT NULL, -- waiting, accepted, rejected
    sent         time_text       NOT NULL,
    decided      time_text,
    decider      plain_text      NOT NULL, -- the account; empty before
    answer       plain_text      NOT NULL, -- to the sender
    order_id     plain_text      NOT NULL  -- the supervision order that it led to; empty where none
);
CREATE UNIQUE INDEX publication_feedback_receipt ON publication_feedback (receipt);
CREATE INDEX publication_feedback_state ON publication_feedback (state, sent, id);
CREATE INDEX publication_feedback_promise ON publication_feedback (promise, state);
