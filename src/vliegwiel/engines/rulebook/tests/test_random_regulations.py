"""What must hold for every regulation and every application, on many drawn from a seed."""

from collections import Counter
from random import Random

import pytest

from vliegwiel.engines.rulebook.tests.random_regulations import prove_one

#: The full 10,000 are run by `start.py bench --proofs`.
ROUNDS = 150


@pytest.mark.parametrize("part", range(3))
def test_every_outcome_explains_itself_keeps_its_amounts_and_can_be_made_again(part: int) -> None:
    seen = Counter(prove_one(Random(f"rulebook/{part}/{number}")) for number in range(ROUNDS // 3))
    assert len(seen) == 4, f"every answer occurs: {seen}"
