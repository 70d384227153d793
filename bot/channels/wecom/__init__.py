"""WeCom (企业微信): messages of an application, and 微信客服; imported by the registry only."""
