"""What the peers' programs share: timing, and the order of output."""

import gc
import json
import statistics
import time


def announce(peer, parameters):
    """The first line: who is measured, and with what."""
    print(json.dumps({"peer": peer, "parameters": parameters, "threads": 1}), flush=True)


def measure(name, operation, *, before=None, calls=1, share=1, seconds=1.0, least=5):
    """Times an operation and prints the median in microseconds.

    before: runs ahead of each sample, outside of the timed part.
    calls: calls in one sample, for operations near the clock's resolution.
    share: parts that one call counts as, such as the limbs of a ciphertext.
    seconds, least: samples are taken for so long, and at least so many.
    """
    def sample():
        if before is not None:
            before()
        start = time.perf_counter_ns()
        for _ in range(calls):
            operation()
        return (time.perf_counter_ns() - start) / 1000 / calls / share

    gc.collect()
    gc.disable()
    for _ in range(min(3, least - 1)):
        sample()
    samples = []
    end = time.perf_counter() + seconds
    while len(samples) < least or time.perf_counter() < end:
        samples.append(sample())
    gc.enable()
    median = round(statistics.median(samples), 3)
    print(json.dumps({"name": name, "us": median, "count": len(samples)}), flush=True)
