"""WeChat Official Accounts (公众号); imported by the registry only."""
