"""Three units answer for the municipality: asked with one press, answers let go, the sum sealed, and nothing more."""

from __future__ import annotations

import zipfile
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton, QTableView

from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import UnitCount
from fardplan_desktop.services import counts, deliveries, editing, inquiries, seals, units
from tests.journeys.window import Sit, Stores, User
from tests.services.answering import fill_in

T2 = parse_period("2026-T2")
MONTHS = ("maj 2026", "juni 2026", "juli 2026", "augusti 2026")
UNITS = {"Xylofonen": 611_001, "Quasar": 622_003, "Wolframgatan": 633_007}
"""Numbers that stand nowhere else, so that they can be looked for in a package."""


def test_units_answer_and_only_their_sum_is_sent(sit: Sit, stores: Stores, tmp_path: Path) -> None:
    workplace = stores.create("1462")
    workplace.store.set_setting("deliveries_folder", str(tmp_path / "ut"))
    for name in UNITS:
        units.add_unit(workplace, name=name)
    user = sit(workplace)
    user.window.go("counts")
    user.click("ask_colleagues")
    user.wait(lambda: user.page == "inquiries")
    user.click("ask_make")
    user.the(QPushButton, "open_draft_2")
    assert user.clicks == 2
    folder = inquiries.questions_folder(workplace, period=T2)
    for name, n in UNITS.items():
        book = folder / f"Fråga 2026-T2 Enhetschef {name}.xlsx"
        cells = [("SIP04", month, n) for month in MONTHS]
        answer = fill_in(book, *cells, ("SIP04", "Kommentar", f"Räknat på {name}"), out=tmp_path / f"{name}.xlsx")
        page, area = ("counts", "counts_drop") if name == "Quasar" else ("inquiries", "inquiries_drop")
        user.window.go(page)  # Recognised by what stands in it, wherever it is let go.
        user.drop(area, [answer])
        user.click("answer_take")
        user.wait(partial(_taken, user, name))
    assert user.the(QLabel, "page_sentence").text().replace("\u00a0", " ") == "Tertial 2 2026: 3 av 3 har svarat."
    assert user.the(QTableView, "inquiries_table").model().rowCount() == 3

    whole = counts.counts(workplace)["SIP04/2026-05"]
    assert (whole.n, whole.comment) == (sum(UNITS.values()), None)
    editing.undo(workplace)
    assert counts.counts(workplace)["SIP04/2026-05"].comment == "Summan gäller 2 av 3 enheter."
    editing.redo(workplace)

    seals.make_key(workplace, passphrase="bara-for-proven", rounds=1)
    key = seals.open_seal(workplace, passphrase="bara-for-proven")
    sealed = deliveries.seal_period(workplace, period=T2, folder=tmp_path, key=key, approved_by="Socialchef")
    with zipfile.ZipFile(sealed.file) as package:
        sent = "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    assert str(sum(UNITS.values())) in sent
    secrets = [*UNITS, *map(str, UNITS.values())]
    secrets += [each.id for each in units.units(workplace)] + [each.id for each in inquiries.inquiries(workplace)]
    assert len(workplace.store.own(UnitCount)) == 12
    assert [each for each in secrets if each in sent] == []


def _taken(user: User, name: str) -> bool:
    return user.receipts[-1:] == [f"Svar från kollega ”Enhetschef {name}”, tertial 2 2026"]
