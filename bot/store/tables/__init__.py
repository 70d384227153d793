"""Every table, one module an area; importing this package fills `METADATA`. Store only."""

from bot.store.tables import applications as applications
from bot.store.tables import booking_desk as booking_desk
from bot.store.tables import casework as casework
from bot.store.tables import channels as channels
from bot.store.tables import conversations as conversations
from bot.store.tables import desk as desk
from bot.store.tables import facts as facts
from bot.store.tables import feedback as feedback
from bot.store.tables import incidents as incidents
from bot.store.tables import inspections as inspections
from bot.store.tables import learning as learning
from bot.store.tables import links as links
from bot.store.tables import meetings as meetings
from bot.store.tables import openness as openness
from bot.store.tables import oversight as oversight
from bot.store.tables import papers as papers
from bot.store.tables import people as people
from bot.store.tables import plan_life as plan_life
from bot.store.tables import platform as platform
from bot.store.tables import privacy as privacy
from bot.store.tables import reviews as reviews
from bot.store.tables import routing as routing
from bot.store.tables import services as services
from bot.store.tables import tickets as tickets
from bot.store.tables.base import METADATA as METADATA
