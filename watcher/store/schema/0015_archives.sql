-- Articles of an archive are first seen when they were published: of one day there may be very many.
DROP INDEX articles_kept;
CREATE INDEX articles_kept ON articles (first_seen, id) WHERE forgotten IS NULL;
