-- Sheets a clinic can stand behind: wording in versions, prints that are followed, hand-over.

-- === wording in versions ====================================================================

CREATE TABLE "wording_version" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "wording" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "stage" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "made_at" TEXT NOT NULL,
    "made_by" TEXT NOT NULL,
    "editors" TEXT NOT NULL,
    "edited_at" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "sent_by" TEXT NOT NULL,
    "sent_at" TEXT,
    "sent_back_why" TEXT NOT NULL,
    "translator" TEXT NOT NULL,
    "translated_on" TEXT,
    "grade_reason" TEXT NOT NULL,
    "approved_by" TEXT NOT NULL,
    "approved_by_id" TEXT NOT NULL,
    "approved_on" TEXT,
    "review_by" TEXT,
    "phrases" TEXT NOT NULL,
    "retired_on" TEXT,
    "retired_by" TEXT NOT NULL,
    "retired_why" TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX wording_version_number ON wording_version (wording, number);
-- One approved version for each paper and language.
CREATE UNIQUE INDEX wording_version_approved ON wording_version (wording) WHERE stage = 'approved';

-- What was approved and what was retired is kept as it was.
CREATE TRIGGER wording_version_stays BEFORE DELETE ON wording_version
WHEN OLD.stage IN ('approved', 'retired')
BEGIN
    SELECT RAISE (ABORT, 'an approved wording is kept');
END;

CREATE TRIGGER wording_version_stays_equal BEFORE UPDATE ON wording_version
WHEN OLD.stage IN ('approved', 'retired')
    AND (
        OLD.wording IS NOT NEW.wording
        OR OLD.content IS NOT NEW.content
        OR OLD.fingerprint IS NOT NEW.fingerprint
        OR OLD.approved_by IS NOT NEW.approved_by
        OR OLD.approved_by_id IS NOT NEW.approved_by_id
        OR OLD.approved_on IS NOT NEW.approved_on
        OR OLD.review_by IS NOT NEW.review_by
        OR OLD.phrases IS NOT NEW.phrases
        OR NEW.stage NOT IN ('approved', 'retired')
        OR (OLD.stage = 'retired' AND NEW.stage <> 'retired')
    )
BEGIN
    SELECT RAISE (ABORT, 'an approved wording does not change');
END;

CREATE TABLE "review_answer" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "version_id" TEXT NOT NULL REFERENCES "wording_version" ("id"),
    "item" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "answered_by" TEXT NOT NULL,
    "answered_at" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL
) STRICT;

CREATE INDEX review_answer_of_version ON review_answer (version_id);

-- === prints =================================================================================

ALTER TABLE "sheet" ADD COLUMN "replaces" TEXT NOT NULL DEFAULT '';

CREATE TABLE "print_job" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "sheet_id" TEXT NOT NULL REFERENCES "sheet" ("id"),
    "copy_for" TEXT NOT NULL,
    "printer" TEXT NOT NULL,
    "tray" TEXT NOT NULL,
    "two_sided" INTEGER NOT NULL,
    "ticket" TEXT NOT NULL,
    "pages" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "trouble" TEXT NOT NULL,
    "sent_at" TEXT NOT NULL,
    "sent_by" TEXT NOT NULL,
    "seen_at" TEXT NOT NULL,
    "confirmed_by" TEXT NOT NULL,
    "stamp" TEXT NOT NULL,
    "station" TEXT NOT NULL
) STRICT;

CREATE INDEX print_job_of_sheet ON print_job (sheet_id);
CREATE INDEX print_job_open ON print_job (state) WHERE state = 'waiting';

-- === hand-over ==============================================================================

-- DRAFT sheets are not handed over; of what was printed before, nobody noted it.
ALTER TABLE "sheet" ADD COLUMN "specimen" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "teach_back" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "group" TEXT NOT NULL,
    "said_back" TEXT,
    "listener" TEXT,
    "note" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "asked_at" TEXT
) STRICT;

CREATE UNIQUE INDEX teach_back_group ON teach_back (visit_id, "group");

CREATE TABLE "hand_over" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "sheet_id" TEXT NOT NULL,
    "to_patient" INTEGER NOT NULL,
    "to_carer" INTEGER NOT NULL,
    "carer_name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "interpreter" TEXT NOT NULL,
    "handed_at" TEXT,
    "handed_by" TEXT NOT NULL
) STRICT;

CREATE INDEX hand_over_of_visit ON hand_over (visit_id);
