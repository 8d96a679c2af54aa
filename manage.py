#!/usr/bin/env python
"""Every command of the portal. Commands that need the database find it running, or start it and stop it again."""

import os
import sys

from portal.embedded import Refused, command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        with command_line.servers_for(sys.argv[1:]):
            from django.core.management import execute_from_command_line

            execute_from_command_line(sys.argv)
    except Refused as refusal:
        sys.exit(f"{refusal}")


if __name__ == "__main__":
    main()
