"""Write tests/storage/data/schema_NNN.sqlite3: run once when a schema is released.

    python -m tests.storage.make_stored_database

A file that is there is never written again: it is what that version left on people's disks.
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from intake_app.domain.patients import Patient
from intake_app.domain.sheets import StoredSheet
from intake_app.domain.visits import Visit
from intake_app.domain.wording_versions import WordingVersion
from intake_app.storage.database import SqliteDatabase
from intake_app.storage.migrate import shipped
from tests.storage.examples import ADA, RECORD_TYPES, a_line, filled, with_owners

FOLDER = Path(__file__).parent / "data"


def main() -> int:
    """Write the file of the newest schema, unless it is there."""
    target = FOLDER / f"schema_{shipped()[-1].version:03}.sqlite3"
    if target.exists():
        print(f"{target.name} is there and stays as it is")
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        database = SqliteDatabase(Path(scratch) / "intake.sqlite3", Path(scratch))
        with database.work() as work:
            with_owners(work)
            work.records(StoredSheet).add(filled(StoredSheet, "a sheet"))
            work.records(WordingVersion).add(replace(filled(WordingVersion, "a wording"), number=8))
            for record_type in RECORD_TYPES:
                work.records(record_type).add(filled(record_type))
            work.records(Patient).update(replace(ADA, version=1, record_number="P-000001"))
            work.next_record_number()
            work.keep_typed(Visit.FORM, "one", {"day": "31/02"})
            work.note(a_line())
            work.commit()
        database.backup(target)
        database.close()
    target.chmod(0o644)
    print(f"{target.name}: {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
