"""What Rapportera has the services do: seal the period, open it again, answer warnings. Written in order, told once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.figures import Problem
from fardplan_desktop.services import corrections, deliveries, handing_in, quality, sending_on, settings
from fardplan_desktop.services.handing_in import HandedIn
from fardplan_desktop.services.row_changes import ValueChange
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.reporting.step_wizard import Wish
from fardplan_desktop.ui.session import Session

Failed = Callable[[WorldError], object]
Done = Callable[[HandedIn], object]


class Acts:
    """On the period of the header."""

    def __init__(self, context: PageContext, session: Session) -> None:
        self._context, self._session = context, session

    def hand_in(self, wish: Wish, done: Done, failed: Failed) -> None:
        """Seal and save in the organisation's folder; ``done`` before other pages are told."""
        self._seal(partial(handing_in.hand_in, self._session.workplace), wish, done, failed)

    def send_on(self, wish: Wish, totals_only: bool, done: Done, failed: Failed) -> None:
        """The same with a delregion's bundle."""
        act = partial(sending_on.send_on, self._session.workplace, totals_only=totals_only)
        self._seal(act, wish, done, failed)

    def _seal(self, act: Callable[..., HandedIn], wish: Wish, done: Done, failed: Failed) -> None:
        workplace, period = self._session.workplace, self._session.period
        folder = settings.deliveries_folder(workplace)

        def sealed(result: HandedIn) -> None:
            done(result)
            repeated = result.sealed.repeated
            self._tell("Samma paket skrevs igen" if repeated else f"{period.name.capitalize()} förseglad", "lock")

        self._context.jobs.write(
            lambda work: act(
                period=period,
                folder=folder,
                approval=wish.approval,
                passphrase=wish.passphrase,
                remember=wish.remember,
                reason=wish.reason,
                encrypt=wish.encrypt,
                work=work,
            ),
            sealed,
            title=f"Förseglar {period.name}",
            failed=failed,
        )

    def reopen(self, reason: str, failed: Failed) -> None:
        """Open the sealed period for correction."""
        workplace, period = self._session.workplace, self._session.period
        self._context.jobs.write(
            lambda _work: deliveries.reopen(workplace, period=period, reason=reason),
            lambda _done: self._tell(f"Rättelse öppnad för {period.name}", "pencil"),
            failed=failed,
        )

    def comment(
        self, problems: tuple[Problem, ...], text: str, done: Callable[[Change], object], failed: Failed
    ) -> None:
        """One text as the answer to several warnings; one step to undo."""
        workplace = self._session.workplace
        self._session.change(lambda: quality.comment(workplace, problems=problems, text=text), done=done, failed=failed)

    def explain(self, change: ValueChange, reason: str) -> None:
        """Why just this value is corrected."""
        workplace, period = self._session.workplace, self._session.period
        self._session.change(lambda: corrections.explain(workplace, period=period, change=change, reason=reason))

    def _tell(self, said: str, icon: str) -> None:
        self._context.messages.receipt(said, icon=icon)
        self._session.tell(Change(said, frozenset({"Delivery"})))
