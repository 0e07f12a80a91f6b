"""Which packs an install needs besides those asked for, and in which order they go in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from models.errors import Problem, told
from packs.document import near
from packs.reading import ABOUT, Pack, bundled, read_pack


def gather(given: Sequence[str | Path], present: Collection[str] = ()) -> tuple[tuple[Pack, ...], list[Problem]]:
    """The packs of these names or paths with all that they require, each after what it requires.

    A required pack is looked for among those given, then beside the one that asks for it, then among those that
    come with XRM; one that is `present` in the model already may be missing from all of them.
    """
    search = _Search(frozenset(present))
    for one in given:
        search.take(one)
    search.follow()
    if search.problems:
        return (), search.problems
    return ordered(tuple(search.found.values()))


_CIRCLE = "Packs require each other in a circle: {circle}. Take one `requires` out."


def ordered(packs: Sequence[Pack]) -> tuple[tuple[Pack, ...], list[Problem]]:
    """The packs, each after those among them that it requires; a circle of requirements is named."""
    waiting = {pack.name: pack for pack in packs}
    placed: list[Pack] = []
    while waiting:
        ready = [pack for pack in waiting.values() if not any(name in waiting for name in pack.requires)]
        if not ready:
            circle = " → ".join(_circle(waiting))
            return (), [told("circle", _CIRCLE, circle=circle)]
        placed += [waiting.pop(pack.name) for pack in ready]
    return tuple(placed), []


class _Search:
    """Packs found so far, what went wrong, and where further ones may lie."""

    def __init__(self, present: frozenset[str]) -> None:
        self.found: dict[str, Pack] = {}
        self.problems: list[Problem] = []
        self._present = present
        self._beside: list[Path] = []
        self._bundled = bundled()

    def take(self, given: str | Path) -> None:
        """Read a pack that was asked for: a path where there is something at it, else the name of a bundled one."""
        path = Path(given)
        if path.exists() and (len(path.parts) > 1 or str(given) not in self._bundled):
            self._beside.append(path.resolve().parent)
            self._read(path)
        elif str(given) in self._bundled:
            self._read(self._bundled[str(given)])
        else:
            known = ", ".join(self._bundled)
            cure = near(str(given), self._bundled) or f" With XRM come {known}; others are named by their path."
            name = repr(str(given))
            self.problems.append(
                told("unknown_pack", "There is no pack {name}.{cure}", name=name, cure=cure, known=known)
            )

    def follow(self) -> None:
        """Read what is required until nothing is missing."""
        asked = list(self.found.values())
        while asked:
            pack = asked.pop()
            for name in pack.requires:
                if name in self.found:
                    continue
                folder = self._folder(name)
                if folder is not None:
                    asked += self._read(folder)
                elif name not in self._present:
                    self.problems.append(_missing(pack, name, self._bundled))

    def _folder(self, name: str) -> Path | None:
        beside = next((parent / name for parent in self._beside if (parent / name / ABOUT).is_file()), None)
        return beside or self._bundled.get(name)

    def _read(self, path: Path) -> list[Pack]:
        pack, problems = read_pack(path)
        self.problems += problems
        if pack is None:
            return []
        if pack.name in self.found:
            self.problems.append(
                told("pack_twice", "The pack {name} is given twice; name it once.", (pack.name,), name=repr(pack.name))
            )
        self.found[pack.name] = pack
        return [pack]


def _missing(pack: Pack, name: str, known: Collection[str]) -> Problem:
    cure = near(name, known) or f" Put its folder beside {pack.name}'s, or give its path too."
    sentence = "{pack} requires the pack {name}, which is nowhere to be found.{cure}"
    return told("missing_pack", sentence, (pack.name,), pack=pack.name, name=repr(name), cure=cure)


def _circle(waiting: dict[str, Pack]) -> list[str]:
    """The names along a circle, its first again at the end."""
    name = next(iter(waiting))
    walked: list[str] = []
    while name not in walked:
        walked.append(name)
        name = next(required for required in waiting[name].requires if required in waiting)
    return [*walked[walked.index(name) :], name]
