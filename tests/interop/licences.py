"""Made-up licences, as the text of their bar codes."""


def a_licence(*, version: str = "09", **elements: str) -> str:
    """Return the text of a licence with these elements; the header says how long it is."""
    body = "DL" + "\n".join(f"{code}{value}" for code, value in elements.items()) + "\r"
    places = f"DL{41:04}{len(body):04}"
    return f"@\n\x1e\rANSI 636018{version}0001{places}{body}"


IOWA = a_licence(
    DCA="C",
    DCS="WEBER",
    DDE="N",
    DAC="CLARA",
    DDF="N",
    DAD="ANN",
    DBD="08232023",
    DBB="03041951",
    DBA="08232031",
    DBC="2",
    DAY="BRO",
    DAU="064 IN",
    DAG="12 MAIN ST",
    DAI="AMES",
    DAJ="IA",
    DAK="500100000  ",
    DAQ="123AB4567",
    DCF="83D9BN217QO983B1",
    DCG="USA",
)
CANADIAN = a_licence(
    DCS="TREMBLAY",
    DAC="LUCIE",
    DBB="19510304",
    DBC="2",
    DAG="80 RUE WELLINGTON",
    DAI="OTTAWA",
    DAJ="ON",
    DAK="K1A0B1",
    DCG="CAN",
)
FIRST_VERSION = (
    "@\n\x1c\rAAMVA6360000101DL00290060DLDAQ12345\n"
    "DAAO'BRIEN,MARY JO,KATE\nDBB19401231\nDBCF\nDAG1 ELM\r"
)
