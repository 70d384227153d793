"""The XML of callbacks, and what no callback needs."""

import pytest

from bot.channels.tencent.xml import BadXml, read_fields

LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))


def test_the_fields_under_the_root_are_read_and_nested_ones_left_alone() -> None:
    xml = "<xml><A><![CDATA[一<二]]></A><B>3</B><C><D>4</D></C><A>again</A></xml>"

    assert read_fields(xml) == {"A": "一<二", "B": "3", "C": ""}


@pytest.mark.parametrize(
    "xml",
    [
        f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><xml><A>&a12;</A></xml>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><A>&a;</A></xml>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><xml><A>1</A></xml>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x">%p;]><xml/>',
        "<xml><A>&undefined;</A></xml>",
        "<xml><A>",
        "<xml>" + "<A>" * 7 + "</A>" * 7 + "</xml>",
        "<xml>" + "<A/>" * 500 + "</xml>",
        "<xml>\x00</xml>",
        "\ud800",
        b"\xff\xfe\xff",
    ],
    ids=range(11),
)
def test_document_types_entities_and_broken_xml_are_refused(xml: str | bytes) -> None:
    with pytest.raises(BadXml):
        read_fields(xml)
