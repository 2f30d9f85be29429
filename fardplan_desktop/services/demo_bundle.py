"""An invented delregion that sends its members' packages on, sealed with a practice key and without a store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from fardplan_desktop import PROGRAM_NAME, __version__
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.exchange.card import make_card
from fardplan_desktop.exchange.keys import SigningKey, public_text
from fardplan_desktop.exchange.kinds import COMPILATION
from fardplan_desktop.exchange.package import NestedPackage, PackageContent, Register, package_file_name, seal
from fardplan_desktop.exchange.statement import Expected, Introduced, MissingPart
from fardplan_desktop.exchange.verify import Opened, open_package
from fardplan_desktop.services.compilation import compile_originals
from fardplan_desktop.services.compiled_rows import rows_of

_APPROVER = "Processledare (övning)"
_WHY = "Har meddelat att uppgifterna kommer senare."


class BundleSender:
    """Seals one period after the other."""

    def __init__(self, codebook: CodeBook, delregion: Organisation, seed: bytes) -> None:
        self._codebook, self._own, self._key = codebook, delregion, SigningKey(seed)
        self._sequence = 0

    def card(self, made: datetime) -> bytes:
        return make_card(self._own, self._key, made)

    def send(self, period: Period, at: datetime, files: Mapping[str, bytes], *, totals_only: bool) -> tuple[str, bytes]:
        """File name and bytes of the period's bundle; ``files``: member → its package that counts."""
        self._sequence += 1
        opened = {code: open_package(data, None) for code, data in files.items()}
        rows = {code: each.rows for code, each in opened.items()}
        compiled = compile_originals(self._codebook, organisation=self._own, period=period, originals=rows)
        content = PackageContent(
            kind="delregion",
            issuer=self._own,
            audience=(self._codebook.county,),
            period=period,
            sequence=self._sequence,
            approved_at=at,
            approved_by=_APPROVER,
            codebook_version=self._codebook.version,
            codebook_sha256=self._codebook.sha256,
            generator_name=PROGRAM_NAME,
            generator_version=__version__,
            tables={COMPILATION: rows_of(compiled, self._codebook)},
            nested=() if totals_only else tuple(_nested(each, files[code]) for code, each in opened.items()),
            register=self._register(period, opened, totals_only),
        )
        return package_file_name(self._own.code, period.id, self._sequence), seal(content, self._key, practice=True)

    def _register(self, period: Period, opened: Mapping[str, Opened], totals_only: bool) -> Register:
        members = self._codebook.members(self._own.code, period.end)
        there = [each for each in members if each.code in opened]
        absent = [each for each in members if each.code not in opened]
        told = [Expected(code=each.code, state="reported" if totals_only else "included") for each in there]
        return Register(
            expected=(*told, *(Expected(code=each.code, state="missing") for each in absent)),
            missing=tuple(MissingPart(code=each.code, reason=_WHY) for each in absent),
            introduces=()
            if totals_only
            else tuple(
                Introduced(code=each.code, name=each.name, public_key=public_text(opened[each.code].public))
                for each in there
            ),
        )


def _nested(opened: Opened, data: bytes) -> NestedPackage:
    about = opened.verdict
    return NestedPackage(
        data=data, code=about.issuer_code, period_id=about.period, sequence=about.sequence, digest=about.digest
    )
