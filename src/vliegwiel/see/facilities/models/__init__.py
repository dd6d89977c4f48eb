"""Records of this room."""

from vliegwiel.see.facilities.models.register import Facility, FacilityImport, FacilityNorm, MistakeReport
from vliegwiel.see.facilities.models.roads import AddressSet, DistanceRelease, RoadNetwork
from vliegwiel.see.facilities.models.what_if import ClosureScenario, KeepQuestion

__all__ = [
    "AddressSet",
    "ClosureScenario",
    "DistanceRelease",
    "Facility",
    "FacilityImport",
    "FacilityNorm",
    "KeepQuestion",
    "MistakeReport",
    "RoadNetwork",
]
