"""Repositories of reviews, complaints and what is open to everybody; part of the unit of work."""

from functools import cached_property

from sqlalchemy.engine import Connection

from bot.store.feedback_desk import FeedbackDeskRepository
from bot.store.inspections import InspectionRepository
from bot.store.meeting_chat import MeetingChatRepository
from bot.store.meetings import MeetingRepository
from bot.store.open_counts import OpenCountRepository
from bot.store.open_sources import OpenSourceRepository
from bot.store.publications import PublicationRepository
from bot.store.review_codes import ReviewCodeRepository
from bot.store.reviews import ReviewRepository


class OpenRepositories:
    """Repositories on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def open_counts(self) -> OpenCountRepository:
        """Counts behind the open statistics."""
        return OpenCountRepository(self._connection)

    @cached_property
    def open_sources(self) -> OpenSourceRepository:
        """What the open statistics count."""
        return OpenSourceRepository(self._connection)

    @cached_property
    def review_codes(self) -> ReviewCodeRepository:
        """Codes to review a service with, and invitations."""
        return ReviewCodeRepository(self._connection)

    @cached_property
    def inspections(self) -> InspectionRepository:
        """Samples that third parties draw, and what they found."""
        return InspectionRepository(self._connection)

    @cached_property
    def meetings(self) -> MeetingRepository:
        """Talks with business."""
        return MeetingRepository(self._connection)

    @cached_property
    def meeting_chat(self) -> MeetingChatRepository:
        """Talks with business in the chat."""
        return MeetingChatRepository(self._connection)

    @cached_property
    def publications(self) -> PublicationRepository:
        """What of complaints and suggestions everybody may read."""
        return PublicationRepository(self._connection)

    @cached_property
    def feedback_desk(self) -> FeedbackDeskRepository:
        """Complaints and suggestions as staff work on them."""
        return FeedbackDeskRepository(self._connection)

    @cached_property
    def reviews(self) -> ReviewRepository:
        """Service reviews and rectification tasks."""
        return ReviewRepository(self._connection)
