"""What can be imported, field by field, and by which names other programs know each field.

The names of a field stand in order of preference, separated by commas: Salesforce,
HubSpot, Pipedrive and Chinese CRMs were read for them. Spelling, spaces, brackets and
case do not matter (see :func:`app.exchange.headers.normal`).
"""

from __future__ import annotations

from typing import Final

from app.exchange.record_fields import CONTRACTS, CREDITS, RECEIVABLES, SALES_PLANS

OWNERS = (
    "owner name, owner email, account manager, key account manager, sales agent, sales rep, "
    "sales representative, salesperson, owner id, user id, hubspot owner id, 负责人, 客户经理, "
    "所有人, 归属人, 业务员, 销售员, 销售代表, 销售, 跟进人, 维护人员工编码"
)
CURRENCIES = "currency code, currency iso code, amount currency, deal currency code, 币种, 货币"
NOTES = "note, description, comments, comment, remarks, remark, memo, 备注, 说明, 描述"
SINCES = "as of, valid from, observed on, start date, 起始日期, 起始日, 开始日期, 自"
OWN_ID = ", id in the other system, 在其他系统中的编号"
"""The word of our own exports, as others of the kind below: what goes out comes back in."""

ACCOUNTS: Final = {
    "external_id": "account id, record id, id, hs object id, account number, customer id, "
    "customer number, customer code, client id, company id, organization id, crm id, oracle id, "
    "客户编号, 客户编码, 客户代码, 客户id, 客户号, 公司编号, 企业编号, 编号" + OWN_ID,
    "name": "account, account name, company, company name, customer, customer name, client, "
    "client name, organization, organization name, organisation, org name, hospital, 客户名称, "
    "客户, 客户名, 客户全称, 公司名称, 公司, 企业名称, 单位名称, 单位, 医院名称, 医院, 名称",
    "other_name": "other name, english name, chinese name, short name, alias, local name, "
    "also known as, dba, nickname, 英文名称, 英文名, 简称, 客户简称, 别名, 曾用名, 其他名称",
    "parent": "parent account, parent name, parent company, subsidiary of, parent account id, "
    "parent id, hs parent company id, group, 父级客户, 父级客户编码, 上级客户, 父客户, 母公司, "
    "所属集团, 集团, 上级单位, part of, 隶属于",
    "industry": "sector, vertical, industry name, 行业, 所属行业, 行业类别, 行业类型",
    "region": "territory, area, office location, location, state, billing state, "
    "billing state province, province, address admin area level 1, country, billing country, "
    "country region, address country, 地区, 区域, 大区, 省, 省份, 省市, 所在地区, 国家",
    "city": "billing city, town, address locality, 城市, 市, 所在城市",
    "website": "web site, url, web, homepage, domain, company domain name, website url, 网址, "
    "公司网址, 网站, 公司网站, 官网",
    "phone": "phone number, telephone, tel, main phone, company phone, 电话, 公司电话, 联系电话, "
    "座机, 电话号码",
    "employees": "number of employees, numberofemployees, employee count, no of employees, "
    "headcount, staff, company size, 员工数, 员工人数, 总人数, 人数, 人员规模",
    "annual_revenue": "annual revenue, revenue, turnover, annual turnover, annual sales, 销售额, "
    "年收入, 年营业额, 营业额, 营业收入, 年销售额, yearly revenue",
    "founded": "year established, year founded, founded year, established, founding year, "
    "成立年份, 成立时间, 成立日期, 创立年份, 成立",
    "ownership": "owner type, ownership type, 所有制, 所有权, 企业性质, 公司性质, 单位性质",
    "loyalty": "loyalty class, 忠诚度, 客户忠诚度",
    "chain": "chain position, position in chain, position in the chain, 产业链位置, 渠道位置, "
    "上下游",
    "kind": "account kind, customer kind, key account kind, 客户类别, 大客户类别, "
    "重点客户类别, 类别",
    "segment": "market segment, customer segment, 细分市场, 客户细分, 业态",
    "currency": CURRENCIES,
    "owner": "account owner, company owner, " + OWNERS,
    "notes": NOTES,
}

PEOPLE: Final = {
    "external_id": "contact id, person id, record id, uid, id, 联系人编号, 人员编号, 编号" + OWN_ID,
    "account": "account name, company, company name, customer, customer name, client, "
    "organization, organization name, organisation, org name, employer, primary associated company,"
    " associated company, hospital, account id, organization id, org id, company id, customer id, "
    "客户名称, 客户, 所属客户, 公司, 公司名称, 单位, 工作单位, 医院, 客户编号, 客户id",
    "name": "full name, contact name, contact, person name, person, stakeholder, 姓名, 联系人, "
    "联系人姓名, 名字, 名称",
    "first_name": "first name, given name, 名",
    "last_name": "last name, surname, family name, 姓",
    "title": "job title, position, job, designation, 职务, 职位, 头衔, 岗位, 职称",
    "department": "dept, division, function, 部门, 科室, 所属部门, 处室",
    "unit": "business unit, site, branch, 事业部, 院区, 分公司, 业务单元, 业务单位",
    "level": "hierarchy level, rank, seniority, grade, 级别, 层级, 职级",
    "reports_to": "reports to, manager, manager name, supervisor, boss, line manager, "
    "reports to id, 上级, 直属上级, 直接上级, 汇报对象, 汇报给, 领导, 主管",
    "role": "roles, buying role, hs buying role, decision role, 角色, 决策角色, 购买角色",
    "support": "attitude, stance, sentiment, 支持度, 支持程度, 态度, 立场",
    "influence": "power, influence level, 影响力, 影响程度",
    "email": "email address, e mail, work email, mail, 邮箱, 电子邮箱, 电子邮件, 邮件",
    "phone": "phone number, work phone, business phone, mobile, mobile phone, mobile phone number, "
    "cell, cell phone, telephone, tel, 手机, 手机号, 手机号码, 电话, 联系电话, 联系方式",
    "is_outside": "outside, external, third party, 外部, 是否外部, 外部人员, outsider",
    "style": "decision style, 决策风格, 风格",
    "notes": NOTES,
    "since": SINCES,
}

RELATIONSHIPS: Final = {
    "account": "account name, company, customer, organization, 客户名称, 客户, 公司",
    "from": "source, from person, from name, person a, who, 来源, 从, 起点, 甲",
    "to": "target, to person, to name, person b, whom, 对象, 到, 终点, 乙",
    "kind": "relation, relationship, type, relation type, relationship type, tie, 关系, "
    "关系类型, 类别",
    "weight": "strength, intensity, 权重, 强度",
    "since": SINCES,
    "depth": "relationship depth, 关系深度, 深度, 交情, depth of relation",
    "last_contact": "last contact, last contacted, last contact date, last activity date, "
    "最近联系, 最近联系日期, 上次联系",
}

TEAM: Final = {
    "external_id": "employee id, user id, staff id, record id, id, 工号, 员工编号, 编号" + OWN_ID,
    "name": "sales agent, agent, sales rep, sales representative, salesperson, rep, full name, "
    "user name, user, employee, employee name, 姓名, 员工姓名, 员工, 销售员, 业务员, "
    "销售代表, 名称",
    "first_name": "first name, given name, 名",
    "last_name": "last name, surname, family name, 姓",
    "email": "email address, e mail, mail, work email, 邮箱, 电子邮箱, 电子邮件",
    "manager": "sales manager, manager name, reports to, supervisor, team lead, 经理, 上级, "
    "直属上级, 直接上级, 主管, 销售经理",
    "office": "regional office, region, branch, location, team, 区域, 大区, 办事处, 分公司, "
    "城市, 办公地点",
    "role": "user role, profile, 角色, 系统角色",
}

OPPORTUNITIES: Final = {
    "external_id": "opportunity id, deal id, record id, id, 商机编号, 商机id, 项目编号, 编号"
    + OWN_ID,
    "account": "account name, company, company name, customer, customer name, client, "
    "organization, org name, primary associated company, associated company, account id, org id, "
    "organization id, customer id, 客户名称, 客户, 公司名称, 公司, 客户编号, 客户编码, 客户id",
    "name": "opportunity, opportunity name, deal, deal name, deal title, title, subject, "
    "project name, project, 商机名称, 商机, 项目名称, 项目, 机会名称, 名称",
    "product": "product name, products, product family, 产品名称, 产品, 产品型号, 意向产品",
    "owner": "opportunity owner, deal owner, agent, " + OWNERS,
    "stage": "stage name, deal stage, sales stage, opportunity stage, pipeline stage, phase, "
    "stage id, 销售阶段, 商机阶段, 阶段, 阶段名称, 项目阶段",
    "outcome": "result, status, deal status, won lost, 结果, 状态, 商机状态, 输赢, 赢单状态",
    "amount": "close value, deal value, value, opportunity amount, deal amount, contract value, "
    "total value, total price, tcv, revenue, 金额, 商机金额, 预计金额, 预计销售金额, 预计成交金额, "
    "项目金额, 合同金额",
    "currency": CURRENCIES,
    "opened": "engage date, opened on, open date, created date, create date, created, created on, "
    "add time, start date, 创建日期, 创建时间, 立项日期, 发现日期, 开始日期, 建立日期",
    "close_date": "expected close date, closing date, forecast close date, close, due date, "
    "target date, 预计成交日期, 预计成交时间, 预计签单日期, 预计签约日期, 预计结单日期, "
    "结单日期, expected close, 预计成交",
    "closed": "closed date, closed on, actual close date, close time, won time, lost time, "
    "实际成交日期, 成交日期, 签约日期, 签单日期, 赢单日期, 关闭日期",
    "probability": "win probability, likelihood, probability percent, deal probability, 赢率, "
    "概率, 成交概率, 赢单率, 可能性",
    "next_step": "next step, next steps, opportunity next steps, next action, "
    "next activity subject, 下一步, 下一步计划, 下一步行动",
    "next_step_on": "next step date, next activity date, next action date, 下一步日期, "
    "下次跟进时间, 下次跟进日期",
}

MOVES: Final = {
    "account": "account name, company, customer, customer name, organization, 客户名称, 客户, 公司",
    "deal": "opportunity, opportunity name, opportunity id, deal name, deal id, record id, "
    "project, 商机名称, 商机, 商机编号, 项目名称, 项目",
    "date": "moved on, changed on, change date, created date, modified date, entered on, "
    "date entered, 变更日期, 变动日期, 变更时间, 进入日期, 日期",
    "stage": "to stage, new stage, stage name, new value, deal stage, moved to, 阶段, 新阶段, "
    "变更后阶段, 目标阶段",
    "outcome": "result, status, deal status, 结果, 状态",
    "evidence": "proof, 依据, 凭据",
    "reason": "why, comment, comments, 原因, 理由, 备注",
    "owner": "changed by, moved by, modified by, created by, user, 变更人, 操作人, 修改人, 负责人",
}

PRODUCTS: Final = {
    "external_id": "product id, record id, id, 产品编号, 产品id, 编号" + OWN_ID,
    "name": "product, product name, item, item name, 产品名称, 产品, 商品名称, 商品, 品名, 名称",
    "code": "product code, sku, stock code, item number, part number, 产品编码, 产品代码, 货号, "
    "物料编码, 条码, 规格型号, 型号",
    "series": "product family, family, category, product line, line, product category, brand, "
    "系列, 产品系列, 产品线, 类别, 品类, 产品类别, 品牌",
    "price": "sales price, list price, unit price, standard price, 单价, 价格, 标准价, 标准价格, "
    "零售价, 销售价",
    "currency": CURRENCIES,
}

SALES: Final = {
    "external_id": "line id, invoice line, invoice no, invoice number, invoice, order id, "
    "order number, order no, transaction id, record id, id, 订单编号, 订单号, 订单id, 发票号, "
    "发票号码, 单号, 流水号" + OWN_ID,
    "account": "account name, customer name, customer, company, client, customer id, "
    "customer number, account id, 客户名称, 客户, 客户编号, 客户编码, 客户id",
    "product": "product name, item, item name, stock code, sku, product code, product id, "
    "产品名称, 产品, 商品名称, 商品, 品名, 货号, 产品编码",
    "description": "item description, product description, details, 描述, 商品描述, 规格, 说明",
    "date": "invoice date, order date, sale date, sales date, transaction date, purchase date, "
    "日期, 订单日期, 订购日期, 开票日期, 销售日期, 下单日期, 下单时间, 交易日期",
    "quantity": "qty, units, quantity sold, 数量, 件数, 销量, 订购数量, 销售数量",
    "unit_price": "unit price, price, price each, sales price, 单价, 价格, 销售单价, price of one",
    "amount": "total, line total, sales amount, sales, revenue, net amount, total price, 金额, "
    "销售额, 销售金额, 总价, 合计, 总金额, 含税金额",
    "cost": "cost price, total cost, cogs, cost amount, 成本, 成本金额, 成本价",
    "currency": CURRENCIES,
}

BIDS: Final = {
    "tender": "project number, tender number, tender no, tender id, bid number, project, "
    "招标, 招标编号, 项目编号, 标书编号, 招标项目, 项目名称",
    "bidder": "bidder name, bidders, vendor name, 投标人, 投标单位, 投标人名称, 供应商名称",
    "amount": "bid amount, bid price, bid, offer, 投标报价, 投标价, 报价, 投标金额, 金额",
    "is_won": "awarded, winner, won, won the tender, is winner, award, 是否中标, 中标, 中标情况",
}

KINDS: Final[dict[str, dict[str, str]]] = {
    "accounts": ACCOUNTS,
    "people": PEOPLE,
    "relationships": RELATIONSHIPS,
    "opportunities": OPPORTUNITIES,
    "moves": MOVES,
    "products": PRODUCTS,
    "sales": SALES,
    "team": TEAM,
    "contracts": CONTRACTS,
    "credits": CREDITS,
    "receivables": RECEIVABLES,
    "sales_plans": SALES_PLANS,
    "bids": BIDS,
}

NEEDED: Final[dict[str, tuple[frozenset[str], ...]]] = {
    "accounts": (frozenset({"name", "external_id"}),),
    "people": (frozenset({"name", "last_name", "first_name"}),),
    "relationships": (frozenset({"from"}), frozenset({"to"})),
    "opportunities": (
        frozenset({"name", "external_id", "account"}),
        frozenset({"stage", "outcome", "amount"}),
    ),
    "moves": (frozenset({"deal"}), frozenset({"date"}), frozenset({"stage"})),
    "products": (frozenset({"name", "code"}),),
    "sales": (frozenset({"date"}), frozenset({"amount", "quantity"})),
    "bids": tuple(frozenset({name}) for name in ("tender", "bidder", "amount", "is_won")),
    "team": (frozenset({"name", "email", "last_name"}),),
    "contracts": (
        frozenset({"number", "name"}),
        frozenset({"signed", "starts", "ends"}),
    ),
    "credits": (frozenset({"limit", "asked"}),),
    "receivables": (
        frozenset({"number", "date"}),
        frozenset({"amount"}),
        frozenset({"due", "paid", "open"}),
    ),
    "sales_plans": (frozenset({"month"}), frozenset({"amount"})),
}
"""Without one field of each group, rows of that kind cannot be made."""

OWN_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "accounts": ("account", "customer", "company", "client", "客户", "公司", "企业"),
    "people": ("contact", "person", "联系人"),
    "relationships": ("relationship", "关系"),
    "opportunities": ("opportunity", "deal", "商机", "项目", "机会"),
    "moves": ("change", "变更"),
    "products": ("product", "item", "产品", "商品"),
    "sales": ("sale", "order", "invoice", "line", "订单", "发票", "销售"),
    "team": ("user", "employee", "员工"),
    "bids": ("bid", "tender", "投标", "招标"),
    "contracts": ("contract", "agreement", "合同", "协议"),
    "credits": ("credit", "资信", "授信"),
    "receivables": ("invoice", "bill", "发票", "应收"),
    "sales_plans": ("plan", "planned", "计划"),
}
"""Words that may stand before a field's name without changing it ("Contact email", "客户电话")."""
