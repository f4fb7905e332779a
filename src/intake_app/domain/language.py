"""Mark English sentences for translation, and look the translation up when one is shown."""

from gettext import gettext


def N_(text: str) -> str:  # noqa: N802 - the name that extraction tools know
    """Return ``text`` unchanged; the mark makes it part of the translation template."""
    return text


def translated(text: str) -> str:
    """Return ``text`` in the user's language, or as it stands."""
    return gettext(text) if text else text
