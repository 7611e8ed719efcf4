-- What is old is forgotten some day: of an article that raised no alert, the text; never that it was
-- seen, or it would be new again.
ALTER TABLE articles ADD COLUMN
    forgotten INTEGER; -- when its text and what was found in it went; NULL if they are there
CREATE INDEX articles_kept ON articles (first_seen) WHERE forgotten IS NULL;
CREATE INDEX deliveries_single ON deliveries (created) WHERE alert IS NULL;
