"""What other rooms may ask of village supporters: who is there for a place, by their own choice to be found."""

from vliegwiel.support.supporters.queries import SupporterFacts, supporters_at

__all__ = ["SupporterFacts", "supporters_at"]
