from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.config.checks import (
    Given,
    check_base_url,
    check_email,
    check_project,
    check_region,
    check_scheme,
    check_words,
)
from tui.config.errors import BadSetting


def base_url(text: str, *, allow_http: bool = False) -> tuple[str, str]:
    return check_base_url(Given(text, "--base-url"), allow_http=allow_http)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://eu.app.clarifeye.ai/api/v1", ("https://eu.app.clarifeye.ai/api/v1", "eu")),
        ("https://us.app.clarifeye.ai/api/v1/", ("https://us.app.clarifeye.ai/api/v1", "us")),
        (" HTTPS://Host.Example:8443/Api/v1// ", ("https://host.example:8443/Api/v1", "host.example:8443")),
        ("https://host", ("https://host", "host")),
        ("http://127.0.0.1:8000/api/v1", ("http://127.0.0.1:8000/api/v1", "127.0.0.1:8000")),
        ("http://localhost/api/v1", ("http://localhost/api/v1", "localhost")),
        ("http://[::1]:8000/api/v1", ("http://[::1]:8000/api/v1", "[::1]:8000")),
    ],
)
def test_a_base_url_is_taken_without_its_trailing_slash(text: str, found: tuple[str, str]) -> None:
    assert base_url(text) == found


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "https://"),
        ("eu", "https://"),
        ("host.example/api/v1", "https://"),
        ("ftp://host/api/v1", "not a base URL"),
        ("https://", "host name"),
        ("https:///api/v1", "host name"),
        ("https://host:99999/api/v1", "port"),
        ("https://host:0/", "port"),
        ("https://ho st/", "host name"),
        ("https://host/a b", "not a base URL"),
        ("https://host/api/v1?x=secret", "Leave out"),
        ("https://host/api/v1#secret", "Leave out"),
        ("https://user:secret@host/api/v1", "password"),
        ("https://host\\@evil/api", "password"),
        ("https://host\r\nX-Evil: secret/", "host name"),
        ("https://hôst/", "host name"),
        ("http://host.example/api/v1", "unencrypted"),
        ("http://127.0.0.1.evil.example/api/v1", "unencrypted"),
        ("http://localhost.evil.example/api/v1", "unencrypted"),
    ],
)
def test_a_base_url_that_cannot_be_right_is_refused_without_quoting_it(text: str, word: str) -> None:
    with pytest.raises(BadSetting, match=word) as caught:
        base_url(text)
    assert "secret" not in str(caught.value)


def test_plain_http_to_another_machine_takes_a_flag() -> None:
    assert base_url("http://host.example/api/v1", allow_http=True)[0] == "http://host.example/api/v1"


@given(st.text())
def test_any_text_is_a_base_url_or_gets_our_error(text: str) -> None:
    try:
        url, _ = base_url(text, allow_http=True)
    except BadSetting:
        return
    assert url.startswith(("http://", "https://"))
    assert url.isascii()
    assert url.isprintable()
    assert " " not in url


@pytest.mark.parametrize(
    "text",
    [
        "3c90c3cc-0d44-4b50-8888-8dd25736052a",
        " 3C90C3CC-0D44-4B50-8888-8DD25736052A\n",
        "3c90c3cc0d444b5088888dd25736052a",
    ],
)
def test_a_project_id_is_brought_to_its_usual_form(text: str) -> None:
    assert check_project(Given(text, "--project")) == "3c90c3cc-0d44-4b50-8888-8dd25736052a"


@pytest.mark.parametrize(
    ("check", "text", "word"),
    [
        (check_project, "", "CLARIFEYE_X is not a UUID"),
        (check_project, "acme", "not a UUID"),
        (check_project, "3c90c3cc-0d44-4b50-8888-8dd25736052a/../x", "not a UUID"),
        (check_project, "٣c90c3cc-0d44-4b50-8888-8dd25736052a", "not a UUID"),
        (check_region, "fr", "Regions: eu, us"),
        (check_email, "someone", "someone@example.com"),
        (check_email, "a@b\r\nX-Evil: 1", "not an e-mail"),
        (check_email, "a b@c.example", "not an e-mail"),
        (check_email, "jörg@example.com", "not an e-mail"),
        (check_email, "a@b@c", "not an e-mail"),
        (check_scheme, "Basic", '"Bearer"'),
        (check_words, "  ", "empty"),
        (check_words, "\udcff", "UTF-8"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place_and_the_right_form(
    check: Callable[[Given], str], text: str, word: str
) -> None:
    with pytest.raises(BadSetting, match=word) as caught:
        check(Given(text, "CLARIFEYE_X"))
    assert "CLARIFEYE_X" in caught.value.title
    assert caught.value.hint


def test_right_values_are_taken() -> None:
    assert check_region(Given(" EU ", "")) == "eu"
    assert check_email(Given("a.b+c@example.com", "")) == "a.b+c@example.com"
    assert check_scheme(Given("token", "")) == "Token"
    assert check_words(Given("größer [bold]", "")) == "größer [bold]"
