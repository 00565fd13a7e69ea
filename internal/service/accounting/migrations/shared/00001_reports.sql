-- +goose Up
-- How the reports of a government or a unit look and how they are numbered.
CREATE TABLE paper_settings (
    owner        plain_text      NOT NULL PRIMARY KEY REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    revision     BIGINT          NOT NULL,
    body         plain_text      NOT NULL  -- in JSON
);

-- The last number that was given in a year.
CREATE TABLE paper_numbers (
    owner        plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    year         BIGINT          NOT NULL,
    last         BIGINT          NOT NULL,
    PRIMARY KEY (owner, year)
);

-- The templates that offices wrote, in all their versions. The last one is used for new reports.
CREATE TABLE paper_templates (
    name         plain_text      NOT NULL,
    version      BIGINT          NOT NULL,
    title        plain_text      NOT NULL,
    body         plain_text      NOT NULL,
    retired      BOOLEAN         NOT NULL, -- it is offered no more
    author       plain_text      NOT NULL,
    made         time_text       NOT NULL,
    PRIMARY KEY (name, version)
);

-- A report. How far it is follows from its steps; the state is written here as well, for lists.
CREATE TABLE papers (
    id           plain_text      NOT NULL PRIMARY KEY,
    revision     BIGINT          NOT NULL,
    plan         plain_text      NOT NULL REFERENCES plans (id) DEFERRABLE INITIALLY IMMEDIATE,
    owner        plain_text      NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE, -- whose it is: the government, or a unit
    period       plain_text      NOT NULL, -- its key: 2026-H1
    template     plain_text      NOT NULL, -- its name
    version      BIGINT          NOT NULL, -- of the template; 0 of one that comes with the program
    state        plain_text      NOT NULL, -- of flow report
    title        plain_text      NOT NULL,
    year         BIGINT          NOT NULL, -- of the number; 0 before it is frozen
    number       BIGINT          NOT NULL, -- the same
    sign         plain_text      NOT NULL, -- the same
    printed      plain_text      NOT NULL, -- the number as it is printed
    open         BOOLEAN         NOT NULL, -- whether the public may read it once it is frozen
    disclosed    BOOLEAN         NOT NULL, -- it is open and frozen
    content      plain_text      NOT NULL, -- what is generated, in JSON
    drafted      plain_text      NOT NULL, -- what was generated first, in JSON
    edits        plain_text      NOT NULL, -- what people changed, in JSON
    author       plain_text      NOT NULL, -- who drafted it
    made         time_text       NOT NULL,
    updated      time_text       NOT NULL,
    frozen       time_text,
    paper        plain_text      NOT NULL, -- the report as it was frozen, in JSON; empty before
    head         plain_text      NOT NULL, -- the signed head of the log when it was frozen; empty before
    digest       plain_text      NOT NULL  -- of the paper
);
CREATE INDEX papers_plan ON papers (plan, state);
CREATE UNIQUE INDEX papers_number ON papers (owner, year, number) WHERE number > 0;

-- The files of a frozen report.
CREATE TABLE paper_files (
    paper        plain_text      NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    format       plain_text      NOT NULL, -- docx, xlsx, pdf, html, ofd
    size         BIGINT          NOT NULL,
    digest       plain_text      NOT NULL,
    PRIMARY KEY (paper, format)
);
