"""The wording page by keyboard, over the real program: words, paper, review, approval."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from intake_app.domain.staff import Role
from intake_app.ui.app import Window
from intake_app.ui.notices import Notices
from intake_app.ui.widgets.pdf_preview import PdfPreview
from intake_app.ui.widgets.word_list import WordList
from tests.hands import Hands

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
FIRST_SIGN, SECOND_SIGN = "wording.R-1.0.0", "wording.R-1.0.1"


class Desk:
    """The keyboard at the wording page."""

    def __init__(self, window: Window, hands: Hands) -> None:
        self.window = window
        self.hands = hands

    def be(self, role: Role) -> None:
        """Let somebody of a role sit down."""
        presenter = self.window.main._presenter
        presenter.be(next(one.id for one in presenter.staff if role in one.roles))

    def open(self) -> None:
        """Open the page from the settings."""
        hands = self.hands
        hands.press("action.show_settings")
        tabs = hands.find("settings.tabs")
        assert isinstance(tabs, QTabWidget)
        hands.wait(tabs.count)
        titles = [tabs.tabText(number) for number in range(tabs.count())]
        tabs.setCurrentIndex(titles.index("Wording"))
        hands.press("action.open_wording")
        hands.wait(lambda: self.list("wording.blocks").count(), "blocks")

    def list(self, name: str) -> WordList:
        """Return one of the lists."""
        found = self.hands.find(name)
        assert isinstance(found, WordList)
        return found

    def start_draft(self) -> None:
        """Begin a draft, and wait for it."""
        self.hands.press("action.start_draft")
        self.hands.wait(lambda: "Draft" in self.hands.text("wording.state"), "draft")

    def choose_block(self, words: str) -> None:
        """Choose a part by its words."""
        blocks = self.list("wording.blocks")
        row = next(n for n, each in enumerate(blocks.words()) if words in each)
        self.hands.focus("wording.blocks")
        blocks.setCurrentRow(row)

    def text(self, name: str) -> str:
        """Return what a text says."""
        found = self.hands.find(name)
        assert isinstance(found, QPlainTextEdit)
        return found.toPlainText()

    def tab(self, title: str) -> None:
        """Look at another tab."""
        tabs = self.hands.find("wording.tabs")
        assert isinstance(tabs, QTabWidget)
        titles = [tabs.tabText(number) for number in range(tabs.count())]
        tabs.setCurrentIndex(titles.index(title))

    def paper(self) -> str:
        """Return the words on the paper."""
        found = self.hands.find("preview")
        assert isinstance(found, PdfPreview)
        return " ".join(found.text().split())

    def menu(self, line: str, entry: str) -> None:
        """Choose an entry of a line's menu."""
        button = self.hands.find(f"action.more.{line}")
        assert isinstance(button, QToolButton)
        action = button.findChild(QAction, f"action.{entry}")
        assert isinstance(action, QAction)
        action.trigger()


@pytest.fixture
def desk(opened: Window, hands: Hands) -> Desk:
    """Return the page with a nurse at it, the aftercare sheet open."""
    desk = Desk(opened, hands)
    desk.be(Role.NURSE)
    desk.open()
    return desk


@pytest.fixture
def draft(desk: Desk) -> Desk:
    """Return the page with a draft open at the danger signs."""
    desk.start_draft()
    desk.choose_block("now for any of these danger signs")
    desk.hands.find(FIRST_SIGN)
    return desk


def test_what_is_typed_stands_on_the_paper(draft: Desk) -> None:
    draft.hands.fill(FIRST_SIGN, "Chest pain or tightness")

    draft.hands.wait(lambda: "Chest pain or tightness" in draft.paper(), "paper")

    assert "DRAFT" in draft.paper()


def test_what_is_typed_is_there_after_coming_back(draft: Desk) -> None:
    draft.hands.fill(FIRST_SIGN, "Chest pain or tightness")
    draft.hands.press("action.show_today")
    draft.hands.wait(draft.window.main.is_saved, "saved")

    draft.open()
    draft.choose_block("now for any of these danger signs")

    assert draft.text(FIRST_SIGN) == "Chest pain or tightness"


def test_what_is_typed_saves_itself_after_a_pause(draft: Desk) -> None:
    draft.hands.focus(FIRST_SIGN)
    draft.hands.type("Strong ")
    pending = not draft.window.main.is_saved()

    draft.hands.wait(draft.window.main.is_saved, "saved by itself")

    assert pending
    assert draft.hands.text("status.saved") == "Everything is saved"


def test_enter_goes_on_to_the_next_text_and_writes_no_line_break(draft: Desk) -> None:
    draft.hands.focus(FIRST_SIGN)

    draft.hands.key(Qt.Key.Key_Return)

    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == SECOND_SIGN
    assert draft.text(FIRST_SIGN) == "Chest pain"


def test_undo_takes_back_what_was_typed_in_one_text(draft: Desk) -> None:
    draft.hands.fill(FIRST_SIGN, "Chest pain or tightness")
    draft.hands.focus(SECOND_SIGN)

    draft.hands.key(Qt.Key.Key_Z, CTRL)

    assert draft.text(FIRST_SIGN) == "Chest pain"


def test_a_wrong_text_says_so_right_under_it(draft: Desk) -> None:
    draft.hands.fill(FIRST_SIGN, "Chest pain {nowhere}")

    said = draft.hands.text(f"problem.{FIRST_SIGN}")

    assert "“nowhere” between curly brackets" in said
    assert not draft.hands.find("action.send_for_review").isEnabled()
    assert draft.hands.text("wording.why_not") == (
        "Send for review: Put right first what is marked in the text."
    )


def test_while_words_are_wrong_the_paper_stays_as_it_was(draft: Desk) -> None:
    draft.hands.fill(FIRST_SIGN, "Other words {nowhere}")

    draft.hands.wait(lambda: "Other words" in draft.paper(), "paper")

    assert "nowhere" not in draft.paper()
    assert draft.hands.text("wording.preview_said").startswith("The words have a problem")


def test_a_danger_sign_cannot_be_removed(draft: Desk) -> None:
    draft.menu("R-1.0.0", "line_remove")

    draft.hands.wait(lambda: draft.hands.seen("notices.text"), "said")
    assert "fewer danger signs" in draft.hands.text("notices.text")
    assert draft.text(FIRST_SIGN) == "Chest pain"


def test_a_line_is_added_and_moved_by_keyboard(draft: Desk) -> None:
    draft.hands.focus(FIRST_SIGN)
    draft.hands.key(Qt.Key.Key_Return, CTRL)
    draft.hands.wait(lambda: draft.text(SECOND_SIGN) == "", "new line")
    draft.hands.type("Very fast heart")

    draft.hands.key(Qt.Key.Key_Up, ALT)

    assert draft.text(FIRST_SIGN) == "Very fast heart"
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == FIRST_SIGN


def test_a_part_is_moved_by_keyboard(draft: Desk) -> None:
    draft.choose_block("Driving")
    blocks = draft.list("wording.blocks")
    before = blocks.currentRow()

    QTest.keyClick(blocks, Qt.Key.Key_Down, ALT)

    assert blocks.currentRow() == before + 1
    assert "Driving" in blocks.words()[before + 1]


def answer_dialog(hands: Hands, name: str, deed: Callable[[], None]) -> None:
    """Do something in a window that waits for its end."""
    from PySide6.QtCore import QTimer

    def begin() -> None:
        if hands.seen(name) is None:
            QTimer.singleShot(20, begin)
        else:
            deed()

    QTimer.singleShot(20, begin)


def test_a_condition_is_chosen_in_words(draft: Desk) -> None:
    draft.choose_block("Rest and moving")
    hands = draft.hands
    hands.find("wording.A-05.0.0")

    def choose() -> None:
        fact = hands.find("when.0.fact")
        assert isinstance(fact, QComboBox)
        fact.setCurrentIndex(fact.findData("sedation"))
        hands.press("action.take_condition")

    answer_dialog(hands, "when.0.fact", choose)
    draft.menu("A-05.0.0", "line_when")

    description = hands.find("wording.A-05.0.0").accessibleDescription()
    assert description == "Only if sedation was given (or not recorded)"
    sample = hands.find("wording.sample")
    assert isinstance(sample, QComboBox)
    walk = draft.text("wording.A-05.0.0").split(";")[0]
    sample.setCurrentIndex(sample.findData("local_only"))
    hands.wait(lambda: walk not in draft.paper(), "left out")


def test_what_the_program_fills_in_is_inserted_where_the_cursor_is(draft: Desk) -> None:
    hands = draft.hands
    hands.focus(FIRST_SIGN)

    def choose() -> None:
        find = hands.find("choose.find")
        assert isinstance(find, QLineEdit)
        hands.type("emergency number", find)
        QTest.keyClick(find, Qt.Key.Key_Return)

    answer_dialog(hands, "choose.find", choose)
    draft.menu("R-1.0.0", "line_insert")

    assert "{emergency}" in draft.text(FIRST_SIGN)


def test_a_remark_leads_to_its_text(draft: Desk) -> None:
    draft.choose_block("Rest and moving")
    draft.hands.fill("wording.A-05.0.1", "Commence utilization of your spine")
    remarks = draft.list("wording.remarks")
    draft.hands.wait(lambda: any("utilization" in each for each in remarks.words()), "remark")
    draft.choose_block("Driving")
    row = next(n for n, each in enumerate(remarks.words()) if "utilization" in each)
    draft.hands.focus("wording.remarks")
    remarks.setCurrentRow(row)

    QTest.keyClick(remarks, Qt.Key.Key_Return)

    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "wording.A-05.0.1"


def test_the_grade_is_said_in_figures(draft: Desk) -> None:
    draft.hands.wait(lambda: draft.hands.seen("wording.grade"), "grade")

    assert draft.hands.text("wording.grade").startswith("Grade ")


# --- two people ------------------------------------------------------------------------------


def sent(draft: Desk) -> None:
    """Let the nurse change a sign and send it."""
    hands = draft.hands
    hands.fill(FIRST_SIGN, "Chest pain or tightness")
    hands.press("action.send_for_review")
    hands.wait(lambda: "In review" in hands.text("wording.state"), "in review")


def test_a_nurse_writes_and_a_physician_approves(draft: Desk) -> None:
    sent(draft)
    hands = draft.hands
    assert not hands.find("action.approve_wording").isEnabled()
    draft.be(Role.PHYSICIAN)
    answer_needed(draft)

    hands.press("action.approve_wording")
    changes = hands.find("approve.changes")
    assert isinstance(changes, QTextBrowser)
    hands.wait(lambda: "or tightness" in changes.toPlainText(), "changes")
    hands.press("action.sign_wording")
    hands.wait(lambda: "Approved by Dr. Ruth Calder" in hands.text("wording.state"), "approved")

    versions = draft.list("wording.versions")
    hands.wait(lambda: versions.words()[0].startswith("Version 2: Approved"), "read again")
    assert versions.words()[1].startswith("Version 1: Retired")


def answer_needed(desk: Desk) -> None:
    """Answer what no program can decide and must be yes."""
    hands = desk.hands
    desk.tab("Checklist")
    lists = hands.find("wording.review_list")
    assert isinstance(lists, QComboBox)
    lists.setCurrentIndex(lists.findData("release"))
    hands.wait(lambda: hands.seen("review.L-29"), "item")
    answer = hands.find("review.L-29")
    assert isinstance(answer, QComboBox)
    answer.setCurrentIndex(answer.findData("yes"))
    hands.wait(lambda: "Needed before" not in hands.text("wording.score"), "answered")
    desk.tab("Text")


def test_an_open_needed_item_keeps_the_signature_away(draft: Desk) -> None:
    sent(draft)
    draft.be(Role.PHYSICIAN)
    hands = draft.hands

    hands.press("action.approve_wording")
    hands.find("approve.changes")
    hands.press("action.sign_wording")
    hands.wait(lambda: hands.seen("approve.problem"), "refused")

    assert "L-29" in hands.text("approve.problem")
    hands.press("action.close_approve")


def test_a_physician_does_not_approve_their_own_words(draft: Desk) -> None:
    draft.be(Role.PHYSICIAN)
    sent(draft)

    assert not draft.hands.find("action.approve_wording").isEnabled()
    said = draft.hands.text("wording.why_not")
    assert said.startswith("Approve as Dr. Ruth Calder: ")
    assert said.endswith("so another physician must approve it.")


def test_reception_reads_and_types_nothing(opened: Window, hands: Hands) -> None:
    desk = Desk(opened, hands)
    desk.be(Role.RECEPTION)
    desk.open()
    desk.choose_block("now for any of these danger signs")

    sign = hands.find(FIRST_SIGN)

    assert isinstance(sign, QPlainTextEdit)
    assert sign.isReadOnly()


# --- files -----------------------------------------------------------------------------------


def test_wording_goes_to_a_file_and_comes_back(
    draft: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands, file = draft.hands, tmp_path / "wording.toml"
    monkeypatch.setattr(Notices, "ask_save_path", lambda _, suggested, *, kind: file)
    monkeypatch.setattr(Notices, "ask_open_path", lambda _, *, kind: file)

    hands.press("action.export_wording")
    hands.wait(file.is_file, "written")
    hands.wait(lambda: "Saved as wording.toml" in hands.text("notices.text"), "said")
    hands.press("action.import_wording")
    hands.wait(lambda: "word for word" in hands.text("notices.text"), "taken in")

    assert "The words are unchanged since they were exported." in hands.text("notices.text")


# --- room and names --------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["action.show_lists", "action.show_text", "action.show_paper"])
def test_in_a_narrow_window_one_part_is_shown_at_a_time(draft: Desk, part: str) -> None:
    main = draft.window.main
    main.resize(640, 400)
    draft.hands.settle()

    draft.hands.press(part)
    draft.hands.settle()

    seen = [
        name
        for name in ("wording.list", "wording.tabs", "wording.sample")
        if draft.hands.seen(name) is not None
    ]
    assert len(seen) == 1
    assert main.size().toTuple() == (640, 400)
    inside = main.centralWidget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= 640


def test_everything_on_the_page_has_a_name(draft: Desk, name_of: Callable[[QWidget], str]) -> None:
    page = draft.hands.find("wording_page")
    kinds = (QPlainTextEdit, QComboBox, QListWidget, QPushButton, QToolButton)
    visible = [
        each
        for kind in kinds
        for each in page.findChildren(kind)
        if each.isVisible() and each.objectName()
    ]

    nameless = [each.objectName() for each in visible if not name_of(each)]

    assert len(visible) > 30
    assert nameless == []
