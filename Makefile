# 小二: everything a person does with this repository. `make` alone lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
unexport PYTHONDONTWRITEBYTECODE
unexport VIRTUAL_ENV
ARGS ?=

.PHONY: help setup run test thorough faults scale-test applicants bench check format train lock screenshots docs clean

help: ## 列出命令 (list the targets)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## 装好 uv 和 Python 3.10 环境 (set up what is missing)
	@tools/setup.sh

run: setup ## 启动全部进程 (start everything; Ctrl-C stops it)
	@.venv/bin/xiaoer run $(ARGS)

test: setup ## 跑测试 (the tests, one dialogue in eight; ARGS="-k plan" for a part)
	@.venv/bin/python -m tools.suite $(ARGS)

thorough: ## 同上, 对话和随机输入一个不落 (all dialogues and all generated messages, as CI does)
	@XIAOER_THOROUGH=1 $(MAKE) test ARGS="$(ARGS)"

faults: setup train ## 边用边搞破坏, 打印丢没丢 (the long run of faults on both databases, 40 minutes)
	@XIAOER_API_EXAMPLES=100 .venv/bin/python -m pytest -q tests/docs/test_openapi.py
	@.venv/bin/python -m tests.faults.long_run --database sqlite $(ARGS)
	@.venv/bin/python -m tests.faults.long_run --database postgresql $(ARGS)

scale-test: setup train ## 两套进程, nginx, 边用边杀 (several machines as processes, some minutes)
	@.venv/bin/python -m tests.scale.long_run $(ARGS)

applicants: setup train ## 模拟申请人, 写进 docs/scoreboard.md (simulated applicants on all channels)
	@.venv/bin/python -m tests.simulated.run $(ARGS)

bench: setup train ## 量一量快慢 (stock Rasa and ours side by side, hub, desk, planner, search)
	@.venv/bin/python -m bench.all $(ARGS)

check: setup ## 格式 检查 类型 依赖方向 数据 (format, lint, types, contracts, data)
	@.venv/bin/python tools/check.py

format: setup ## 整理代码格式 (format the code)
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix-only --quiet .

train: setup ## 数据变了才训练模型 (train the model when none fits the data)
	@.venv/bin/xiaoer train

lock: setup ## 重写 requirements.lock (resolve the dependencies anew)
	@tools/lock.sh
	@tools/outward.sh --lock

screenshots: setup ## 重拍 docs/img 里的图 (take the pictures of all pages anew)
	@.venv/bin/python -m tools.screenshots
	@.venv/bin/python -m tools.open_pictures
	@.venv/bin/python -m tools.demo_pictures
	@.venv/bin/python -m tools.model_pictures

docs: setup ## 把 docs/ 做成网站, 放进 build/site (the documentation as a site, offline)
	@.venv/bin/mkdocs build --strict

clean: ## 删除环境和缓存, 不动 var/ 的数据 (remove environment and caches, keep var/)
	@rm -rf .venv .tools .rasa build *.egg-info .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis
