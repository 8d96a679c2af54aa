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

            try:
                execute_from_command_line(sys.argv)
            except Exception as fault:
                if not lacks_tables(sys.argv[1], fault):
                    raise
                sys.exit("数据库还没有建表，请先运行 make run，或者 manage.py migrate 与 manage.py prepare。")
    except Refused as refusal:
        sys.exit(f"{refusal}")


def lacks_tables(command: str, fault: Exception) -> bool:
    """Did one of the portal's own commands find a database that nobody has migrated yet?"""
    from django.core.management import get_commands
    from django.db import ProgrammingError
    from psycopg.errors import UndefinedTable

    if not isinstance(fault, ProgrammingError) or not isinstance(fault.__cause__, UndefinedTable):
        return False
    return str(get_commands().get(command, "")).startswith(("portal.", "requests_ogi"))


if __name__ == "__main__":
    main()
