-- +goose Up
-- Lists of what is open go by due day past all that has ended, and their counts are read from an index alone.
CREATE INDEX orders_open ON orders (due, id) WHERE ended = '';
CREATE INDEX orders_counts ON orders (state, ended, running, due, lead, plan, kind, sheet);
