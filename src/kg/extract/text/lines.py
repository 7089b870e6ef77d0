"""How the lines of lists open: numbers and marks, labels, and the name of a project."""

from __future__ import annotations

import re

BULLETS = "▲●◆■★•·>▷◎▶○◇□☆➢➤◈▍▎▌❖✦✧✓✔※◉▪➔➜"
NUMBER = rf"(?:[(\[]?[\d一二三四五六七八九十]{{1,3}}[)\].、．:]\s*|[{BULLETS}\-—*]+\s*|[①-⑳⑴-⒇❶-❿]\s*)?"
PROJECT = re.compile(rf"{NUMBER}(?:项目名称|工程名称|项目|工程项目|建设项目)\s*:\s*(?P<value>[^。;(_][^。;]{{3,60}})")
LABEL = re.compile(rf"{NUMBER}(?P<label>[\u4e00-\u9fff]{{2,8}})\s*:")
MARK = rf"(?:[(\[]?\d{{1,2}}[)\].、](?!\d)\s*|\([一二三四五六七八九十]{{1,2}}\)|[{BULLETS}]+\s*|[①-⑳⑴-⒇❶-❿]\s*)"
# The labels of facts that only works have.
FACT_OF_WORKS = re.compile(
    "(?:建设|实施|施工|项目|业主|投资|责任|牵头|申报|承建|承担)(?:单位|主体|业主|企业|法人|方)"
    "|(?:建设|项目|主要建设|实施|主要)(?:内容|地点|规模|性质|工期|周期|地址|选址)|(?:计划|项目)?总投资"
    "|(?:项目|工程|建设|形象|目前|最新)?(?:进展|进度)(?:情况)?"
)
