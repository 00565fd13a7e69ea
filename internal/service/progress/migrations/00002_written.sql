-- +goose Up
-- How often lights of a plan were written, by a computation or by hand.
ALTER TABLE light_runs ADD COLUMN written BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE light_runs DROP COLUMN written;
