"""What the writer's helper knows of Spanish."""

from __future__ import annotations

import re

from intake_app.domain.writing_languages import Speech

_MONTHS = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
_WEEKDAYS = "lunes|martes|miércoles|jueves|viernes|sábado|domingo"
_VERBS = (
    "abra acuda acuéstese anote aplique apriete aumente avise ayude baje beba busque camine "
    "cambie cancele coma compre consulte controle cubra cuide dé deje descanse diga dígale "
    "dúchese duerma empiece escriba espere evite firme guarde haga hable lávese lea levante "
    "levántese limite llame llene lleve mantenga marque mida mire mueva muestre no nunca pida "
    "pídale ponga póngase pregunte presione quite quítese recuerde reanude respire sepa "
    "siéntese siga suba tenga tire tome traiga use vaya vea vuelva"
)
_NOT_PASSIVE = (
    "complicado complicada delicado delicada adecuado adecuada demasiado demasiada cuidado lado "
    "estado pasado pasada casado casada cansado cansada líquido líquida rápido rápida válido "
    "válida conocido conocida parecido parecida"
)
_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?|un|una|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|unos|unas"
    r"|\{\w*(?:wait|hours|days|weeks)\w*\})"
)

SPANISH = Speech(
    passive=re.compile(
        r"\b(?:es|son|fue|fueron|era|eran|será|serán|sea|sean|ser|sido|siendo)\s+"
        r"(?:(?:no|ya|siempre|también)\s+)?"
        r"(?P<done>\w+(?:ad[oa]s?|id[oa]s?)|hech[oa]s?|puest[oa]s?|dich[oa]s?|escrit[oa]s?"
        r"|abiert[oa]s?|cubiert[oa]s?|vist[oa]s?)\b(?:\s+por\b)?",
        re.IGNORECASE,
    ),
    not_passive=frozenset(_NOT_PASSIVE.split()),
    sum_of=re.compile(
        r"\b(?:el doble|el triple|la mitad|un tercio|un cuarto)\s+(?:de|del)\b"
        r"|\bcada\s+\d+\s*(?:a\s+\d+\s*)?horas?\b|\b\d+\s*%|\bpor ciento\b"
        r"|\d\s*[÷×*/+]\s*\d|\bpor\s+(?:kg|kilo|libra)\b|\b(?:sume|reste|divida|multiplique)\b",
        re.IGNORECASE,
    ),
    limit=re.compile(
        rf"\b(?:durante|por|dentro de|después de|tras|en(?!\s+24\s+horas))\s+(?:las?|los)?"
        rf"\s*(?:primer[oa]s|próxim[oa]s)?"
        rf"\s*{_NUMBER}(?:\s*(?:a|o|-)\s*{_NUMBER})?\s*(?:horas?|días?|semanas?|mes(?:es)?|(?<=\}}))"
        rf"|^{_NUMBER}\s*(?:días?|semanas?|mes(?:es)?)$",
        re.IGNORECASE,
    ),
    date=re.compile(rf"\b(?:{_MONTHS}|{_WEEKDAYS})\b", re.IGNORECASE),
    verbs=frozenset(_VERBS.split()),
    advice=re.compile(
        r"(?:\busted\s+|^)(?:debe|debería|deberá|tiene que|ha de)\s+\w+r\b|\bhay que\b"
        r"|\bes (?:importante|necesario|recomendable|aconsejable)\b"
        r"|\bel paciente (?:debe|deberá)\b",
        re.IGNORECASE,
    ),
)
