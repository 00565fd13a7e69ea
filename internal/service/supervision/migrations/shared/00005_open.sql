-- +goose Up
-- What is open is counted, and found out to be a unit's, from indexes alone.
DROP INDEX orders_open;
CREATE INDEX orders_open ON orders (due, id, lead) WHERE ended = '';
CREATE INDEX orders_open_states ON orders (state, lead, id) WHERE ended = '';
