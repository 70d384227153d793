"""Recognises what is only supposed, or a further thing, of what was just answered.

"那在一楼的话呢", "要是只管上午不管饭呢", "那把帐篷放在河滩上呢", "爆米花可乐呢".
"""

import re

LONGEST = 22
"""Signs; a longer text tells more than it supposes."""

SHORTEST = 2
"""Signs of a thing."""

_IF = re.compile(
    "(?:那|那么|嗯|哎|[，, ])*(?:我|俺|咱)?(?:要是|如果|假如|万一|若是)"
    "(?P<what>[^。？?]{2,18}?)(?:的话)?呢?[?？]?"
)
_THEN = re.compile("(?:那|那么|嗯|哎|[，, ])*(?P<what>[^。？?]{2,16}?)(?:的话)?呢[?？]?")
_FRONT = re.compile("^(?:那|那么|嗯|哎|我|俺|咱|要是|如果|假如|万一|若是|[，, ])+")
_PLAIN = re.compile(
    "人|钱|证|照|费|税|材料|时间|地方|手续|流程|怎么?|咋|啥|什么|几(?:[天年月次步点块]|个月)|多|哪|谁|为|这个|那个|它|他|她|"
    "换成|换做|不是|你|您|然后|后来|之后|接着|下一|第[一二三四五六1-9]|电话|地址|结果|人家|丢|过期|到期|"
    "[没不未](?:办|登|报|交|批|弄|备|领|去|做|验|审|改)|先(?:干|开|卖|建|盖|做|用)|注销|变更"
)


def supposed_thing(text: str) -> str | None:
    """Return what a text supposes: 在一楼 of 那在一楼的话呢; None where it asks something else."""
    said = text.strip()
    found = _IF.fullmatch(said) or _THEN.fullmatch(said) if len(said) <= LONGEST else None
    if found is None:
        return None
    what = _FRONT.sub("", found["what"]).strip()
    return None if len(what) < SHORTEST or _PLAIN.search(what) else what
