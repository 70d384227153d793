"""Offers under a finished plan what can be taken away."""

from rasa_sdk.executor import CollectingDispatcher


def offer_papers(say: CollectingDispatcher) -> None:
    """Show a button for each."""
    say.utter_message(response="utter_papers_offer")
