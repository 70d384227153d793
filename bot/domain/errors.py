"""The errors of the rules: one base, children named by what went wrong."""


class BotError(Exception):
    """Base of every error that a rule or a use case raises on purpose.

    Whoever answers an applicant maps the children to responses; whatever is not a `BotError` is a
    defect.
    """


class UnknownEntry(BotError):
    """An id that the catalogue does not hold.

    Attributes:
        entry_id: The id that was asked for.
    """

    def __init__(self, entry_id: str) -> None:
        super().__init__(f"{type(self).__name__}: {entry_id!r} is not in the catalogue")
        self.entry_id = entry_id


class UnknownMatter(UnknownEntry):
    """No matter has this id."""


class UnknownOneThing(UnknownEntry):
    """No one-thing bundle has this id."""


class UnknownProjectType(UnknownEntry):
    """No project type has this id."""


class UnknownPolicy(UnknownEntry):
    """No policy has this id."""


class UnknownDistrict(UnknownEntry):
    """No county, district or functional zone has this code or id."""


class UnknownDepartment(UnknownEntry):
    """No department has this id."""


class UnknownEnterpriseType(UnknownEntry):
    """No enterprise type has this id."""


class UnknownIndustry(UnknownEntry):
    """No industry has this code."""


class UnknownLifeEvent(UnknownEntry):
    """No change or end of a business has this id."""


class UnknownQuestion(UnknownEntry):
    """No question has this id."""


class BadCondition(BotError):
    """A `when` expression that cannot be read, or uses a name that is no question."""
