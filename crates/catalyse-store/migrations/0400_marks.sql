-- Marks of persons, and on which identity a draft was opened; the same text for SQLite and PostgreSQL.

-- Under which code a partner knows a person: a keyed hash, of which nothing is left once the person's key is destroyed. The last one counts;
-- each has its line, so that a code that was changed behind the journal is found.
CREATE TABLE person_mark (
    person BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    line BIGINT NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (person, revision)
);
CREATE INDEX person_mark_by_line ON person_mark (line);

-- The revision of the identity when the draft was opened; 0 where none was known.
ALTER TABLE draft ADD COLUMN identity BIGINT NOT NULL DEFAULT 0;
