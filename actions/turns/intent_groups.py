"""Groups of intents that several readers tell apart."""

from actions.turns.turn import QUESTION_INTENTS

SERVICE_INTENTS = frozenset(
    {
        "start_business",
        "plan_project",
        "apply_online",
        "query_case",
        "follow_case",
        "urge_case",
        "blow_whistle",
        "query_ticket",
        "request_agent",
        "book_appointment",
        "change_appointment",
        "cancel_appointment",
        "query_appointment",
        "search_policy",
        "match_policy",
        "rate_service",
        "complain",
        "suggest",
    }
)
"""Intents that stand for something to be done, so that they can be put off and offered."""


JOURNEYS = frozenset({"start_business", "plan_project"})


STORIES = frozenset(
    {
        "abuse",
        "blow_whistle",
        "complain",
        "dispute_answer",
        "emergency",
        "rate_service",
        "suggest",
    }
)
"""Intents whose sentences tell a story: their clauses are no requests of their own."""


EMPTY = frozenset({"affirm", "chitchat", "deny", "greet", "inform", "nlu_fallback", "thank"})
"""Intents that give way to a request that stands in the same message."""


LOOKED_UP = QUESTION_INTENTS | {"search_policy"}
"""What is answered at once beside a journey, since it asks nothing back."""


APPOINTMENTS = frozenset({"cancel_appointment", "change_appointment", "query_appointment"})
"""Intents that mean a booking, so that a word of one has to be there."""


CASES = frozenset({"follow_case", "query_case", "urge_case"})
"""Intents that mean something handed in."""


RATES = "rate_service"
"""Intent of who asks about a review as well as of who gives one."""


POLICIES = frozenset({"apply_policy", "match_policy", "search_policy"})
"""Wishes for money of the state, and for what it asks."""


SUMMED = frozenset({"ask_fee", "ask_materials", "ask_time_limit"})
"""Questions that a whole plan answers, so that they are worth asking beside its beginning."""


MISREAD = frozenset({"apply_online", "nlu_fallback", "out_of_scope"})
"""What the model takes a question such as "还要另办吗" for."""


UNNAMED = QUESTION_INTENTS | {"go_back", "nlu_fallback", "out_of_scope"}
"""What the model takes a second wish for that changes something: 范围也改一下."""


BOOKING = "booking_form"


BOOKS = "book_appointment"


TRADES = frozenset({"industry", "project_type"})
"""Names without which a journey beside a booking only says what help is wanted for: 办执照."""


APPLIES = "apply_online"


TELLING = frozenset({"ask_eligibility", "ask_materials", "ask_procedure"})
"""What the model takes a clause for that asks nothing and only says what another is about."""
