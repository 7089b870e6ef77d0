"""How Chinese texts word times: one expression whose named groups say what a match is made of.

Texts in the normal form of `sentences`: half-width, at most single blanks (2019 年 3 月).
"""

from __future__ import annotations

import re

_Y = r"(?:(?:19|20)\d\d|[一二][〇零○九][〇零○一二三四五六七八九]{2})"
_M = r"(?:1[0-2]|0?[1-9]|(?<![个第零一二三四五六七八九十])(?:十[一二]?|[元一二三四五六七八九]))"
_D = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_N = r"(?:\d+|[一二两三四五六七八九十]{1,3}|[几数半])"
_TO = r" ?(?:[-—–~]{1,2}|[至到]) ?"

_RELATIVE = "今年|去年|前年|明年|后年|上年|上一年|本年度?|当年|同年|次年|上年度|上一年度"
_MONTHLY = "本月|当月|同月|上月|上个月|下月|下个月|次月"
_QUARTER = r"第?(?P<quarter>[一二三四1-4])季度"
_SPAN = (
    r"上半年|下半年|前三季度|前[二两2]季度|[头前](?P<months>\d{1,2}|[一二两三四五六七八九十]{1,2})个?月|"
    rf"(?P<m1>{_M}) ?(?:月份?)?{_TO}(?P<m2>{_M}) ?月(?!\d| \d)份?"
)
_DAY = (
    rf"(?P<month>{_M}) ?月(?:份)?(?: ?(?P<day>{_D})(?: ?[日号]|(?={_TO}{_D} ?[日号]))|(?:上旬|中旬|下旬))?"
)
_PART = rf"(?:{_QUARTER}|{_SPAN}|{_DAY})"
_YEAR = rf"(?P<year>{_Y}) ?年度?|(?P<short>[0129]\d)年(?=(?:1[0-2]|0?[1-9])月)|(?P<relative>{_RELATIVE})"
_ONLY = (  # a day whose month stands elsewhere; after 连续 and before 内 it is a length of time
    r"(?<![\d年.\-/个第续共每近超历时长达起约不])(?P<only>3[01]|[12]\d|[1-9])日"
    r"(?![内游均龄后元本报军韩美语式间夜常照产活用以圆之的])"
)
_WEEK = (
    r"(?P<week>[本这上下]{1,2}一?个?(?:周|星期|礼拜))(?P<weekday>[一二三四五六日天](?![个家期批次]))?|"
    r"(?:星期|礼拜)(?P<named>[一二三四五六日天])|周(?P<named2>[一二三四五六日])(?=[,;。、()晚上下早中在]|$)"
)
_SOME = (
    rf"近(?:{_N})?年来?|多年来|近几年|未来(?:{_N})?年?|"
    rf"(?:最近|过去|今后|此后|近|未来)的?{_N}个?(?:月|季度|周|星期|天|日|交易日)(?:以?来|内)?|"
    rf"{_N}个?(?:年|月|周|星期|天|日|交易日|工作日)之?(?:内|后)(?:的?{_N}个?(?:年|月|周|天|日|交易日|工作日)之?内)?|报告期内"
)

TIME = re.compile(
    rf"(?<!\d)(?:(?P<iso>(?P<iy>{_Y})(?P<sign>[-./])(?P<im>{_M})(?P=sign)(?P<id>{_D})(?![\d.]))"
    rf"|(?P<y1>{_Y}) ?年?{_TO}(?P<y2>{_Y}) ?年(?! ?\d)(?:间|期间)?"
    rf"|(?:(?:{_YEAR})的? ?|(?<![\d年第.]))(?P<part>{_PART})"
    rf"|(?P<whole>{_Y}) ?年度?(?!代)|(?P<related>{_RELATIVE})"
    rf"|(?P<monthly>{_MONTHLY})(?:(?P<of>{_D})[日号])?"
    r"|[“\"「‘『]?(?P<plan>十[一二三四五六七八九]?|[一二三四五六七八九])五[”\"」’』]?(?:期间|时期|以来|末|规划期|计划期)?"
    r"|(?P<now>目前|截至目前|截至发稿|当前|现在|如今|近日|日前|今天|今日|昨日|昨天|前日|前天|明日|明天|眼下|"
    r"(?<!截)至今(?![年日天月])|迄今|近期)"
    rf"|(?P<same>当日|当天|同日|同一天|次日|翌日)|{_ONLY}|{_WEEK}|(?P<vague>{_SOME}))"
)
JOINT = re.compile(_TO)
SINCE, FROM = re.compile(r"^(?:以来|起|开始|至今|以后|之后)"), re.compile(r"(?:自|从)$")
CLOSE = re.compile(r"^(?:年?[末底初]|期?末|春季?|夏季?|秋季?|冬季?|上旬|中旬|下旬)")
TAIL = re.compile(r"^(?:前|内|期间|间|以来|起|开始|以内|之前)")
HOUR = re.compile(r"^(?:晚间?|晚上|深夜|夜间|早间|早上|清晨|凌晨|上午|下午|中午|午间|傍晚|盘前|盘后)")
HINT = re.compile(r"[年月日季五前近当现今至末昨周明星礼报-]")
STATED = re.compile(rf"(?<!\d)({_Y})年(?!代)")
RELATED = re.compile("今年|去年|本年")
DATELINE = re.compile(rf"(?:(?P<year>{_Y})年)?(?P<month>{_M})月(?P<day>{_D})日?(?:电|讯|消息)")
