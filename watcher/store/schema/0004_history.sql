-- What the rules were: the files of each reign, so that a change can be told word for word and the
-- rules in force can be tried against others. An official list is kept by its version only.

-- The text of a file of rules, once, however long and however often it was in force.
CREATE TABLE texts (
    id     TEXT NOT NULL PRIMARY KEY,           -- hash of the bytes
    packed BLOB NOT NULL                        -- the bytes, deflated (zlib)
) STRICT;

-- Which files a reign was read from.
CREATE TABLE reign_files (
    reign INTEGER NOT NULL                      -- in force when
          REFERENCES reigns (number),
    file  TEXT    NOT NULL,                     -- its path within the folder of rules
    text  TEXT    NOT NULL                      -- what stood in it
          REFERENCES texts (id),
    PRIMARY KEY (reign, file)
) STRICT;

ALTER TABLE reigns ADD COLUMN
    lists_json TEXT NOT NULL DEFAULT '[]'; -- the official lists: name, published, version of each
