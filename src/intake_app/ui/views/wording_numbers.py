"""The clinic's numbers beside the wording that prints them: the limits of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from intake_app.domain.clinic import LIMIT_KEYS
from intake_app.domain.language import N_, translated
from intake_app.domain.staff import Action
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.field_form import FieldForm, Section
from intake_app.ui.widgets.texts import muted

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from intake_app.ui.presenters.clinic_form import ClinicForm
    from intake_app.ui.presenters.main import MainPresenter

_LIMITS = Section(N_("Limits that print on the aftercare sheet"), LIMIT_KEYS)
_APPROVED = Section(N_("Approval"), ("limits_approved_by", "limits_approved_on"))


class NumbersView(QScrollArea):
    """The same fields as under Settings; made when they are first looked at."""

    def __init__(
        self, form: ClinicForm, main: MainPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._main = main
        self._made: FieldForm | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(self)
        self._layout = QVBoxLayout(inside)
        self._layout.setContentsMargins(2 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self._layout.setSpacing(2 * GRID)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._rights = muted(
            translated(
                N_("Only a manager changes this. If you are one, choose your name at the top.")
            )
        )
        self._layout.addWidget(self._rights)
        self._layout.addWidget(
            muted(
                translated(
                    N_(
                        "These numbers print wherever the wording asks for them. Changing one "
                        "takes the approval away: type again who approved, and when."
                    )
                )
            )
        )
        self.setWidget(inside)
        form.loaded.connect(self._build)

    def _build(self) -> None:
        model = self._form.model
        if model is not None and self._made is None:
            self._made = FieldForm(model, sections=(_LIMITS, _APPROVED), parent=self)
            self._layout.addWidget(self._made)

    def show_rights(self) -> None:
        """Say who may change the numbers, and open the fields for them."""
        self._rights.setVisible(not self._main.actor.may(Action.EDIT_CLINIC))
        self._form.change_actor()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Read again what others may have changed."""
        super().showEvent(event)
        self.show_rights()
        self._form.load()
