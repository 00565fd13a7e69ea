-- +goose Up
-- An order: one matter that a unit is to see to. How far it is follows from its steps; the state and the days of its
-- clocks are written here as well, for lists.
CREATE TABLE orders (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    number       plain_text      NOT NULL, -- 督〔2026〕17号; empty before it is issued
    kind         plain_text      NOT NULL,
    parent       plain_text               REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED,
    plan         plain_text               REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    title        plain_text      NOT NULL,
    lead         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    state        plain_text      NOT NULL, -- of flow order
    urgency      plain_text      NOT NULL,
    sheet        plain_text      NOT NULL, -- blue, yellow, red; empty where it is none of these
    drafter      plain_text      NOT NULL, -- the account
    drafted      time_text       NOT NULL,
    issued       civil_date_text NOT NULL, -- first; empty before
    signed       civil_date_text NOT NULL, -- first
    replied      civil_date_text NOT NULL, -- for good, the last time
    ended        civil_date_text NOT NULL, -- empty while it is open
    due          civil_date_text NOT NULL, -- the latest legal date, also when it was met; empty before there is one
    sign_due     civil_date_text NOT NULL, -- empty where nothing is to be signed
    interim_due  civil_date_text NOT NULL, -- empty where no interim reply is waited for
    running      BOOLEAN         NOT NULL, -- the unit's time runs
    paused       BOOLEAN         NOT NULL, -- and stands still
    estimated    BOOLEAN         NOT NULL, -- holidays on the way are not all announced
    signed_late  BOOLEAN         NOT NULL,
    replied_late BOOLEAN         NOT NULL, -- the last time
    updated      time_text       NOT NULL,
    words        plain_text      NOT NULL, -- what it is found by, in small letters
    body         plain_text      NOT NULL  -- in JSON
);
CREATE INDEX orders_state ON orders (state, due, id);
CREATE INDEX orders_lead ON orders (lead, state, due);
CREATE INDEX orders_plan ON orders (plan, state);
CREATE INDEX orders_due ON orders (due, id);
CREATE INDEX orders_updated ON orders (updated, id);
CREATE INDEX orders_parent ON orders (parent);
CREATE INDEX orders_issued ON orders (issued, lead);
CREATE UNIQUE INDEX orders_number ON orders (number) WHERE number <> '';

-- The units that take part in an order beside the one that leads.
CREATE TABLE order_units (
    order_id     plain_text      NOT NULL REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED,
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    signed       time_text,                -- for it, by somebody of the unit
    account      plain_text      NOT NULL, -- who signed
    PRIMARY KEY (order_id, unit)
);
CREATE INDEX order_units_unit ON order_units (unit, order_id);

-- What an order is about: one matter has one open order.
CREATE TABLE order_subjects (
    order_id     plain_text      NOT NULL REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED,
    kind         plain_text      NOT NULL, -- commitment, project
    subject      plain_text      NOT NULL,
    PRIMARY KEY (order_id, kind, subject)
);
CREATE INDEX order_subjects_subject ON order_subjects (kind, subject, order_id);

CREATE TABLE order_replies (
    id           plain_text      NOT NULL PRIMARY KEY,
    order_id     plain_text      NOT NULL REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED,
    number       BIGINT          NOT NULL,
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    final        BOOLEAN         NOT NULL,
    late         BOOLEAN         NOT NULL, -- after the day on which it was due
    account      plain_text      NOT NULL,
    on_day       civil_date_text NOT NULL,
    at_time      time_text       NOT NULL,
    body         plain_text      NOT NULL, -- in JSON
    UNIQUE (order_id, number)
);

CREATE TABLE order_evidence (
    id           plain_text      NOT NULL PRIMARY KEY,
    order_id     plain_text      NOT NULL REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED,
    reply        plain_text      NOT NULL REFERENCES order_replies (id) DEFERRABLE INITIALLY DEFERRED,
    name         plain_text      NOT NULL,
    media_type   plain_text      NOT NULL,
    size         BIGINT          NOT NULL,
    digest       plain_text      NOT NULL,
    preview      plain_text      NOT NULL, -- the digest of a small picture; empty where there is none
    scanned      BOOLEAN         NOT NULL,
    account      plain_text      NOT NULL,
    at_time      time_text       NOT NULL
);
CREATE INDEX order_evidence_order ON order_evidence (order_id, id);

-- The last number that was given in a series of a year.
CREATE TABLE order_numbers (
    series       plain_text      NOT NULL,
    year         BIGINT          NOT NULL,
    last         BIGINT          NOT NULL,
    PRIMARY KEY (series, year)
);

-- What was sent about an order when it was due, each once.
CREATE TABLE urgings (
    order_id     plain_text      NOT NULL REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED,
    urging       plain_text      NOT NULL, -- its key
    kind         plain_text      NOT NULL,
    clock        plain_text      NOT NULL,
    recipient    plain_text      NOT NULL, -- unit, head, leader, office
    on_day       civil_date_text NOT NULL, -- on which it was due
    account      plain_text      NOT NULL, -- who urged; empty where the rule did
    at_time      time_text       NOT NULL,
    reason       plain_text      NOT NULL,
    PRIMARY KEY (order_id, urging)
);

-- Up to when all that was due was sent: the day, and when the run began that saw to it.
CREATE TABLE urging_runs (
    id           plain_text      NOT NULL PRIMARY KEY,
    on_day       civil_date_text NOT NULL,
    began        time_text       NOT NULL
);

CREATE TABLE supervision_settings (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    body         plain_text      NOT NULL  -- in JSON
);
