"""Make the fonts of resources/fonts from the full ones, smaller: ``make_fonts.py FOLDER``.

FOLDER holds the npm packages ``@expo-google-fonts/noto-sans*``, as ``npm install`` puts them
below ``node_modules``. Hints, vertical layout and letters that another shipped font has are
left out; of Han and Hangul only what common character sets hold. Nothing here is needed to run
the program.
"""

import argparse
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "resources" / "fonts"
SCRIPTS = {
    "Arabic": "0600-06FF 0750-077F 08A0-08FF FB50-FDFF FE70-FEFC 0030-0039",
    "Armenian": "0530-058F FB13-FB17",
    "Bengali": "0980-09FF 0964-0965",
    "Devanagari": "0900-097F A8E0-A8FF",
    "Ethiopic": "1200-139F",
    "Georgian": "10A0-10FF 1C90-1CBF 2D00-2D2F",
    "Gujarati": "0A80-0AFF 0964-0965",
    "Gurmukhi": "0A00-0A7F 0964-0965",
    "Hebrew": "0590-05FF FB1D-FB4F",
    "Kannada": "0C80-0CFF 0964-0965",
    "Khmer": "1780-17FF 19E0-19FF",
    "Lao": "0E80-0EFF",
    "Malayalam": "0D00-0D7F 0964-0965",
    "Myanmar": "1000-109F",
    "Sinhala": "0D80-0DFF 0964-0965",
    "Tamil": "0B80-0BFF 0964-0965",
    "Telugu": "0C00-0C7F 0964-0965",
    "Thai": "0E00-0E7F",
}
"""Which letters each font is for; joiners and the dotted circle come with all of them."""
WITH_ALL = "0020 00A0 200C-200D 25CC"
BOLD = ("Arabic",)
"""Scripts our own wording uses; the bold of the others is drawn from the regular letters."""
LATIN = (
    "0020-024F 0250-02FF 0300-036F 0370-03FF 0400-052F 1AB0-1AFF 1C80-1C8F 1D00-1DFF"
    " 1E00-1FFF 2000-206F 2070-209F 20A0-20CF 20F0 2100-214F 2150-218F 2190-21FF 2200-22FF 25CC"
    " 2C60-2C7F 2DE0-2DFF 2E00-2E7F A640-A69F A700-A7FF AB30-AB6F FB00-FB06 FE20-FE2F FFFC-FFFD"
)
HAN_MARKS = "0020 00A0 00B7 00D7 2014 2018-2019 201C-201D 2026 2103 3000-30FF FF00-FFEF FE30-FE4F"
HANGUL = "0020 00A0 1100-11FF 3130-318F"
IN_NAMES = (
    "镕喆堃瑄玥珺昇旻晞曈煊琁琇珣珵瑀瑢瑭璟璠曌祎翀翾芃苡莜菡蓁蘅赟赪钰锜锳锴韫頔颋飏骅鋆霂甯嬅婕媃妘姞姮"
    "婳嫚孋峣崚垚埝塬奡彧愔慜扆昀昪晗晙暐暕朸棽樾歆沄泇洺浛涵淏湉湜溦潆澍澔濛炘炜焓焜焱煐燊爔玎玙玚玹珅珈"
    "珩琛琬璇皞砚祯禛竑箐篪粲纭翎翯胤臻苒荃荻莞菀葳蒨蕊蕙衎诶谞谖贇赓轾逍遹郢鄞釴鑫钊铠镝阗隽霁韬颀飒馥骊"
    "骐鸢黛龢丗仝仡佺侞倢偲傕冼僖兕凇劭勍厍厐叆呙咍哿喬堉墡夀夆夐夤奭妍妧妲姌姵娍娴婞媖媛嫄嫒嫣孖孜宓宬"
    "寀寯屾岍岐岚岷峋峤崟嶷巍帔幂廙弢彀彣忞忻怡悒悫惇惔惟愃慥戬扬抟挚挹揆揆撝旃旎旸昉昫晅晢晫曚朏杼柷栎"
    "栴桉桐梽棠棣椀椿楒楫榅槿樨橦櫆毖氚汭沅沚沨沺泠泩泱洢洣浐浟浥浬涑淯淼渟渲湫溁溱漾潇潞濉濯瀛炅炆烜焘"
    "煜熇熳燚牁犇玒玘玟玠玢玭玮珐珖珙珣珧珮珽琀琎琤琨琮琯瑛瑝瑨瑾璁璘璜璥璨璪瓘甡甪畀畯疍皑皛皪盎眭睢瞾"
    "矞砀碶磾祊祎祐祜祾禊禤秾穆穰窅竦笪筠筼篁篯簃籀糁綦縯纾绂绗绚绛绠绤缃缇缊缦缵罗翚翥耆聃肸肜脩舜艮艾"
    "芾苕苻茀茕茗茝荀荇荭荥莅莳莼菘萃萏葆葑葭蒽蓂蓓蔻蔼蕴薷藜藴蘩虓虔虢蜎蜚螽衍袆裎裒覃觅觐訚誾诒诚诠诩"
    "谌谡谧豫貔贽赉赵趯跹躞軏轲辀辂辇逄逢逵邈邕邬邵郗郯鄢鄫酆釿鈊鈞鉌鉎鉥鋐銁錞鍂鎏鎔鏊铄铉铏铤铭铻锃锽镕"
    "镠闫闰闿阊隗隰雎雩雱霈靖静靳鞠韪韫顼颉颛餗饴馗馼駪驷骃骉骎骓髙魁鲍鲲鳌鸥鸾鹄鹓鹔麃麴黻鼐鼒龑龙靇"
)
LARGEST = 1_950_000


def ranges(text: str) -> set[int]:
    """Return the characters of "0530-058F FB13"."""
    found: set[int] = set()
    for part in text.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def decoded(codec: str, leads: range, trails: Iterable[int]) -> set[int]:
    """Return the characters of a double-byte character set."""
    trails = list(trails)
    texts = (bytes((lead, trail)).decode(codec, "ignore") for lead in leads for trail in trails)
    return {ord(text) for text in texts if len(text) == 1}


def han() -> dict[str, set[int]]:
    """Return Han characters by the file they go to: most used, of names, of other writing."""
    trails = range(0xA1, 0xFF)
    first = decoded("gb2312", range(0xB0, 0xD8), trails)
    second = decoded("gb2312", range(0xD8, 0xF8), trails)
    traditional = decoded("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *trails])
    japanese = decoded("shift_jis", range(0x88, 0x99), range(0x40, 0xFD))
    names = second | set(map(ord, IN_NAMES))
    block = ranges("4E00-9FFF")
    return {
        "Regular": first | ranges(HAN_MARKS),
        "Names": (names & block) - first,
        "Traditional": ((traditional | japanese) & block) - first - names,
    }


def small(source: Path, target: Path, wanted: set[int], *, shaped: bool) -> None:
    """Write a font with only the wanted characters and what is needed to shape them."""
    font = TTFont(source)
    options = subset.Options(
        hinting=False,
        desubroutinize=False,
        glyph_names=False,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        drop_tables=["vhea", "vmtx", "VORG", "gasp", "STAT", "DSIG", "BASE", "meta"],
    )
    if not shaped:
        options.layout_features = []
    maker = subset.Subsetter(options)
    maker.populate(unicodes=wanted)
    maker.subset(font)
    # Parts of one font must have names of their own, or a PDF takes one for the other.
    font["name"].setName(target.stem, 6, 3, 1, 0x409)
    font["name"].setName(target.stem, 6, 1, 0, 0)
    font.save(target)
    size = target.stat().st_size
    print(f"{target.name}: {len(font.getBestCmap())} characters, {size:,} bytes")
    if size > LARGEST:
        sys.exit(f"{target.name} is larger than {LARGEST:,} bytes: give it fewer characters")


def make(packages: Path) -> None:
    """Write all fonts and their licences."""

    def full(script: str, weight: str = "400Regular") -> Path:
        folder = packages / f"noto-sans-{script}".lower().rstrip("-")
        return folder / weight / f"NotoSans{script}_{weight}.ttf"

    def licence(script: str) -> None:
        shutil.copyfile(
            full(script).parents[1] / "LICENSE_FONT", FONTS / f"NotoSans{script}-OFL.txt"
        )

    for weight, style in (("400Regular", "Regular"), ("700Bold", "Bold")):
        small(full("", weight), FONTS / f"NotoSans-{style}.ttf", ranges(LATIN), shaped=True)
    for script, letters in SCRIPTS.items():
        wanted = ranges(f"{letters} {WITH_ALL}")
        small(full(script), FONTS / f"NotoSans{script}-Regular.ttf", wanted, shaped=True)
        if script in BOLD:
            bold = FONTS / f"NotoSans{script}-Bold.ttf"
            small(full(script, "700Bold"), bold, wanted, shaped=True)
        licence(script)
    for part, wanted in han().items():
        small(full("SC"), FONTS / f"NotoSansSC-{part}.ttf", wanted, shaped=False)
    licence("SC")
    hangul = decoded("euc_kr", range(0xB0, 0xC9), range(0xA1, 0xFF)) | ranges(HANGUL)
    small(full("KR"), FONTS / "NotoSansKR-Regular.ttf", hangul, shaped=False)
    licence("KR")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="node_modules/@expo-google-fonts")
    make(parser.parse_args().folder)
