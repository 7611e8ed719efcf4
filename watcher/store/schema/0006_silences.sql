-- What people decide while the watch runs: whom to hear nothing of for a time, and which alerts were
-- right.

-- Silences: what they name raises alerts that are held. None is ever deleted, for held alerts tell of
-- them: `watcher.alerts.Silence`, field by field.
CREATE TABLE silences (
    number   INTEGER NOT NULL PRIMARY KEY,      -- what people call it by
    target    TEXT    NOT NULL,                  -- entity, rule or feed
    subject  TEXT    NOT NULL,                  -- the id of the entity or rule, the source's name
    until    INTEGER NOT NULL,                  -- when it ends
    why      TEXT    NOT NULL,                  -- the reason that was given
    who      TEXT    NOT NULL,                  -- who made it
    made     INTEGER NOT NULL,                  -- when
    ended    INTEGER,                           -- when somebody ended it before its time
    ended_by TEXT    NOT NULL                   -- who that was
) STRICT;
CREATE INDEX silences_until ON silences (until);

ALTER TABLE alerts ADD COLUMN
    silence INTEGER REFERENCES silences (number); -- the silence that held it; NULL if none did

-- What people say of alerts; of one alert the last word counts.
CREATE TABLE verdicts (
    number  INTEGER NOT NULL PRIMARY KEY,       -- the order
    alert   TEXT    NOT NULL                    -- of which
            REFERENCES alerts (id) ON DELETE CASCADE,
    verdict TEXT    NOT NULL,                   -- confirmed or dismissed
    why     TEXT    NOT NULL,                   -- the reason that was given; "" for none
    who     TEXT    NOT NULL,                   -- who said so
    said    INTEGER NOT NULL                    -- when
) STRICT;
CREATE INDEX verdicts_alert ON verdicts (alert);

ALTER TABLE troubles ADD COLUMN
    says TEXT NOT NULL DEFAULT ''; -- what is wrong, as it was told last
