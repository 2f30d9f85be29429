"""A store with as many deviations as five years of a large town, written past the door so that it is quick to make."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import insert

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.store import search
from fardplan_desktop.store.convert import to_row
from fardplan_desktop.store.store import Store
from fardplan_desktop.store.tables import TABLE_OF

LAST = date(2026, 9, 14)
_WORDS = (
    *(
        "läkemedelslista",
        "saknas",
        "vid",
        "utskrivning",
        "kallelse",
        "kom",
        "för",
        "sent",
        "hjälpmedel",
        "hemgång",
        "oklart",
        "vem",
    ),
    *(
        "som",
        "är",
        "fast",
        "vårdkontakt",
        "part",
        "uteblev",
        "från",
        "möte",
        "läkarmedverkan",
        "på",
        "enhet",
        "uteblev",
    ),
    *(
        "ärende",
        "inte",
        "besvarat",
        "epikris",
        "oenighet",
        "om",
        "kostnad",
        "placering",
        "åtgärd",
        "dröjde",
        "återkoppling",
        "öppenvård",
    ),
    *("överenskommelse", "rutin", "följdes", "den", "enskilde", "fick", "vänta", "på", "besked"),
)
_AT_ONCE = 10_000


def fill(store: Store, book: CodeBook, number: int) -> None:
    """``number`` deviations of five years up to ``LAST``, always the same."""
    chance = random.Random(7)
    rows = [{"organisation": "1462", **to_row(deviation(chance, book, each))} for each in range(number)]
    with store.transaction() as connection:
        for start in range(0, number, _AT_ONCE):
            connection.execute(insert(TABLE_OF[Deviation]), rows[start : start + _AT_ONCE])
        search.rebuild(connection)


def made_store(path: Path, book: CodeBook, number: int) -> Store:
    store = Store.create(path, {"organisation": "1462"})
    fill(store, book, number)
    return store


def deviation(chance: random.Random, book: CodeBook, at: int) -> Deviation:
    def code(list_id: str) -> str:
        return chance.choice(book.list(list_id).codes).id

    registered = LAST - timedelta(days=chance.randrange(5 * 365))
    sent = registered + timedelta(days=3) if chance.random() < 0.7 and registered < LAST - timedelta(days=3) else None
    answered = sent + timedelta(days=chance.randrange(100)) if sent and chance.random() < 0.8 else None
    rare = f"ord{chance.randrange(5000)}"
    return Deviation(
        id=f"{at:08x}-0000-7000-8000-{chance.getrandbits(48):012x}",
        number=f"1462-{registered.year}-{at:06d}",
        month=f"{registered:%Y-%m}",
        registered=registered,
        direction=code("riktning"),
        reporter=code("verksamhetstyp"),
        counterpart=code("verksamhetstyp"),
        category=code("kategori"),
        document=code("styrdokument") if chance.random() < 0.8 else None,
        severity=code("allvarlighet"),
        likelihood=code("sannolikhet"),
        status=code("avvikelsestatus"),
        summary=" ".join([*chance.choices(_WORDS, k=12), rare]),
        description=" ".join(chance.choices(_WORDS, k=25)),
        reference=f"MC{chance.randrange(10**6):06d}",
        lift_to=code("lyfts-till") if chance.random() < 0.1 else None,
        feedback=registered + timedelta(days=20)
        if chance.random() < 0.5 and registered < LAST - timedelta(20)
        else None,
        sent_on=sent,
        answered_on=answered if answered and answered <= LAST else None,
    )
