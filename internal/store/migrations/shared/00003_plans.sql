-- +goose Up
CREATE TABLE documents (
    id           plain_text      NOT NULL PRIMARY KEY, -- the digest of the bytes
    revision     BIGINT          NOT NULL,
    created      time_text       NOT NULL,
    updated      time_text       NOT NULL,
    name         plain_text      NOT NULL,
    media_type   plain_text      NOT NULL,
    size         BIGINT          NOT NULL,
    title        plain_text      NOT NULL,
    body         plain_text      NOT NULL  -- the canonical text
);

CREATE TABLE plans (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    created      time_text       NOT NULL,
    updated      time_text       NOT NULL,
    government   plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    year         BIGINT          NOT NULL,
    title        plain_text      NOT NULL,
    state        plain_text      NOT NULL
);
CREATE INDEX plans_year ON plans (government, year, id);

CREATE TABLE plan_sources (
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT          NOT NULL,
    document     plain_text      NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY IMMEDIATE,
    name         plain_text      NOT NULL,
    title        plain_text      NOT NULL,
    issued       civil_date_text NOT NULL,
    PRIMARY KEY (plan, number)
);
CREATE INDEX plan_sources_document ON plan_sources (document);

CREATE TABLE plan_sections (
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT          NOT NULL,
    parent       BIGINT          NOT NULL,
    level        BIGINT          NOT NULL,
    marker       plain_text      NOT NULL,
    title        plain_text      NOT NULL,
    PRIMARY KEY (plan, number)
);

CREATE TABLE plan_versions (
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT          NOT NULL,
    on_day       civil_date_text NOT NULL,
    basis        plain_text      NOT NULL,
    amendments   plain_text      NOT NULL, -- a list in JSON
    PRIMARY KEY (plan, number)
);

CREATE TABLE projects (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    created      time_text       NOT NULL,
    updated      time_text       NOT NULL,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       plain_text      NOT NULL,
    name         plain_text      NOT NULL,
    category     plain_text      NOT NULL,
    stage        plain_text      NOT NULL,
    lead_unit    plain_text      REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    content      plain_text      NOT NULL,
    place_unit   plain_text      REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    address      plain_text      NOT NULL,
    longitude    decimal_text    NOT NULL,
    latitude     decimal_text    NOT NULL,
    start_day    civil_date_text NOT NULL,
    completion   civil_date_text NOT NULL,
    total        decimal_text    NOT NULL,
    exit_reason  plain_text      NOT NULL
);
CREATE INDEX projects_plan ON projects (plan, id);
CREATE INDEX projects_lead ON projects (lead_unit, id);

CREATE TABLE project_years (
    project      plain_text      NOT NULL REFERENCES projects (id) DEFERRABLE INITIALLY IMMEDIATE,
    year         BIGINT          NOT NULL,
    planned      decimal_text    NOT NULL,
    done         decimal_text    NOT NULL,
    PRIMARY KEY (project, year)
);

CREATE TABLE project_funds (
    project      plain_text      NOT NULL REFERENCES projects (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT          NOT NULL,
    source       plain_text      NOT NULL,
    planned      decimal_text    NOT NULL,
    arrived      decimal_text    NOT NULL,
    paid         decimal_text    NOT NULL,
    PRIMARY KEY (project, number)
);

CREATE TABLE project_nodes (
    project      plain_text      NOT NULL REFERENCES projects (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT          NOT NULL,
    title        plain_text      NOT NULL,
    by_day       civil_date_text NOT NULL,
    done_day     civil_date_text NOT NULL,
    PRIMARY KEY (project, number)
);

CREATE TABLE project_obstacles (
    project      plain_text      NOT NULL REFERENCES projects (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT          NOT NULL,
    words        plain_text      NOT NULL,
    unit         plain_text      REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    raised       civil_date_text NOT NULL,
    solved       civil_date_text NOT NULL,
    PRIMARY KEY (project, number)
);

CREATE TABLE indicators (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    created      time_text       NOT NULL,
    updated      time_text       NOT NULL,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    code         plain_text      NOT NULL,
    name         plain_text      NOT NULL,
    unit         plain_text      NOT NULL,
    direction    plain_text      NOT NULL,
    aggregation  plain_text      NOT NULL,
    base         decimal_text    NOT NULL,
    base_year    BIGINT          NOT NULL,
    scope        plain_text      NOT NULL,
    numerator    plain_text      NOT NULL,
    denominator  plain_text      NOT NULL
);
CREATE INDEX indicators_plan ON indicators (plan, id);

CREATE TABLE indicator_years (
    indicator    plain_text      NOT NULL REFERENCES indicators (id) DEFERRABLE INITIALLY IMMEDIATE,
    year         BIGINT          NOT NULL,
    target       decimal_text    NOT NULL,
    actual       decimal_text    NOT NULL,
    scope        plain_text      NOT NULL,
    source       plain_text      NOT NULL, -- the passage in JSON
    as_of        civil_date_text NOT NULL,
    PRIMARY KEY (indicator, year)
);

CREATE TABLE commitments (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    created      time_text       NOT NULL,
    updated      time_text       NOT NULL,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       plain_text      NOT NULL,
    title        plain_text      NOT NULL,
    section      BIGINT          NOT NULL,
    kind         plain_text      NOT NULL,
    state        plain_text      NOT NULL,
    by_day       civil_date_text NOT NULL,
    firm         BOOLEAN         NOT NULL,
    lead_unit    plain_text      REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    post         plain_text      REFERENCES posts (id) DEFERRABLE INITIALLY IMMEDIATE,
    project      plain_text      REFERENCES projects (id) DEFERRABLE INITIALLY IMMEDIATE,
    weight       decimal_text    NOT NULL,
    parent       plain_text      REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX commitments_plan ON commitments (plan, id);
CREATE INDEX commitments_number ON commitments (plan, number, id);
CREATE INDEX commitments_by ON commitments (plan, by_day, id);
CREATE INDEX commitments_title ON commitments (plan, title, id);
CREATE INDEX commitments_section ON commitments (plan, section, id);
CREATE INDEX commitments_lead ON commitments (lead_unit, by_day, id);
CREATE INDEX commitments_parent ON commitments (parent, id);

CREATE TABLE commitment_passages (
    commitment   plain_text      NOT NULL REFERENCES commitments (id) DEFERRABLE INITIALLY DEFERRED,
    number       BIGINT          NOT NULL,
    document     plain_text      NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY IMMEDIATE,
    starts_at    BIGINT          NOT NULL,
    ends_at      BIGINT          NOT NULL,
    wording      plain_text      NOT NULL,
    PRIMARY KEY (commitment, number)
);
CREATE INDEX commitment_passages_document ON commitment_passages (document, starts_at);

CREATE TABLE commitment_targets (
    commitment   plain_text      NOT NULL REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT          NOT NULL,
    subject      plain_text      NOT NULL,
    code         plain_text      NOT NULL,
    indicator    plain_text      REFERENCES indicators (id) DEFERRABLE INITIALLY IMMEDIATE,
    comparator   plain_text      NOT NULL,
    value        decimal_text    NOT NULL,
    upper        decimal_text    NOT NULL,
    words        plain_text      NOT NULL,
    unit         plain_text      NOT NULL,
    measure      plain_text      NOT NULL,
    basis        plain_text      NOT NULL,
    scope        plain_text      NOT NULL,
    by_day       civil_date_text NOT NULL,
    firm         BOOLEAN         NOT NULL,
    quoted       plain_text      NOT NULL, -- the passage in JSON
    PRIMARY KEY (commitment, number)
);
CREATE INDEX commitment_targets_indicator ON commitment_targets (indicator);

CREATE TABLE commitment_milestones (
    commitment   plain_text      NOT NULL REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT          NOT NULL,
    title        plain_text      NOT NULL,
    by_day       civil_date_text NOT NULL,
    weight       decimal_text    NOT NULL,
    PRIMARY KEY (commitment, number)
);

CREATE TABLE cooperating_units (
    commitment   plain_text      NOT NULL REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT          NOT NULL,
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    PRIMARY KEY (commitment, number)
);
CREATE INDEX cooperating_units_unit ON cooperating_units (unit, commitment);

CREATE TABLE amendments (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    created      time_text       NOT NULL,
    updated      time_text       NOT NULL,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    commitment   plain_text      NOT NULL REFERENCES commitments (id) DEFERRABLE INITIALLY IMMEDIATE,
    changes      plain_text      NOT NULL, -- in JSON
    reason       plain_text      NOT NULL,
    basis        plain_text      NOT NULL, -- in JSON
    effective    civil_date_text NOT NULL,
    state        plain_text      NOT NULL,
    version      BIGINT          NOT NULL
);
CREATE INDEX amendments_plan ON amendments (plan, id);
CREATE INDEX amendments_commitment ON amendments (commitment, id);

CREATE TABLE reviews (
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    document     plain_text      NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY IMMEDIATE,
    created      time_text       NOT NULL,
    proposal     plain_text      NOT NULL, -- in JSON
    PRIMARY KEY (plan, document)
);

CREATE TABLE review_events (
    plan         plain_text      NOT NULL,
    document     plain_text      NOT NULL,
    number       BIGINT          NOT NULL,
    at_time      time_text       NOT NULL,
    account      plain_text      NOT NULL,
    event        plain_text      NOT NULL, -- in JSON
    PRIMARY KEY (plan, document, number),
    FOREIGN KEY (plan, document) REFERENCES reviews (plan, document) DEFERRABLE INITIALLY IMMEDIATE
);
