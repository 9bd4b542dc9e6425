-- Who gave the link by which a session was begun; empty where a password was. The same text for SQLite and PostgreSQL.
ALTER TABLE session ADD COLUMN given_by TEXT NOT NULL DEFAULT '';
