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

-- === matching (is this the same person?) ====================================================

CREATE TABLE "different_people" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "patient_id" TEXT NOT NULL REFERENCES "patient" ("id"),
    "other_id" TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX different_people_of_patient ON different_people (patient_id, other_id);

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

