"""Small invented reports by the dozen: several speak of one zone or one short name, and change each other's graph."""

from __future__ import annotations

ZONES = ("澄湖高新区", "澄湖高新技术产业开发区", "鹿鸣开发区", "鹿鸣经济技术开发区", "溪桥工业园区")
CITIES = ("苏州市", "合肥市", "南京市鼓楼区", "福州市鼓楼区")
FIRMS = ("苏州澄湖机器人股份有限公司（以下简称“澄湖机器人”）", "合肥澄湖机器人有限公司（以下简称“澄湖机器人”）",
         "澄湖机器人", "溪桥芯片有限公司")  # fmt: skip
STATES = ("计划建设", "开工建设", "正在加快建设", "建成")


def text(number: int) -> str:
    """The report of that number; two numbers give two texts."""
    zone, city = ZONES[number % 5], CITIES[number % 4]
    firm, state = FIRMS[(number // 2) % 4], STATES[(number // 3) % 4]
    value = 1000 + 7 * (number % 11)
    return (
        f"{zone}第{number}号简报\n{zone}位于{city}。{firm}落户{zone}，{firm.partition('（')[0]}{state}智能关节产业园项目。\n"
        f"2024年，{zone}实现地区生产总值{value}.5亿元，同比增长{number % 9 + 1}.2%。\n"
    )
