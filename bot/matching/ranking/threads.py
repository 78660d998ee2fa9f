"""Keep linear algebra to one thread: matrices here are so small that threads only wait for each other."""

from functools import lru_cache

from threadpoolctl import threadpool_limits


@lru_cache
def keep_to_one() -> None:
    """Limit the BLAS of this process, once: on a busy machine of two cores a decision then takes 3 ms instead of 23."""
    threadpool_limits(limits=1, user_api="blas")
