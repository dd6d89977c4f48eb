"""The background map of PDOK: only tiles of the Netherlands are asked for, and only pictures come back."""

from collections.abc import Iterator

import pytest

from vliegwiel.connect.loopback import Fault, Site
from vliegwiel.connect.pdok import background, fake
from vliegwiel.connect.web import Manners, Web
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid

ARNHEM = (10, 528, 338)


@pytest.fixture
def site() -> Iterator[Site]:
    with fake.serve() as running:
        yield running


@pytest.fixture
def web(site: Site) -> Iterator[Web]:
    with Web("PDOK", (site.address,), Manners(attempts=1, read_seconds=0.5)) as reader:
        yield reader


def test_a_tile_is_a_picture_from_the_address_of_the_service(web: Web, site: Site) -> None:
    assert background.tile(web, f"{site.address}/", *ARNHEM).startswith(b"\x89PNG")
    assert site.asked == ["/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/10/528/338.png"]


@pytest.mark.parametrize("place", [(10, 0, 0), (5, 16, 10), (14, 8460, 5420), (10, 528, 10_000), (10, 540, 338), (6, -1, 20)])
def test_elsewhere_or_closer_nothing_is_asked(web: Web, site: Site, place: tuple[int, int, int]) -> None:
    with pytest.raises(NotFound):
        background.tile(web, site.address, *place)
    assert site.asked == []


@pytest.mark.parametrize("corner", [(7.2, 53.2), (3.4, 51.4), (5.9, 52.0), (6.0, 50.8)])
def test_the_corners_of_the_country_are_on_the_map_at_every_zoom(corner: tuple[float, float]) -> None:
    for zoom in background.ZOOMS:
        assert background.is_here(zoom, *background._place(zoom, *corner))


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.BROKEN, Fault.BUSY, Fault.SLOW, Fault.WEB_PAGE])
def test_what_goes_wrong_is_said_and_gives_no_picture(web: Web, site: Site, fault: Fault) -> None:
    site.faults = [fault]
    with pytest.raises((NotNow, NotValid)):
        background.tile(web, site.address, *ARNHEM)
