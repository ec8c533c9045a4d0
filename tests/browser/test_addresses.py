"""What the browser asks for beside the page, from the running server."""

import json
import time
import urllib.request
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest

from lrviz.link import to_text
from lrviz.page import Page
from lrviz.scene import first_scene
from tests.bench.links import CORPUS, query

pytestmark = pytest.mark.browser


def _get(address, sent=None, **headers):
    """Status, headers and body."""
    try:
        asked = urllib.request.Request(address, sent, headers=headers)
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as refused:
        refused.close()
        return refused.code, refused.headers, b""


def _fan(address, field, *sets, scene=None, **headers):
    extra = urlencode([("field", field), *(("set", each) for each in sets)])
    status, told, body = _get(
        f"{address}lrviz-fan?{to_text(Page(scene or first_scene()))}&{extra}", **headers
    )
    assert status == 200
    return told, body


def test_the_page_is_there_beside_sixty_heavy_fans(address):
    worst = CORPUS["restarts times restarts"]
    # No two are the same: none is worked out with another.
    queries = [urlencode([*query(worst, 1, each), ("field", "factor.m_mul")]) for each in range(60)]
    with ThreadPoolExecutor(60) as pool:
        asked = [pool.submit(_get, f"{address}lrviz-fan?{each}") for each in queries]
        wait(asked, return_when=FIRST_COMPLETED)
        begun = time.monotonic()
        assert _get(address)[0] == 200
        # A second on a machine with nothing else to do (tests/bench/attack.py measures it).
        assert time.monotonic() - begun < 10
        found = [each.result() for each in asked]
    sent_away = [told for status, told, _ in found if status == 429]
    assert len(sent_away) >= 20
    assert {told["Retry-After"] for told in sent_away} == {"1"}
    assert {status for status, _, _ in found} == {200, 429}


def _head(fan):
    return json.loads(fan[8 : 8 + int.from_bytes(fan[:4], "little")])


def test_a_fan_is_asked_for_by_its_address(address):
    told, body = _fan(address, "m_mul", **{"Accept-Encoding": "gzip"})
    assert told["Content-Encoding"] == "identity"
    assert len(body) < 300_000
    assert "0.9" in _head(body)["stops"]


def test_values_that_the_page_has_not_taken_yet_are_in_it(address):
    _, before = _fan(address, "m_mul")
    _, after = _fan(address, "m_mul", "first_decay_steps~100")
    marks = [_head(each)["marks"][0] for each in (before, after)]
    assert marks == [[50, 150, 350], [100, 300, 700]]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "field=nope",
        "field=m_mul&set=t_mul~abc",
        "field=warmup_target&curve=CosineDecay~initial_learning_rate~0.1~decay_steps~5",
        "field=" + "x" * 20_000,
        "field=%00&set=%ff~%fe&set=~&set",
    ],
)
def test_nonsense_is_not_found(address, query):
    assert _get(f"{address}lrviz-fan?{query}")[0] == 404


@pytest.mark.parametrize(
    ("path", "status"), [("0/chart.js", 404), ("x/../../app.py", 400), ("%2e%2e/chart.js", 400)]
)
def test_nothing_but_the_charts_own_files_is_served(address, path, status):
    assert _get(f"{address}lrviz-assets/{path}")[0] == status


@pytest.mark.parametrize("version", ["1e999", "NaN", "null", '"1"'])
def test_a_poll_with_a_version_that_is_none_is_refused(address, version):
    body = f'{{"code": "ABCDEF", "who": "x", "version": {version}}}'.encode()
    assert _get(f"{address}lrviz-room", body)[0] == 400


@pytest.mark.parametrize("query", ["", "run=nope", "run=" + "x" * 3000, "known=1&run=%00"])
def test_a_run_that_is_not_known_has_no_charts(address, query):
    assert _get(f"{address}lrviz-run?{query}")[0] == 404
