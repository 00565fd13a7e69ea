-- +goose Up

-- Ways to what pages ask most: how many commitments of a plan there are of each state, section and kind, how many of
-- them have an owner and a deadline, without a look at the rows themselves; and the commitments that serve a project.
CREATE INDEX commitments_counted ON commitments (plan, state, section, kind, by_day, lead_unit, id);
CREATE INDEX commitments_project ON commitments (project, lead_unit);
