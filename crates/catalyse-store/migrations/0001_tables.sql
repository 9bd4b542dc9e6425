-- The tables of a store, the same text for SQLite and PostgreSQL: whole numbers are BIGINT, all else is TEXT.
-- Keys, hashes and sealed contents are written in hexadecimal or base64. Times are RFC 3339 in UTC.

-- What the store says of itself: study, format, check of the key file.
CREATE TABLE about (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- The journal: lines are added, never changed. `hash` covers the line and `previous`, the hash of the line before.
CREATE TABLE journal (
    line BIGINT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    why TEXT NOT NULL,
    batch BIGINT,
    digest TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);

-- The end of the journal. Whoever writes locks this row first, so that lines follow each other.
CREATE TABLE head (
    one BIGINT NOT NULL PRIMARY KEY,
    line BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO head (one, line, hash) VALUES (1, 0, '');

-- A person as one partner knows it. The number says nothing; an erased person keeps the number alone.
CREATE TABLE person (
    id BIGINT NOT NULL PRIMARY KEY,
    partner TEXT NOT NULL,
    pseudonym TEXT,
    number_token TEXT,
    name_token TEXT,
    state TEXT NOT NULL
);
CREATE UNIQUE INDEX person_of_partner ON person (partner, pseudonym);
CREATE INDEX person_by_pseudonym ON person (pseudonym);

-- The key under which all content about a person is sealed. Destroying the row destroys the content, in old lines too.
CREATE TABLE person_key (
    person BIGINT NOT NULL PRIMARY KEY,
    secret TEXT NOT NULL
);

-- The identity of a person, sealed under the person's key and the key file together. The last revision counts.
CREATE TABLE identity (
    person BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    line BIGINT NOT NULL,
    content TEXT,
    seal TEXT NOT NULL,
    fingerprint TEXT,
    emptied BIGINT,
    PRIMARY KEY (person, revision)
);
CREATE INDEX identity_by_line ON identity (line);

-- A delivery that was accepted.
CREATE TABLE batch (
    id BIGINT NOT NULL PRIMARY KEY,
    line BIGINT NOT NULL,
    undone BIGINT,
    partners TEXT NOT NULL,
    waves TEXT NOT NULL,
    files TEXT NOT NULL,
    rows_read BIGINT NOT NULL,
    rows_aside BIGINT NOT NULL,
    rows_new BIGINT NOT NULL,
    rows_changed BIGINT NOT NULL,
    rows_same BIGINT NOT NULL,
    study_version TEXT NOT NULL
);
CREATE INDEX batch_by_line ON batch (line);

-- The rows of a delivery that did not become records, with what stopped each.
CREATE TABLE set_aside (
    batch BIGINT NOT NULL,
    position BIGINT NOT NULL,
    place TEXT NOT NULL,
    checks TEXT NOT NULL,
    PRIMARY KEY (batch, position)
);

-- A record as it stands now. `content` is NULL once it was taken away; the number is never given again.
CREATE TABLE record (
    id BIGINT NOT NULL PRIMARY KEY,
    form TEXT NOT NULL,
    wave TEXT NOT NULL,
    partner TEXT NOT NULL,
    person BIGINT NOT NULL,
    number BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    content TEXT,
    fingerprint TEXT
);
CREATE UNIQUE INDEX record_by_key ON record (form, wave, partner, person, number);
CREATE INDEX record_by_person ON record (person);
CREATE INDEX record_by_partner ON record (partner, wave);

-- What a record was: one row each time it changed. `seal` is the hash of `content`, so that the chain holds once content is destroyed;
-- `emptied` is the line that destroyed it.
CREATE TABLE revision (
    record BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    line BIGINT NOT NULL,
    batch BIGINT,
    content TEXT,
    seal TEXT NOT NULL,
    fingerprint TEXT,
    emptied BIGINT,
    PRIMARY KEY (record, revision)
);
CREATE INDEX revision_by_line ON revision (line);

-- A record that is being typed: its fields are saved one by one. `version` grows with every save.
CREATE TABLE draft (
    id BIGINT NOT NULL PRIMARY KEY,
    partner TEXT NOT NULL,
    wave TEXT NOT NULL,
    person BIGINT NOT NULL,
    version BIGINT NOT NULL,
    opened_by TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
);
CREATE INDEX draft_by_partner ON draft (partner, wave);
CREATE TABLE draft_field (
    draft BIGINT NOT NULL,
    form TEXT NOT NULL,
    number BIGINT NOT NULL,
    variable TEXT NOT NULL,
    content TEXT,
    version BIGINT NOT NULL,
    saved_by TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (draft, form, number, variable)
);
-- The revisions a draft was opened on: if one has moved when the draft is accepted, its author is told.
CREATE TABLE draft_base (
    draft BIGINT NOT NULL,
    record BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (draft, record)
);

-- What a check said of a record or of a row, and what became of it.
CREATE TABLE finding (
    id BIGINT NOT NULL PRIMARY KEY,
    batch BIGINT,
    record BIGINT,
    partner TEXT NOT NULL,
    wave TEXT NOT NULL,
    check_id TEXT NOT NULL,
    variable TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    place TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    steps BIGINT NOT NULL
);
CREATE INDEX finding_by_record ON finding (record);
CREATE INDEX finding_by_state ON finding (partner, state);
CREATE TABLE finding_step (
    finding BIGINT NOT NULL,
    step BIGINT NOT NULL,
    line BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    comment TEXT NOT NULL,
    PRIMARY KEY (finding, step)
);
CREATE INDEX finding_step_by_line ON finding_step (line);

-- Two persons that may be one. A human decides; nothing is merged.
CREATE TABLE likeness (
    id BIGINT NOT NULL PRIMARY KEY,
    one BIGINT NOT NULL,
    other BIGINT NOT NULL,
    ground TEXT NOT NULL,
    score BIGINT NOT NULL,
    state TEXT NOT NULL,
    line BIGINT NOT NULL
);
CREATE UNIQUE INDEX likeness_of_two ON likeness (one, other);

CREATE TABLE account (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    partner TEXT,
    password_hash TEXT,
    state TEXT NOT NULL
);
CREATE UNIQUE INDEX account_by_name ON account (name);

-- Who is signed in: the hash of a random token. The token itself is nowhere in the store.
CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account BIGINT NOT NULL,
    kind TEXT NOT NULL,
    began_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    idle_until TEXT NOT NULL,
    ends_at TEXT NOT NULL
);
CREATE INDEX session_by_account ON session (account);
