"""Sends events to RabbitMQ: durable topic exchange, persistent messages, publisher confirms."""

from collections.abc import Sequence

import msgspec
import pika
import structlog
from pika.exceptions import AMQPError

from bot.domain.outgoing_events import OutgoingEvent
from bot.services.conversations.outgoing_ports import BrokerDown

CONNECT_TIMEOUT_S = 5.0
BLOCKED_TIMEOUT_S = 10.0
"""A broker that is short of memory or disk stops publishers; we do not wait for it."""

PERSISTENT = 2

log = structlog.get_logger()


class Rabbit:
    """A broker, spoken to by one thread at a time; a connection lasts for one batch.

    Args:
        url: "amqps://user:password@host:port/vhost".
        exchange: Name of the topic exchange; made when it is missing.
    """

    def __init__(self, url: str, exchange: str) -> None:
        self._parameters = pika.URLParameters(url)
        self._parameters.socket_timeout = CONNECT_TIMEOUT_S
        self._parameters.stack_timeout = CONNECT_TIMEOUT_S
        self._parameters.blocked_connection_timeout = BLOCKED_TIMEOUT_S
        self._exchange = exchange

    def send(self, events: Sequence[OutgoingEvent]) -> int:
        """Send in order; returns how many were confirmed, from the first on.

        An event that no queue takes is not confirmed: it would be gone.

        Raises:
            BrokerDown: Not even the first was confirmed.
        """
        sent = 0
        try:
            connection = pika.BlockingConnection(self._parameters)
            try:
                channel = connection.channel()
                channel.exchange_declare(self._exchange, exchange_type="topic", durable=True)
                channel.confirm_delivery()
                for event in events:
                    self._publish(channel, event)
                    sent += 1
            finally:
                if connection.is_open:
                    connection.close()
        except (AMQPError, OSError) as error:
            log.warning("events_out_stopped", error=type(error).__name__, sent=sent)
            if sent == 0:
                raise BrokerDown(type(error).__name__) from error
        return sent

    def _publish(
        self, channel: "pika.adapters.blocking_connection.BlockingChannel", event: OutgoingEvent
    ) -> None:
        channel.basic_publish(
            self._exchange,
            event.type,
            msgspec.json.encode(event.as_json()),
            pika.BasicProperties(
                app_id="xiaoer",
                content_type="application/json",
                delivery_mode=PERSISTENT,
                message_id=event.id,
                timestamp=int(event.at.timestamp()),
                type=event.type,
            ),
            mandatory=True,
        )
