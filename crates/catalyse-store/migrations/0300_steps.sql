-- What an account was and became: the journal answers for each step, and the last one is what the account must be.
-- `password_seal` is the hash of the password's hash: an exchanged password is found, and no old one is kept.
CREATE TABLE account_step (
    account BIGINT NOT NULL,
    step BIGINT NOT NULL,
    line BIGINT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    partner TEXT,
    password_seal TEXT,
    state TEXT NOT NULL,
    PRIMARY KEY (account, step)
);
CREATE INDEX account_step_by_line ON account_step (line);

-- What became of a likeness. `seal` is the hash of whom it is about and why, so that the step stays when one of the two is erased and the
-- likeness goes.
CREATE TABLE likeness_step (
    likeness BIGINT NOT NULL,
    step BIGINT NOT NULL,
    line BIGINT NOT NULL,
    seal TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (likeness, step)
);
CREATE INDEX likeness_step_by_line ON likeness_step (line);

-- What makes the seal of a likeness unguessable, until it goes with an erased person.
CREATE TABLE likeness_salt (
    likeness BIGINT NOT NULL PRIMARY KEY,
    salt TEXT NOT NULL
);

-- One draft types a second entry, whoever asks at the same moment.
DELETE FROM second_draft WHERE draft NOT IN (SELECT MIN(draft) FROM second_draft GROUP BY second);
CREATE UNIQUE INDEX second_draft_of_second ON second_draft (second);
