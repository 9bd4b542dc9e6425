-- Editions: a report as it was fixed for its readers; the same text for SQLite and PostgreSQL. Rows are added and never changed.

-- Which wave it goes up to, which edition of that wave it is, why it was made, and the last line of the journal that its records knew.
CREATE TABLE edition (
    id BIGINT NOT NULL PRIMARY KEY,
    line BIGINT NOT NULL,
    wave TEXT NOT NULL,
    number BIGINT NOT NULL,
    note TEXT NOT NULL,
    stands_on BIGINT NOT NULL
);
CREATE INDEX edition_by_line ON edition (line);
CREATE UNIQUE INDEX edition_of_wave ON edition (wave, number);
-- Its files, in base64; `seal` is the hash of `content`, for which the line answers.
CREATE TABLE edition_file (
    edition BIGINT NOT NULL,
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    n_bytes BIGINT NOT NULL,
    content TEXT NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (edition, position)
);
CREATE UNIQUE INDEX edition_file_by_name ON edition_file (edition, name);
