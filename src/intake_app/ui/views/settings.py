"""The settings page: tabs for the clinic, its limits, staff, looks, wording and backups."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from intake_app.config.settings import Theme, may_be_scan_prefix
from intake_app.domain.clinic import LIMIT_KEYS
from intake_app.domain.language import N_, translated
from intake_app.domain.staff import Action
from intake_app.ui.theme import GRID
from intake_app.ui.views.exchange_tab import ExchangeTab
from intake_app.ui.views.lock_choice import HINT, LockChoice
from intake_app.ui.views.page_parts import (
    action_button,
    emphasise,
    fit_over,
    heading,
    note,
    page_layout,
    subheading,
)
from intake_app.ui.views.wording_tab import WordingTab
from intake_app.ui.widgets.field_form import FieldForm, Section

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from intake_app.ui.notices import Notices
    from intake_app.ui.presenters.settings import SettingsPresenter

_LETTERHEAD = Section(
    N_("Letterhead"),
    (
        "name",
        "opening_hours",
        "address_line_1",
        "phone_day",
        "address_line_2",
        "phone_night",
        "directions",
        "emergency_number",
    ),
)
_COUNTRY = Section(N_("Country"), ("country", "time_zone", "units", "paper"))
_MINUTES = Section(
    N_("Hours and minutes"),
    (
        "opens",
        "closes",
        "preparation_minutes",
        "level_minutes",
        "recovery_min_minutes",
        "recovery_max_minutes",
        "counts_from",
    ),
)
_BEFORE = Section(
    N_("Before the visit"), ("fasting_solid_hours", "fasting_fluid_hours", "before_visit_note")
)
_LIMITS = Section(N_("Limits that print on the aftercare sheet"), LIMIT_KEYS)
_APPROVED = Section(N_("Approval"), ("limits_approved_by", "limits_approved_on"))
_FLAGS = Section(N_("Flags"), ("clinic_gk_rules",))
_THEMES = {
    Theme.SYSTEM: N_("As the computer"),
    Theme.LIGHT: N_("Light"),
    Theme.DARK: N_("Dark"),
    Theme.HIGH_CONTRAST: N_("High contrast"),
}
_SCALES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
_CHOICE_LETTERS = 30
_PREVIEW = QSize(190 * GRID, 190 * GRID)


class SettingsPage(QWidget):
    """Everything that can be set; what belongs to the clinic saves itself."""

    def __init__(
        self, presenter: SettingsPresenter, notices: Notices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self._presenter = presenter
        self._notices = notices
        layout = page_layout(self)
        layout.addWidget(heading(N_("Settings"), self))
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("settings.tabs")
        self.tabs.setAccessibleName(translated(N_("Settings")))
        layout.addWidget(self.tabs, 1)
        self._clinic = self._tab(N_("Clinic"))
        self._limits = self._tab(N_("Limits on paper"))
        self._staff = self._tab(N_("Staff"))
        self._build_looks(self._tab(N_("Appearance")))
        self.wording = WordingTab(presenter)
        self._tab(N_("Wording")).addWidget(self.wording)
        self._tab(N_("Import and export")).addWidget(ExchangeTab(presenter, notices))
        self._build_backup(self._tab(N_("Backup")))
        self._rights: list[QLabel] = []
        self._build_staff()
        presenter.loaded.connect(self._build_clinic)
        presenter.rights_changed.connect(self._show_rights)
        presenter.staff_changed.connect(self._show_people)
        presenter.specimen_ready.connect(self._show_specimen)
        presenter.backed_up.connect(self._show_backup)

    # --- the contract with the window -------------------------------------------------------

    def flush(self) -> None:
        """Save what is pending now."""
        self._presenter.autosave.flush()

    def is_saved(self) -> bool:
        """Return whether the database has acknowledged everything typed."""
        return not self._presenter.autosave.pending

    def change_actor(self) -> None:
        """Open or close fields for whoever is at the keyboard now."""
        self.flush()
        self._presenter.change_actor()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Read again what others may have changed."""
        super().showEvent(event)
        self._presenter.load()

    # --- tabs -------------------------------------------------------------------------------

    def _tab(self, title: str) -> QVBoxLayout:
        inside = QWidget(self)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.tabs.addTab(area, translated(title))
        return layout

    def _build_clinic(self) -> None:
        model = self._presenter.clinic
        assert model is not None
        self.clinic_form = FieldForm(
            model, sections=(_LETTERHEAD, _COUNTRY, _MINUTES, _BEFORE), columns=2, parent=self
        )
        self.limits_form = FieldForm(
            model, sections=(_LIMITS, _APPROVED, _FLAGS), columns=2, parent=self
        )
        self._clinic.addWidget(self._rights_note())
        self._clinic.addWidget(self.clinic_form)
        self._limits.addWidget(self._rights_note())
        self._limits.addWidget(
            note(
                N_(
                    "A number prints only when it is filled in here and a physician has approved "
                    "it. Changing one takes the approval away: type again who approved, and when."
                ),
                self,
            )
        )
        self._limits.addWidget(self.limits_form)
        self._show_rights()

    def _rights_note(self) -> QLabel:
        text = N_("Only a manager changes this. If you are one, choose your name at the top.")
        label = note(text, self)
        self._rights.append(label)
        return label

    def _show_rights(self) -> None:
        may = self._presenter.may(Action.EDIT_CLINIC)
        for label in self._rights:
            label.setVisible(not may)
        self._add_form.setEnabled(self._presenter.may(Action.EDIT_STAFF))
        self._add.setEnabled(self._presenter.may(Action.EDIT_STAFF))
        self._show_people()
        self.wording.show_rows()

    def _build_staff(self) -> None:
        self._people = QFormLayout()
        self._people.setHorizontalSpacing(6 * GRID)
        self._people.setVerticalSpacing(2 * GRID)
        self._staff.addWidget(self._rights_note())
        self._staff.addWidget(subheading(N_("Who works here"), self))
        self._staff.addLayout(self._people)
        self._staff.addSpacing(3 * GRID)
        self._staff.addWidget(subheading(N_("Add a person"), self))
        self._add_form = FieldForm(self._presenter.new_person, parent=self)
        self._staff.addWidget(self._add_form)
        self._add = action_button("add_staff", N_("Add"), "user-plus", parent=self)
        self._add.clicked.connect(self._presenter.add_person)
        self._staff.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_rights()

    def _show_people(self) -> None:
        while self._people.rowCount():
            self._people.removeRow(0)
        may = self._presenter.may(Action.EDIT_STAFF)
        for number, person in enumerate(self._presenter.people()):
            who = QLabel(person.name, self)
            font = who.font()
            font.setBold(True)
            who.setFont(font)
            row = QHBoxLayout()
            row.addWidget(QLabel(person.roles, self), 1)
            left = action_button(f"staff_left.{number}", N_("No longer works here"), parent=self)
            left.setAccessibleName(f"{person.name}: {left.text()}")
            left.setEnabled(may and person.may_leave)
            left.clicked.connect(partial(self._leave, person.id))
            row.addWidget(left)
            self._people.addRow(who, row)

    def _leave(self, staff_id: str, *_: object) -> None:
        self._presenter.note_leaving(staff_id)

    def _build_looks(self, layout: QVBoxLayout) -> None:
        chosen = self._presenter.main.preferences.settings
        form = QFormLayout()
        form.setHorizontalSpacing(6 * GRID)
        form.setVerticalSpacing(2 * GRID)
        self.theme = QComboBox(self)
        self.theme.setObjectName("settings.theme")
        self.theme.setAccessibleName(translated(N_("Colours")))
        for theme, label in _THEMES.items():
            self.theme.addItem(translated(label), theme)
        self.theme.setCurrentIndex(self.theme.findData(chosen.theme))
        self.theme.activated.connect(self._choose_theme)
        self.text_scale = QComboBox(self)
        self.text_scale.setObjectName("settings.text_scale")
        self.text_scale.setAccessibleName(translated(N_("Text size")))
        for scale in _SCALES:
            self.text_scale.addItem(f"{scale:.0%}", scale)
        self.text_scale.setCurrentIndex(max(self.text_scale.findData(chosen.text_scale), 0))
        self.text_scale.activated.connect(self._choose_scale)
        self.lock_minutes = LockChoice(chosen.lock_minutes, self)
        self.lock_minutes.activated.connect(self._choose_lock)
        for choice in (self.theme, self.text_scale, self.lock_minutes):
            choice.setMaximumWidth(_CHOICE_LETTERS * self.fontMetrics().averageCharWidth())
        form.addRow(self.theme.accessibleName(), self.theme)
        form.addRow(self.text_scale.accessibleName(), self.text_scale)
        self.scan_prefix = QLineEdit(self)
        self.scan_prefix.setObjectName("settings.scan_prefix")
        self.scan_prefix.setAccessibleName(translated(N_("Sign before a scanned card number")))
        self.scan_prefix.setToolTip(
            translated(
                N_(
                    "If your scanner can send a sign first, ~ for example, no key of a card ever "
                    "lands in a field. Licences need no sign."
                )
            )
        )
        self.scan_prefix.setMaxLength(1)
        self.scan_prefix.setMaximumWidth(6 * self.fontMetrics().averageCharWidth())
        self.scan_prefix.setText(chosen.scan_prefix)
        self.scan_prefix.editingFinished.connect(self._choose_scan_prefix)
        form.addRow(self.scan_prefix.accessibleName(), self.scan_prefix)
        form.addRow(self.lock_minutes.accessibleName(), self.lock_minutes)
        layout.addLayout(form)
        layout.addWidget(note(HINT, self))
        layout.addWidget(note(N_("These hold for this computer only."), self))

    def _choose_theme(self) -> None:
        self._presenter.change(theme=Theme(self.theme.currentData()))

    def _choose_scale(self) -> None:
        self._presenter.change(text_scale=self.text_scale.currentData())

    def _choose_lock(self) -> None:
        self._presenter.change(lock_minutes=self.lock_minutes.minutes)

    def _choose_scan_prefix(self) -> None:
        if may_be_scan_prefix(self.scan_prefix.text()):
            self._presenter.change(scan_prefix=self.scan_prefix.text())
        else:
            self.scan_prefix.setText(self._presenter.main.preferences.settings.scan_prefix)

    def _build_backup(self, layout: QVBoxLayout) -> None:
        place = note("", self)
        place.setText(
            translated(N_("The database is one file: {path}")).format(
                path=self._presenter.main.database_path
            )
        )
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(place)
        layout.addWidget(
            note(
                N_(
                    "A backup is a checked copy of everything: patients, sheets, history. Keep it "
                    "on another disk, and keep it locked away: it holds patient data."
                ),
                self,
            )
        )
        button = action_button("backup", N_("Back up now to a file…"), "save", parent=self)
        emphasise(button)
        button.clicked.connect(self._back_up)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._backup_answer = QLabel(self)
        self._backup_answer.setObjectName("settings.backup_answer")
        self._backup_answer.setWordWrap(True)
        layout.addWidget(self._backup_answer)

    def _back_up(self) -> None:
        kind = translated(N_("Backups (*.sqlite3)"))
        target = self._notices.ask_save_path(self._presenter.suggested_backup(), kind=kind)
        if target is not None:
            self._backup_answer.setText(translated(N_("Copying…")))
            self._presenter.back_up(target)

    def _show_backup(self, name: str) -> None:
        self._backup_answer.setText(
            translated(N_("Backup written to {name} and checked.")).format(name=name)
        )

    def _show_specimen(self, title: str, pdf: bytes) -> None:
        from intake_app.ui.widgets.pdf_preview import PdfPreview

        dialog = QDialog(self)
        dialog.setObjectName("specimen")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(translated(N_("Specimen: {title}")).format(title=title))
        layout = QVBoxLayout(dialog)
        preview = PdfPreview(dialog)
        layout.addWidget(preview, 1)
        close = action_button("close_specimen", N_("Close"), parent=dialog)
        close.clicked.connect(dialog.reject)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        fit_over(dialog, _PREVIEW.width(), _PREVIEW.height())
        preview.show_pdf(pdf)
        dialog.open()
