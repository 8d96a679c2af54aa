"""Text as people meant to type it."""


def normal(text: str) -> str:
    """Full-width digits, letters and blanks as half-width, and outer blanks gone; Chinese punctuation is kept."""
    folded = []
    for character in text:
        point = ord(character)
        if point == 0x3000:
            folded.append(" ")
        elif (
            0xFF10 <= point <= 0xFF19
            or 0xFF21 <= point <= 0xFF3A
            or 0xFF41 <= point <= 0xFF5A
            or point in (0xFF0D, 0xFF20, 0xFF0E)
        ):
            folded.append(chr(point - 0xFEE0))
        else:
            folded.append(character)
    return "".join(folded).strip()


def inert(cell: str) -> str:
    """A cell of a table that no spreadsheet takes for a formula; Chinese ones take the wide signs for it as well."""
    return f"'{cell}" if cell.startswith(tuple("=+-@＝＋－＠\t\r\n")) else cell
