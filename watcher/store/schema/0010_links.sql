-- An article may be asked for by its address, as people have it before them.
CREATE INDEX articles_link ON articles (link) WHERE link <> '';
