"""What is done too often is refused, and who did it is not kept."""

from datetime import UTC, datetime, timedelta

import pytest

from vliegwiel.foundation.people.limits import forget_use
from vliegwiel.foundation.people.models import Tally
from vliegwiel.foundation.people.public import count_use
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow

pytestmark = pytest.mark.django_db
#: Half past ten in the evening in the Netherlands: the legal day ends before the day in UTC does.
EVENING = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)


@pytest.mark.parametrize(("hourly", "wait"), [(True, timedelta(minutes=30)), (False, timedelta(minutes=90))])
def test_after_the_most_of_an_hour_or_a_legal_day_one_waits_for_the_next(hourly: bool, wait: timedelta) -> None:
    def once_more(whose: str = "een@voorbeeld.invalid") -> None:
        count_use(what="proef", whose=whose, most=2, hourly=hourly, refusal="Wacht even.")

    with clock.at(EVENING):
        once_more()
        once_more("EEN@voorbeeld.invalid")
        with pytest.raises(NotNow, match="Wacht even"):
            once_more()
        once_more("ander@voorbeeld.invalid")
    with clock.at(EVENING + wait - timedelta(minutes=1)), pytest.raises(NotNow):
        once_more()
    with clock.at(EVENING + wait):
        once_more()


def test_nobody_is_not_counted_and_who_is_counted_cannot_be_read_back_nor_followed_to_another_day() -> None:
    with clock.at(EVENING):
        count_use(what="proef", whose="", most=0)
        assert not Tally.objects.exists()
        count_use(what="proef", whose="een@voorbeeld.invalid", most=1)
    with clock.at(EVENING + timedelta(days=1)):
        count_use(what="proef", whose="een@voorbeeld.invalid", most=1)
        keys = list(Tally.objects.values_list("key", flat=True))
        assert len(set(keys)) == 2
        assert "een" not in repr(keys)
        assert forget_use() == 1
        with pytest.raises(NotNow):
            count_use(what="proef", whose="een@voorbeeld.invalid", most=1)
