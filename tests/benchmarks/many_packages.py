"""The packages of fifteen municipalities over several periods, as large as asked for, and the same rows as workbooks.

Half of the rows are counts, the rest activities, check-ins, deviations and outcomes of rules, with texts of ordinary
length. ``python -m tests.benchmarks.many_packages STORE FOLDER`` takes a folder in and prints the most memory it took.
"""

from __future__ import annotations

import hashlib
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import msgspec
import xlsxwriter

from fardplan_desktop.bootstrap import new_workplace, open_workplace, shipped_codebook
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.exchange.keys import SigningKey, check_code, keyid_of
from fardplan_desktop.exchange.package import PackageContent, package_file_name, seal
from fardplan_desktop.exchange.rows import (
    ActivityRow,
    CheckInRow,
    CountRow,
    DeviationRow,
    ExtraPart,
    Row,
    Rows,
    RuleRow,
)
from fardplan_desktop.services import intake, trust
from fardplan_desktop.services.workplace import Workplace

PERIODS = ("2025-T1", "2025-T2", "2025-T3", "2026-T1")
_OFFICE = "fyrbodal"
_LAST = date(2026, 4, 30)
_SUMMARY = "Den enskilde skrevs ut innan planen var klar, och hemtjänsten fick beskedet samma kväll. Nummer {0}."


def packages(folder: Path, number: int, rows: int) -> list[Path]:
    """So many packages of so many rows each, sealed."""
    folder.mkdir()
    book = shipped_codebook()
    made = []
    for organisation, period, sequence in _senders(book, number):
        content = PackageContent(
            issuer=organisation,
            audience=(book.organisation(_OFFICE),),
            period=parse_period(period),
            sequence=sequence,
            approved_at=datetime(2026, 5, 20, 9, tzinfo=UTC),
            approved_by="Socialchef",
            codebook_version=book.version,
            codebook_sha256=book.sha256,
            generator_name="Färdplan Desktop",
            generator_version="1.0.0",
            rows=rows_of(book, organisation.code, rows, parse_period(period)),
        )
        path = folder / package_file_name(organisation.code, period, sequence)
        path.write_bytes(seal(content, key_of(organisation.code), practice=True))
        made.append(path)
    return made


def workbooks(folder: Path, number: int, rows: int) -> list[Path]:
    """The same rows as each office would send them today: a workbook with a sheet for each file."""
    folder.mkdir()
    book = shipped_codebook()
    made = []
    for organisation, period, _ in _senders(book, number):
        path = folder / f"{organisation.code}_{period}.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
            for kind, group in groups(rows_of(book, organisation.code, rows, parse_period(period))):
                sheet = workbook.add_worksheet(kind.__name__)
                sheet.write_row(0, 0, kind.__struct_fields__)
                for line, row in enumerate(group, 1):
                    sheet.write_row(line, 0, [_cell(each) for each in msgspec.structs.astuple(row)])
        made.append(path)
    return made


def office(path: Path) -> Workplace:
    """A store to take them in to, that knows every sender."""
    made = new_workplace(path, _OFFICE, practice=True)
    for organisation in made.codebook.members(_OFFICE, _LAST):
        public = key_of(organisation.code).public
        code = check_code(public)
        sender = trust.Candidate(organisation, keyid_of(public), public, code)
        trust.trust(made, candidate=sender, heard=" ".join(list(dict.fromkeys(code.split()))[:2]))
    return made


def key_of(code: str) -> SigningKey:
    return SigningKey(hashlib.sha256(f"bench:{code}".encode()).digest())


def groups(rows: Rows) -> Iterator[tuple[type[Row], tuple[Row, ...]]]:
    yield ActivityRow, rows.activities
    yield CheckInRow, rows.check_ins
    yield CountRow, rows.counts
    yield DeviationRow, rows.deviations
    yield RuleRow, rows.rules


def rows_of(book: CodeBook, code: str, number: int, period: Period) -> Rows:
    """A fifth are activities, check-ins and rules, three tenths deviations; the period's counts, and then check-ins
    again, fill it up."""
    chance = Random(code)
    activities = tuple(_activity(chance, each) for each in range(number // 20))
    deviations = tuple(_deviation(book, chance, code, each, period) for each in range(number * 3 // 10))
    rules = tuple(_rule(each) for each in range(number // 20))
    left = number - sum(map(len, (activities, deviations, rules)))
    counts = _counts(book, left - number // 10, period)
    check_ins = tuple(_check_in(chance, activities[each % len(activities)]) for each in range(left - len(counts)))
    return Rows(activities=activities, check_ins=check_ins, counts=counts, deviations=deviations, rules=rules)


def _senders(book: CodeBook, number: int) -> list[tuple[Organisation, str, int]]:
    """Sender, period and number: of each sender a period after the other."""
    members = book.members(_OFFICE, _LAST)
    return [(organisation, period, sequence) for organisation in members for sequence, period in enumerate(PERIODS, 1)][
        :number
    ]


def _counts(book: CodeBook, number: int, period: Period) -> tuple[CountRow, ...]:
    """Every measure and value of its breakdowns in each month, or as many as asked for."""
    places = [
        (measure.id, month.id, breakdown, code.id)
        for month in period.months
        for measure in book.measures
        for breakdown in measure.breakdowns
        for code in book.list(breakdown).codes
    ]
    return tuple(
        CountRow(
            id=f"{measure}/{month}/{breakdown}/{code}", measure=measure, period=month, breakdown=breakdown, value=code,
            state="reported", n=each % 100, comment="Uppgift från enheterna" if each % 5 == 0 else None,
        )
        for each, (measure, month, breakdown, code) in enumerate(places[:number])
    )  # fmt: skip


def _activity(chance: Random, number: int) -> ActivityRow:
    return ActivityRow(
        id=_id(chance), plan="Handlingsplan 2026", plan_type="lokal", plan_year=2026,
        title=f"Gemensam rutin för utskrivning, del {number}", method="A1", also_methods=("A2",), preconditions=("F1",),
        areas=("P1", "G3"), joint=None, target_group=None, goal="Fler får en samordnad plan i tid", indicator=None,
        responsible="Enhetschef", partners=("Vårdcentralen", "Sjukhuset"), start=date(2026, 1, 12), end=None,
        status=None, status_note=None, forecast=None, percent=50, obstacle=None, next_step="Möte i oktober",
        lift_to=None,
        extra=ExtraPart(resources=None, involvement=None, children=None, lesson=None, shareable=True),
    )  # fmt: skip


def _check_in(chance: Random, activity: ActivityRow) -> CheckInRow:
    comment = "Vi har haft möte och går vidare enligt planen."
    return CheckInRow(
        id=_id(chance), activity=activity.id, date=date(2026, 3, 2), status=None, forecast=None, comment=comment
    )


def _deviation(book: CodeBook, chance: Random, code: str, number: int, period: Period) -> DeviationRow:
    def one(list_id: str) -> str:
        return chance.choice(book.list(list_id).codes).id

    return DeviationRow(
        id=_id(chance), number=f"{code}-{period.year}-{number + 1:04d}", month=period.months[0].id,
        registered=period.start,
        direction=one("riktning"), reporter=one("verksamhetstyp"), counterpart=one("verksamhetstyp"),
        counterpart_org="Vårdcentralen", category=one("kategori"), subcategory=None, kind=None, document=None,
        document_text=None, stage=one("skede"), target_group=None, age_group=one("alder"), consequence=None,
        severity=one("allvarlighet"), likelihood=one("sannolikhet"), risk=None, summary=_SUMMARY.format(number),
        status=one("avvikelsestatus"), days_to_send=2, days_to_answer=9, causes=(one("orsak"),),
        action=one("atgardstyp"), action_text="Genomgång med avdelningen och ny rutin.", follow_up=None, effect=None,
        lex=None, system=None, lift_to=None, feedback=None,
    )  # fmt: skip


def _rule(number: int) -> RuleRow:
    subject = f"SIP08/{number}"
    return RuleRow(
        id=f"R01/{subject}", rule="R01", version=1, severity="warning", subject=subject, outcome="ok", comment=None
    )


def _id(chance: Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128)))


def _cell(value: object) -> object:
    plain: object = msgspec.to_builtins(value)
    return plain if isinstance(plain, str | int | None) else msgspec.json.encode(plain).decode()


def main(store: Path, folder: Path) -> None:
    own = open_workplace(store)
    before = _memory("VmRSS")
    results = intake.receive(own, paths=[folder])
    assert all(each.stored for each in results), results[0].verdict
    own.store.close()
    print(_memory("VmHWM") - before)


def _memory(name: str) -> int:
    """Bytes: what the process has now (``VmRSS``) or had at most (``VmHWM``)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
