"""Runs a command and tells what it took, with all processes that it waited for.

    python measured.py COMMAND ...

Passes the command's last line on, as JSON, with seconds of wall and processor time and the largest
process's peak memory in MB.
"""

import json
import resource
import subprocess
import sys
import time

start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, text=True, check=False)
wall = time.perf_counter() - start
if done.returncode != 0:
    sys.exit(f"{sys.argv[1:3]} ended with {done.returncode}")
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(
    json.dumps(
        {
            **json.loads(done.stdout.strip().splitlines()[-1]),
            "wall": wall,
            "cpu": used.ru_utime + used.ru_stime,
            "memory": used.ru_maxrss / 1024,
        }
    )
)
