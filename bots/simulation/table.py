"""The measure, printed: by skill, and the failures by the id that replays them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bots.simulation.trial import Trial


@dataclass(frozen=True, kw_only=True)
class Score:
    goals: int
    # The share of tries that succeed, and of goals whose tries all do.
    once: float
    always: float
    violations: int
    turns: float


def score(trials: Sequence[Trial]) -> Score:
    by_goal: dict[str, list[bool]] = defaultdict(list)
    for trial in trials:
        by_goal[trial.goal].append(trial.passed)
    return Score(
        goals=len(by_goal),
        once=sum(trial.passed for trial in trials) / len(trials),
        always=sum(map(all, by_goal.values())) / len(by_goal),
        violations=sum(len(trial.finding.violations) for trial in trials),
        turns=sum(trial.turns for trial in trials) / len(trials),
    )


def lines(trials: Sequence[Trial], passes: int) -> Iterator[str]:
    """A row a skill, then all of them together."""
    yield (
        f"{'skill':24}{'goals':>7}{'pass^1':>9}{f'pass^{passes}':>9}"
        f"{'violations':>12}{'turns':>7}"
    )
    for skill in sorted({trial.skill for trial in trials}):
        yield _row(skill, [trial for trial in trials if trial.skill == skill])
    yield _row("all", trials)


def _row(name: str, trials: Sequence[Trial]) -> str:
    found = score(trials)
    return (
        f"{name:24}{found.goals:>7}{found.once:>9.1%}{found.always:>9.1%}"
        f"{found.violations:>12}{found.turns:>7.1f}"
    )


def failures(trials: Sequence[Trial]) -> Iterator[str]:
    for trial in trials:
        if not trial.passed:
            found = (*trial.finding.violations, *trial.finding.lacks)
            yield f"{trial.id}: {'; '.join(found)}"


def replay(trial: Trial) -> Iterator[str]:
    """The talk as it went, and what the checker found."""
    yield f"== {trial.id}: {'passed' if trial.passed else 'failed'}"
    for sender, text in trial.talk:
        mark = ">" if sender == "shopper" else " "
        for line in text.splitlines():
            yield f"{mark} {line}"
    for violation in trial.finding.violations:
        yield f"violation: {violation}"
    for lack in trial.finding.lacks:
        yield f"lacks: {lack}"
