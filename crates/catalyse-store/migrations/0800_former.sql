-- Steps of findings in which words stood openly: since then they are sealed (finding_comment) and the step's own are empty. `hash` is what the
-- line of the step answers for, `line` the line that answers for the step as it is now. The same text for SQLite and PostgreSQL.
CREATE TABLE finding_step_former (
    finding BIGINT NOT NULL,
    step BIGINT NOT NULL,
    line BIGINT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (finding, step)
);
CREATE INDEX finding_step_former_by_line ON finding_step_former (line);
