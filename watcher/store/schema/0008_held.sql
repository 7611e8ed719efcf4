-- Alerts may have to wait for their hour: a rule has quiet hours, or wants its alerts told together.

ALTER TABLE deliveries ADD COLUMN
    held   INTEGER; -- it stands in no line before; NULL once it does
ALTER TABLE deliveries ADD COLUMN
    bundle TEXT NOT NULL DEFAULT ''; -- the rule with whose other alerts of that hour it goes
CREATE INDEX deliveries_held ON deliveries (channel, held) WHERE held IS NOT NULL;
