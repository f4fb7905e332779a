"""Sheets of real length, made up: no patient, no clinic."""

from dataclasses import replace

from intake_app.domain.countries import Paper
from intake_app.domain.sheets import (
    Block,
    Bullets,
    Element,
    Lines,
    Paragraph,
    PrintSize,
    Sheet,
    SheetKind,
    SpineFigure,
    Table,
)


def block(
    handle: str, title: str, *elements: Element, boxed: bool = False, first_page: bool = False
) -> Block:
    return Block(
        id=handle,
        title=title,
        elements=elements,
        reason="always",
        boxed=boxed,
        first_page=first_page,
    )


def bullets(*items: str, lead: str = "", columns: int = 1, tick: bool = False) -> Bullets:
    return Bullets(items=items, lead=lead, columns=columns, tick=tick)


FIRST_PAGE = (
    block(
        "A-02",
        "In short",
        Paragraph("Rest today. Move a little more each day. Know the danger signs."),
        boxed=True,
        first_page=True,
    ),
    block(
        "A-24",
        "Call 911 right away if you have",
        bullets(
            "chest pain",
            "trouble breathing",
            "coughing up blood",
            "fainting",
            lead="Chest and breathing",
            columns=2,
        ),
        bullets(
            "weak or heavy legs, or you cannot stand",
            "numb legs or feet",
            "numb skin between the legs",
            "no control over urine or stool",
            "you cannot pass urine",
            "sudden very bad back pain or pain that shoots down a leg",
            lead="Legs, bladder and bowel",
            columns=2,
        ),
        bullets(
            "bleeding that 10 minutes of firm pressure does not stop",
            "swelling of the face or throat",
            "hives and hard breathing",
            lead="Bleeding and allergy",
            columns=2,
        ),
        bullets(
            "very sleepy and hard to wake",
            "slow breathing",
            "a drooping face or trouble speaking",
            lead="Mind and waking",
            columns=2,
        ),
        boxed=True,
        first_page=True,
    ),
    block(
        "A-25",
        "Call the clinic the same day if you have",
        bullets(
            "a temperature of 100.4 °F or higher, or chills",
            "redness, swelling, warmth or pus at the site",
            "a growing bruise or lump",
            "pain worse than before, or not better in 3 days",
            "new pain like a band round the chest or belly",
            "a headache that is worse when you stand",
            "throwing up more than once",
            columns=2,
        ),
        bullets("a rash", "pain or swelling in the calf", "a fall", columns=2),
        first_page=True,
    ),
    block(
        "A-26",
        "Whom to call",
        Table(
            head=("Danger sign", "Monday to Friday, 7 am to 5 pm", "Any other time"),
            rows=(("**911**", "**312 555 0142**", "**312 555 0143**"),),
            widths=(0.2, 0.45, 0.35),
        ),
        first_page=True,
    ),
    block(
        "A-03",
        "What was done",
        SpineFigure(
            treated=("T12", "L1"),
            caption="The black bones were treated.",
            text=(
                "You had a balloon kyphoplasty on Monday 23 November. Dr. Ruth Okafor put bone "
                "cement into 2 broken bones of your back: **T12** and **L1**.",
            ),
        ),
        first_page=True,
    ),
)

REST = (
    block(
        "A-04",
        "Until Tuesday 24 November, 14:30",
        bullets(
            "Do not drive, cycle or use machines.",
            "Do not cook alone.",
            "Do not drink alcohol.",
            "Do not sign papers or decide about money.",
            "Do not look after children alone.",
            "Have an adult stay with you all night.",
        ),
    ),
    block(
        "A-05",
        "Rest and moving",
        bullets(
            "Rest at home today. Get up for meals and the toilet.",
            "Walk 5 minutes at a time. Walk a little more each day.",
            "To get up, roll on your side first.",
            "Do not sit for more than 30 minutes at a time.",
        ),
    ),
    block(
        "A-06",
        "When may I do what?",
        Table(
            head=("What", "From when"),
            rows=(
                ("Drive", "not before Wednesday 25 November, 10:30"),
                ("Lift more than 5 pounds", "not before Monday 22 February 2027"),
                ("Shower", "from Tuesday 24 November, 10:30"),
                ("Bath or pool", "not before Monday 30 November"),
                ("Take the dressing off", "Tuesday 24 November, 10:30"),
                ("Desk work", "from Wednesday 25 November"),
                ("Hard work or sport", "not before Monday 4 January 2027"),
            ),
            widths=(0.4, 0.6),
        ),
    ),
    block(
        "A-09",
        "The small cuts",
        bullets(
            "Keep the dressing dry. Put no cream on the cuts.",
            "Look at them each day for redness, swelling or pus.",
            "Paper strips close them. Let the strips fall off.",
        ),
    ),
    block(
        "A-12",
        "Pain",
        bullets(
            "The small cuts may be sore for a few days.",
            "Back pain may take 3 days to get better.",
            "Ice in a cloth: 20 minutes on, 20 off.",
            "Take at most 3,000 mg acetaminophen in 24 hours.",
        ),
    ),
    block(
        "A-19",
        "Strong bones",
        bullets(
            "Ask your doctor for a bone density scan.",
            "Do not smoke.",
            "Make your home safe from falls.",
        ),
    ),
    block(
        "A-27",
        "Your next visit",
        bullets(
            "We call you on Wednesday 25 November.",
            "Come to the clinic on Monday 7 December at 9:00.",
        ),
    ),
)
DIARY = block(
    "DIARY",
    "",
    Table(
        head=(
            "Your first week",
            *(
                f"{day} {n}"
                for n, day in enumerate(("Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon"), 24)
            ),
        ),
        rows=tuple(
            (label, *[""] * 7) for label in ("Pain, 0 to 10", "Minutes walked", "Looked at wound")
        ),
        widths=(0.23, *[0.11] * 7),
        writing=True,
    ),
)
LAST = (
    block(
        "A-28",
        "Card to keep",
        Paragraph(
            "**Eleanor Whitfield**, born 4 March 1951, has bone cement in **T12 and L1** since "
            "23 November 2026. Lakeside Spine Clinic, 312 555 0142."
        ),
    ),
    block(
        "A-29",
        "Tell us in your own words",
        bullets(
            "What do you do if you have chest pain or cannot move a leg?",
            "Whom do you call if you have a fever?",
            "When may you drive and lift again?",
            "When is your next visit?",
            tick=True,
            columns=2,
        ),
        Lines(("Nurse, time", "Copy to")),
    ),
)
ONLY_SOME = (
    block(
        "A-23",
        "More than one bone",
        Paragraph("You have 4 small cuts. More bones may mean more soreness."),
    ),
    block(
        "A-13",
        "Strong pain medicine (opioid)",
        bullets(
            "Do not drive while you take it.",
            "Do not drink alcohol. Take no sleeping pills with it.",
            "Drink water and eat fiber: it can block your bowel.",
            "Lock it up. Bring what is left to a drug take-back.",
            "Very slow breathing or blue lips: call 911.",
            "You should need less each day. Ask us how to stop.",
        ),
    ),
    block(
        "A-15",
        "Your blood thinner",
        Paragraph(
            "You take **apixaban**. **Do not start it again until we call you, or you call us.** "
            "Call 312 555 0142 tomorrow if nobody called you."
        ),
    ),
    block(
        "A-17",
        "Diabetes",
        bullets(
            "Check your sugar as your plan says.",
            "It may swing after you did not eat.",
            "Start metformin again on Wednesday 25 November.",
        ),
    ),
    block(
        "A-18",
        "Your brace",
        bullets("Wear it when you are up.", "Stop on Monday 4 January 2027."),
    ),
    block(
        "A-20",
        "Cancer care",
        bullets(
            "Keep your visit at the cancer clinic.",
            "Fever of 100.4 °F on chemo: call the cancer clinic at once, day or night.",
            "Ask them when radiation may start.",
        ),
    ),
    block(
        "A-21",
        "Sleep apnea",
        bullets(
            "Use your CPAP each time you sleep, naps too.",
            "Do not lie flat on your back.",
            "Take no opioids unless we told you to.",
        ),
    ),
    block(
        "A-22",
        "Two methods",
        Paragraph(
            "Two bones had a balloon first, then cement. The other two had cement only. The care "
            "at home is the same."
        ),
    ),
)


def ordinary() -> Sheet:
    return Sheet(
        kind=SheetKind.AFTERCARE,
        title="Going home after your back procedure",
        subtitle="Monday 23 November 2026. Balloon kyphoplasty, T12 and L1",
        clinic_lines=(
            "Lakeside Spine Clinic",
            "12 Shore Road, Chicago, IL 60601",
            "312 555 0142",
        ),
        patient_name="Eleanor Whitfield",
        patient_birth_date="4 March 1951",
        record_number="000123",
        blocks=(*FIRST_PAGE, *REST, DIARY, *LAST),
        foot="This sheet does not replace what your doctor told you.",
        version_line="Aftercare 1.0 (English). Approved by Dr. Ruth Okafor on 2 November 2026. "
        "Review by 2 November 2027.",
        check_code="7K3M-Q2XD",
    )


def everything() -> Sheet:
    sheet = ordinary()
    return replace(sheet, blocks=(*FIRST_PAGE, *REST[:3], *ONLY_SOME, *REST[3:], DIARY, *LAST))


def what_to_expect() -> Sheet:
    return replace(
        ordinary(),
        kind=SheetKind.WHAT_TO_EXPECT,
        title="What to expect on the day",
        subtitle="Monday 23 November 2026",
        blocks=(
            block(
                "W-01",
                "Your day",
                Table(
                    head=("Time", "What happens"),
                    rows=(
                        ("7:00", "You come to the clinic. We get you ready."),
                        ("8:00", "The procedure starts. It takes about 2 hours for 2 bones."),
                        ("10:00", "You rest with us for 3 to 4 hours."),
                        ("13:00 to 14:00", "Your driver takes you home."),
                    ),
                    widths=(0.25, 0.75),
                ),
                boxed=True,
            ),
            block(
                "W-02",
                "Before you come",
                bullets(
                    "Do not eat after midnight.",
                    "Take only the medicines we told you to take.",
                    "Bring a list of your medicines.",
                    "Leave rings and watches at home.",
                    tick=True,
                ),
            ),
            block(
                "W-03",
                "Who comes with you",
                bullets(
                    "An adult who drives you home.",
                    "An adult who stays with you that night.",
                ),
            ),
        ),
    )


def driver_card() -> Sheet:
    return replace(
        ordinary(),
        kind=SheetKind.DRIVER_CARD,
        patient_birth_date="",
        record_number="",
        title="For the driver of Eleanor Whitfield",
        subtitle="Monday 23 November 2026",
        blocks=(
            block(
                "D-01",
                "Please come between 13:00 and 14:00",
                Paragraph("Lakeside Spine Clinic, 12 Shore Road, Chicago. Use the side entrance."),
                Paragraph("Questions? Call **312 555 0142**. We call you at 773 555 0100."),
                boxed=True,
            ),
            block(
                "D-02",
                "Please stay",
                bullets("Help on the stairs.", "Stay with the patient that night."),
            ),
        ),
    )


def printed(sheet: Sheet, *, paper: Paper = Paper.LETTER, large: bool = False) -> Sheet:
    return replace(sheet, paper=paper, size=PrintSize.LARGE if large else PrintSize.NORMAL)


def all_words(sheet: Sheet) -> int:
    from intake_app.documents.engine import texts_of

    return len(" ".join(texts_of(sheet)).split())
