-- +goose Up
-- What was told, once under each key.
CREATE TABLE message_notices (
    id           plain_text NOT NULL PRIMARY KEY,
    key          plain_text NOT NULL UNIQUE,
    kind         plain_text NOT NULL,
    urgent       BOOLEAN    NOT NULL,
    title_zh     plain_text NOT NULL,
    title_en     plain_text NOT NULL,
    text_zh      plain_text NOT NULL,
    text_en      plain_text NOT NULL,
    url          plain_text NOT NULL,
    created      time_text  NOT NULL
);
CREATE INDEX message_notices_kind ON message_notices (kind, id);

-- To whom. A line is in the inbox of the account.
CREATE TABLE message_persons (
    notice       plain_text NOT NULL REFERENCES message_notices (id) DEFERRABLE INITIALLY IMMEDIATE,
    account      plain_text NOT NULL,
    seen         time_text,           -- when it was read
    sent         BOOLEAN    NOT NULL, -- it is in an e-mail, or was older than those that go into one
    PRIMARY KEY (notice, account)
);
CREATE INDEX message_persons_inbox ON message_persons (account, notice);
CREATE INDEX message_persons_unread ON message_persons (account) WHERE seen IS NULL;
CREATE INDEX message_persons_unsent ON message_persons (account, notice) WHERE NOT sent AND seen IS NULL;

-- To the robots of which units.
CREATE TABLE message_units (
    notice       plain_text NOT NULL REFERENCES message_notices (id) DEFERRABLE INITIALLY IMMEDIATE,
    unit         plain_text NOT NULL,
    PRIMARY KEY (notice, unit)
);
CREATE INDEX message_units_unit ON message_units (unit, notice);

-- How a person wants to be told.
CREATE TABLE message_choices (
    account      plain_text NOT NULL PRIMARY KEY,
    revision     BIGINT     NOT NULL,
    updated      time_text  NOT NULL,
    mode         plain_text NOT NULL, -- off, urgent, daily
    email        plain_text NOT NULL,
    language     plain_text NOT NULL  -- zh, en
);
CREATE INDEX message_choices_mode ON message_choices (mode);

-- Robots of group chats, and programs that are told like one.
CREATE TABLE message_robots (
    id           plain_text NOT NULL PRIMARY KEY,
    revision     BIGINT     NOT NULL,
    created      time_text  NOT NULL,
    updated      time_text  NOT NULL,
    unit         plain_text NOT NULL,
    kind         plain_text NOT NULL, -- wecom, dingtalk, feishu, webhook
    name         plain_text NOT NULL,
    address      plain_text NOT NULL, -- holds a key with some kinds, and is never shown whole
    signing_key  plain_text NOT NULL,
    mode         plain_text NOT NULL, -- urgent, daily
    language     plain_text NOT NULL, -- zh, en
    state        plain_text NOT NULL  -- active, paused, removed
);
CREATE INDEX message_robots_unit ON message_robots (unit, state);

-- What was sent out, or is to be: a digest of a day or one urgent notice, once under each key.
CREATE TABLE message_deliveries (
    id           plain_text      NOT NULL PRIMARY KEY,
    key          plain_text      NOT NULL UNIQUE,
    sort         plain_text      NOT NULL, -- digest, urgent, test
    on_day       civil_date_text NOT NULL,
    channel      plain_text      NOT NULL, -- email, wecom, dingtalk, feishu, webhook
    account      plain_text      NOT NULL, -- whose e-mail; empty for a robot
    robot        plain_text      NOT NULL, -- which robot; empty for a person
    unit         plain_text      NOT NULL, -- that of the robot
    address      plain_text      NOT NULL, -- of the e-mail
    language     plain_text      NOT NULL,
    notices      BIGINT          NOT NULL, -- how many it holds
    state        plain_text      NOT NULL, -- waiting, sent, failed, dropped
    attempts     BIGINT          NOT NULL,
    claimed      time_text,                -- since when somebody is at an attempt
    created      time_text       NOT NULL,
    updated      time_text       NOT NULL,
    next_attempt time_text,                -- when it is tried again
    answer       plain_text      NOT NULL, -- what the other side said to the last attempt, shortened
    problem      plain_text      NOT NULL  -- why the last attempt failed, by its name
);
CREATE INDEX message_deliveries_day ON message_deliveries (on_day, sort);
CREATE INDEX message_deliveries_state ON message_deliveries (state, id);
CREATE INDEX message_deliveries_account ON message_deliveries (account, id);

CREATE TABLE message_contents (
    delivery     plain_text NOT NULL REFERENCES message_deliveries (id) DEFERRABLE INITIALLY IMMEDIATE,
    notice       plain_text NOT NULL REFERENCES message_notices (id) DEFERRABLE INITIALLY IMMEDIATE,
    PRIMARY KEY (delivery, notice)
);
CREATE INDEX message_contents_notice ON message_contents (notice);
