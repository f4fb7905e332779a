"""What a scanned driving licence says about a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Licence:
    """Identity and address as a licence or identity card gives them; its number is not kept."""

    values: Mapping[str, str | date]
    """By the keys of a patient's fields."""
    complete: bool
    """Whether the whole scan arrived, with a name and a date of birth."""

    def search_text(self) -> str:
        """Return what to search for: the names and the date of birth."""
        family, given = (str(self.values.get(key, "")) for key in ("family_name", "given_name"))
        names = f"{family}, {given}" if given else family
        born = self.values.get("birth_date")
        return f"{names} {born}" if born else names
