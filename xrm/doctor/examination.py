"""Everything the doctor looks at, in its order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xrm import database, settings
from xrm.doctor import machine, neo4j, packages
from xrm.doctor.finding import Finding, ill, well
from xrm.settings import BadSettings, Settings

CHECKS: tuple[Callable[[Settings], Finding], ...] = (
    packages.python,
    packages.rooms,
    packages.dependencies,
    machine.home,
    machine.disk,
    machine.memory,
    machine.port,
    neo4j.jars,
    neo4j.answer,
)


@dataclass(frozen=True, slots=True)
class Examination:
    """The settings as they are in force, secrets masked, and what was found."""

    settings: Mapping[str, str]
    findings: tuple[Finding, ...]

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to mend."""
        return all(finding.well for finding in self.findings)


def examine(environment: Mapping[str, str] | None = None, *, progress: database.Progress) -> Examination:
    """Look at everything; bad settings are found too, and then nothing else can be looked at."""
    misspelt = [_unknown(name) for name in settings.unknown(environment)]
    try:
        present = settings.load(environment)
    except BadSettings as error:
        bad = [ill("settings", problem.message) for problem in error.problems]
        return Examination({}, (*bad, *misspelt))
    first = misspelt or [well("settings", "all of them can be used")]
    findings = list(first)
    for number, check in enumerate(CHECKS):
        progress("Looking at everything", number / len(CHECKS))
        findings.append(check(present))
    return Examination(present.shown(), tuple(findings))


def _unknown(name: str) -> Finding:
    return ill("settings", f"{name} is set, but is no setting.", "Mend its spelling or unset it.")
