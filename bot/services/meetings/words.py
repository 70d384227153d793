"""Puts talks with business into words and buttons of the chat."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.conversations import Author, Button, Reply
from bot.domain.meetings import LONGEST, Meeting, TalkNews, TalkNewsKind
from bot.domain.payloads import TALKS
from bot.domain.talk_texts import TalkTexts
from bot.services.times.local_time import LOCAL

PAGE = "/open/talks"
LONGEST_TEXT = 400
"""So much of a talk's text is said; the rest is on its page."""

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class TalkWords:
    """Words with the address of the open page in them."""

    texts: TalkTexts
    base_url: str

    def say(self, name: str, *buttons: Button, **values: object) -> Reply:
        """Return a sentence with its values."""
        text = self.texts.words[name].format(longest=LONGEST, **values)
        return Reply(text, buttons, author=Author.SYSTEM)

    def button(self, name: str, do: str, talk: int | None = None) -> Button:
        """Return a button that does something, with one talk or with all."""
        what = {"do": do} if talk is None else {"do": do, "talk": talk}
        return Button(self.texts.words[name], f"/{TALKS}{json.dumps(what)}")

    def url(self, meeting: Meeting | None = None) -> str:
        """Return the address of a talk's page, or of all."""
        return self.base_url + (PAGE if meeting is None else f"{PAGE}/{meeting.id}")

    def listed(self, found: Sequence[Meeting], *, is_watching: bool, name: str = "list") -> Reply:
        """Return what is announced, with a button for each; `name` is that of the sentence."""
        more = () if is_watching else (self.button("watch", "watch"),)
        if not found:
            return self.say("none", *more, url=self.url())
        lines = "\n".join(f"{at}. {one.new.title}" for at, one in enumerate(found, 1))
        shown = [_titled(self.button("join", "show", one.id), one.new.title) for one in found]
        return self.say(name, *shown, *more, count=len(found), talks=lines, url=self.url())

    def one(self, meeting: Meeting, *, is_open: bool, is_signed: bool) -> Reply:
        """Return a talk, with what can be done."""
        if meeting.cancelled:
            return self.say("cancelled", reason=meeting.cancelled)
        if not is_open:
            return self.say("ended", url=self.url(meeting))
        return self.say("one", *self._acts(meeting, is_signed=is_signed), **self._told(meeting))

    def told(self, news: TalkNews) -> Reply:
        """Return the news."""
        meeting, words = news.meeting, self._told(news.meeting)
        if news.kind is TalkNewsKind.CANCELLED:
            return self.say("called_off", title=meeting.new.title, reason=meeting.cancelled)
        if news.answer is not None:
            more = self.button("ask_more", "ask", meeting.id)
            said = {"question": news.answer.question, "answer": news.answer.answer}
            return self.say("answered", more, **words, **said)
        return self.say(
            "announced",
            *self._acts(meeting, is_signed=False),
            self.button("stop", "stop"),
            **words,
        )

    def facts(self, meeting: Meeting) -> str:
        """Return kind, time, place and last day, a line each."""
        new, words = meeting.new, self.texts.words
        lines = [self.texts.kind(new.kind)]
        if new.starts_at is not None:
            lines.append(words["starts"].format(at=_moment(new.starts_at)))
        if new.place:
            lines.append(words["place"].format(place=new.place))
        last = f"{new.closes_on.month}月{new.closes_on.day}日"
        return "\n".join([*lines, words["closes"].format(last=last)])

    def _acts(self, meeting: Meeting, *, is_signed: bool) -> Sequence[Button]:
        """Return what can be done; nobody comes to a round of consultation in writing."""
        ask = self.button("ask", "ask", meeting.id)
        if meeting.new.starts_at is None:
            return (ask,)
        come = "sign_off" if is_signed else "join"
        return (self.button(come, come, meeting.id), ask)

    def _told(self, meeting: Meeting) -> dict[str, object]:
        text = meeting.new.text
        return {
            "title": meeting.new.title,
            "facts": self.facts(meeting),
            "text": text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}……",
            "url": self.url(meeting),
        }


def _titled(button: Button, title: str) -> Button:
    return Button(title, button.payload)


def _moment(at: datetime) -> str:
    local = at.astimezone(LOCAL)
    return f"{local.month}月{local.day}日（周{WEEKDAYS[local.weekday()]}）{local:%H:%M}"
