"""The way in: thin, so that even an interrupt while modules load ends without a traceback."""

import gc
import os
import sys


def main() -> None:
    """Run the command line; exit status 0, 1 (problems in the site), 2 (misuse) or 130
    (interrupted)."""
    gc.disable()  # until `calm`: what is loaded, read and planned holds no cycles, and is kept
    try:
        from briefsite.cli import run

        status = run()
        sys.stdout.flush()
        sys.stderr.flush()
        # Nothing is left to do, and to take the values apart would take a tenth of a short build.
        os._exit(status)
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        status = 130
    except BrokenPipeError:
        # The reader of our output went away (`| head`): what it did not read is nobody's error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status)


if __name__ == "__main__":
    main()
