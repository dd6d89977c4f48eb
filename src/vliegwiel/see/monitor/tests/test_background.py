"""The ground under the live map comes through our own address, is off by default, and never takes the map down."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from vliegwiel.connect.loopback import Fault, Site
from vliegwiel.connect.pdok import fake
from vliegwiel.kernel import clock
from vliegwiel.see.monitor.pages.map import background

pytestmark = pytest.mark.django_db
TILE = "/achtergrond/10/528/338.png"


@pytest.fixture
def pdok(settings: Any) -> Iterator[Site]:
    with fake.serve() as site:
        settings.VLIEGWIEL_SERVICES = {**settings.VLIEGWIEL_SERVICES, "pdok-background": (site.address,)}
        yield site
        background._web(site.address).close()
    background._web.cache_clear()


def test_without_the_setting_there_is_no_ground_and_nobody_is_asked(client: Client) -> None:
    assert background.path_when_on() == ""
    assert client.get(TILE).status_code == 404


def test_a_tile_is_asked_once_and_then_kept(client: Client, pdok: Site, settings: Any) -> None:
    first, again = client.get(TILE), client.get(TILE)
    assert first.content == again.content
    assert first.content.startswith(b"\x89PNG")
    assert first.headers["Content-Type"] == "image/png"
    assert len(pdok.asked) == 1
    assert "Cookie" not in str(pdok.user_agents)
    assert (Path(settings.VLIEGWIEL_HOME) / "cache" / "background" / "10" / "528" / "338.png").is_file()


def test_an_old_tile_is_fetched_anew_and_stays_when_pdok_is_silent(client: Client, pdok: Site, settings: Any) -> None:
    kept = client.get(TILE).content
    path = Path(settings.VLIEGWIEL_HOME) / "cache" / "background" / "10" / "528" / "338.png"
    long_ago = (clock.now() - timedelta(days=40)).timestamp()
    os.utime(path, (long_ago, long_ago))
    pdok.faults = [Fault.BROKEN]
    answer = client.get(TILE)
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (200, kept, "no-store")
    client.get(TILE)
    assert len(pdok.asked) == 3
    assert path.stat().st_mtime > long_ago + 1


@pytest.mark.parametrize("fault", [Fault.BROKEN, Fault.CUT, Fault.WEB_PAGE])
def test_when_pdok_fails_the_map_gets_an_empty_tile_that_is_not_kept(
    client: Client, pdok: Site, fault: Fault, settings: Any
) -> None:
    pdok.faults = [fault]
    answer = client.get(TILE)
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (200, background._EMPTY, "no-store")
    assert not (Path(settings.VLIEGWIEL_HOME) / "cache" / "background").exists()


@pytest.mark.parametrize("address", ["/achtergrond/10/0/0.png", "/achtergrond/20/5/5.png", "/achtergrond/10/x/1.png"])
def test_what_is_no_tile_of_the_netherlands_is_not_found_and_not_asked(client: Client, pdok: Site, address: str) -> None:
    assert client.get(address).status_code == 404
    assert pdok.asked == []
