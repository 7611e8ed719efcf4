-- What tells when a feed is due again and whether it is silent; all of it may be unknown.
ALTER TABLE sources ADD COLUMN
    because TEXT NOT NULL DEFAULT ''; -- why it is due when it is, in words
ALTER TABLE sources ADD COLUMN
    digest  TEXT NOT NULL DEFAULT ''; -- hash of the last full answer
ALTER TABLE sources ADD COLUMN
    wait    INTEGER; -- milliseconds: the interval found by the share of news
ALTER TABLE sources ADD COLUMN
    ttl     INTEGER; -- milliseconds: how long it says that it does not change
ALTER TABLE sources ADD COLUMN
    rests   TEXT NOT NULL DEFAULT ''; -- hours of the day in which it asked not to be asked, by spaces
ALTER TABLE sources ADD COLUMN
    usual   INTEGER; -- milliseconds: how long it is used to bring nothing new
