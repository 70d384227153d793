"""What inspections need of the database."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.inspections import Finding, Sample, SampledCase, SampleWish


class InspectionStore(Protocol):
    """Samples and findings."""

    def closed_ids(self, start: datetime, end: datetime) -> Sequence[int]:
        """Return the cases closed in [start, end), made-up ones left out, by id."""

    def add_sample(
        self,
        wish: SampleWish,
        case_ids: Sequence[int],
        *,
        population: int,
        agent_id: int,
        now: datetime,
    ) -> int:
        """Write a sample; returns its id."""

    def samples(self, limit: int) -> Sequence[Sample]:
        """Return the newest samples first."""

    def sample(self, sample_id: int) -> Sample | None:
        """Return one."""

    def cases(self, sample_id: int) -> Sequence[SampledCase]:
        """Return the cases of a sample in the order of the draw."""

    def add_finding(
        self,
        *,
        sample_id: int | None,
        position: int | None,
        text: str,
        due_on: date,
        agent_id: int,
        now: datetime,
    ) -> int:
        """Write a finding; returns its id."""

    def findings(self, limit: int) -> Sequence[Finding]:
        """Return open findings, the most urgent first, then answered ones, the newest first."""

    def answer(self, finding_id: int, *, text: str, agent_id: int, now: datetime) -> bool:
        """Answer an open finding; False when it is not open."""
