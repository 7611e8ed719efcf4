-- The next page of each host is found from host to host, not among all that waits.
DROP INDEX pages_due;
CREATE INDEX pages_next ON pages (state, host, due, article);
