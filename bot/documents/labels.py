"""Words on buttons that are made at run time."""

YES = "是"
NO = "否"
INSIST = "核对过了，就是这个"
UNSURE = "不清楚"
