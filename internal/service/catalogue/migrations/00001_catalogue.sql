-- +goose Up

-- The units that have to do with a project without leading it: that of the place where it stands, those that are to
-- clear an obstacle, and those of the commitments that it serves.
CREATE VIEW catalogue_project_units AS
    SELECT id AS project, place_unit AS unit FROM projects WHERE place_unit IS NOT NULL
    UNION SELECT project, unit FROM project_obstacles WHERE unit IS NOT NULL
    UNION SELECT project, lead_unit FROM commitments WHERE project IS NOT NULL AND lead_unit IS NOT NULL
    UNION SELECT c.project, u.unit FROM commitments AS c JOIN cooperating_units AS u ON u.commitment = c.id WHERE c.project IS NOT NULL;

-- The units that answer for an indicator: those that lead a commitment with a target for it.
CREATE VIEW catalogue_indicator_units AS
    SELECT DISTINCT t.indicator AS indicator, c.lead_unit AS unit
    FROM commitment_targets AS t JOIN commitments AS c ON c.id = t.commitment
    WHERE t.indicator IS NOT NULL AND c.lead_unit IS NOT NULL;

-- A document is the matter of the government whose plan it makes.
CREATE VIEW catalogue_document_units AS
    SELECT DISTINCT s.document AS document, p.government AS unit FROM plan_sources AS s JOIN plans AS p ON p.id = s.plan;

CREATE TABLE project_moves (
    project      plain_text      NOT NULL REFERENCES projects (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT          NOT NULL,
    on_day       civil_date_text NOT NULL,
    from_stage   plain_text      NOT NULL,
    to_stage     plain_text      NOT NULL,
    reason       plain_text      NOT NULL,
    account      plain_text      NOT NULL,
    PRIMARY KEY (project, number)
);

CREATE TABLE saved_views (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    created      time_text       NOT NULL,
    updated      time_text       NOT NULL,
    account      plain_text      NOT NULL,
    unit         plain_text      NOT NULL, -- with which it is shared; empty where it is its owner's alone
    page         plain_text      NOT NULL, -- the path of the list: /projects
    name         plain_text      NOT NULL,
    query        plain_text      NOT NULL, -- filters and order as the address of the page has them
    dropped      BOOLEAN         NOT NULL
);
CREATE INDEX saved_views_account ON saved_views (account, page);
CREATE INDEX saved_views_unit ON saved_views (unit, page);

CREATE TABLE saved_view_defaults (
    account      plain_text      NOT NULL,
    page         plain_text      NOT NULL,
    saved_view   plain_text      NOT NULL REFERENCES saved_views (id) DEFERRABLE INITIALLY IMMEDIATE,
    PRIMARY KEY (account, page)
);

-- A table that somebody uploaded and has not confirmed yet; one for each account and kind.
CREATE TABLE table_imports (
    account      plain_text      NOT NULL,
    kind         plain_text      NOT NULL,
    id           plain_text      NOT NULL,
    created      time_text       NOT NULL,
    name         plain_text      NOT NULL,
    plan         plain_text      NOT NULL,
    content      plain_text      NOT NULL, -- the rows as they were read, in JSON
    PRIMARY KEY (account, kind)
);
