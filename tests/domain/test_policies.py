from bot.domain.policies import AllOf, AnyOf, Criterion, Operator, leaves


def test_the_leaves_of_criteria_come_in_reading_order() -> None:
    small = Criterion("employees", Operator.LTE, 30)
    medium = Criterion("layoff_rate", Operator.LTE, 0.2)
    large = Criterion("layoff_rate", Operator.LTE, 0.055)
    criteria = AllOf((large, AnyOf((small, AllOf((medium,))))))

    assert list(leaves(criteria)) == [large, small, medium]
    assert list(leaves(small)) == [small]
