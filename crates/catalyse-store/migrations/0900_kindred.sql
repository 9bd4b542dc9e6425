-- Persons are found by what is keyed of their identity: each record that is typed or delivered is compared with those of the same person.
CREATE INDEX person_by_number ON person (number_token);
CREATE INDEX person_by_name ON person (name_token);
