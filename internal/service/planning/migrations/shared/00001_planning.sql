-- +goose Up
-- A run of a record through a workflow. What its state is follows from its steps; it is written here as well, so
-- that lists can ask for it.
CREATE TABLE flow_cases (
    kind         plain_text      NOT NULL, -- of the record: plans, amendments
    object       plain_text      NOT NULL,
    flow         plain_text      NOT NULL,
    version      BIGINT          NOT NULL,
    begun        civil_date_text NOT NULL,
    state        plain_text      NOT NULL,
    PRIMARY KEY (kind, object)
);
CREATE INDEX flow_cases_state ON flow_cases (kind, state);

CREATE TABLE flow_steps (
    kind         plain_text      NOT NULL,
    object       plain_text      NOT NULL,
    number       BIGINT          NOT NULL,
    action       plain_text      NOT NULL,
    role         plain_text      NOT NULL,
    account      plain_text      NOT NULL,
    on_day       civil_date_text NOT NULL,
    at_time      time_text       NOT NULL,
    facts        plain_text      NOT NULL, -- a list in JSON
    reason       plain_text      NOT NULL,
    days         BIGINT          NOT NULL,
    PRIMARY KEY (kind, object, number),
    FOREIGN KEY (kind, object) REFERENCES flow_cases (kind, object) DEFERRABLE INITIALLY IMMEDIATE
);

-- The rules by which a plan's commitments are given to units.
CREATE TABLE assignment_rules (
    plan         plain_text      NOT NULL PRIMARY KEY REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    revision     BIGINT          NOT NULL,
    rules        plain_text      NOT NULL  -- a list in JSON
);

-- What was assigned at once, so that it can be taken back at once.
CREATE TABLE bulk_assignments (
    id           plain_text      NOT NULL PRIMARY KEY,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    account      plain_text      NOT NULL,
    at_time      time_text       NOT NULL,
    changes      plain_text      NOT NULL, -- owners before and after, a list in JSON
    undone       BOOLEAN         NOT NULL
);
CREATE INDEX bulk_assignments_plan ON bulk_assignments (plan, id);

-- What a unit says to a commitment that it was given: one answer, the last one.
CREATE TABLE assignment_answers (
    commitment   plain_text      NOT NULL REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    accepted     BOOLEAN         NOT NULL, -- false: an objection
    reason       plain_text      NOT NULL,
    account      plain_text      NOT NULL,
    at_time      time_text       NOT NULL,
    reply        plain_text      NOT NULL, -- of the supervising office to an objection; empty while it is open
    PRIMARY KEY (commitment, unit)
);

-- Which milestones were reached, and when.
CREATE TABLE milestone_marks (
    commitment   plain_text      NOT NULL REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT          NOT NULL,
    reached      civil_date_text NOT NULL,
    note         plain_text      NOT NULL,
    account      plain_text      NOT NULL,
    at_time      time_text       NOT NULL,
    PRIMARY KEY (commitment, number)
);

-- Commitments that were made of others by splitting or merging.
CREATE TABLE commitment_origins (
    commitment   plain_text      NOT NULL REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    origin       plain_text      NOT NULL REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    PRIMARY KEY (commitment, origin)
);
CREATE INDEX commitment_origins_origin ON commitment_origins (origin);
