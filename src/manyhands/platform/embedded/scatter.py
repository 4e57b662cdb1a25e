"""A random order for a stream whose length nobody knows yet."""

__all__ = ["SCATTER_RANGE", "Scatter"]

_BITS = 32
_MASK = (1 << _BITS) - 1
#: Numbers below this are scattered over numbers below this.
SCATTER_RANGE = 1 << _BITS


class Scatter:
    """A random one-to-one map of the whole numbers below `SCATTER_RANGE` onto themselves.

    Each step (xor with a shift of itself, product with an odd number, both modulo 2**32) can be undone, so no two numbers meet. The multipliers
    are those of the 32-bit finaliser of MurmurHash3 (Austin Appleby), which mixes every bit into every other.

    Args:
        seed: 64 random bits; the same seed gives the same map.

    Example:
        >>> scatter = Scatter(7)
        >>> len({scatter.place(number) for number in range(1000)})
        1000
    """

    def __init__(self, seed: int) -> None:
        self._before = seed & _MASK
        self._after = (seed >> _BITS) & _MASK

    def place(self, number: int) -> int:
        """Return where `number` goes."""
        mixed = number ^ self._before
        mixed = ((mixed ^ (mixed >> 16)) * 0x85EBCA6B) & _MASK
        mixed = ((mixed ^ (mixed >> 13)) * 0xC2B2AE35) & _MASK
        return mixed ^ (mixed >> 16) ^ self._after
