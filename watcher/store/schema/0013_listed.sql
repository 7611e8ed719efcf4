-- Whom an official list brought, lost and named otherwise when a reign began: of the list itself only
-- the version is kept, and its file is replaced by the next one.
CREATE TABLE reign_listed (
    reign  INTEGER NOT NULL                     -- in force when
           REFERENCES reigns (number),
    list   TEXT    NOT NULL,                    -- what the operator calls it
    sort   TEXT    NOT NULL                     -- what happened
           CHECK (sort IN ('added', 'removed', 'renamed', 'changed')),
    entity TEXT    NOT NULL,                    -- id
    name   TEXT    NOT NULL,                    -- as it is; as it was, if it was removed
    was    TEXT    NOT NULL,                    -- the former name, if it was renamed; else ''
    PRIMARY KEY (reign, list, entity)
) STRICT;
