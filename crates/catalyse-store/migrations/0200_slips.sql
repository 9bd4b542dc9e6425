-- Slips and second entries, the same text for SQLite and PostgreSQL. Rows with a line are added and never changed; drafts come and go.

-- What goes with a pile of paper: how many forms, and totals that were added up by hand. `totals` is JSON: [["adults", 41.0]].
CREATE TABLE slip (
    id BIGINT NOT NULL PRIMARY KEY,
    partner TEXT NOT NULL,
    wave TEXT NOT NULL,
    title TEXT NOT NULL,
    n_forms BIGINT NOT NULL,
    totals TEXT NOT NULL,
    line BIGINT NOT NULL
);
CREATE INDEX slip_by_line ON slip (line);
CREATE INDEX slip_by_partner ON slip (partner);
-- A slip is closed, with a reason where it does not add up, or opened again. The last step counts.
CREATE TABLE slip_step (
    slip BIGINT NOT NULL,
    step BIGINT NOT NULL,
    line BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (slip, step)
);
CREATE INDEX slip_step_by_line ON slip_step (line);
-- Which record was keyed from which pile.
CREATE TABLE slip_record (
    slip BIGINT NOT NULL,
    record BIGINT NOT NULL,
    line BIGINT NOT NULL,
    PRIMARY KEY (slip, record)
);
CREATE INDEX slip_record_by_line ON slip_record (line);
CREATE TABLE slip_draft (
    draft BIGINT NOT NULL PRIMARY KEY,
    slip BIGINT NOT NULL
);

-- A record that was drawn to be keyed a second time, as it stood then.
CREATE TABLE second (
    id BIGINT NOT NULL PRIMARY KEY,
    slip BIGINT NOT NULL,
    record BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    first_by TEXT NOT NULL,
    line BIGINT NOT NULL
);
CREATE INDEX second_by_line ON second (line);
CREATE INDEX second_by_slip ON second (slip);
-- What became of it: typed (with the sealed answers) and decided (with counts of fields). The last step counts.
CREATE TABLE second_step (
    second BIGINT NOT NULL,
    step BIGINT NOT NULL,
    line BIGINT NOT NULL,
    state TEXT NOT NULL,
    who TEXT NOT NULL,
    content TEXT,
    seal TEXT NOT NULL,
    n_fields BIGINT NOT NULL,
    n_first_wrong BIGINT NOT NULL,
    n_second_wrong BIGINT NOT NULL,
    PRIMARY KEY (second, step)
);
CREATE INDEX second_step_by_line ON second_step (line);
-- The draft in which a second entry is typed. It never becomes a record.
CREATE TABLE second_draft (
    draft BIGINT NOT NULL PRIMARY KEY,
    second BIGINT NOT NULL
);

-- Reasons that were picked for soft findings of a draft, before it is accepted.
CREATE TABLE draft_reason (
    draft BIGINT NOT NULL,
    finding TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (draft, finding)
);
