"""Outcomes of decisions: a judged table. Sentences are from the known minutes and of municipal minutes' own kind."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutes.parsing.outcomes import KINDS, find_outcomes

G, IG, E, D, B = "godkendt", "ikke godkendt", "taget til efterretning", "drøftet", "besluttet"
U, O, V, I, N = "udpeget", "orienteret", "sendt videre", "genoptages", "ingen beslutning"  # noqa: E741

FROM_THE_MINUTES = [
    ("Chefforum godkendte dagordenen for mødet af 11. oktober 2016.", [G]),
    ("Chefforum godkendte referat for møde af 29.september 2016.", [G]),
    ("Godkendt.", [G]),
    ("På baggrund et inspirationsoplæg drøftede chefforum den eksisterende arbejds- og mødekultur.", [D]),
    ("Chefforum drøftede særligt hvordan et fokus på arbejds- og mødekultur kan hjælpe.", [D]),
    ("Det handler eksempelvis om hvornår møder kan afløses af andre arbejdsgange.", []),
    ("Et stærkere fokus på arbejds- og mødekultur kan i sidste ende være med til at frigøre tid.", []),
    ("Det blev besluttet, at der udarbejdes en oversigt over de værktøjer som chefforum præsenterede på mødet.", [B]),
    ("Herefter byder chefforum ind med hvilke indsatser de vil afprøve i deres egen ledelse og arbejdsdag.", []),
    ("Der vil blive fulgt op på indsatserne inden årets udgang.", []),
    ("Borgmesteren orienterede om budgetforhandlingerne og budgetaftalen, herunder fortolkningen af punkterne.", [O]),
    ("Der vil blive produceret et oplæg herom fra Økonomi & Stab, som sendes i mailhøring via direktørforum.", []),
    ("Den videre forankring af budgetanalyserne vil blive drøftet igen i chefforum d. 27. oktober 2016.", [I]),
    ("Chefforum blev orienteret om den boligsociale helhedsplan.", [O]),
    ("Der er udarbejdet et samlet dokument, som beskriver hvilke data hver afdeling bidrager med.", []),
    ("Chefforum forpligter sig samtidig til, at deres medarbejdere afgiver det foreslåede antal timer.", []),
    ("Chefforum drøftede kort den kommunale medfinansiering.", [D]),
    ("Chefforum tog orienteringen til efterretning.", [E]),
    ("Der var ros til den grafiske fremstilling af planens hovedpunkter og formål.", []),
    (
        "Den boligsociale helhedsplan sendes videre til forhåndsgodkendelse i Landsbyggefonden, og vil derefter "
        "videregå til behandling i Økonomiudvalget og Kommunalbestyrelsen i december 2016.",
        [V],
    ),
    ("Kommunaldirektøren orienterede chefforum om deres mulighed for at invitere ind til temadrøftelser.", [O]),
    ('Chefforum godkendte netværket "Borgere der modtager misbrugsbehandling".', [G]),
    ("Jan Eriksen er referenceleder for netværket.", [U]),
    ("Henriette Krag bliver referenceleder for netværket.", [U]),
    ("Katrine Winther vil gerne træde til som netværksleder.", []),
    ("For begge netværk er det gældende, at referencelederne kommer til at spille en central rolle.", []),
    ("Til begge netværk skal findes en stærk netværksleder.", []),
    ('Arbejdsgruppen bag analysen "Udsatte borgere på tværs" tager beslutning om netværksledere.', []),
    ('Chefforum besluttede at læringsnetværket "Boligsociale indsatser for udsatte familier" igangsættes.', [B]),
    ("Det blev besluttet, at temaet skal skæres yderligere til.", [B]),
    ("Temaet skal derfor i chefforum igen til en yderligere kvalificering.", [I]),
    ("Orienteringen om projektet, Fælles om målet, blev taget til efterretning.", [E]),
    ("Med økonomaftalen mellem KL og ministeriet forventes der ikke en yderligere vækst i indtægterne.", []),
    ("De talmæssige besparelsesforslag til budgetkataloget skal være færdige før sommerferien.", []),
    ("Cheferne skal indsende deres forslag til Økonomi & Stab senest d. 21.juni.", []),
    ("Chefforum gennemgik status på budgetaftalen 2017.", [D]),
    ("Notatet til ØU opdateres herefter, så det kan komme med når dagsorden til ØU genpubliceres d. 15. juni.", []),
    ("Den endelige beslutning om deltagere til netværkslederuddannelsen 2017 tages i direktørforum.", [V]),
    ("Endelig godkendelse skal ske før sommeren.", []),
    ("Chefforum drøftede de fremlagte kriterier, med følgende kommentarer.", [D]),
    ("Store IT-projekter, der skal godkendes eller nedlukkes præsenteres for chefforum.", []),
    ("Chefforum besluttede at rådet fremlægger eventuelle dilemmaer til fremtidig drøftelse i chefforum.", [B]),
    ("Der har været valg i KommuneMED.", []),
    ("Valgets udfald betyder, at der omrokeres i repræsentanterne fra kommunens ledelse.", []),
    ("Der har været debat om sikkerheden ved sommerens festival ved badesøen.", []),
    ("Cheferne får tilsendt en ph.d. pr. mail.", []),
    ("Direktøren for By, Kultur, Miljø & Beskæftigelse faciliterede en drøftelse af begreberne.", [D]),
    ("Fællesdrøftelsen skal sikre at:\n\n- det besluttes hvilke mål, der arbejdes videre med\n- hvem der deltager", []),
    ("Det besluttes hvilke mål, der arbejdes videre med.", []),
    ("Chefforum godkendte at alle på rådhuset skal inviteres til at deltage i kampagnen.", [G]),
    ("Derfor besluttede Chefforum, at der bliver et drøftelsespunkt i Chefforum, hvor indsatser drøftes.", [B]),
    ("Det skal endvidere indarbejdes i Chefforums årsplan, at der bliver et drøftelsespunkt.", []),
    ("Status fra IT & Digitalisering blev drøftet, idet at den skitserede model udrulles.", [D]),
    ("Derudover blev det besluttet at der i løbet af 2024 skal være temadrøftelser om:\n\n- AI\n- Licenser", [B]),
    ("Principperne for sekretærbistand kan med fordel drøftes bredere på et senere tidspunkt.", []),
    ("Afdelingschefen for Børn & Familie fortalte at hun har overtaget ledelsen nu.", [O]),
]

SHORT = [
    ("Godkendt", [G]),
    ("**Godkendt.**", [G]),
    ("Godkendes.", [G]),
    ("Tiltrådt.", [G]),
    ("Vedtaget.", [G]),
    ("Enstemmigt vedtaget.", [G]),
    ("Indstillingen godkendt.", [G]),
    ("Indstillingen godkendes.", [G]),
    ("Indstillingen blev tiltrådt.", [G]),
    ("Indstillingen blev fulgt.", [G]),
    ("Som indstillet.", [G]),
    ("Punkt 1-3: Godkendt.", [G]),
    ("Godkendt uden bemærkninger.", [G]),
    ("Godkendt med den bemærkning, at økonomien genbesøges.", [G]),
    ("Ad 1) Godkendt\nAd 2) Taget til efterretning", [G, E]),
    ("1. Godkendt.\n2. Drøftet.\n3. Udsat.", [G, D, I]),
    ("Ikke godkendt.", [IG]),
    ("Ej godkendt.", [IG]),
    ("Afvist.", [IG]),
    ("Drøftet.", [D]),
    ("Drøftet og taget til efterretning.", [D, E]),
    ("Behandlet.", [D]),
    ("Gennemgået.", [D]),
    ("Kort drøftelse.", [D]),
    ("Temadrøftelse om trivsel.", [D]),
    ("Tages til efterretning.", [E]),
    ("Taget til efterretning.", [E]),
    ("Taget til efterretningen.", [E]),
    ("Til efterretning.", [E]),
    ("Orienteringen tages til efterretning.", [E]),
    ("Orienteringen taget til efterretning.", [E]),
    ("Taget ad notam.", [E]),
    ("Til orientering.", [O]),
    ("Orientering givet.", [O]),
    ("Orienteret.", [O]),
    ("Besluttet.", [B]),
    ("Udsat.", [I]),
    ("Udsættes.", [I]),
    ("Udskudt til næste møde.", [I]),
    ("Punktet udsættes.", [I]),
    ("Punktet genoptages.", [I]),
    ("Genoptages på næste møde.", [I]),
    ("Punktet blev udsat.", [I]),
    ("Sagen udsat.", [I]),
    ("Anbefales.", [V]),
    ("Indstillingen anbefales godkendt.", [V]),
    ("Anbefales over for Kommunalbestyrelsen.", [V]),
    ("Oversendes til ØU.", [V]),
    ("Sendes i høring.", [V]),
    ("Sendt i mailhøring.", [V]),
    ("Taget af dagsordenen.", [N]),
    ("Punktet blev taget af dagsordenen.", [N]),
    ("Punktet udgik.", [N]),
    ("Udgår.", [N]),
    ("Ingen bemærkninger.", [N]),
    ("Ingen.", [N]),
    ("Intet.", [N]),
    ("Intet til eventuelt.", [N]),
    ("Ingen punkter til eventuelt.", [N]),
    ("Der var ingen bemærkninger.", [N]),
    ("Der var intet til punktet.", [N]),
    ("Ikke behandlet.", [N]),
    ("Ingen beslutning.", [N]),
    ("-", [N]),
    ("", []),
]

WHOLE_SENTENCES = [
    # godkendt and ikke godkendt
    ("CF godkendte indstillingen.", [G]),
    ("Herefter godkendte chefforum kommissoriet.", [G]),
    ("Chefforum tiltrådte indstillingen med enkelte ændringer.", [G]),
    ("Chefforum vedtog politikken.", [G]),
    ("Chefforum har godkendt handleplanen.", [G]),
    ("Chefforum godkender dagsordenen.", [G]),
    ("Handleplanen er godkendt.", [G]),
    ("Der var opbakning til forslaget.", [G]),
    ("Chefforum bakkede op om forslaget.", [G]),
    ("Chefforum gav tilslutning til indstillingen.", [G]),
    ("Chefforum besluttede at godkende indstillingen.", [B, G]),
    ("Forslaget blev ikke imødekommet.", [IG]),
    ("Indstillingen blev ikke godkendt.", [IG]),
    ("Chefforum godkendte ikke forslaget.", [IG]),
    ("Chefforum kunne ikke tiltræde indstillingen.", [IG]),
    ("Ansøgningen kan ikke imødekommes.", [IG]),
    ("Chefforum afviste forslaget.", [IG]),
    ("Indstillingen blev forkastet.", [IG]),
    ("Chefforum besluttede ikke at godkende planen.", [IG]),
    ("Der var ikke opbakning til forslaget.", [IG]),
    ("Chefforum godkendte punkt 1, men ikke punkt 2.", [G]),
    # several in one
    ("Chefforum drøftede sagen og godkendte indstillingen.", [D, G]),
    ("Chefforum tog orienteringen til efterretning, og det blev besluttet, at sagen følges op.", [E, B]),
    ("Chefforum drøftede planen, som blev præsenteret på mødet, og besluttede at gå videre.", [D, B]),
    ("Sagen blev drøftet og udsat til næste møde.", [D, I]),
    ("Kommunaldirektøren orienterede om sagen. Orienteringen blev drøftet. Taget til efterretning.", [O, D, E]),
    ("Efter at have drøftet sagen besluttede chefforum at vente.", [D, B]),
    ("Efter en kort drøftelse godkendte chefforum planen.", [G]),
    ("Da tiden var gået, besluttede chefforum at slutte.", [B]),
    # besluttet, udpeget
    ("Chefforum besluttede:\n\n1. at godkende dagsordenen\n2. at udsætte resten", [B, G, I]),
    ("Chefforum var enige om, at indsatsen fortsætter.", [B]),
    ("Der var enighed om at fortsætte.", [B]),
    ("Det blev aftalt, at cheferne melder tilbage.", [B]),
    ("Chefforum traf beslutning om en ny proces.", [B]),
    ("Chefforum valgte model 2.", [B]),
    ("Det besluttes, at der nedsættes en arbejdsgruppe.", [B]),
    ("Chefforum beslutter, at der nedsættes en arbejdsgruppe.", [B]),
    ("Chefforum udpegede to repræsentanter til styregruppen.", [U]),
    ("Fornavn Efternavn blev udpeget som tovholder.", [U]),
    ("Som formand blev valgt Fornavn Efternavn.", [U]),
    ("Chefforum valgte Fornavn Efternavn som formand for arbejdsgruppen.", [U]),
    ("Tovholder er Fornavn Efternavn.", [U]),
    ("Fornavn Efternavn og Fornavn Andennavn bliver tovholdere.", [U]),
    # orienteret, drøftet
    ("Økonomichefen redegjorde for budgetopfølgningen.", [O]),
    ("Det blev oplyst, at udbuddet er gået i gang.", [O]),
    ("Projektlederen gav en status på projektet.", [O]),
    ("Projektlederen gennemgik tidsplanen.", [O]),
    ("Chefforum blev præsenteret for den nye model.", [O]),
    ("Der blev givet en orientering om sygefraværet.", [O]),
    ("Der var en god dialog om trivsel.", [D]),
    ("Chefforum havde en indledende drøftelse af emnet.", [D]),
    ("Chefforum kom med input til planen.", [D]),
    # sendt videre, genoptages
    ("Sagen oversendes til Økonomiudvalget.", [V]),
    ("Forslaget sendes i høring i KommuneMED.", [V]),
    ("Chefforum sendte forslaget i mailhøring.", [V]),
    ("Chefforum anbefalede Kommunalbestyrelsen at vedtage planen.", [V]),
    ("Sagen forelægges herefter for Børne- og Skoleudvalget.", [V]),
    ("Punktet tages op igen på et kommende møde.", [I]),
    ("Chefforum vender tilbage til sagen efter ferien.", [I]),
    ("Emnet sættes på dagsordenen til næste møde.", [I]),
    ("Beslutningen blev udskudt.", [I]),
    ("Chefforum udsatte punktet.", [I]),
    ("Chefforum besluttede at udskyde sagen.", [B, I]),
    ("Planen behandles på ny i chefforum d. 3. april.", [I]),
    ("Der blev ikke truffet beslutning.", [N]),
    ("Punktet blev ikke behandlet.", [N]),
    ("Punktet blev ikke drøftet på mødet.", [N]),
    ("Chefforum drøftede sagen, men der blev ikke truffet beslutning.", [D]),
    ("Punktet blev taget af dagsordenen og genoptages på næste møde.", [I]),
]

NOT_OF_THIS_MEETING = [
    # still to come, wished for, on a condition
    ("Planen skal godkendes af Kommunalbestyrelsen.", []),
    ("Planen skal godkendes i december.", []),
    ("Planen vil blive godkendt efter sommerferien.", []),
    ("Planen forventes godkendt i 2018.", []),
    ("Budgettet godkendes af Kommunalbestyrelsen i oktober.", []),
    ("Referatet kan godkendes, når det er rettet.", []),
    ("Hvis planen godkendes, orienteres cheferne.", []),
    ("Såfremt budgettet bliver vedtaget, udpeges en tovholder.", []),
    ("Når aftalen er godkendt, sendes den i høring.", []),
    ("Det bør drøftes i afdelingerne.", []),
    ("Det ønskes besluttet inden årets udgang.", []),
    ("Der udpeges en tovholder i hver afdeling.", []),
    ("Cheferne orienterer deres medarbejdere.", []),
    ("Medarbejderne orienteres efterfølgende.", []),
    ("Beslutningen kan afvente.", []),
    ("Drøftelsen kan afvente de nye tal.", []),
    ("Sagen kan eventuelt udsættes.", []),
    # about something else
    ("Forhåndsgodkendelsen er modtaget.", []),
    ("Det godkendte idéoplæg danner rammen.", []),
    ("De godkendte kriterier anvendes.", []),
    ("De besluttede tiltag sættes i gang.", []),
    ("Chefforums godkendte plan ligger på intranettet.", []),
    ("Indsatsen for udsatte børn og unge styrkes.", []),
    ("Udsatte borgere får et tilbud.", []),
    ("Valg til kommunalbestyrelsen er den 21. november.", []),
    ("Orienteringsmødet er i maj.", []),
    ("Politiets Efterretningstjeneste holder oplæg.", []),
    ("Materialet sendes til cheferne.", []),
    ("Chefforum ønsker et strategisk blik på ABC.", []),
    ("Der blev fulgt op på sidste møde.", []),
    ('Artiklen "Chefforum godkendte planen" er delt.', []),
    # another body, another time
    ("Kommunalbestyrelsen besluttede i 2016 at bygge en skole.", []),
    ("Kommunalbestyrelsen godkendte budgettet.", []),
    ("DIF har desuden godkendt et idéoplæg.", []),
    ("I maj besluttede Direktørforum at udsætte sagen.", []),
    ("Kommissoriet blev godkendt i Direktørforum d. 6. marts 2017.", []),
    ("Godkendt i Økonomiudvalget.", []),
    ("Styregruppen drøftede udkastet.", []),
    ("CF besluttede d. 2/3 2017, at der er op til 25 deltagere.", []),
    ("På CFs møde den 2. maj blev det besluttet, at temaerne kvalificeres.", []),
    ("Temaet blev drøftet på mødet den 2. maj.", []),
    ("På mødet den 2. maj var der enighed om at fortsætte.", []),
    ("Styregruppen traf beslutning om en ny proces.", []),
    ("Arbejdsgruppen havde en drøftelse af emnet.", []),
    ("Chefforum har tidligere drøftet sagen.", []),
    ("Tidligere besluttede chefforum det modsatte.", []),
    # in a subordinate clause
    ("Cheferne melder tilbage, om planen blev godkendt.", []),
    ("Det er vigtigt, at planen bliver drøftet.", []),
    ("Projektet, som chefforum godkendte, er forsinket.", []),
    ("Der mangler svar på, hvad der blev besluttet.", []),
    ("Alle projekter der blev godkendt fortsætter.", []),
]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [*FROM_THE_MINUTES, *SHORT, *WHOLE_SENTENCES, *NOT_OF_THIS_MEETING],
    ids=lambda value: str(value)[:60],
)
def test_outcomes(text: str, kinds: list[str]) -> None:
    assert [outcome.kind for outcome in find_outcomes(text)] == kinds


def test_first_sentence_carries_a_kind() -> None:
    text = "Jf. bilag 3.\n\nChefforum drøftede sagen d. 14. juni pr. mail. Chefforum drøftede den igen. Godkendt."
    drøftet, godkendt = find_outcomes(text)
    assert drøftet.sentence == "Chefforum drøftede sagen d. 14. juni pr. mail."
    assert text[godkendt.start : godkendt.end] == godkendt.sentence == "Godkendt."


def test_every_kind_is_found_somewhere() -> None:
    assert {kind for _, kinds in [*FROM_THE_MINUTES, *SHORT, *WHOLE_SENTENCES] for kind in kinds} == set(KINDS)


@pytest.mark.parametrize(
    ("text", "own_body", "kinds"),
    [
        ("Kommunalbestyrelsen godkendte budgettet.", "Kommunalbestyrelsen", [G]),
        ("KB godkendte budgettet.", "Kommunalbestyrelsen", [G]),
        ("Chefforum godkendte budgettet.", "Kommunalbestyrelsen", []),
        ("Udvalget godkendte indstillingen.", "Økonomiudvalget", [G]),
        ("Oversendes til Økonomiudvalget.", "Økonomiudvalget", []),
        ("Oversendes til Kommunalbestyrelsen.", "Økonomiudvalget", [V]),
    ],
)
def test_what_counts_is_the_meetings_own_body(text: str, own_body: str, kinds: list[str]) -> None:
    assert [outcome.kind for outcome in find_outcomes(text, own_body=own_body)] == kinds


decision_like = st.lists(
    st.sampled_from(
        [
            "Chefforum ",
            "godkendte ",
            "besluttede ",
            "at ",
            ", ",
            "og ",
            "blev ",
            "drøftet",
            ". ",
            "\n",
            "- ",
            ":",
            "ikke ",
            "Direktørforum ",
            "der ",
            "som ",
            "til efterretning",
            "udsat ",
            "tog ",
            "taget ",
            "(",
            "”",
            "1. ",
        ]
    )
).map("".join)


@given(st.text() | decision_like)
@example("tog " * 2000)
@example("besluttede at " * 2000)
@example("og godkendte, at " * 1000)
def test_nothing_raises_and_spans_lie_in_the_text(text: str) -> None:
    outcomes = find_outcomes(text)
    assert len({outcome.kind for outcome in outcomes}) == len(outcomes)
    for outcome in outcomes:
        assert outcome.kind in KINDS
        assert text[outcome.start : outcome.end] == outcome.sentence
