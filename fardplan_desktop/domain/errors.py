"""World errors: things that go wrong outside the program, said so that the user knows what to do.

A bug is any other exception; only the two doors (the window's crash dialog and the command line's main) catch those.
"""

from __future__ import annotations


class WorldError(Exception):
    """Something outside the program is not as it should be; nothing half-done is left behind.

    The three parts are Swedish sentences: what happened, why (may be empty), what to do next.
    """

    def __init__(self, what: str, why: str = "", todo: str = "", *, detail: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.todo = todo
        self.detail = detail

    @property
    def sentence(self) -> str:
        """The whole message on one line."""
        return " ".join(part for part in (self.what, self.why, self.todo) if part)

    def __str__(self) -> str:
        return self.sentence


class StoreProblem(WorldError):
    """The local store cannot be opened, read or written."""


class Held(StoreProblem):
    """Another program has the store open; a copy of it may be read meanwhile."""


class StaleEdit(WorldError):
    """What is stored is no longer what the edit started from; the stored value is kept."""


class Locked(WorldError):
    """The period is sealed; a correction must be opened first."""


class InputProblem(WorldError):
    """What was typed, pasted or read from a table is not acceptable."""


class PersonalData(WorldError):
    """A text holds something that identifies a person; it is not saved."""


class CodeBookProblem(WorldError):
    """The code book contradicts itself or cannot be read."""


class KeyProblem(WorldError):
    """A key or its passphrase cannot be used."""


class Refusal(WorldError):
    """A package, card or file from outside was refused; ``code`` is the step that said no (E01 … E99)."""

    def __init__(self, code: str, what: str, why: str = "", todo: str = "", *, detail: str = "") -> None:
        super().__init__(what, why, todo, detail=detail)
        self.code = code
