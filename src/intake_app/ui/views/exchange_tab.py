"""Patients in and out as files: the two buttons, and what is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.domain.staff import Action
from intake_app.ui.presenters.exchange_out import ExportPresenter
from intake_app.ui.presenters.main import Changed
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button, note, subheading

if TYPE_CHECKING:
    from intake_app.ui.notices import Notices
    from intake_app.ui.presenters.settings import SettingsPresenter

FILES = N_("Tables (*.csv);;FHIR R4 (*.json)")


class ExchangeTab(QWidget):
    """Import opens its window; export asks for a file and writes."""

    def __init__(
        self, presenter: SettingsPresenter, notices: Notices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._notices = notices
        self._export = ExportPresenter(presenter.main, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * GRID)
        self._who = note(
            N_("Only a manager does this. If you are one, choose your name at the top."), self
        )
        layout.addWidget(self._who)
        layout.addWidget(subheading(N_("Import"), self))
        layout.addWidget(
            note(
                N_(
                    "Take in patients from another program: a table (CSV), FHIR or HL7. You see "
                    "how the file is read before anybody is registered."
                ),
                self,
            )
        )
        self.import_ = action_button("import_patients", N_("Import patients…"), "log-in")
        self.import_.clicked.connect(self._open_import)
        layout.addWidget(self.import_, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(3 * GRID)
        layout.addWidget(subheading(N_("Export"), self))
        layout.addWidget(
            note(
                N_(
                    "Write all patients to a table (CSV), and all visits to a second one beside "
                    "it; or everything to a FHIR file, if its name ends in .json. It is no "
                    "backup: papers and history are not in it. It holds patient data, so keep it "
                    "locked away."
                ),
                self,
            )
        )
        self.export = action_button("export_patients", N_("Export patients…"), "file-down")
        self.export.clicked.connect(self._ask_export)
        layout.addWidget(self.export, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("export.progress")
        self.bar.setAccessibleName(translated(N_("How far it is")))
        self.stop = action_button("stop_export", N_("Stop"), "x", parent=self)
        self.stop.clicked.connect(self._export.stop)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        layout.addLayout(row)
        self._said = QLabel(self)
        self._said.setObjectName("export.answer")
        self._said.setWordWrap(True)
        layout.addWidget(self._said)
        self._export.busy_changed.connect(self._show_busy)
        self._export.progressed.connect(self.bar.setValue)
        self._export.said.connect(self._said.setText)
        self._export.failed.connect(notices.show_error)
        presenter.rights_changed.connect(self.show_rights)
        self.show_rights()
        self._show_busy()

    def show_rights(self) -> None:
        """Open the buttons for whoever may press them."""
        may_import = self._presenter.may(Action.IMPORT_PATIENTS)
        may_export = self._presenter.may(Action.EXPORT_PATIENTS)
        self._who.setVisible(not (may_import and may_export))
        self.import_.setEnabled(may_import)
        self.export.setEnabled(may_export and not self._export.busy)

    def _show_busy(self) -> None:
        busy = self._export.busy
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        if busy:
            self.bar.setValue(0)
            self._said.setText("")
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_rights()

    def _ask_export(self) -> None:
        target = self._notices.ask_save_path(self._export.suggested(), kind=translated(FILES))
        if target is not None:
            self._export.export(target if target.suffix else target.with_suffix(".csv"))

    def _open_import(self) -> None:
        from intake_app.ui.presenters.exchange import ImportPresenter
        from intake_app.ui.views.exchange import ImportDialog

        main = self._presenter.main
        presenter = ImportPresenter(main.services, main.actor, main.tasks)
        presenter.taken_in.connect(lambda: main.tell(Changed("patient")))
        dialog = ImportDialog(presenter, self.window())
        presenter.setParent(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
