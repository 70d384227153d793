import pytest

from tests.catalogue_files import committed_catalogue, committed_lookup


@pytest.mark.parametrize(
    ("phrase", "policy_id"),
    [
        ("创业补贴", "job-start-subsidy"),
        ("有没有创业补贴的政策", "job-start-subsidy"),
        ("大学生创业有什么补贴", "job-start-subsidy"),
        ("退伍军人", "tax-veteran"),
        ("当兵回来开公司能减税吗", "tax-veteran"),
        ("小规模纳税人免税", "tax-vat-small-exempt"),
        ("六税两费", "tax-six-fee-half"),
        ("设备更新", "ent-tech-upgrade"),
        ("买设备有补贴吗", "ent-tech-upgrade"),
        ("高企", "tax-hightech-15"),
        ("高新技术企业认定", "tax-hightech-15"),
        ("残保金", "fee-disabled-fund"),
        ("专精特新", "ent-innovative-sme"),
        ("研发费用", "tax-rd-deduct"),
        ("科小", "tax-tech-sme"),
        ("欠钱不还", "pay-sme"),
        ("甲方拖着货款不给", "pay-sme"),
        ("稳岗返还", "job-unemp-refund"),
        ("穩崗補貼", "job-unemp-refund"),
        ("扩岗补助", "job-expand-1500"),
        ("创业担保贷款", "loan-guarantee"),
        ("专利质押", "ent-patent-subsidy"),
        ("免费刻章", "start-free-seal"),
        ("政府采购", "gov-proc-sme"),
        ("工伤保险费率", "rate-workinjury"),
    ],
)
def test_a_topic_finds_its_policy_first(phrase: str, policy_id: str) -> None:
    matches = committed_lookup().find_policies(phrase)

    assert matches
    assert matches[0].entry_id == policy_id


@pytest.mark.parametrize(
    ("phrase", "policy_ids"),
    [
        ("招人有补贴吗", {"job-expand-1500", "job-si-subsidy", "job-post-subsidy"}),
        ("想贷点款", {"loan-guarantee", "loan-job-special"}),
        ("减税", {"tax-group-start", "tax-group-hire"}),
    ],
)
def test_a_broad_topic_finds_all_its_policies(phrase: str, policy_ids: set[str]) -> None:
    found = {match.entry_id for match in committed_lookup().find_policies(phrase, limit=8)}

    assert policy_ids <= found


@pytest.mark.parametrize("phrase", ["今天天气怎么样", "你好", ""])
def test_small_talk_finds_no_policy(phrase: str) -> None:
    assert committed_lookup().find_policies(phrase) == []


def test_every_name_and_alias_finds_its_own_policy_first() -> None:
    lookup = committed_lookup()
    for policy in committed_catalogue().policies.values():
        for phrase in (policy.name, *policy.aliases):
            assert lookup.find_policies(phrase)[0].entry_id == policy.id, phrase
