"""Work that many ask for at once is done once: the first does it, the others wait for that."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def once(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last ``most`` results of a pure function, and make each of them once.

    Unlike with ``functools.lru_cache``, whoever asks for what is being computed waits for it, in
    whichever thread. What raises is not kept. Arguments are positional, and hashable.
    """

    def decorate(make: Callable[P, T]) -> Callable[P, T]:
        futures: OrderedDict[Hashable, Future[T]] = OrderedDict()
        lock = threading.Lock()

        @wraps(make)
        def cached(*args: P.args, **kwargs: P.kwargs) -> T:
            with lock:
                earlier = futures.get(args)
                if earlier is None:
                    future = futures[args] = Future[T]()
                    if len(futures) > most:
                        futures.popitem(last=False)
                else:
                    futures.move_to_end(args)
            if earlier is not None:
                return earlier.result()
            try:
                future.set_result(make(*args, **kwargs))
            except BaseException as error:
                with lock:
                    if futures.get(args) is future:
                        del futures[args]
                future.set_exception(error)
            return future.result()

        return cached

    return decorate
