-- +goose Up
-- The tables came to the world with those of planning; a server that has them keeps them. The room of workflows stands
-- behind that of planning, and alone where there is none.
CREATE TABLE IF NOT EXISTS flow_cases (
    kind         plain_text      NOT NULL, -- of the record: plans, amendments, submissions
    object       plain_text      NOT NULL,
    flow         plain_text      NOT NULL,
    version      BIGINT          NOT NULL,
    begun        civil_date_text NOT NULL,
    state        plain_text      NOT NULL,
    PRIMARY KEY (kind, object)
);
CREATE INDEX IF NOT EXISTS flow_cases_state ON flow_cases (kind, state);

CREATE TABLE IF NOT EXISTS flow_steps (
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
