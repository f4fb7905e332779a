-- The first schema. Each record class has its table; "sequence" keeps the order of adding.
-- Dates and moments are ISO text (moments in UTC), decimals are text, yes and no are 1 and 0,
-- several choices stand in one text with commas.

CREATE TABLE "clinic" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "address_line_1" TEXT NOT NULL,
    "address_line_2" TEXT NOT NULL,
    "phone_day" TEXT NOT NULL,
    "phone_night" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "emergency_number" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "units" TEXT NOT NULL,
    "paper" TEXT NOT NULL,
    "opening_hours" TEXT NOT NULL,
    "opens" TEXT,
    "closes" TEXT,
    "counts_from" TEXT NOT NULL,
    "preparation_minutes" INTEGER NOT NULL,
    "level_minutes" INTEGER NOT NULL,
    "recovery_min_minutes" INTEGER NOT NULL,
    "recovery_max_minutes" INTEGER NOT NULL,
    "fasting_solid_hours" INTEGER,
    "fasting_fluid_hours" INTEGER,
    "before_visit_note" TEXT NOT NULL,
    "directions" TEXT NOT NULL,
    "adult_stays_hours" INTEGER,
    "sedation_hours" INTEGER,
    "sit_minutes" INTEGER,
    "lifting_limit_kg" TEXT,
    "lifting_days" INTEGER,
    "no_driving_hours" INTEGER,
    "desk_work_days" INTEGER,
    "strenuous_days" INTEGER,
    "dressing_off_hours" INTEGER,
    "strips_off_days" INTEGER,
    "shower_after_hours" INTEGER,
    "bath_after_days" INTEGER,
    "ice_minutes" INTEGER,
    "acetaminophen_max_mg" INTEGER,
    "pain_better_days" INTEGER,
    "fever_limit_c" TEXT,
    "limits_approved_by" TEXT NOT NULL,
    "limits_approved_on" TEXT,
    "clinic_gk_rules" TEXT NOT NULL,
    "demonstration" INTEGER NOT NULL
) STRICT;

CREATE TABLE "staff" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "active" INTEGER NOT NULL
) STRICT;

CREATE TABLE "patient" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "family_name" TEXT NOT NULL,
    "given_name" TEXT NOT NULL,
    "middle_name" TEXT NOT NULL,
    "birth_date" TEXT,
    "record_number" TEXT NOT NULL,
    "sex" TEXT,
    "gender" TEXT NOT NULL,
    "preferred_name" TEXT NOT NULL,
    "pronouns" TEXT NOT NULL,
    "mobile_phone" TEXT NOT NULL,
    "home_phone" TEXT NOT NULL,
    "best_time_to_call" TEXT NOT NULL,
    "may_leave_message" TEXT,
    "email" TEXT NOT NULL,
    "portal_consent" TEXT,
    "address_line_1" TEXT NOT NULL,
    "address_line_2" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "postcode" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "language_spoken" TEXT,
    "language_read" TEXT,
    "interpreter" TEXT,
    "reading_needs" TEXT NOT NULL,
    "reading_needs_note" TEXT NOT NULL,
    "lives_alone" TEXT,
    "stairs" TEXT,
    "who_helps" TEXT NOT NULL,
    "representative" TEXT,
    "representative_name" TEXT NOT NULL,
    "representative_phone" TEXT NOT NULL,
    "advance_directive" TEXT,
    "referrer_name" TEXT NOT NULL,
    "referrer_practice" TEXT NOT NULL,
    "referrer_phone" TEXT NOT NULL,
    "referrer_fax" TEXT NOT NULL,
    "referrer_identifier" TEXT NOT NULL,
    "bone_health_name" TEXT NOT NULL,
    "bone_health_practice" TEXT NOT NULL,
    "bone_health_phone" TEXT NOT NULL,
    "bone_health_fax" TEXT NOT NULL,
    "bone_health_identifier" TEXT NOT NULL
) STRICT;

CREATE TABLE "emergency_contact" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "patient_id" TEXT NOT NULL REFERENCES "patient" ("id"),
    "name" TEXT NOT NULL,
    "relation" TEXT NOT NULL,
    "phone" TEXT NOT NULL
) STRICT;

CREATE TABLE "insurance" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "patient_id" TEXT NOT NULL REFERENCES "patient" ("id"),
    "payer" TEXT NOT NULL,
    "plan_type" TEXT,
    "member_id" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "authorisation" TEXT,
    "authorisation_number" TEXT NOT NULL,
    "authorisation_from" TEXT,
    "authorisation_to" TEXT,
    "authorisation_units" INTEGER
) STRICT;

CREATE TABLE "visit" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "patient_id" TEXT NOT NULL REFERENCES "patient" ("id"),
    "day" TEXT,
    "planned_arrival" TEXT,
    "planned_start" TEXT,
    "room" TEXT NOT NULL,
    "operator" TEXT NOT NULL,
    "planned_procedure" TEXT,
    "planned_sedation" TEXT,
    "identity_checked" INTEGER NOT NULL,
    "what_to_bring" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "identity_checked_by" TEXT NOT NULL,
    "identity_checked_at" TEXT
) STRICT;

CREATE TABLE "driver" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "name" TEXT NOT NULL,
    "relation" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "will_take_home" TEXT,
    "will_stay_overnight" TEXT,
    "hours_staying" INTEGER,
    "confirmed_at" TEXT,
    "exempted" INTEGER NOT NULL,
    "exempted_by" TEXT NOT NULL,
    "exempted_at" TEXT
) STRICT;

CREATE TABLE "fracture" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "level" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "counted_by" TEXT,
    "technique" TEXT,
    "happened" TEXT,
    "cause" TEXT,
    "trigger" TEXT,
    "severity" TEXT,
    "height_loss" INTEGER,
    "shape" TEXT,
    "posterior_wall" TEXT,
    "kyphosis" INTEGER,
    "oedema" TEXT,
    "earlier" TEXT NOT NULL,
    "treated_on" TEXT,
    "confirmed_by" TEXT NOT NULL
) STRICT;

CREATE TABLE "imaging" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "mri" TEXT,
    "mri_on" TEXT,
    "mri_place" TEXT NOT NULL,
    "mri_accession" TEXT NOT NULL,
    "mri_stir" TEXT,
    "no_mri_reason" TEXT,
    "no_mri_note" TEXT NOT NULL,
    "other" TEXT NOT NULL,
    "other_on" TEXT,
    "other_result" TEXT NOT NULL,
    "dexa_on" TEXT,
    "dexa_site" TEXT,
    "dexa_t_score" TEXT,
    "level_match" TEXT
) STRICT;

CREATE TABLE "pain" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "pain_now" INTEGER,
    "pain_worst" INTEGER,
    "pain_moving" INTEGER,
    "course" TEXT,
    "roland_morris" INTEGER,
    "oswestry" INTEGER,
    "walking" TEXT,
    "care_tried" TEXT NOT NULL,
    "care_tried_weeks" INTEGER,
    "leg_weakness" TEXT,
    "leg_numbness" TEXT,
    "saddle_numbness" TEXT,
    "bladder_bowel" TEXT,
    "leg_symptoms_since" TEXT
) STRICT;

CREATE TABLE "pain_medicine" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "name" TEXT NOT NULL,
    "dose" TEXT NOT NULL,
    "times_a_day" TEXT NOT NULL,
    "opioid" TEXT,
    "mme_a_day" INTEGER
) STRICT;

CREATE TABLE "safety" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "questionnaire" TEXT NOT NULL,
    "response" TEXT NOT NULL
) STRICT;

CREATE TABLE "procedure" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "operator" TEXT NOT NULL,
    "started_at" TEXT,
    "ended_at" TEXT,
    "recovery_at" TEXT,
    "ready_at" TEXT,
    "left_at" TEXT,
    "sedation" TEXT,
    "last_sedative_at" TEXT,
    "reversal" TEXT,
    "reversal_at" TEXT,
    "closure" TEXT,
    "stitches_out_on" TEXT,
    "events" TEXT NOT NULL,
    "events_note" TEXT NOT NULL,
    "naloxone" TEXT,
    "opioid_continued" TEXT,
    "simple_pain_medicine" TEXT NOT NULL,
    "nsaid_ordered" INTEGER NOT NULL,
    "usual_medicines" TEXT NOT NULL,
    "antibiotic" TEXT NOT NULL,
    "brace" TEXT,
    "brace_when" TEXT NOT NULL,
    "brace_until" TEXT,
    "limits_ordered_by" TEXT NOT NULL,
    "lifting_limit" TEXT,
    "lifting_until" TEXT,
    "no_driving_hours" INTEGER,
    "shower_after_hours" INTEGER,
    "bath_after_days" INTEGER,
    "dressing_off_hours" INTEGER,
    "blood_thinner_restart" TEXT NOT NULL,
    "blood_thinner_restart_at" TEXT,
    "blood_thinner_ordered_by" TEXT NOT NULL,
    "diabetes_plan" TEXT NOT NULL,
    "cancer_plan" TEXT NOT NULL,
    "sleep_apnoea_plan" TEXT NOT NULL,
    "follow_up_at" TEXT,
    "follow_up_place" TEXT NOT NULL,
    "call_back_on" TEXT,
    "bone_health_referral" TEXT,
    "bone_health_place" TEXT NOT NULL,
    "score_variant" TEXT NOT NULL,
    "score_items" TEXT NOT NULL,
    "score_total" INTEGER,
    "score_at" TEXT,
    "score_by" TEXT NOT NULL,
    "discharge_ordered_by" TEXT NOT NULL,
    "discharge_ordered_at" TEXT,
    "nurse_note" TEXT NOT NULL
) STRICT;

CREATE TABLE "treated_level" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "level" TEXT NOT NULL,
    "done" TEXT,
    "not_done_reason" TEXT NOT NULL,
    "punctures" INTEGER,
    "side" TEXT
) STRICT;

CREATE TABLE "new_medicine" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "name" TEXT NOT NULL,
    "dose" TEXT NOT NULL,
    "times" TEXT NOT NULL,
    "days" INTEGER,
    "opioid" TEXT
) STRICT;

CREATE TABLE "sheet" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "kind" TEXT NOT NULL,
    "check_code" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "pages" INTEGER NOT NULL,
    "pdf" BLOB NOT NULL,
    "inputs" TEXT NOT NULL,
    "wording_version" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "size" TEXT NOT NULL,
    "made_at" TEXT NOT NULL,
    "made_by" TEXT NOT NULL,
    "printer" TEXT NOT NULL
) STRICT;

CREATE TABLE "flag_acknowledgement" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "visit_id" TEXT NOT NULL REFERENCES "visit" ("id"),
    "flag" TEXT NOT NULL,
    "told_to" TEXT NOT NULL,
    "told_at" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "fired_by" TEXT NOT NULL
) STRICT;

CREATE TABLE "wording_approval" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "version" INTEGER NOT NULL,
    "wording" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "approved_by" TEXT NOT NULL,
    "approved_on" TEXT NOT NULL,
    "review_by" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL
) STRICT;

-- Records of which an owner has one row: two desks that open the same page cannot make two.
CREATE UNIQUE INDEX insurance_of_patient ON insurance (patient_id);
CREATE UNIQUE INDEX driver_of_visit ON driver (visit_id);
CREATE UNIQUE INDEX imaging_of_visit ON imaging (visit_id);
CREATE UNIQUE INDEX pain_of_visit ON pain (visit_id);
CREATE UNIQUE INDEX safety_of_visit ON safety (visit_id);
CREATE UNIQUE INDEX procedure_of_visit ON "procedure" (visit_id);

CREATE INDEX emergency_contact_of_patient ON emergency_contact (patient_id);
CREATE INDEX visit_of_patient ON visit (patient_id, day);
CREATE INDEX visit_on_day ON visit (day, planned_start);
CREATE INDEX fracture_of_visit ON fracture (visit_id);
CREATE INDEX pain_medicine_of_visit ON pain_medicine (visit_id);
CREATE INDEX treated_level_of_visit ON treated_level (visit_id);
CREATE INDEX new_medicine_of_visit ON new_medicine (visit_id);
CREATE INDEX flag_acknowledgement_of_visit ON flag_acknowledgement (visit_id);
CREATE INDEX sheet_of_visit ON sheet (visit_id);
CREATE INDEX sheet_by_code ON sheet (check_code);

-- A level is counted once; only a referral that names no level may have several rows.
CREATE UNIQUE INDEX fracture_level ON fracture (visit_id, level) WHERE level <> 'unknown';
CREATE UNIQUE INDEX treated_level_level ON treated_level (visit_id, level)
    WHERE level <> 'unknown';

-- What was handed out stays as it was handed out.
CREATE TRIGGER sheet_stays BEFORE DELETE ON sheet
BEGIN
    SELECT RAISE (ABORT, 'a sheet that was handed out is kept');
END;

CREATE TRIGGER sheet_stays_equal BEFORE UPDATE ON sheet
WHEN OLD.pdf IS NOT NEW.pdf OR OLD.sha256 IS NOT NEW.sha256
    OR OLD.check_code IS NOT NEW.check_code OR OLD.inputs IS NOT NEW.inputs
    OR OLD.visit_id IS NOT NEW.visit_id OR OLD.made_at IS NOT NEW.made_at
BEGIN
    SELECT RAISE (ABORT, 'a sheet that was handed out does not change');
END;

-- Texts that could not be read into a value yet, by field key, as JSON.
CREATE TABLE typed (
    form TEXT NOT NULL,
    record_id TEXT NOT NULL,
    texts TEXT NOT NULL,
    PRIMARY KEY (form, record_id)
) STRICT, WITHOUT ROWID;

-- Who saw, changed and printed what. Lines are only ever added.
CREATE TABLE trail (
    sequence INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    deed TEXT NOT NULL,
    record_table TEXT NOT NULL,
    record_id TEXT NOT NULL,
    patient_id TEXT NOT NULL,
    changes TEXT NOT NULL
) STRICT;

CREATE INDEX trail_of_patient ON trail (patient_id, sequence) WHERE patient_id <> '';
CREATE INDEX trail_of_viewing ON trail (actor_id, sequence)
    WHERE deed = 'viewed' AND patient_id <> '';

CREATE TRIGGER trail_stays BEFORE DELETE ON trail
BEGIN
    SELECT RAISE (ABORT, 'the trail is only ever added to');
END;

CREATE TRIGGER trail_stays_equal BEFORE UPDATE ON trail
BEGIN
    SELECT RAISE (ABORT, 'the trail is only ever added to');
END;

-- Numbers that are given out once.
CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counter (name, value) VALUES ('record_number', 0);

-- What the search box looks through, in folded spelling; made anew from the patients at any time.
CREATE TABLE patient_index (
    patient_id TEXT NOT NULL PRIMARY KEY REFERENCES patient (id) ON DELETE CASCADE,
    words TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    record_number TEXT NOT NULL,
    phones TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX patient_by_birth_date ON patient_index (birth_date);
CREATE INDEX patient_by_number ON patient_index (record_number);

CREATE TABLE patient_word (
    word TEXT NOT NULL,
    patient_id TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE,
    PRIMARY KEY (word, patient_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX patient_word_of_patient ON patient_word (patient_id);
