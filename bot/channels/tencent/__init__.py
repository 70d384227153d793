"""What WeChat and WeCom have in common; imported by their channels only."""
