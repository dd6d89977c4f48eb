"""What is handed in becomes arrays that can be trusted, or a ValueError that says what is wrong and where."""

import hashlib

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
MOST = 2**31 - 2


def _refuse(message: str) -> ValueError:
    return ValueError(message)


def whole(values: ArrayLike, what: str, *, least: int, most: int = MOST, length: int | None = None) -> Ints:
    """Whole numbers between `least` and `most` as int32; floats are taken when they are whole. Names the first place that is wrong."""
    found = np.asarray(values)
    if found.ndim != 1 or (length is not None and len(found) != length):
        raise _refuse(f"{what} is one row of {'numbers' if length is None else f'{length} numbers'}, not {found.shape}")
    if found.size == 0:
        return np.zeros(0, dtype=np.int32)
    if found.dtype.kind not in "iuf":
        raise _refuse(f"{what} holds numbers, not {found.dtype}")
    if found.dtype.kind == "f" and not (np.isfinite(found).all() and (found == np.rint(found)).all()):
        wrong = int(np.argmin(np.isfinite(found) & (found == np.rint(found))))
        raise _refuse(f"{what} is a whole number; at {wrong} it is {found[wrong]}")
    if found.min() < least or found.max() > most:
        wrong = int(np.argmax((found < least) | (found > most)))
        raise _refuse(f"{what} lies between {least} and {most}; at {wrong} it is {found[wrong]}")
    return found.astype(np.int32)


def nodes_of(values: ArrayLike, what: str, nodes: int) -> Ints:
    """Numbers of nodes; −1 says that something does not lie on the network."""
    return whole(values, what, least=-1, most=nodes - 1)


def amounts(values: ArrayLike, what: str, length: int) -> Floats:
    """Numbers that are there, finite and not below zero, one per origin, facility or place."""
    found = np.array(values, dtype=np.float64)
    if found.shape != (length,):
        raise _refuse(f"{what} has {length} numbers, not {found.shape}")
    good = np.isfinite(found) & (found >= 0)
    if not good.all():
        wrong = int(np.argmin(good))
        raise _refuse(f"{what} is known, finite and not below zero; at {wrong} it is {found[wrong]}")
    return found


def hash_of(*arrays: NDArray[np.generic]) -> str:
    """SHA-256 of arrays with their shapes and kinds."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(f"{array.shape}{array.dtype.str}".encode())
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
