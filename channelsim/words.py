"""English and Chinese wording of measures, parts, statuses, actions, instruments and columns."""

from channelsim.errors import ChannelsimError

LANGUAGES = ("en", "zh")
BETWEEN = " · "
"""What stands between the Chinese and the English wording of a title."""
AS_IS = "现状 · As is"
"""Title of what the cases of a question are compared with, where it has no other."""

MEASURES = {
    "coverage": ("Coverage", "市场覆盖率"),
    "online_reach": ("Online reach", "线上触达率"),
    "share": ("Market share", "市场份额"),
    "occasions": ("Purchase occasions", "购买机会"),
    "units": ("Units sold", "销量"),
    "revenue": ("Consumer spending", "销售额"),
    "production": ("Production", "生产成本"),
    "cost": ("Cost to serve", "渠道成本"),
    "cost_share": ("Cost to serve, share", "渠道成本占比"),
    "profit": ("Maker's contribution", "渠道盈利（管理费用前）"),
    "conflict": ("Conflict", "渠道冲突"),
    "partner_profit": ("Partners' profit", "伙伴利润"),
    "viable": ("Viable operations", "盈利达标的网点"),
    "fixed": ("Fixed cost", "固定成本"),
    "setup": ("Set-up and closing", "开设与关闭费用"),
    "logistics": ("Logistics", "产品配送成本"),
    "channel": ("Margin and commission", "渠道利润与提成"),
    "incentives": ("Incentives", "渠道激励"),
    "governance": ("Governance", "监督与控制"),
    "price_conflict": ("Price conflict", "价格冲突"),
    "territory_conflict": ("Territory conflict", "区域冲突"),
    "customer_conflict": ("Customer conflict", "客户冲突"),
    "goal_conflict": ("Goal conflict", "目标冲突"),
    "churn": ("Customer churn", "客户流失率"),
    "customer_value": ("Customer lifetime value", "客户终身价值"),
    "promotion_misalignment": ("Promotions out of step", "促销不一致"),
    "bullwhip": ("Bullwhip", "牛鞭效应"),
    "upstream_bullwhip": ("Bullwhip at the plant", "工厂订单牛鞭效应"),
    "production_bullwhip": ("Bullwhip of production", "生产牛鞭效应"),
    "inventory_turnover": ("Inventory turnover", "库存周转率"),
    "stock_alarms": ("Stock alarms", "库存报警"),
    "lead_time": ("Lead time", "交货周期"),
    "made": ("Units made", "产量"),
    "maker_stock": ("Maker's stock", "厂家库存"),
    "sales_growth": ("Growth of sales", "销售增长"),
    "breadth": ("Outlets within reach", "渠道广度"),
    "levels": ("Levels of the channel", "渠道深度"),
    "access_km": ("Way to the shop", "购买距离"),
    "floor_depth": ("Depth below the price floor", "低于限价的幅度"),
    "price_wars": ("Zones at price war", "价格战区域"),
    "reaction_weeks": ("Weeks to react", "响应周数"),
    "effort_gap": ("Effort short of the best", "努力缺口"),
    "instruments": ("Instruments in use", "激励方式数"),
    "online_gap": ("Online-offline price gap", "线上线下价格差"),
    "diverted": ("Diverted goods", "窜货量"),
    "year_end_diverted": ("Goods diverted in the last 5 weeks of the year", "年底五周窜货量"),
    "lost": ("Sales lost to empty shelves", "缺货损失"),
    "exits": ("Partners that left", "退出的伙伴"),
    "terminated": ("Partners terminated", "被终止的伙伴"),
    "below_floor": ("Units below the price floor", "低于限价的销量"),
    "happy": ("Happy buyers", "满意买家"),
    "after_sales_wait": ("Wait for after-sales service", "售后等待"),
    "trust": ("Trust", "信任度"),
    "stock": ("Partners' stock", "伙伴库存"),
    "attainment": ("Quota attained", "任务完成率"),
}

UNITS = {
    "share": ("share", "比例"),
    "share of revenue": ("share of spending", "占销售额比例"),
    "share of operations": ("share of operations", "占网点比例"),
    "index 0-1": ("index 0-1", "指数 0-1"),
    "units/week": ("units/week", "件/周"),
    "occasions/week": ("occasions/week", "次/周"),
    "money/week": ("{currency}/week", "{currency}/周"),
    "km": ("km", "公里"),
    "share of quota": ("share of quota", "占任务比例"),
    "share of units": ("share of units", "占销量比例"),
    "share of buyers": ("share of buyers", "占买家比例"),
    "share a year": ("share a year", "比例/年"),
    "units/year": ("units/year", "件/年"),
    "units": ("units", "件"),
    "times": ("times", "倍"),
    "weeks": ("weeks", "周"),
    "partners": ("partners", "家"),
}

INSTRUMENTS = {
    "rebate": ("Rebate", "返利"),
    "commission": ("Commission", "提成"),
    "bonus": ("Bonus", "奖金"),
    "training": ("Training", "培训"),
    "coop": ("Co-op marketing", "市场推广支持"),
    "marketing": ("Marketing", "市场推广"),
    "priority_supply": ("Priority supply", "优先供货"),
    "royalty": ("Royalty", "加盟提成费"),
    "technical_support": ("Technical support", "技术支持"),
    "after_sales_support": ("After-sales support", "售后支持"),
    "revenue_share": ("Revenue sharing", "收益共享"),
    "quantity_discount": ("Quantity discount", "数量折扣"),
    "franchise_fee": ("Franchise fee", "加盟费"),
    "buy_back": ("Buy-back", "回购"),
    "credit": ("Credit", "账期"),
}

STATUSES = {
    "optimal": ("proven optimal", "已证明最优"),
    "feasible": ("feasible, not proven optimal", "可行，未证明最优"),
    "infeasible": ("no layout meets all limits", "没有布局能满足全部限制"),
    "no_solution": ("none found, though one may exist", "未找到布局，但不排除存在"),
    "keep": ("keep", "保留"),
    "open": ("open", "新开"),
    "close": ("close", "关闭"),
    "out": ("stay out", "不开"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
}

COLUMNS = {
    "today": ("Today", "现状"),
    "plan": ("Plan", "方案"),
    "recommended": ("Recommended", "推荐方案"),
    "measure": ("Measure", "指标"),
    "unit": ("Unit", "单位"),
    "measure_name": ("Measure", "指标"),
    "case": ("Case", "情形"),
    "planned": ("Planned", "计划值"),
    "realised": ("Realised", "模拟值"),
    "low": ("Low", "下限"),
    "high": ("High", "上限"),
    "difference": ("Difference", "差异"),
    "difference_low": ("Difference, low", "差异下限"),
    "difference_high": ("Difference, high", "差异上限"),
    "difference_assumption_low": ("Difference over assumptions, low", "差异：假设区间下限"),
    "difference_assumption_high": ("Difference over assumptions, high", "差异：假设区间上限"),
    "assumption_low": ("Assumptions, low", "假设区间下限"),
    "assumption_high": ("Assumptions, high", "假设区间上限"),
    "wins": ("Better in, of runs", "更优的模拟占比"),
    "wins_assumption": ("Better in, of draws", "更优的假设抽样占比"),
    "best": ("Best of all cases in", "在全部情形中最优占比"),
    "regret": ("Regret, mean", "平均后悔值"),
    "regret_worst": ("Regret, worst", "最大后悔值"),
    "candidate": ("Candidate", "候选网点"),
    "name": ("Name", "名称"),
    "action": ("Action", "动作"),
    "open_today": ("Open today", "现已开设"),
    "partner": ("Partner", "渠道伙伴"),
    "channel_type": ("Channel type", "渠道类型"),
    "zone": ("Zone", "区域"),
    "zone_en": ("Zone (English)", "区域（英文）"),
    "region": ("Region", "大区"),
    "doors": ("Doors", "门店数"),
    "capacity": ("Capacity", "产能上限"),
    "contribution": ("Contribution", "盈利贡献"),
    "once": ("One-off cost", "一次性费用"),
    "population": ("Population", "人口"),
    "demand": ("Potential demand", "潜在需求"),
    "nearest": ("Nearest open outlet", "最近的门店"),
    "km": ("Road distance", "道路距离"),
    "covered": ("Covered", "已覆盖"),
    "covered_today": ("Covered today", "现已覆盖"),
    "instrument": ("Instrument", "激励方式"),
    "spend": ("Spend", "投入"),
    "lift": ("Rise of sales", "销量增幅"),
    "gain": ("Expected gain", "预期增量"),
    "marginal": ("Gain of the next unit of money", "边际回报"),
    "path": ("Number", "参数"),
    "value": ("Value", "取值"),
    "source": ("Source", "来源"),
    "confidence": ("Confidence", "可信度"),
    "summary": ("Summary", "摘要"),
    "layout": ("Layout", "渠道布局"),
    "coverage_sheet": ("Coverage", "市场覆盖"),
    "incentives_sheet": ("Incentives", "渠道激励"),
    "comparison": ("Comparison", "比较"),
    "assumptions": ("Assumptions", "假设"),
    "risks": ("Risks", "风险"),
    "status": ("Status", "求解状态"),
    "gap": ("Gap", "最优性差距"),
    "objective": ("Objective", "目标值"),
    "bound": ("Proven bound", "已证明的界"),
    "seconds": ("Solving time", "求解时间"),
    "solver": ("Solver", "求解器"),
    "scenario": ("Scenario", "情景"),
    "digest": ("Scenario hash", "情景哈希"),
    "seed": ("Seed", "随机种子"),
    "replications": ("Replications", "重复次数"),
    "draws": ("Draws of the assumptions", "假设抽样次数"),
    "week": ("Week", "周"),
    "kept": ("Kept", "保留"),
    "opened": ("Opened", "新开"),
    "closed": ("Closed", "关闭"),
    "other": ("Other", "其他"),
}

_TABLES = (MEASURES, INSTRUMENTS, STATUSES, COLUMNS)


def label(name: str, lang: str = "en") -> str:
    """Return the wording of a name; a name without one is shown with its underscores as blanks.

    Raises
    ------
    ChannelsimError
        If the language is not known.
    """
    at = column_of(lang)
    for table in _TABLES:
        if name in table:
            return table[name][at]
    return name.replace("_", " ")


def unit(name: str, currency: str, lang: str = "en") -> str:
    """Return the wording of a unit of measure, money in its currency.

    Raises
    ------
    ChannelsimError
        If the language is not known.
    """
    at = column_of(lang)
    return UNITS[name][at].format(currency=currency) if name in UNITS else name


def part_of(title: str, lang: str = "en") -> str:
    """Return the wording in one language of a title such as 严查 · Crackdown, or all of it.

    Raises
    ------
    ChannelsimError
        If the language is not known.
    """
    chinese, _, english = title.partition(BETWEEN)
    if not english.strip() or not any("\u4e00" <= sign <= "\u9fff" for sign in chinese):
        return title
    return (english, chinese)[column_of(lang)].strip()


def column_of(lang: str) -> int:
    """Return which wording is of a language.

    Raises
    ------
    ChannelsimError
        If the language is not known.
    """
    if lang not in LANGUAGES:
        raise ChannelsimError(
            f"language {lang!r} is not known; write one of {', '.join(LANGUAGES)}", "bad_language"
        )
    return LANGUAGES.index(lang)
