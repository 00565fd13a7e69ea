-- +goose Up
-- By which channels people hear of what; all rows are written together, under one revision.
CREATE TABLE message_rules (
    kind         plain_text NOT NULL PRIMARY KEY,
    revision     BIGINT     NOT NULL,
    updated      time_text  NOT NULL,
    email        plain_text NOT NULL, -- usual, once, none
    chats        plain_text NOT NULL, -- the same, for group chats
    fixed        BOOLEAN    NOT NULL  -- nobody may leave it out for himself
);

-- The kinds that a person does not want outside the system, parted by commas.
ALTER TABLE message_choices ADD COLUMN muted plain_text NOT NULL DEFAULT '';
