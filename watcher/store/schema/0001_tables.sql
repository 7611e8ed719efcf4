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
    last_look    INTEGER,                      -- when it was last looked at
    last_ok      INTEGER,                      -- when a look last succeeded
    last_full    INTEGER,                      -- when a full (not 304) answer was last read
    last_new     INTEGER,                      -- when something new was last found
    moved_to     TEXT    NOT NULL,             -- an address said to be permanent
    moved_since  INTEGER                       -- when it was first said
) STRICT;

-- Every article seen, in its latest version.
CREATE TABLE articles (
    id           TEXT    NOT NULL PRIMARY KEY, -- stable across fetches, given by the source
    source       TEXT    NOT NULL,             -- the name of the source
    title        TEXT    NOT NULL,             -- one line
    text         TEXT    NOT NULL,             -- blocks parted by newlines
    link         TEXT    NOT NULL,             -- http, https or file
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
    article       TEXT    NOT NULL             -- where it was found
                  REFERENCES articles (id) ON DELETE CASCADE,
    number        INTEGER NOT NULL,            -- order in the article, from 1
    entity        TEXT    NOT NULL,            -- its id in the watchlist
    name          TEXT    NOT NULL,            -- the name of the watchlist that was recognised
    field         TEXT    NOT NULL,            -- title or text
    starts        INTEGER NOT NULL,            -- code points of the field
    ends          INTEGER NOT NULL,            -- behind the last one
    quote         TEXT    NOT NULL,            -- the words themselves
    score         REAL    NOT NULL,            -- how sure, 0.0 to 1.0
    evidence_json TEXT    NOT NULL,            -- the account of each part
    PRIMARY KEY (article, number)
) STRICT;
CREATE INDEX mentions_entity ON mentions (entity);

-- Every alert raised, sent or held. Never changed once written.
CREATE TABLE alerts (
    id            TEXT    NOT NULL PRIMARY KEY, -- hash of rule, entity and article
    rule          TEXT    NOT NULL,             -- its id
    entity        TEXT    NOT NULL,             -- its id
    article       TEXT    NOT NULL              -- where it was found
                  REFERENCES articles (id),
    score         REAL    NOT NULL,             -- the best of its mentions
    raised        INTEGER NOT NULL,             -- when
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
    alert    TEXT    NOT NULL                   -- what is sent
             REFERENCES alerts (id),
    channel  TEXT    NOT NULL,                  -- its name; it may have left the operator's file
    state    TEXT    NOT NULL,                  -- waiting, delivered, dead or dropped
    due      INTEGER NOT NULL,                  -- not to be tried before
    attempts INTEGER NOT NULL,                  -- tries since it was last put into the outbox
    created  INTEGER NOT NULL,                  -- when it was put into the outbox
    ended    INTEGER,                           -- when it was delivered, given up or dropped
    note     TEXT    NOT NULL                   -- the last answer or reason
) STRICT;
CREATE INDEX deliveries_order ON deliveries (channel, state, number);
CREATE INDEX deliveries_tried ON deliveries (channel, state, attempts);
CREATE INDEX deliveries_alert ON deliveries (alert);

-- Every try, for ever: what was answered, and when.
CREATE TABLE attempts (
    delivery TEXT    NOT NULL                   -- of what
             REFERENCES deliveries (key),
    number   INTEGER NOT NULL,                  -- from 1
    tried    INTEGER NOT NULL,                  -- when it ended
    outcome  TEXT    NOT NULL,                  -- delivered, postponed or dead
    answer   TEXT    NOT NULL,                  -- what was said, or why nothing was
    PRIMARY KEY (delivery, number)
) STRICT;

-- Channels that want nothing from us until somebody says otherwise.
CREATE TABLE suspensions (
    channel TEXT    NOT NULL PRIMARY KEY,       -- its name
    since   INTEGER NOT NULL,                   -- when
    reason  TEXT    NOT NULL                    -- what the receiver said
) STRICT;

-- Which rules and which list came into force when; one row for each change.
CREATE TABLE reigns (
    number        INTEGER NOT NULL PRIMARY KEY, -- the order
    since         INTEGER NOT NULL,             -- when they came into force
    rules_version TEXT    NOT NULL,             -- fingerprint of the rules
    list_version  TEXT    NOT NULL              -- fingerprint of the watchlist
) STRICT;
