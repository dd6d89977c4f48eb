"""The APIs of this installation, composed from what the rooms offer."""

from vliegwiel.foundation.api.description import description_operation
from vliegwiel.foundation.api.formats import OPENAPI
from vliegwiel.foundation.api.problems import VERSION
from vliegwiel.foundation.api.services import Service
from vliegwiel.foundation.budgets import api as budgets_api
from vliegwiel.foundation.design.page_cache import software
from vliegwiel.see.areas import api as areas_api
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.facilities import api as facilities_api
from vliegwiel.see.facilities import queries as facilities
from vliegwiel.see.figures import api as figures_api
from vliegwiel.see.figures import features_api, release_api
from vliegwiel.see.figures import queries as figures
from vliegwiel.support.challenges import api as challenges_api
from vliegwiel.support.challenges import queries as challenges
from vliegwiel.support.initiatives import api as initiatives_api
from vliegwiel.support.initiatives import queries as initiatives
from vliegwiel.support.register import api as register_api
from vliegwiel.support.register import queries as register
from vliegwiel.support.schemes import api as schemes_api


def _stamp() -> object:
    stamps = (
        areas.stamp,
        figures.stamp,
        facilities.stamp,
        register.stamp,
        schemes_api.stamp,
        budgets_api.stamp,
        initiatives.stamp,
        challenges.stamp,
    )
    return software(), *(stamp() for stamp in stamps)


SERVICE: Service = Service(
    root="/api/v1",
    title="Vliegwiel: cijfers over dorpen en buurten",
    description=(
        "Lees gebieden, indicatoren en cijfers over leefbaarheid. Alles is open: u hoeft niet in te loggen.\n\n"
        "Elk cijfer heeft een bron, een periode en een status. Is er geen cijfer, dan staat er waarom. "
        "Verzonnen voorbeelden herkent u aan VERZONNEN VOORBEELD.\n\n"
        "Kies de vorm met Accept of met formaat: JSON, CSV, JSON-stat of Parquet. "
        "Kaartlagen vindt u in de OGC API Features op /ogc/v1."
    ),
    version=VERSION,
    stamp=_stamp,
    operations=(
        *areas_api.OPERATIONS,
        *figures_api.OPERATIONS,
        *release_api.OPERATIONS,
        *facilities_api.OPERATIONS,
        *register_api.OPERATIONS,
        *schemes_api.OPERATIONS,
        *budgets_api.OPERATIONS,
        *initiatives_api.OPERATIONS,
        *challenges_api.OPERATIONS,
        description_operation(lambda: SERVICE),
    ),
    tags={
        **areas_api.TAGS,
        **figures_api.TAGS,
        **release_api.TAGS,
        **facilities_api.TAGS,
        **register_api.TAGS,
        **schemes_api.TAGS,
        **budgets_api.TAGS,
        **initiatives_api.TAGS,
        **challenges_api.TAGS,
        "Over deze API": "De beschrijving voor programma’s.",
    },
    schemas={
        **areas_api.SCHEMAS,
        **figures_api.SCHEMAS,
        **release_api.SCHEMAS,
        **facilities_api.SCHEMAS,
        **register_api.SCHEMAS,
        **schemes_api.SCHEMAS,
        **budgets_api.SCHEMAS,
        **initiatives_api.SCHEMAS,
        **challenges_api.SCHEMAS,
    },
)
FEATURES: Service = Service(
    root="/ogc/v1",
    title="Vliegwiel: gebieden met cijfers, en voorzieningen op de kaart",
    description=(
        "Kaartlagen voor QGIS en andere kaartprogramma’s, volgens OGC API Features. "
        "De coördinaten zijn in lengte en breedte (CRS84) of in meters (RD, EPSG:28992)."
    ),
    version=VERSION,
    stamp=_stamp,
    operations=(*features_api.OPERATIONS, description_operation(lambda: FEATURES, "/api", OPENAPI)),
    tags={**features_api.TAGS, "Over deze API": "De beschrijving voor programma’s."},
)
