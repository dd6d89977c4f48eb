"""The same definition everywhere: the plain sums, the compiled loop, DuckDB, PostgreSQL and Ibis give the same numbers."""

import os
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from vliegwiel.engines.estimation import Design, Estimates, NotPossible, raking, sums
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
    monkeypatch.setattr(sums, "_AT_A_TIME", 50)
    in_parts = asked()
    monkeypatch.setattr(swift_module, "ENOUGH", 0)
    compiled = asked()
    monkeypatch.setattr(swift_module, "_AT_A_TIME", 100)
    monkeypatch.setattr(swift_module, "_SIDE_BY_SIDE", 40)
    for others in (in_parts, compiled, asked()):
        for one, other in zip(plain, others, strict=True):
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


@pytest.mark.filterwarnings("ignore")  # of Spark itself
def test_spark_gives_the_same_where_it_is_installed() -> None:
    """In an environment of its own: the extra `spark`, and Java."""
    ibis, sql = pytest.importorskip("ibis"), pytest.importorskip("pyspark.sql")
    builder = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "1").config("spark.driver.host", "127.0.0.1").getOrCreate()
    data = a_survey(500)
    kinds = {"string": "string", "int64": "long", "double": "double"}
    schema = ", ".join(f"{field.name} {kinds[str(field.type)]}" for field in pa.table(data).schema)
    rows = [tuple(row.values()) for row in pa.table(data).to_pylist()]
    session.createDataFrame(rows, schema).createOrReplaceTempView("wave")
    remote, local = DatabaseDesign(ibis.pyspark.connect(session).table("wave"), **KIND), Design(data, **KIND)
    for one, other in (
        (local.mean(["score", "income"], by="town"), remote.mean(["score", "income"], by="town")),
        (local.proportion("age", by="wave", interval="beta"), remote.proportion("age", by="wave", interval="beta")),
        (local.subset("income > 1500").mean("score"), remote.subset("income > 1500").mean("score")),
    ):
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


@pytest.mark.parametrize("kind", [pa.int8(), pa.uint8(), pa.int16(), pa.int64(), pa.uint64()])
def test_whole_numbers_of_any_width_are_the_same_categories(kind: pa.DataType) -> None:
    towns, scores = [1, 127, 127, 3, 1, 3], [1.0, 2, 3, 4, 5, 6]
    design = Design(pa.table({"town": pa.array(towns, kind), "score": scores}))
    found = design.mean("score", by="town")
    assert (found.domains[0].tolist(), found.estimate.tolist()) == ([1, 3, 127], [3.0, 5.0, 2.5])
    again = design.poststratify({"town": {1: 100, 3: 200, 127: 300}})
    assert again.weights.tolist() == [50.0, 150.0, 150.0, 100.0, 50.0, 100.0]


def test_a_block_of_cells_and_a_list_of_them_rake_to_the_same_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    design = Design(pa.table(a_survey(500)), **KIND)
    towns = design.table.coded("town").labels
    margins = {"age": {"18-34": 3000, "35-54": 4000, "55+": 5000}, "town": dict.fromkeys(towns, 12_000 / len(towns))}
    block = design.rake(margins)
    monkeypatch.setattr(raking, "_ROOM", -10_000)
    assert design.rake(margins).weights == pytest.approx(block.weights, rel=1e-11)
    assert block.diagnostics["margins_met"]
