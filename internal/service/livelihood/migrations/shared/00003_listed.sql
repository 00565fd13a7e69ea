-- +goose Up
-- The livelihood items of a plan by their numbers: some ten of thousands of commitments.
CREATE INDEX commitments_livelihood ON commitments (plan, number, id) WHERE kind = 'livelihood';
