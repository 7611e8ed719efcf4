-- Looks back that are under way: which entities are still to be looked for in which articles. What a
-- daemon did not end before it was stopped, the next one goes on with.
CREATE TABLE look_backs (
    number        INTEGER NOT NULL PRIMARY KEY, -- the order
    entities_json TEXT    NOT NULL,             -- ids of the entities
    since         INTEGER NOT NULL,             -- articles first seen from then on are still to come
    until         INTEGER NOT NULL              -- and before that
) STRICT;
