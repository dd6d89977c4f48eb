"""What other rooms may ask of figures.

`publish_estimates` makes a release of figures that we estimated ourselves; from then on pages, map, API and downloads show them. Reads for
pages are in `queries`.
"""

from vliegwiel.see.figures.actions.publish_estimates import EstimatedColumn, Origin, publish_estimates

__all__ = ["EstimatedColumn", "Origin", "publish_estimates"]
