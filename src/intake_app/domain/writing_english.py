"""What the writer's helper knows of English."""

from __future__ import annotations

import re

from intake_app.domain.values import MONTHS
from intake_app.domain.writing_languages import Speech

_IRREGULAR = (
    "become begun bent bitten blown born bought bound broken brought built caught chosen cut "
    "dealt done drawn driven drunk eaten fallen fed felt fought found forbidden forgotten "
    "frozen given gone grown heard held hidden hit hurt kept known laid led left lent let lost "
    "made meant met paid put read ridden rung said seen sent set sewn shaken shown shut slept "
    "sold spent spoken spread stolen stopped stuck swept sworn swollen swum taken taught "
    "thought thrown told understood undone withdrawn won worn wound woken written"
)
_NOT_PASSIVE = (
    "allowed bored concerned confused depressed diseased dizzied dressed drunk excited "
    "exhausted frightened gone interested limited left married open pleased "
    "prepared ready red related relaxed retired scared seated sick sore swollen tired unsure "
    "upset wet worried"
)
_VERBS = (
    "add answer ask avoid be bend book breathe bring call carry change check choose clean clear "
    "climb close come cook cough count cover cut do don’t don't drink drive eat empty exercise "
    "fill find finish follow get give go have help hold ice increase keep know lay learn leave "
    "let lie lift limit lock look lower make mark measure move never note open pat pick plan "
    "press pull push put raise read record remember remove report rest restart return roll rub "
    "say see sell set show shower sign sit skip sleep smoke soak speak stand start stay stop "
    "swim take talk tell throw try turn twist use wait walk wash watch wear work wrap write"
)
_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a few|several"
    r"|\{\w*(?:wait|hours|days|weeks)\w*\})"
)
_SPAN = r"(?:[- ]?(?:hours?|days?|weeks?|months?)|(?<=\}))"
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"

ENGLISH = Speech(
    passive=re.compile(
        r"\b(?:am|is|are|was|were|be|been|being|gets?|got)\s+(?:(?:not|never|now|also|often|always|"
        r"already|only|still|just|being|been|to be|\w+ly)\s+)*"
        rf"(?P<done>\w+ed|{'|'.join(_IRREGULAR.split())})\b(?!-)"
        rf"|^(?P<by>\w+ed|{'|'.join(_IRREGULAR.split())})\s+by\b",
        re.IGNORECASE,
    ),
    not_passive=frozenset(_NOT_PASSIVE.split()),
    sum_of=re.compile(
        r"\b(?:twice|double|triple|three times|half|a third|a quarter)\s+(?:of\s+)?"
        r"(?:the|your|that|as (?:much|many))\b"
        r"|\bevery\s+\d+\s*(?:to\s+\d+\s*)?hours?\b"
        r"|\b\d+\s*(?:%|percent\b|per cent\b)|\b(?:percent|per cent)\b"
        r"|\d\s*[÷×*/+]\s*\d|\bper\s+(?:kg|kilo|pound|lb)\b"
        r"|\b(?:add|subtract|divide|multiply)\b[^.;]*\d|\b(?:plus|minus|divided by|times)\s+\d",
        re.IGNORECASE,
    ),
    limit=re.compile(
        # "In 24 hours" is how much in a day, not how long.
        rf"\b(?:for|after|within|in(?!\s+24\s+hours))\s+(?:the\s+)?"
        rf"(?:first|next|about|at least|up to)?\s*{_NUMBER}"
        rf"(?:\s*(?:to|or|-)\s*{_NUMBER})?\s*{_SPAN}(?!\w)"
        rf"|^{_NUMBER}\s*(?:days?|weeks?|months?)$",
        re.IGNORECASE,
    ),
    date=re.compile(rf"\b(?:{'|'.join(MONTHS)}|{_WEEKDAYS})\b"),
    verbs=frozenset(_VERBS.split()),
    advice=re.compile(
        r"\byou\s+(?:should|must|need to|have to|ought to|are to)\b|\bthe patient (?:should|must)\b"
        r"|\bpatients (?:should|must|are)\b|\bit is (?:important|necessary|recommended|advised)\b",
        re.IGNORECASE,
    ),
)
