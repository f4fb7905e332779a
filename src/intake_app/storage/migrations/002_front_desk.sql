-- The front desk: former names, numbers from other systems, nobody twice, nothing typed lost.

ALTER TABLE "patient" ADD COLUMN "former_name" TEXT NOT NULL DEFAULT '';
ALTER TABLE "patient" ADD COLUMN "merged_into" TEXT NOT NULL DEFAULT '';

CREATE TABLE "identifier" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "patient_id" TEXT NOT NULL REFERENCES "patient" ("id"),
    "system" TEXT NOT NULL,
    "value" TEXT NOT NULL
) STRICT;

CREATE INDEX identifier_of_patient ON identifier (patient_id);
CREATE UNIQUE INDEX identifier_value ON identifier (value, system);

-- === search (what the search box looks through) =============================================

-- Replaced by what follows; all of it is made anew from the patients at any time.
DROP TABLE patient_word;
DROP TABLE patient_index;

CREATE TABLE patient_index (
    sequence INTEGER PRIMARY KEY,
    patient_id TEXT NOT NULL,
    words TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    birth_day TEXT NOT NULL,
    record_number TEXT NOT NULL,
    phones TEXT NOT NULL
) STRICT;

CREATE INDEX patient_by_birth_date ON patient_index (birth_date);
CREATE INDEX patient_by_birth_day ON patient_index (birth_day);
CREATE INDEX patient_by_number ON patient_index (record_number);
CREATE INDEX patient_merged ON patient (merged_into) WHERE merged_into <> '';

-- Words and runs of digits by patient; the texts themselves stand in patient_index. The tokenizer
-- called ascii takes every letter of every script as it comes: the words are folded already.
CREATE VIRTUAL TABLE patient_words USING fts5 (
    words, content = '', detail = none, columnsize = 0, prefix = '1 2 3 4', tokenize = 'ascii'
);

-- Every new patient adds a piece to the list of words; few pieces are searched faster.
INSERT INTO patient_words (patient_words, rank) VALUES ('automerge', 2);
INSERT INTO patient_words (patient_words, rank) VALUES ('crisismerge', 4);

CREATE VIRTUAL TABLE patient_digits USING fts5 (
    digits, content = '', detail = none, columnsize = 0, tokenize = 'ascii'
);

-- How many patients have a word in a name, how it sounds, and what remains of its beginnings when
-- one or two letters are taken out.
CREATE TABLE name_word (
    word TEXT NOT NULL PRIMARY KEY,
    patients INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE name_sound (
    code TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (code, word)
) STRICT, WITHOUT ROWID;

CREATE TABLE name_near (
    remains TEXT NOT NULL,
    part TEXT NOT NULL,
    PRIMARY KEY (remains, part)
) STRICT, WITHOUT ROWID;

-- === matching (is this the same person?) ====================================================

CREATE TABLE "different_people" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "patient_id" TEXT NOT NULL REFERENCES "patient" ("id"),
    "other_id" TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX different_people_of_patient ON different_people (patient_id, other_id);

-- What is compared of each patient, folded, and the keys that two records of one person are likely
-- to share. "person" is the patient's sequence. All of it is made anew from the patients at any time.
CREATE TABLE likeness (
    person INTEGER PRIMARY KEY,
    patient_id TEXT NOT NULL,
    family TEXT NOT NULL,
    given TEXT NOT NULL,
    others TEXT NOT NULL,
    born TEXT NOT NULL,
    sex TEXT NOT NULL,
    phones TEXT NOT NULL,
    address TEXT NOT NULL,
    city TEXT NOT NULL,
    postcode TEXT NOT NULL,
    number TEXT NOT NULL,
    identifiers TEXT NOT NULL
) STRICT;

CREATE TABLE likeness_key (
    key INTEGER NOT NULL,
    person INTEGER NOT NULL,
    PRIMARY KEY (key, person)
) STRICT, WITHOUT ROWID;

-- === merging ================================================================================

-- Two records of one person that became one; enough is kept to take them apart again.
CREATE TABLE "merge" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "patient_id" TEXT NOT NULL REFERENCES "patient" ("id"),
    "merged_id" TEXT NOT NULL,
    "merged_at" TEXT NOT NULL,
    "merged_by" TEXT NOT NULL,
    "moved" TEXT NOT NULL,
    "taken" TEXT NOT NULL,
    "texts" TEXT NOT NULL,
    "undone_at" TEXT,
    "undone_by" TEXT NOT NULL
) STRICT;

CREATE INDEX merge_of_patient ON merge (patient_id);
CREATE INDEX merge_of_merged ON merge (merged_id);

-- === drafts (what somebody is typing) =======================================================

-- What each person has done to a form since it was last left: how its fields were before, texts
-- that are no value yet, and values that somebody else was faster with. JSON by field key.
-- There are never many of them, so that none needs an index, and every save writes one.
CREATE TABLE draft (
    form TEXT NOT NULL,
    record_id TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    patient_id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    started_at TEXT NOT NULL,
    edited_at TEXT NOT NULL,
    deed TEXT NOT NULL,
    undone INTEGER NOT NULL,
    edits TEXT NOT NULL,
    PRIMARY KEY (form, record_id, actor_id)
) STRICT, WITHOUT ROWID;

-- === questions to the nurse =================================================================

CREATE TABLE "nurse_question" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "form" TEXT NOT NULL,
    "record_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "asked_at" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "answered_by" TEXT NOT NULL,
    "answered_at" TEXT
) STRICT;

CREATE INDEX nurse_question_of_visit ON nurse_question (visit_id);

-- === import =================================================================================

CREATE INDEX patient_record_number ON patient (record_number COLLATE NOCASE);

-- Rows of files that were taken in before, by a digest of what they say.
CREATE TABLE "taken_in" (
    "mark" TEXT PRIMARY KEY,
    "patient_id" TEXT NOT NULL REFERENCES "patient" ("id")
) STRICT, WITHOUT ROWID;

-- Numbers under which other systems tell of a visit.
CREATE TABLE "visit_number" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "system" TEXT NOT NULL,
    "value" TEXT NOT NULL
) STRICT;

CREATE INDEX visit_number_of_visit ON visit_number (visit_id);
CREATE UNIQUE INDEX visit_number_value ON visit_number (value, system);

-- What each other system told last of a record, so that it may change that and nothing else.
CREATE TABLE "told" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "told_at" TEXT NOT NULL,
    "said" TEXT NOT NULL
) STRICT;
