-- What was decided on the way when a feed was last read in full: its encoding, what was left out.
ALTER TABLE sources ADD COLUMN
    decided TEXT NOT NULL DEFAULT ''; -- in words
