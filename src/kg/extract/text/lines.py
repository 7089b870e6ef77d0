"""How the lines of lists open: numbers and marks, labels, and the name of a project."""

from __future__ import annotations

import re

NUMBER = r"(?:[(\[]?[\d一二三四五六七八九十]{1,3}[)\].、．:]\s*|[▲●◆■★•·>▷◎▶○◇□☆➢➤◈\-—*]+\s*|[①-⑳⑴-⒇❶-❿]\s*)?"
PROJECT = re.compile(rf"{NUMBER}(?:项目名称|工程名称|项目|工程项目|建设项目)\s*:\s*(?P<value>[^。;(_][^。;]{{3,60}})")
LABEL = re.compile(rf"{NUMBER}(?P<label>[\u4e00-\u9fff]{{2,8}})\s*:")
MARK = r"(?:[(\[]?\d{1,2}[)\].、](?!\d)\s*|\([一二三四五六七八九十]{1,2}\)|[▲●◆■★•·>▷◎▶○◇□☆➢➤◈]+\s*|[①-⑳⑴-⒇❶-❿]\s*)"
