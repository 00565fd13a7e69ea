-- +goose Up
CREATE TABLE units (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    created      time_text       NOT NULL,
    updated      time_text       NOT NULL,
    parent       plain_text      REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    kind         plain_text      NOT NULL,
    name         plain_text      NOT NULL,
    aliases      plain_text      NOT NULL, -- a list in JSON
    since        civil_date_text NOT NULL,
    place        BIGINT          NOT NULL  -- among the units of one parent
);
CREATE INDEX units_parent ON units (parent, place, id);

CREATE TABLE unit_changes (
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    number       BIGINT          NOT NULL, -- in the order of their entry
    on_day       civil_date_text NOT NULL,
    kind         plain_text      NOT NULL,
    name         plain_text      NOT NULL,
    aliases      plain_text      NOT NULL,
    parent       plain_text      REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    taken_over   plain_text      NOT NULL, -- the units that take over, a list in JSON
    basis        plain_text      NOT NULL,
    PRIMARY KEY (unit, number)
);

CREATE TABLE posts (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    created      time_text       NOT NULL,
    updated      time_text       NOT NULL,
    unit         plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    title        plain_text      NOT NULL
);
CREATE INDEX posts_unit ON posts (unit, id);

CREATE TABLE post_holders (
    post         plain_text      NOT NULL REFERENCES posts (id) DEFERRABLE INITIALLY IMMEDIATE,
    first_day    civil_date_text NOT NULL,
    last_day     civil_date_text NOT NULL,
    person       plain_text      NOT NULL,
    account      plain_text      NOT NULL,
    PRIMARY KEY (post, first_day)
);
