-- +goose Up
-- The last day of a term that a step gives, empty where it gives none or a number of days.
ALTER TABLE flow_steps ADD COLUMN until_day civil_date_text NOT NULL DEFAULT '';
