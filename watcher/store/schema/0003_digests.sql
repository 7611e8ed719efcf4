-- Beside single alerts the outbox now carries digests and notices, so a delivery need not have an
-- alert. SQLite cannot take NOT NULL from a column: the table is made anew, with all its rows.

-- What the operator is told of the watch itself: `watcher.alerts.Notice`, field by field.
CREATE TABLE notices (
    id      TEXT    NOT NULL PRIMARY KEY,       -- hash of what it tells
    event   TEXT    NOT NULL,                   -- trouble, healed or heartbeat
    about   TEXT    NOT NULL,                   -- a word of `watcher.alerts.About`
    subject TEXT    NOT NULL,                   -- name of the channel, source, list or file
    says    TEXT    NOT NULL,                   -- in words
    raised  INTEGER NOT NULL,                   -- when
    since   INTEGER                             -- when the trouble began that is healed
) STRICT;
CREATE INDEX notices_event ON notices (event, raised);

-- Troubles that were told and are not over.
CREATE TABLE troubles (
    about   TEXT    NOT NULL,                   -- a word of `watcher.alerts.About`
    subject TEXT    NOT NULL,                   -- name of the channel, source, list or file
    since   INTEGER NOT NULL,                   -- when it began
    PRIMARY KEY (about, subject)
) STRICT;

CREATE TABLE attempts_before AS SELECT * FROM attempts;
DROP TABLE attempts;
ALTER TABLE deliveries RENAME TO deliveries_before;

-- The outbox: one row for each alert or notice and each channel that shall hear of it, and one for
-- each digest, which has neither: its alerts are those of the rows that go with it.
CREATE TABLE deliveries (
    number   INTEGER NOT NULL PRIMARY KEY,      -- the order of sending within a channel
    key      TEXT    NOT NULL UNIQUE,           -- hash of content and channel: the webhook-id
    alert    TEXT                               -- what is sent
             REFERENCES alerts (id),
    notice   TEXT                               -- or this
             REFERENCES notices (id),
    digest   TEXT                               -- the delivery it goes with; it waits in no line
             REFERENCES deliveries (key),       -- itself, and stands as that one stands
    channel  TEXT    NOT NULL,                  -- its name; it may have left the operator's file
    state    TEXT    NOT NULL,                  -- waiting, delivered, dead or dropped
    due      INTEGER NOT NULL,                  -- not to be tried before
    asked    INTEGER,                           -- the receiver wants nothing before
    planned  INTEGER,                           -- when the schedule wants a try brought forward
    attempts INTEGER NOT NULL,                  -- tries since it was last put into the outbox
    created  INTEGER NOT NULL,                  -- when it was put into the outbox
    ended    INTEGER,                           -- when it was delivered, given up or dropped
    note     TEXT    NOT NULL                   -- the last answer or reason; "" if never tried
) STRICT;
INSERT INTO deliveries (number, key, alert, channel, state, due, asked, planned, attempts, created, ended, note)
    SELECT number, key, alert, channel, state, due, asked, planned, attempts, created, ended, note
    FROM deliveries_before;
DROP TABLE deliveries_before;
CREATE INDEX deliveries_order ON deliveries (channel, state, number);
CREATE INDEX deliveries_tried ON deliveries (channel, state, attempts);
CREATE INDEX deliveries_alert ON deliveries (alert);
CREATE INDEX deliveries_notice ON deliveries (notice) WHERE notice IS NOT NULL;
CREATE INDEX deliveries_digest ON deliveries (digest) WHERE digest IS NOT NULL;

-- Every try, for ever: what was answered, and when. Those of a digest are its alerts' tries.
CREATE TABLE attempts (
    delivery TEXT    NOT NULL                   -- of what
             REFERENCES deliveries (key),
    number   INTEGER NOT NULL,                  -- from 1
    tried    INTEGER NOT NULL,                  -- when it ended
    outcome  TEXT    NOT NULL,                  -- delivered, postponed or dead
    answer   TEXT    NOT NULL,                  -- what was said, or why nothing was
    PRIMARY KEY (delivery, number)
) STRICT;
INSERT INTO attempts (delivery, number, tried, outcome, answer)
    SELECT delivery, number, tried, outcome, answer FROM attempts_before;
DROP TABLE attempts_before;
