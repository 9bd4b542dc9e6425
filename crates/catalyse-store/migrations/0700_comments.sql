-- What somebody wrote about a finding of a record, sealed under the key of its person; `seal` is the hash of `content`, for which the line of
-- the step answers. It goes with the person. The same text for SQLite and PostgreSQL.
CREATE TABLE finding_comment (
    finding BIGINT NOT NULL,
    step BIGINT NOT NULL,
    content TEXT,
    seal TEXT NOT NULL,
    PRIMARY KEY (finding, step)
);
