"""One list of authorities for all clients, and certificates are still checked."""

import ssl

import certifi


def test_the_usual_list_is_read_once() -> None:
    first = ssl.create_default_context(cafile=certifi.where())
    assert ssl.create_default_context(cafile=certifi.where()) is first
    assert first.verify_mode is ssl.CERT_REQUIRED
    assert first.check_hostname


def test_whoever_names_a_purpose_gets_a_context_of_its_own() -> None:
    first = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    assert ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) is not first
