"""`python -m careerspolicy`: the same as the command `careerspolicy`."""

from careerspolicy.cli import main

if __name__ == "__main__":
    main(prog_name="careerspolicy")
