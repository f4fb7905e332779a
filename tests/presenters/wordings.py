"""The page of the wording over the services of a desk, without a window."""

from dataclasses import dataclass
from pathlib import Path

from intake_app.domain.staff import Role
from intake_app.domain.wording_edit import WordingText
from intake_app.resources import resource
from intake_app.ui.presenters.main import MainPresenter
from intake_app.ui.presenters.wording import WordingPresenter
from intake_app.ui.presenters.wording_blocks import BlockPresenter
from tests.fakes_ui import ImmediateTasks
from tests.presenters.test_main import a_presenter, offered
from tests.services.desk import MANAGER, Desk, a_desk

AFTERCARE = "aftercare/en"
PEOPLE = (
    ("Nora Hill", Role.NURSE),
    ("Dr. Park", Role.PHYSICIAN),
    ("Dr. Rao", Role.PHYSICIAN),
    ("Rita Vale", Role.RECEPTION),
    ("Max Low", Role.MANAGER),
)


@dataclass
class Page:
    """The presenters of the page, and whoever sits at it."""

    desk: Desk
    main: MainPresenter
    tasks: ImmediateTasks
    wording: WordingPresenter
    blocks: BlockPresenter
    said: list[str]
    errors: list[object]

    def be(self, name: str) -> None:
        """Let somebody else sit down."""
        self.main.be(next(person.id for person in self.main.staff if person.name == name))
        self.wording.change_actor()

    @property
    def text(self) -> WordingText:
        """The words as they are now."""
        text = self.wording.editor.text
        assert text is not None
        return text

    def stored(self) -> WordingText:
        """Return the words of the open version as the database has them."""
        version = self.wording.editor.version
        assert version is not None
        return self.desk.wordings.open(self.main.actor, version.id).text


def a_wording_page(
    folder: Path, tasks: ImmediateTasks | None = None, *, languages: tuple[str, ...] = ()
) -> Page:
    """Return the page as it opens: the aftercare sheet in English, a nurse at it."""
    desk = a_desk()
    desk.shipped_wording = dict(desk.shipped_wording) | {
        f"aftercare/{each}": resource("wording", each, "aftercare.toml").read_text("utf-8")
        for each in languages
    }
    for name, role in PEOPLE:
        desk.clinic.add_staff(MANAGER, name, frozenset({role}))
    main = a_presenter(offered(desk), folder)
    tasks = tasks or ImmediateTasks()
    main.open_with(tasks)
    wording = WordingPresenter(main)
    blocks = BlockPresenter(wording.editor)
    page = Page(desk, main, tasks, wording, blocks, [], [])
    wording.said.connect(page.said.append)
    wording.failed.connect(page.errors.append)
    blocks.refused.connect(page.said.append)
    page.be("Nora Hill")
    wording.load()
    return page
