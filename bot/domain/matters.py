"""Government matters: what is applied for, by whom, with which documents, in which order."""

from dataclasses import dataclass

from bot.domain.facts import Citation, Confidence, Duration, Faq, Fee, Provenance


@dataclass(frozen=True)
class Material:
    """One document of a matter.

    Attributes:
        name: As on the list at the window.
        form: 原件, 复印件, 电子证照 ...
        copies: Number of copies, >= 1.
        provided_by: Who issues or writes it.
        required: Always asked for; False means only where it applies.
        conditional: Asked for in some cases only; the name says in which.
        deferrable: May be handed in after acceptance (容缺).
        commitment_ok: A written commitment replaces it (告知承诺).
        shared_no_submit: The state already holds it, so nobody submits it (免提交).
        provenance: Origin of this line of the list.
    """

    name: str
    form: str
    copies: int
    provided_by: str
    required: bool
    conditional: bool
    deferrable: bool
    commitment_ok: bool
    shared_no_submit: bool
    provenance: Provenance


@dataclass(frozen=True)
class ConditionalDependency:
    """A matter that must come first only in some cases.

    Attributes:
        matter_id: The matter that comes first.
        when: The case in words, for people; nobody can compute it.
    """

    matter_id: str
    when: str


@dataclass(frozen=True)
class Matter:
    """One matter of the service list.

    Attributes:
        id: Stable id such as `lic-food-operate`.
        name: Official name.
        aliases: Short and colloquial names.
        category: One of `startup licence change exit construction property utility tax`.
        stage: Where it stands in the life of a business or project, as researched.
        kind: Legal kind, as researched (行政许可, 行政备案 ...).
        department_id: The department that leads; whistles about this matter go there.
        department: The researched wording of who handles what.
        applicants: Who may apply.
        channels: Where it can be done.
        statutory: Time limit of the law.
        promised: Time limit that the departments promise.
        fee: What it costs.
        materials: Documents, in the order of the list.
        result: What the applicant receives.
        conditions: Conditions to meet; often empty.
        legal_basis: Laws and rules.
        depends_on: Ids of matters that must be finished before.
        depends_on_any: Groups of ids; of each group one must be finished before.
        depends_on_if: Matters that come first only in some cases.
        parallel_with: Ids of matters that can be done at the same time.
        faqs: Questions that people ask.
        industry_codes: GB/T 4754-2017 codes for which the matter is meant; often empty.
        validity: How long the result is valid; "" when the source says nothing.
        notes: Whatever else matters.
        sources: Where the entry as a whole comes from.
        provenance: The same in one, with date and confidence.
        assisting_department_ids: Other departments that the wording names; they assist.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    category: str
    stage: str
    kind: str
    department_id: str
    department: str
    applicants: tuple[str, ...]
    channels: tuple[str, ...]
    statutory: Duration
    promised: Duration
    fee: Fee
    materials: tuple[Material, ...]
    result: str
    conditions: tuple[str, ...]
    legal_basis: tuple[Citation, ...]
    depends_on: tuple[str, ...]
    depends_on_any: tuple[tuple[str, ...], ...]
    depends_on_if: tuple[ConditionalDependency, ...]
    parallel_with: tuple[str, ...]
    faqs: tuple[Faq, ...]
    industry_codes: tuple[str, ...]
    validity: str
    notes: tuple[str, ...]
    sources: tuple[Citation, ...]
    provenance: Provenance
    assisting_department_ids: tuple[str, ...] = ()

    @property
    def confidence(self) -> Confidence:
        """How far the entry as a whole may be relied on."""
        return self.provenance.confidence
