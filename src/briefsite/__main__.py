"""The way in: thin, so that even an interrupt while modules load ends without a traceback."""

import os
import sys


def main() -> None:
    """Run the command line; exit status 0, 1 (problems in the site), 2 (misuse) or 130
    (interrupted)."""
    try:
        from briefsite.cli import run

        status = run()
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
