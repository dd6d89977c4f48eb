"""The same definition everywhere: the plain sums, the compiled loop, DuckDB, PostgreSQL and Ibis give the same numbers."""

import os
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from vliegwiel.engines.estimation import Design, Estimates, NotPossible
from vliegwiel.engines.estimation import swift as swift_module
from vliegwiel.engines.estimation.database import DatabaseDesign
from vliegwiel.engines.estimation.tests.given import a_survey

KIND: dict[str, Any] = {"weights": "weight", "strata": "stratum", "clusters": "psu", "lonely_psu": "adjust"}
NUMBERS = ("estimate", "se", "lower", "upper", "df", "n", "n_effective", "deff")


def _equal(one: Estimates, other: Estimates, rel: float = 1e-10) -> None:
    assert one.category == other.category
    assert [list(map(str, values)) for values in one.domains] == [list(map(str, values)) for values in other.domains]
    for name in NUMBERS:
        assert other[name].astype(float) == pytest.approx(one[name].astype(float), rel=rel, abs=1e-12, nan_ok=True), name


@pytest.mark.parametrize("rule", ["adjust", "average", "remove"])
@pytest.mark.parametrize("order", ["sorted", "mixed"])
@pytest.mark.parametrize("kind", [{"clusters": "psu"}, {}, {"clusters": "psu", "fpc": "size"}])
def test_the_compiled_loop_gives_what_the_plain_sums_give(
    monkeypatch: pytest.MonkeyPatch, rule: str, order: str, kind: dict[str, Any]
) -> None:
    data = a_survey(900, seed=4)
    data["stratum"][7], data["psu"][7] = "alone", 9999
    data["size"] = [90] * 900
    data["points"] = pa.array(np.random.default_rng(2).integers(0, 11, 900), pa.uint8())
    table = pa.table(data)
    table = table.sort_by([("town", "ascending"), ("psu", "ascending")]) if order == "sorted" else table
    design = Design(table, weights="weight", strata="stratum", lonely_psu=rule, **kind)
    domain = design.subset("income > 700")

    def asked() -> list[Estimates]:
        return [
            design.mean(["score", "income", "points"], by="town"), design.total(["score", "points"], by=["age", "wave"]),
            design.mean("points"), domain.mean(["score", "points"], by="town"), design.proportion("age", by="town", interval="beta"),
            design.total("age"),
        ]  # fmt: skip

    plain = asked()
    monkeypatch.setattr(swift_module, "ENOUGH", 0)
    for one, other in zip(plain, asked(), strict=True):
        _equal(one, other)
        assert one.covariance() == pytest.approx(other.covariance(), rel=1e-12)


def _asked(design: Any) -> list[Estimates]:
    return [
        design.mean(["score", "income"], by=["town", "wave"]), design.mean("income"), design.total("score", by="age"),
        design.ratio("score", "income", by="town"), design.proportion("age", by="wave", interval="beta"),
        design.subset("income > 1500").mean("score", by="town"), design.mean("score", by="town").compare(),
    ]  # fmt: skip


def _in_duckdb() -> Any:
    connection = duckdb.connect()
    connection.register("wave", pa.table(a_survey(500)))
    return connection


def test_duckdb_gives_the_same_from_one_statement() -> None:
    connection = _in_duckdb()
    remote = DatabaseDesign(connection, "wave", **KIND)
    local = Design(a_survey(500), **KIND)
    for one, other in zip(_asked(local), _asked(remote), strict=True):
        _equal(one, other)
    found = remote.mean("score", by="wave")
    assert found.contrast({"change": {2024: 1, 2022: -1}}).se == pytest.approx(
        local.mean("score", by="wave").contrast({"change": {2024: 1, 2022: -1}}).se
    )
    assert "GROUP BY" in found.receipt.parameters["statement"]
    assert remote.df == local.df
    _equal(
        local.rake({"age": {"18-34": 3000, "35-54": 4000, "55+": 5000}}).mean("score"),
        remote.local(["score", "age"]).rake({"age": {"18-34": 3000, "35-54": 4000, "55+": 5000}}).mean("score"),
    )


@pytest.mark.postgres
def test_postgresql_gives_the_same_from_the_same_statement() -> None:
    import psycopg

    data = a_survey(500)
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE wave (stratum text, psu int, weight double precision, score double precision, income double precision,"
            " town text, age text, wave int)"
        )
        cursor.executemany("INSERT INTO wave VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", list(zip(*data.values(), strict=True)))
        remote = DatabaseDesign(connection, "wave", **KIND)
        for one, other in zip(_asked(Design(data, **KIND)), _asked(remote), strict=True):
            _equal(one, other)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Ibis asks DuckDB in words that are on their way out
def test_ibis_gives_the_same_where_it_is_installed() -> None:
    ibis = pytest.importorskip("ibis")
    backend = ibis.duckdb.connect()
    backend.con.register("wave", pa.table(a_survey(500)))
    remote = DatabaseDesign(backend.table("wave"), **KIND)
    for one, other in zip(_asked(Design(a_survey(500), **KIND)), _asked(remote), strict=True):
        _equal(one, other)


def test_what_a_database_cannot_do_is_said() -> None:
    connection = _in_duckdb()
    with pytest.raises(NotPossible, match="gewichten en clusters"):
        DatabaseDesign(connection, "wave", weights="weight")
    with pytest.raises(NotPossible, match="kan niet in een database"):
        DatabaseDesign(connection, "wave", **KIND).proportion("age", interval="logit")
    with pytest.raises(NotPossible, match="geen verbinding"):
        DatabaseDesign(42, "wave", **KIND).mean("score")
    opt_in = DatabaseDesign(connection, "wave", weights="weight", clusters="psu", sample="nonprobability")
    assert np.isnan(opt_in.mean("score").se[0])
    with pytest.raises(NotPossible, match="geen kanssteekproef"):
        opt_in.total("score")
    connection.register("broken", pa.table({**a_survey(50), "weight": [0.0, *([1.0] * 49)]}))
    with pytest.raises(NotPossible, match="niet groter dan nul"):
        DatabaseDesign(connection, "broken", **KIND).mean("score")
