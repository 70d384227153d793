"""Words on buttons that are made at run time."""

YES = "是"
NO = "否"
UNSURE = "不清楚"
