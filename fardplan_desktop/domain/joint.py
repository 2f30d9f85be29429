"""Joint activities as they are shown: those of the code book and those of joint plans are one list to the user."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec

from fardplan_desktop.domain.records import Activity, JointAnswer, JointPlan, JointTask

CODE_BOOK_PLAN = "mattochlistor"
"""Beginning of the id of a plan that is no record: the joint activities of one plan in the code book."""


class Answering(StrEnum):
    """What a municipality can say to a joint activity; the words that travel."""

    FOLLOWS = "foljer"
    ADAPTS = "anpassar"
    HAS = "har-redan"
    DECLINES = "prioriterar-inte"


ANSWER_WORDS: Mapping[str, str] = {
    Answering.FOLLOWS: "Följer",
    Answering.ADAPTS: "Anpassar",
    Answering.HAS: "Har redan",
    Answering.DECLINES: "Prioriterar inte",
}
_NAMED = 5
UNANSWERED = "Ej svarat"
NOT_DELIVERED = "Ej inlämnat"
ANSWER_SIGNS: Mapping[str, str] = {
    Answering.FOLLOWS: "✓",
    Answering.ADAPTS: "±",
    Answering.HAS: "=",
    Answering.DECLINES: "×",
}
"""The shape beside the word in print; every one is in the typeface."""


class Joint(msgspec.Struct, frozen=True):
    """One joint activity that stands in force here, whoever made it."""

    task: JointTask
    plan: JointPlan
    issuer: str
    """Code of the county or delregion that asks for it."""
    read_in: bool = False
    """It came sealed, or was sealed here; else the code book states it."""

    @property
    def id(self) -> str:
        return self.task.id

    @property
    def ended(self) -> bool:
        return self.task.ended is not None


class Standing(msgspec.Struct, frozen=True):
    """A joint activity with how we have answered it."""

    joint: Joint
    answer: JointAnswer | None
    """None: nobody has taken a stand. An own activity that names the joint one is an answer too."""
    activity: Activity | None
    """The own activity that carries it out."""


class Verb(StrEnum):
    """How a joint activity differs from the version that was sealed or read in before."""

    NEW = "ny"
    CHANGED = "ändrad"
    ENDED = "avslutad"
    RESUMED = "återupptagen"


class JointDifference(msgspec.Struct, frozen=True):
    """One joint activity, or the plan itself, that is not as it was."""

    verb: Verb
    id: str
    title: str
    sentence: str
    """``”Närområdesplan” är ändrad: mål och tid.``"""
    plan: bool = False
    """It is the plan that is told of."""


class JointChanges(msgspec.Struct, frozen=True):
    """What a version changes; empty when it changes nothing."""

    differences: tuple[JointDifference, ...]

    @property
    def summary(self) -> str:
        """``3 nya, 1 ändrad, 1 avslutad``; the plan's own changes are not counted."""
        told = []
        for verb, (one, many) in _MANY.items():
            count = sum(each.verb is verb and not each.plan for each in self.differences)
            if count:
                told.append(f"{count} {one if count == 1 else many}")
        return ", ".join(told)

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(each.sentence for each in self.differences)


_MANY = {
    Verb.NEW: ("ny", "nya"),
    Verb.CHANGED: ("ändrad", "ändrade"),
    Verb.ENDED: ("avslutad", "avslutade"),
    Verb.RESUMED: ("återupptagen", "återupptagna"),
}


class JointCell(msgspec.Struct, frozen=True):
    """How one municipality stands to one joint activity."""

    answer: str = ""
    """A code of ``Answering``; empty when it has not answered."""
    delivered: bool = True
    """Whether there is any package from it to answer in."""
    status: str = ""
    """Of the activity that carries it out, in words."""
    forecast: str = ""
    """``▲ Risk``."""
    reason: str = ""
    activity: str = ""
    """Title of that activity."""

    @property
    def word(self) -> str:
        """``Följer``, ``Ej svarat`` or ``Ej inlämnat``."""
        return ANSWER_WORDS.get(self.answer) or (UNANSWERED if self.delivered else NOT_DELIVERED)

    @property
    def standing(self) -> str:
        """The activity's status and forecast; nothing of what is not done by choice."""
        return ", ".join(part for part in (self.status, self.forecast) if part)


class JointRow(msgspec.Struct, frozen=True):
    """One joint activity with the answer of every municipality that it is asked of."""

    joint: Joint
    source: str
    """Who asks for it, and in what plan."""
    cells: Mapping[str, JointCell]
    """By municipality code."""

    @property
    def answered(self) -> int:
        return sum(bool(each.answer) for each in self.cells.values())

    def count(self, answer: str, members: frozenset[str] | None = None) -> int:
        """How many answer so; of these members when given."""
        return sum(each.answer == answer and (members is None or code in members) for code, each in self.cells.items())


class Group(msgspec.Struct, frozen=True):
    """Municipalities beside each other: a delregion's."""

    name: str
    members: tuple[tuple[str, str], ...]
    """(code, short name), in Swedish order."""


class JointMatrix(msgspec.Struct, frozen=True):
    """Joint activity × municipality as the packages up to a period say."""

    period: str
    """Name of it, as in a sentence."""
    groups: tuple[Group, ...]
    rows: tuple[JointRow, ...]
    delivered: int
    """Members with a package to read answers in."""
    earlier: tuple[str, ...] = ()
    """Short names of members whose latest package is of an earlier period."""
    unknown: int = 0
    """Answers to joint activities that are not known here: a plan that has not been read in."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader must know of the answers: some are older, some are to plans that are not known here."""
        told = []
        if self.earlier:
            told.append(f"Svaren står som i ett tidigare paket för {_names(self.earlier)}.")
        if self.unknown:
            words = (
                "1 svar gäller en gemensam aktivitet"
                if self.unknown == 1
                else (f"{self.unknown} svar gäller gemensamma aktiviteter")
            )
            told.append(
                f"{words} som inte är inläst{'' if self.unknown == 1 else 'a'} här. Läs in länets senaste plan."
            )
        return tuple(told)

    @property
    def members(self) -> tuple[tuple[str, str], ...]:
        return tuple(each for group in self.groups for each in group.members)


def _names(names: tuple[str, ...]) -> str:
    """At most five by name."""
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} och {len(names) - _NAMED} till"
    return " och ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


class JointPaper(msgspec.Struct, frozen=True, kw_only=True):
    """The matrix to print."""

    organisation: str
    as_of: date
    demo: bool
    data_version: str
    codebook_version: int
    codebook_sha256: str
    matrix: JointMatrix
