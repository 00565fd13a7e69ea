-- +goose Up

-- The same views as before without taking out what is there twice, which nobody who asks them minds: so a database
-- looks at the rows of one project or one unit alone, and not at all of them first.
DROP VIEW catalogue_project_units;
DROP VIEW catalogue_indicator_units;
DROP VIEW catalogue_document_units;

CREATE VIEW catalogue_project_units AS
    SELECT id AS project, place_unit AS unit FROM projects WHERE place_unit IS NOT NULL
    UNION ALL SELECT project, unit FROM project_obstacles WHERE unit IS NOT NULL
    UNION ALL SELECT project, lead_unit FROM commitments WHERE project IS NOT NULL AND lead_unit IS NOT NULL
    UNION ALL SELECT c.project, u.unit FROM commitments AS c JOIN cooperating_units AS u ON u.commitment = c.id WHERE c.project IS NOT NULL;

CREATE VIEW catalogue_indicator_units AS
    SELECT t.indicator AS indicator, c.lead_unit AS unit
    FROM commitment_targets AS t JOIN commitments AS c ON c.id = t.commitment
    WHERE t.indicator IS NOT NULL AND c.lead_unit IS NOT NULL;

CREATE VIEW catalogue_document_units AS
    SELECT s.document AS document, p.government AS unit FROM plan_sources AS s JOIN plans AS p ON p.id = s.plan;
