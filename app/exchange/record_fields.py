"""What can be imported of an account's commercial records, field by field, as in ``fields``."""

from __future__ import annotations

from typing import Final

ACCOUNT = (
    "account name, company, customer, customer name, client, customer id, customer number, "
    "account id, party a, 客户名称, 客户, 公司, 公司名称, 客户编号, 客户编码, 客户id, 甲方, 买方"
)
REMARKS = "note, comments, comment, remarks, remark, memo, 备注, 说明"

CONTRACTS: Final = {
    "number": "contract number, contract no, contract id, agreement number, 合同编号, 合同号, "
    "合同id, 协议编号, 编号",
    "name": "contract, contract name, contract title, title, agreement, agreement name, subject, "
    "合同名称, 合同, 合同标题, 协议名称, 标题, 名称",
    "account": ACCOUNT,
    "signed": "signed on, signature date, date signed, signing date, contract date, 签订日期, "
    "签约日期, 签署日期, 合同日期",
    "starts": "starts on, start date, effective date, valid from, commencement date, 开始日期, "
    "起始日期, 生效日期, 合同开始日期, 开始于",
    "ends": "ends on, end date, expiry date, expiration date, valid until, 结束日期, 到期日期, "
    "终止日期, 截止日期, 合同到期日期, 结束于",
    "notice_days": "days of notice, notice period, notice, 提前提醒天数, 通知天数",
    "renews": "renews itself, auto renew, auto renewal, automatic renewal, 自动续约, 是否自动续约",
    "ended": "ended early on, terminated on, termination date, 提前终止日期",
    "amount": "contract amount, contract value, total, value, total value, 金额, 合同金额, "
    "合同总额, 总金额",
    "owner": "owner name, owner email, account manager, sales rep, salesperson, 负责人, 客户经理, "
    "所有人, 业务员, 销售",
    "notes": REMARKS,
    "parts": "complete parts, 已完整的部分",
}

CREDITS: Final = {
    "account": ACCOUNT,
    "date": "applied on, application date, 申请日期, 日期",
    "asked": "limit asked for, requested limit, amount requested, 申请额度",
    "asked_days": "days to pay asked for, requested terms, 申请账期（天）, 申请账期",
    "request": "why it is asked for, 申请理由",
    "surveyed": "surveyed on, survey date, 调查日期",
    "survey": "survey result, findings, 资信调查, 调查结果",
    "analysed": "analysed on, analysis date, 分析日期",
    "analysis": "assessment, 分析",
    "payment_score": "payment history score, payment score, 付款历史得分",
    "growth_score": "growth potential score, 增长得分",
    "grade": "credit grade, credit rating, rating, credit class, 资信等级, 信用等级, 等级",
    "limit": "credit limit, approved limit, credit line, credit amount, 信用额度, 授信额度, 额度",
    "days": "days to pay, credit days, payment terms, terms, credit period, 账期（天）, 账期, "
    "信用期",
    "decided": "decided on, approved on, approval date, 审批日期, 批准日期, "
    "决定日期, 决定于, 结束于",
    "until": "holds until, valid until, expiry date, review date, 有效期至, 到期日期",
    "reason": "why, remark, remarks, 原因, 理由, 备注",
}

RECEIVABLES: Final = {
    "number": "invoice number, invoice no, invoice, invoice id, document number, document no, "
    "bill number, 发票号, 发票号码, 单据编号, 单号, 编号",
    "account": ACCOUNT,
    "date": "invoice date, document date, bill date, issue date, 日期, 开票日期, 单据日期",
    "due": "due date, due on, payment due, 到期日, 到期日期, 应付日期, 应收日期",
    "amount": "invoice amount, total, document amount, amount billed, 金额, 发票金额, 应收金额, "
    "应收款",
    "paid": "amount paid, paid amount, received, amount received, 已付, 已付金额, 已收金额, "
    "已收款, 回款金额",
    "open": "amount still open, outstanding, balance, open amount, amount due, balance due, "
    "未付金额, 未收金额, 余额, 欠款, 未收款",
    "paid_on": "paid on, payment date, date paid, received on, 付款日期, 收款日期, 回款日期",
    "notes": REMARKS,
}

SALES_PLANS: Final = {
    "account": ACCOUNT,
    "month": "period, plan month, 月份, 计划月份, 月度, 期间",
    "product": "product name, item, item name, sku, product code, 产品名称, 产品, 商品名称, 品名, "
    "产品编码",
    "spec": "specification, model, 规格, 规格型号, 型号",
    "quantity": "planned quantity, plan quantity, qty, 计划数量, 数量",
    "amount": "planned amount, plan amount, planned sales, budget, target, 计划金额, 金额, "
    "计划销售额, 销售计划, 任务, 指标",
}
