"""Maximum likelihood for models of a few positive parameters, and what an honest fit tells about itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from models.errors import Problem, Rejected

Floats: TypeAlias = NDArray[np.float64]
Objective: TypeAlias = Callable[[Floats], tuple[float, Floats]]
"""Parameters in, their log-likelihood and its gradient by these parameters out."""

EDGE = 11.0  # logarithms of parameters are searched from -EDGE to EDGE, in a scale that suits the data
FLAT = 1e-6  # a mean gradient below it counts as none
_DIFFERENCE = 1e-4
_NEWTON_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Fit:
    """Parameters of greatest likelihood, and how far they can be trusted.

    `standard_errors` come from the Hessian at the maximum (NaN where it tells none). `gradient_norm` is the largest slope
    of the mean log-likelihood by the logarithm of a parameter: 0 at a maximum. `converged` says that there is a maximum
    inside the search and that it was reached; `loose` names parameters that the data do not pin down (at the edge of
    the search, or with a standard error above their value); `message` says all of it in a sentence.
    """

    model: str
    parameters: Mapping[str, float]
    standard_errors: Mapping[str, float]
    log_likelihood: float
    n: int
    converged: bool
    iterations: int
    gradient_norm: float
    message: str
    loose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Peak:
    """The best point found: logarithms of the parameters, mean log-likelihood, its slope, the Hessian of the total."""

    point: Floats
    height: float
    slope: Floats
    iterations: int


def require_positive(model: str, parameters: Mapping[str, float]) -> None:
    """Raise Rejected for every parameter that is no finite number above 0."""
    wrong = {name: value for name, value in parameters.items() if not (np.isfinite(value) and value > 0)}
    if wrong:
        raise Rejected(
            Problem("bad_parameter", f"The parameter {name} of {model} is {value}; it must be above 0.", (name,))
            for name, value in wrong.items()
        )


def starts_around(guess: Sequence[float], *, count: int, seed: int) -> list[Floats]:
    """Places to begin a search, as logarithms: the guess itself, then seeded ones around it."""
    middle = np.log(np.asarray(guess, np.float64))
    spread = np.random.default_rng(seed).normal(0.0, 1.2, (max(count - 1, 0), len(middle)))
    return [np.clip(point, -EDGE, EDGE) for point in (middle, *(middle + spread))]


def maximise(
    model: str,
    names: Sequence[str],
    objective: Objective,
    starts: Sequence[Floats],
    *,
    n: int,
    rough: Objective | None = None,
    units: Sequence[float] | None = None,
    shift: float = 0.0,
) -> Fit:
    """The parameters of greatest likelihood, all above zero, from the best of several starts.

    L-BFGS-B over the logarithms, then Newton's steps on the Hessian. `rough`, where given, is a cheaper objective
    (a part of the data) on which the starts compete; the winner then climbs `objective`. `units` are what each parameter
    is multiplied by, and `shift` what is added to the log-likelihood, to return from the scale of the search.
    """
    total = _in_logarithms(objective, n)
    peaks = [_climb(_in_logarithms(rough, n) if rough else total, start) for start in starts]
    best = max(peaks, key=lambda peak: peak.height)
    if rough:
        best = _climb(total, best.point)
    best = _newton(total, best)
    return _told(
        model, names, total, best, n=n, units=np.ones(len(names)) if units is None else np.asarray(units), shift=shift
    )


def _in_logarithms(objective: Objective, n: int) -> Objective:
    """Mean log-likelihood by the logarithms of the parameters; where it is no number, far below everything."""

    def mean(point: Floats) -> tuple[float, Floats]:
        parameters = np.exp(point)
        height, slope = objective(parameters)
        if not np.isfinite(height) or not np.isfinite(slope).all():
            return -1e300, np.zeros_like(point)
        return height / n, slope * parameters / n

    return mean


def _climb(mean: Objective, start: Floats) -> _Peak:
    def downhill(point: Floats) -> tuple[float, Floats]:
        height, slope = mean(point)
        return -height, -slope

    found = minimize(
        downhill,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(-EDGE, EDGE)] * len(start),
        options={"maxiter": 1000, "maxfun": 4000, "ftol": 1e-13, "gtol": 1e-9},
    )
    height, slope = mean(found.x)
    return _Peak(found.x, height, slope, int(found.nit))


def _hessian(mean: Objective, point: Floats) -> Floats:
    """Central differences of the gradient, made symmetric."""
    rows = [
        (mean(point + step)[1] - mean(point - step)[1]) / (2 * _DIFFERENCE) for step in np.eye(len(point)) * _DIFFERENCE
    ]
    square = np.array(rows)
    return (square + square.T) / 2


def _newton(mean: Objective, peak: _Peak) -> _Peak:
    """Steps to where the slope is nil, taken while each makes the slope smaller and the height no less."""
    for _ in range(_NEWTON_ROUNDS):
        if np.abs(peak.slope).max() < 1e-11 or _at_edge(peak.point).any():
            break
        try:
            step = np.linalg.solve(_hessian(mean, peak.point), -peak.slope)
        except np.linalg.LinAlgError:
            break
        point = np.clip(peak.point + step * min(1.0, 1.0 / max(np.abs(step).max(), 1e-300)), -EDGE, EDGE)
        height, slope = mean(point)
        if height < peak.height - 1e-12 * abs(peak.height) or np.abs(slope).max() >= np.abs(peak.slope).max():
            break
        peak = _Peak(point, height, slope, peak.iterations + 1)
    return peak


def _at_edge(point: Floats) -> NDArray[np.bool_]:
    return np.abs(point) > EDGE - 1e-3


def _told(
    model: str, names: Sequence[str], mean: Objective, peak: _Peak, *, n: int, units: Floats, shift: float
) -> Fit:
    parameters = np.exp(peak.point) * units
    relative = _relative_errors(_hessian(mean, peak.point), n)
    edge = _at_edge(peak.point)
    relative[edge] = np.nan
    norm = float(np.abs(peak.slope[~edge]).max(initial=0.0))
    peaked = bool(np.isfinite(relative).all())
    loose = tuple(name for name, error in zip(names, relative, strict=True) if not error <= 1.0)
    converged = peaked and norm < FLAT
    return Fit(
        model=model,
        parameters=MappingProxyType(dict(zip(names, parameters.tolist(), strict=True))),
        standard_errors=MappingProxyType(dict(zip(names, (relative * parameters).tolist(), strict=True))),
        log_likelihood=peak.height * n + shift,
        n=n,
        converged=converged,
        iterations=peak.iterations,
        gradient_norm=norm,
        message=_sentence(names, edge=edge, norm=norm, peaked=peaked, loose=loose),
        loose=loose,
    )


def _relative_errors(hessian: Floats, n: int) -> Floats:
    """Standard errors of the logarithms of the parameters: those of the parameters in parts of themselves."""
    nothing = np.full(len(hessian), np.nan)
    if not np.isfinite(hessian).all():
        return nothing
    values, vectors = np.linalg.eigh(-hessian * n)
    if values[0] <= 1e-9 * max(values[-1], 1e-300):
        return nothing
    errors: Floats = np.sqrt(np.square(vectors) @ (1.0 / values))
    return errors


def _sentence(
    names: Sequence[str], *, edge: NDArray[np.bool_], norm: float, peaked: bool, loose: tuple[str, ...]
) -> str:
    stuck = [name for name, out in zip(names, edge, strict=True) if out]
    if stuck:
        return (
            f"Not converged: {', '.join(stuck)} ran to the edge of the search. The data have no maximum inside: "
            "subjects differ too little, or nothing of what the parameter describes was seen."
        )
    if norm >= FLAT:
        return f"Not converged: the slope is still {norm:.2g}."
    if not peaked:
        return "Not converged: the likelihood is flat, the data do not tell the parameters apart."
    if loose:
        return f"Converged; the data hardly pin down {', '.join(loose)} (standard errors above the values)."
    return "Converged."
