"""The window, or a command. Nothing heavy is imported before it is known which."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 done, 1 refused or found wanting, 2 wrong use."""
    given = sys.argv[1:] if arguments is None else arguments
    if given and given[0] != "--store":
        from fardplan_desktop.cli.main import run

        return run(given, try_window=_try_window)
    from fardplan_desktop.gui import run_window

    return run_window(given[1] if len(given) > 1 else None)


def _try_window() -> None:
    """The part of the self-test that commands cannot do, since they never touch Qt."""
    from fardplan_desktop.gui import self_test

    self_test()


if __name__ == "__main__":
    sys.exit(main())
