import pytest
from vliegwiel.support.grants.tests.officers import *
pytestmark=pytest.mark.django_db
def test_x():
    found = a_decidable_application()
    d = decided(found)
    print(d, d.letter, find(found.public_id).state)
