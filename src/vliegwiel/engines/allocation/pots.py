"""Ceilings within ceilings: what still fits, and taking it."""

from collections.abc import Sequence

from vliegwiel.engines.allocation.model import Ceiling
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money


class Pots:
    """What is left on each ceiling. Money taken from a ceiling is taken from every larger one it is part of."""

    def __init__(self, ceilings: Sequence[Ceiling]) -> None:
        self._by_name = {ceiling.name: ceiling for ceiling in ceilings}
        if len(self._by_name) < len(ceilings):
            raise NotValid("Twee plafonds hebben dezelfde naam.")
        for ceiling in ceilings:
            if ceiling.amount.cents < 0 or ceiling.used.cents < 0:
                raise NotValid(f"Het plafond {ceiling.name} is kleiner dan nul.")
            if ceiling.within and ceiling.within not in self._by_name:
                raise NotValid(f"Het plafond {ceiling.within} waar {ceiling.name} onder valt, bestaat niet.")
        self.left = {ceiling.name: max(ceiling.amount.cents - ceiling.used.cents, 0) for ceiling in ceilings}
        self._chains = {name: self._chain(name) for name in self._by_name}

    def chain(self, name: str) -> tuple[str, ...]:
        """The ceiling and every larger one, smallest first. Raises NotValid for a name that does not exist."""
        if name not in self._chains:
            raise NotValid(f"Het plafond {name} bestaat niet.")
        return self._chains[name]

    def room(self, name: str) -> int:
        """Cents that fit under this ceiling and every larger one."""
        return min(self.left[part] for part in self.chain(name))

    def take(self, name: str, cents: int) -> None:
        """Take money from a ceiling and every larger one."""
        for part in self.chain(name):
            self.left[part] -= cents

    def binding(self, name: str, cents: int) -> str:
        """The smallest ceiling under which an amount does not fit."""
        return next(part for part in self.chain(name) if self.left[part] < cents)

    def money(self) -> dict[str, Money]:
        """What is left, per ceiling."""
        return {name: Money(cents) for name, cents in self.left.items()}

    def _chain(self, name: str) -> tuple[str, ...]:
        found: list[str] = []
        while name:
            if name in found:
                raise NotValid(f"Het plafond {name} valt onder zichzelf.")
            found.append(name)
            name = self._by_name[name].within
        return tuple(found)
