-- The first tables. Each later change of shape is a script of its own beside this one, run in the
-- order of the numbers, so an old database and a new one come to the same end.
--
-- In all tables: times are epoch milliseconds in UTC (BIGINT in PostgreSQL); text holds no NUL and
-- no lone surrogate; "" means absent for text, NULL for all else; *_json is a JSON document.

-- What is remembered about a source between two looks: `watcher.source.SourceState`, field by field.
CREATE TABLE sources (
    key          TEXT    NOT NULL PRIMARY KEY, -- the feed's address or the folder's path
    name         TEXT    NOT NULL,             -- what people call it
    due          INTEGER NOT NULL,             -- when to look next
    health       TEXT    NOT NULL,             -- a word of `watcher.source.Health`
    reason       TEXT    NOT NULL,             -- why it is not ok
    since        INTEGER,                      -- how long it has been in this health
    failures     INTEGER NOT NULL,             -- looks in a row that failed
    etag         TEXT    NOT NULL,             -- validator of the last full answer
    modified     TEXT    NOT NULL,             -- its Last-Modified
    last_look    INTEGER,
    last_ok      INTEGER,
    last_full    INTEGER,
    last_new     INTEGER,
    moved_to     TEXT    NOT NULL,             -- an address said to be permanent
    moved_since  INTEGER                       -- when it was first said
) STRICT;

-- Every article seen, in its latest version.
CREATE TABLE articles (
    id           TEXT    NOT NULL PRIMARY KEY, -- stable across fetches, given by the source
    source       TEXT    NOT NULL,             -- the name of the source
    title        TEXT    NOT NULL,
    text         TEXT    NOT NULL,
    link         TEXT    NOT NULL,
    language     TEXT    NOT NULL,             -- BCP 47
    published    INTEGER,                      -- as the publisher says
    content      TEXT    NOT NULL,             -- hash of title and text: tells an edit
    first_seen   INTEGER NOT NULL,             -- never changes
    last_changed INTEGER NOT NULL,             -- when this version was recorded
    versions     INTEGER NOT NULL,             -- 1, and one more for each edit
    story        BLOB                          -- runs of words, four bytes each, rising, big-endian;
                                               -- only of articles that raised an alert
) STRICT;
CREATE INDEX articles_first_seen ON articles (first_seen);

-- What was found in the latest version of each article.
CREATE TABLE mentions (
    article       TEXT    NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    number        INTEGER NOT NULL,            -- order in the article, from 1
    entity        TEXT    NOT NULL,
    name          TEXT    NOT NULL,            -- the name of the watchlist that was recognised
    field         TEXT    NOT NULL,            -- title or text
    starts        INTEGER NOT NULL,            -- code points of the field
    ends          INTEGER NOT NULL,
    quote         TEXT    NOT NULL,
    score         REAL    NOT NULL,
    evidence_json TEXT    NOT NULL,            -- the account of each part
    PRIMARY KEY (article, number)
) STRICT;
CREATE INDEX mentions_entity ON mentions (entity);

-- Every alert raised, sent or held. Never changed once written.
CREATE TABLE alerts (
    id            TEXT    NOT NULL PRIMARY KEY, -- hash of rule, entity and article
    rule          TEXT    NOT NULL,
    entity        TEXT    NOT NULL,
    article       TEXT    NOT NULL REFERENCES articles (id),
    score         REAL    NOT NULL,
    raised        INTEGER NOT NULL,
    reason        TEXT    NOT NULL,             -- why it was sent or held
    earlier       TEXT    NOT NULL,             -- id of the alert it was measured against
    list_version  TEXT    NOT NULL,             -- of the watchlist then in force
    rules_version TEXT    NOT NULL,             -- of the rules then in force
    data_json     TEXT    NOT NULL              -- the alert word for word, as webhooks get it
) STRICT;
CREATE INDEX alerts_raised ON alerts (raised);
CREATE INDEX alerts_kin ON alerts (rule, entity, raised);
CREATE INDEX alerts_article ON alerts (article);

-- The outbox: one row for each alert and each channel that shall hear of it.
CREATE TABLE deliveries (
    number   INTEGER NOT NULL PRIMARY KEY,      -- the order of sending within a channel
    key      TEXT    NOT NULL UNIQUE,           -- hash of alert and channel: the webhook-id
    alert    TEXT    NOT NULL REFERENCES alerts (id),
    channel  TEXT    NOT NULL,                  -- its name; it may have left the operator's file
    state    TEXT    NOT NULL,                  -- waiting, delivered, dead or dropped
    due      INTEGER NOT NULL,                  -- not to be tried before
    attempts INTEGER NOT NULL,                  -- tries since it was last put into the outbox
    created  INTEGER NOT NULL,
    ended    INTEGER,                           -- when it was delivered, given up or dropped
    note     TEXT    NOT NULL                   -- the last answer or reason
) STRICT;
CREATE INDEX deliveries_order ON deliveries (channel, state, number);
CREATE INDEX deliveries_tried ON deliveries (channel, state, attempts);
CREATE INDEX deliveries_alert ON deliveries (alert);

-- Every try, for ever: what was answered, and when.
CREATE TABLE attempts (
    delivery TEXT    NOT NULL REFERENCES deliveries (key),
    number   INTEGER NOT NULL,                  -- from 1
    tried    INTEGER NOT NULL,
    outcome  TEXT    NOT NULL,                  -- delivered, postponed or dead
    answer   TEXT    NOT NULL,
    PRIMARY KEY (delivery, number)
) STRICT;

-- Channels that want nothing from us until somebody says otherwise.
CREATE TABLE suspensions (
    channel TEXT    NOT NULL PRIMARY KEY,
    since   INTEGER NOT NULL,
    reason  TEXT    NOT NULL
) STRICT;

-- Which rules and which list came into force when; one row for each change.
CREATE TABLE reigns (
    number        INTEGER NOT NULL PRIMARY KEY,
    since         INTEGER NOT NULL,
    rules_version TEXT    NOT NULL,
    list_version  TEXT    NOT NULL
) STRICT;
