-- The pages of articles whose feed asks for their full text: a queue that outlives a crash, and what
-- was read, so that no page is ever fetched twice.
CREATE TABLE pages (
    article TEXT    NOT NULL PRIMARY KEY        -- whose page
            REFERENCES articles (id) ON DELETE CASCADE,
    link    TEXT    NOT NULL,                   -- its address
    host    TEXT    NOT NULL,                   -- of the address, in lower case
    own     TEXT    NOT NULL,                   -- hash of title and text as the feed itself has them
    state   TEXT    NOT NULL,                   -- wanted, read or left
    asked   INTEGER NOT NULL,                   -- when it was first wanted
    due     INTEGER NOT NULL,                   -- not to be fetched before
    tries   INTEGER NOT NULL,                   -- that failed
    reason  TEXT    NOT NULL,                   -- why it could not be read; "" if it was
    packed  BLOB                                -- its text, deflated (zlib); NULL if it was not read
) STRICT;
CREATE INDEX pages_due ON pages (state, due);
CREATE INDEX pages_link ON pages (link);
