"""The data catalogue keeps DCAT-AP-NL 3.0 and the DCAT-AP 3.0 it rests on, by their published shapes."""

from pathlib import Path

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import DCAT, DCTERMS, Graph, Namespace, URIRef

from tests.requirements import STANDARDS

pytestmark = [pytest.mark.standards, pytest.mark.usefixtures("filled")]
SHACL = Namespace("http://www.w3.org/ns/shacl#")
FILES = [
    "dcat-ap-nl-SHACL.ttl",
    "dcat-ap-nl-SHACL-aanbevolen.ttl",
    "dcat-ap-nl-SHACL-klassebereik.ttl",
    "dcat-ap-nl-SHACL-klassebereik-codelijsten.ttl",
    "dcat-ap-SHACL.ttl",
]


def _shapes(name: str) -> Graph:
    """The shapes as published; a reference to a property that the file itself does not hold is left out."""
    shapes = Graph().parse(STANDARDS / "dcat-ap-nl" / name)
    for owner, listed in list(shapes.subject_objects(SHACL.property)):
        if (listed, SHACL.path, None) not in shapes:
            shapes.remove((owner, SHACL.property, listed))
    return shapes


def _catalogue() -> Graph:
    return Graph().parse(data=Client().get("/data/catalogus", headers={"accept": "text/turtle"}).content, format="turtle")


@pytest.mark.parametrize("name", FILES)
def test_the_catalogue_has_no_violation_and_no_warning(name: str) -> None:
    conforms, _report, text = validate(_catalogue(), shacl_graph=_shapes(name))
    assert conforms, text


def test_the_shapes_do_find_a_dataset_without_publisher() -> None:
    catalogue = _catalogue()
    dataset = next(catalogue.subjects(predicate=DCAT.distribution))
    catalogue.remove((dataset, DCTERMS.publisher, None))
    conforms, _report, text = validate(catalogue, shacl_graph=_shapes(FILES[0]))
    assert not conforms
    assert "publisher" in text


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # inside the reader of JSON-LD
def test_the_three_forms_say_the_same() -> None:
    forms = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}
    sizes = set()
    for media, form in forms.items():
        answer = Client().get("/data/catalogus", headers={"accept": media})
        assert answer.headers["Content-Type"].startswith(media)
        sizes.add(len(Graph().parse(data=answer.content, format=form)))
    assert len(sizes) == 1
    assert sizes.pop() > 100


def test_each_table_has_the_four_forms_and_each_link_answers() -> None:
    catalogue = _catalogue()
    dataset = next(URIRef(str(item)) for item in catalogue.objects(predicate=DCAT.dataset) if "85984ned" in str(item))
    links = [
        str(item) for part in catalogue.objects(dataset, DCAT.distribution) for item in catalogue.objects(part, DCAT.downloadURL)
    ]
    assert len(links) == 4
    for link in links:
        assert Client().get(link.removeprefix("http://testserver")).status_code == 200


def test_a_form_that_is_not_offered_is_a_problem(tmp_path: Path) -> None:
    answer = Client().get("/data/catalogus", headers={"accept": "text/calendar"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (406, "application/problem+json")
