"""Reading from outside is patient with what may pass, and refuses what is not right."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vliegwiel.connect import loopback
from vliegwiel.connect.loopback import Fault, Reply, Request, Site
from vliegwiel.connect.pages import Pages, Reader
from vliegwiel.connect.web import AGENT, Manners, Web
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid

LISTING = Reader(("application/json",), lambda page: list(page["value"]), lambda page: str(page.get("next") or ""))
FILE = b"SQLite format 3\x00" + bytes(range(256)) * 4_000


def _answer(site: Site, request: Request) -> Reply:
    """Five rows a page, five pages; /circle never ends; /moved redirects; /file is a file that can be asked in parts."""
    if request.path == "/file":
        start = int(request.headers["Range"].removeprefix("bytes=").removesuffix("-")) if "Range" in request.headers else 0
        if start >= len(FILE):
            return Reply(b"", "text/plain", 416)
        return Reply(FILE[start:], "application/geopackage+sqlite3", 206 if start else 200)
    if request.path == "/moved":
        return Reply(b"", "text/plain", 301, {"Location": request.one("to", "/rows")})
    if request.path == "/around":
        return Reply(b"", "text/plain", 302, {"Location": "/around"})
    if request.path == "/circle":
        return Reply.of({"value": [1], "next": f"{site.address}/circle"})
    if request.path == "/refused":
        return Reply.of({"error": "no"}, code=403)
    if request.path == "/huge":
        return Reply.of({"value": ["x" * 70_000]})
    if request.path != "/rows":
        return Reply.of({"error": "not found"}, code=404)
    page = int(request.one("page", "0"))
    following = f"{site.address}/rows?page={page + 1}" if page < 4 else None
    return Reply.of({"value": list(range(page * 5, page * 5 + 5)), "next": following})


@pytest.fixture
def site() -> Iterator[Site]:
    with loopback.serve(_answer) as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def web(site: Site, waits: list[float]) -> Iterator[Web]:
    reader = Web("De proefbron", (site.address,), Manners(read_seconds=0.3, page_bytes=65_536), sleep=waits.append)
    yield reader
    reader.close()


def _rows(web: Web, site: Site, folder: Path) -> list[int]:
    return list(Pages(web, folder).rows(f"{site.address}/rows", LISTING, stamp="1", title="Proef"))


def test_all_pages_are_read_by_following_the_links_with_a_name_that_says_who_we_are(web: Web, site: Site, tmp_path: Path) -> None:
    assert _rows(web, site, tmp_path) == list(range(25))
    assert site.user_agents == {AGENT}


@pytest.mark.parametrize("fault", Fault)
def test_whatever_goes_wrong_once_is_tried_again_and_the_rows_are_whole(
    fault: Fault, web: Web, site: Site, tmp_path: Path, waits: list[float]
) -> None:
    site.slow_seconds = 0.6
    site.faults = [None, None, fault]
    assert _rows(web, site, tmp_path) == list(range(25))
    assert len(site.asked) == 6
    assert len(waits) == 1


def test_pauses_grow_and_the_other_side_may_say_how_long(web: Web, site: Site, tmp_path: Path, waits: list[float]) -> None:
    site.faults = [Fault.BROKEN, Fault.BROKEN, Fault.BROKEN, Fault.BUSY]
    site.retry_after = "7"
    _rows(web, site, tmp_path)
    assert 0.25 <= waits[0] <= 0.75
    assert 1.0 <= waits[2] <= 3.0
    assert waits[3] == 7.0


def test_a_moment_to_come_back_is_understood_too(web: Web, site: Site, tmp_path: Path, waits: list[float]) -> None:
    site.faults = [Fault.BUSY]
    site.retry_after = "Sat, 01 Jun 2024 10:00:20 GMT"
    with clock.at(datetime(2024, 6, 1, 10, 0, 0, tzinfo=UTC)):
        _rows(web, site, tmp_path)
    assert waits == [20.0]


def test_who_asks_us_to_wait_very_long_is_left_alone_at_once(web: Web, site: Site, tmp_path: Path, waits: list[float]) -> None:
    site.faults = [Fault.BUSY]
    site.retry_after = "86400"
    with pytest.raises(NotNow, match="later"):
        _rows(web, site, tmp_path)
    assert (waits, len(site.asked)) == ([], 1)


def test_what_came_in_stays_and_the_next_time_goes_on_where_it_stopped(web: Web, site: Site, tmp_path: Path) -> None:
    site.faults = [None, None, *[Fault.CUT] * 5]
    with pytest.raises(NotNow, match="blijft bewaard"):
        _rows(web, site, tmp_path)
    site.asked.clear()
    assert _rows(web, site, tmp_path) == list(range(25))
    assert site.asked == ["/rows?page=2", "/rows?page=3", "/rows?page=4"]


def test_what_is_here_whole_is_not_asked_again_until_the_source_changes(web: Web, site: Site, tmp_path: Path) -> None:
    _rows(web, site, tmp_path)
    site.asked.clear()
    assert _rows(web, site, tmp_path) == list(range(25))
    assert site.asked == []
    list(Pages(web, tmp_path).rows(f"{site.address}/rows", LISTING, stamp="2", title="Proef"))
    assert len(site.asked) == 5
    assert len(list(tmp_path.glob("*/*/manifest.json"))) == 1


def test_a_kept_page_that_was_damaged_is_fetched_again(web: Web, site: Site, tmp_path: Path) -> None:
    _rows(web, site, tmp_path)
    damaged = next(path for path in tmp_path.glob("*/*/*.json") if path.name != "manifest.json" and b"[10" in path.read_bytes())
    damaged.write_bytes(damaged.read_bytes()[:-4])
    site.asked.clear()
    assert _rows(web, site, tmp_path) == list(range(25))
    assert "/rows?page=2" in site.asked
    assert "/rows" not in site.asked


def test_pages_in_a_circle_are_noticed(web: Web, site: Site, tmp_path: Path) -> None:
    with pytest.raises(NotValid, match="dezelfde bladzijden"):
        list(Pages(web, tmp_path).rows(f"{site.address}/circle", LISTING, stamp="", title="Proef"))
    assert len(site.asked) == 1


def test_a_link_that_leads_to_another_host_or_an_open_connection_is_not_followed(web: Web, site: Site, tmp_path: Path) -> None:
    with pytest.raises(NotValid, match="niet kennen"):
        web.json(f"{site.address}/moved?to=https://elders.example/rows")
    with pytest.raises(NotValid, match="niet kennen"):
        web.json("http://127.0.0.1:1/rows")
    strict = Web("CBS", ("https://datasets.cbs.nl/odata/v1",))
    with pytest.raises(NotValid, match="niet kennen"):
        strict.check("http://datasets.cbs.nl/odata/v1")
    with pytest.raises(NotValid, match="zonder beveiliging"):
        strict.check("http://datasets.cbs.nl:443/odata/v1")
    assert not strict.made_up
    strict.close()


def test_a_redirect_within_what_we_know_is_followed_and_one_without_end_is_not(web: Web, site: Site) -> None:
    assert web.json(f"{site.address}/moved")["value"] == [0, 1, 2, 3, 4]
    with pytest.raises(NotValid, match="doorverwijzen"):
        web.json(f"{site.address}/around")


def test_refusals_are_not_repeated(web: Web, site: Site, waits: list[float]) -> None:
    with pytest.raises(NotFound):
        web.json(f"{site.address}/nothing")
    with pytest.raises(NotValid, match="403"):
        web.json(f"{site.address}/refused")
    assert (len(site.asked), waits) == (2, [])


def test_a_page_without_end_is_refused(web: Web, site: Site) -> None:
    with pytest.raises(NotValid, match="te groot"):
        web.json(f"{site.address}/huge")


def test_a_file_that_is_cut_off_is_completed_and_only_then_there(web: Web, site: Site, tmp_path: Path) -> None:
    path = tmp_path / "kaart.gpkg"
    site.faults = [Fault.CUT] * 5
    with pytest.raises(NotNow):
        web.download(f"{site.address}/file", path, begins_with=b"SQLite format 3\x00")
    assert not path.exists()
    site.asked.clear()
    web.download(f"{site.address}/file", path, begins_with=b"SQLite format 3\x00")
    assert path.read_bytes() == FILE
    assert len(site.asked) == 1


def test_a_file_of_another_kind_is_refused(web: Web, site: Site, tmp_path: Path) -> None:
    with pytest.raises(NotValid, match="ander bestand"):
        web.download(f"{site.address}/rows", tmp_path / "kaart.gpkg", begins_with=b"SQLite format 3\x00")
    assert list(tmp_path.iterdir()) == []
