-- +goose Up

-- How many commitments each section of a plan has, of which kinds, in the order of the outline and without a look at the
-- rows themselves.
CREATE INDEX commitments_sections ON commitments (plan, section, kind, state, by_day, lead_unit, id);
