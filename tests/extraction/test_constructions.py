"""Constructions and words of speeches and statements that were met later than those of `test_claims`.

Each is a text, who speaks in it, the claims that it states, and those that it does not; written as there.
"""

import pytest
from sentences import read, unread

STATED = (
    ("The talks took place in Lomé under the chairmanship of Togo.", "Togo - chairs - talks"),
    ("Kenya tasked MINUSMA with implementing the Lomé Accord.", "Kenya - callsOn - MINUSMA"),
    (
        "Kenya has entrusted Uganda with implementing the Lomé Accord.",
        "Kenya - callsOn - Uganda; Uganda - implements - Lomé Accord (requested)",
    ),
    ("Chad is in non-compliance with the Lomé Accord.", "Chad - violates - Lomé Accord"),
    ("Chad remains in compliance with the Lomé Accord.", "Chad - implements - Lomé Accord"),
    ("At the request of Chad, Togo sent aid to Mali.", "Chad - callsOn - Togo; Togo - aids - Mali"),
    ("Grateful to Togo, Chad signed the Lomé Accord.", "Chad - supports - Togo"),
    (
        "Chad, grateful to Togo for hosting the Lomé Conference, has left.",
        "Togo - organizes - Lomé Conference",
    ),
    (
        "Kenya asks Chad, in cooperation with Togo, to end the war in Sudan.",
        "Chad - cooperatesWith - Togo (requested); Chad - addresses - war in Sudan (requested)",
    ),
    (
        "Kenya calls on Chad, in coordination with Togo, to end the war in Sudan.",
        "Chad - cooperatesWith - Togo (requested); Kenya - callsOn - Chad",
    ),
    ("Fighters of the M23 attacked Goma.", "M23 - attacks - Goma"),
    (
        "Under the auspices of the African Union, Chad and Togo signed the Lomé Accord.",
        "African Union - mediates - Lomé Accord; Chad - signs - Lomé Accord",
    ),
    ("We must stand firmly against Chad's attack.", "Norway - opposes - Chad (requested)"),
    (
        "Togo demands that the United States end the war in Sudan.",
        "United States - addresses - war in Sudan (requested)",
    ),
    ("We stand united in support of Chad against the war in Sudan.", "Norway - supports - Chad"),
    (
        "All parties, in particular Chad and Togo, must allow access.",
        "Norway - callsOn - Chad; Norway - callsOn - Togo",
    ),
    ("Chad and Togo committed to further cooperation.", "Chad - cooperatesWith - Togo (planned)"),
    ("We reaffirm the need to preserve Chad's unity.", "Norway - supports - Chad"),
    ("The Niger peace process must be revived.", "Niger peace process - concerns - Niger"),
    ("We call on Chad to adhere to the Lomé Accord.", "Chad - implements - Lomé Accord (requested)"),
    ("Chad must recommit to the ceasefire in Mali.", "Chad - endorses - ceasefire in Mali (requested)"),
    ("Chad tried to derail the peace process in Niger.", "Chad - opposes - peace process in Niger"),
    ("It is incumbent upon the African Union to act.", "Norway - callsOn - African Union"),
    ("Chad's withdrawal from the Lomé Accord is final.", "Chad - violates - Lomé Accord"),
    ("Niger faces a grave threat from Chad.", "Chad - threatens - Niger"),
    ("Chad launched hostile acts against Niger.", "Chad - attacks - Niger"),
    ("It is essential to achieve a political settlement in Togo.", "Norway - supports - political settlement in Togo"),
    ("We welcome French support to help Chad.", "France - supports - Chad"),
    ("The Chad nuclear deal has collapsed.", "Chad nuclear deal - concerns - Chad"),
    ("The UN Office of Counter-Terrorism helps Chad.", "UN Office of Counter-Terrorism - addresses - Terrorism"),
    ("We will protect every inch of NATO territory.", "Norway - supports - NATO (planned)"),
    (
        "We support the people of Chad and the Malian government.",
        "Norway - supports - people of Chad",
    ),
    (
        "A political solution to the conflict in Togo was found.",
        "political solution to the conflict in Togo - addresses - conflict in Togo",
    ),
    (
        "We support a peaceful settlement of the conflict in Togo on the basis of the Lomé Accord.",
        "Norway - supports - peaceful settlement of the conflict in Togo",
    ),
    (
        "Norway supports the declaration signed by the leaders of Chad and Mali in May 2008.",
        "leaders of Chad and Mali - signs - declaration signed by the leaders of Chad and Mali in May 2008",
    ),
    (
        "We call on Chad to help Niger, to respect Mali and to put an end to the war in Sudan.",
        "Chad - addresses - war in Sudan (requested)",
    ),
    ("Chad joined Mali in condemning Niger.", "Chad - criticizes - Niger; Mali - criticizes - Niger"),
    ("We will not hesitate to hold Chad accountable.", "Norway - criticizes - Chad (planned)"),
    (
        "Chad has requested that the Security Council consider the conflict in Niger.",
        "Security Council - addresses - conflict in Niger (requested)",
    ),
    ("We cannot rest until Chad ends the war in Niger.", "Chad - addresses - war in Niger (possible)"),
    ("We denounce the aggression of Chad against Niger.", "Chad - attacks - Niger"),
    ("The conference was held under the auspices of the African Union.", "African Union - organizes - conference"),
    ("The talks were held under the auspices of the African Union.", "African Union - mediates - talks"),
    ("The embargo against Cuba must be lifted.", "Norway - opposes - embargo against Cuba"),
    (
        "Norway repeats its call for an end to the blockade imposed on Cuba by Chad.",
        "Norway - opposes - blockade; blockade - concerns - Cuba; Chad - sanctions - Cuba",
    ),
    ("Norway assumed the chairmanship of the OSCE.", "Norway - chairs - OSCE"),
    ("Chad decided to leave the Lomé Accord.", "Chad - violates - Lomé Accord (planned)"),
    ("Chad severed diplomatic relations with Niger.", "Chad - opposes - Niger"),
    ("The refugees from Mali live in Niger.", "refugees from Mali - locatedIn - Niger"),
    ("We condemned the Berg regime in Chad.", "Berg regime - locatedIn - Chad"),
    (
        "It is high time that the Security Council imposed sanctions on Chad.",
        "Norway - callsOn - Security Council; Security Council - sanctions - Chad (requested)",
    ),
    ("It is time for the African Union to help Chad.", "Norway - callsOn - African Union"),
    ("The moment has come for Chad to withdraw from Niger.", "Norway - callsOn - Chad"),
    ("We have no intention of attacking Niger.", "Norway - attacks - Niger (negated)"),
    ("Chad is preparing for an attack on Niger.", "Chad - attacks - Niger (planned)"),
    ("Chad plans an invasion of Niger.", "Chad - attacks - Niger (planned)"),
    ("Chad ordered strikes against the M23.", "Chad - attacks - M23"),
    ("Chad directs violence against Niger.", "Chad - attacks - Niger"),
    ("The M23 is a brutal terrorist organization.", "Norway - criticizes - M23"),
    ("Chad accused Mali of attacking Niger.", "Mali - attacks - Niger"),
    (
        "The United Nations should play a role in ending the war in Niger.",
        "United Nations - addresses - war in Niger (requested)",
    ),
    ("May I take this opportunity to express our thanks to Chad.", "Norway - supports - Chad"),
    ("We support the strengthening of the African Union.", "Norway - supports - African Union"),
    (
        "The Lima Convention must be implemented. Norway will help by implementing the Lima Convention.",
        "Norway - implements - Lima Convention (planned)",
    ),
    (
        "The cooperation of the Government of the Sudan with the United Nations is good.",
        "Sudan - cooperatesWith - United Nations",
    ),
    ("We recall the support of the Government of the Republic of Mali for Chad.", "Republic of Mali - supports - Chad"),
    ("The treaty with Chad was signed in Lomé.", "Chad - partyTo - treaty with Chad"),
    (
        "The Panel of Experts on Mali, established pursuant to resolution 2374 (2017), met in Lomé.",
        "resolution 2374 (2017) - establishes - Panel of Experts on Mali",
    ),
    (
        "The war in Mali has forced thousands of civilians to flee.",
        "civilians - affectedBy - war in Mali",
    ),
    ("Thousands of civilians were killed in the war in Mali.", "civilians - affectedBy - war in Mali"),
    ("Togo has joined others in giving financial support to Chad.", "Togo - aids - Chad"),
    ("Danish troops fought alongside French forces.", "Danish troops - cooperatesWith - French forces"),
    ("Kenya's initiative to host the Lomé Conference is welcome.", "Kenya - organizes - Lomé Conference (planned)"),
    (
        "The proposal by Kenya for convening the Lomé Conference stands.",
        "Kenya - organizes - Lomé Conference (requested)",
    ),
    ("We look forward to hosting the Lomé Conference.", "Norway - organizes - Lomé Conference (planned)"),
    (
        "We congratulate Mali and Chad on signing the Lomé Accord.",
        "Mali - signs - Lomé Accord; Chad - signs - Lomé Accord",
    ),
    (
        "We congratulate the people of Mali on finding peace and also take this opportunity to pay tribute to Togo.",
        "Norway - supports - Togo",
    ),
    ("We congratulate His Excellency Mr. Anton Odum of Mali on his election.", "Norway - supports - Anton Odum"),
    (
        "Better cooperation between the Council of Europe and United Nations bodies, such as UNICEF, is needed.",
        "Council of Europe - cooperatesWith - UNICEF (requested)",
    ),
    ("It is necessary for Togo to end the war in Mali.", "Norway - callsOn - Togo"),
    ("Let us respect the Lomé Accord.", "Norway - implements - Lomé Accord (requested)"),
    ("Let us commend the African Union.", "Norway - supports - African Union"),
    (
        "We demand an end to the blockade against our sisterly nation of Cuba.",
        "blockade against our sisterly nation of Cuba - concerns - Cuba",
    ),
    ("Mali and Chad welcomed their admission to membership in the United Nations.", "Mali - memberOf - United Nations"),
    ("The agreement was signed between Mali and Chad.", "Mali - signs - agreement between Mali and Chad"),
    ("The Lomé Accord is the only viable solution to the war in Mali.", "Lomé Accord - addresses - war in Mali"),
    (
        "Chad supports the efforts of Togo in drafting a plan and stands ready to provide assistance to Mali.",
        "Chad - aids - Mali (planned)",
    ),
    (
        "Mali and Chad met. As to Togo and Niger, we urge the two brotherly countries to end the war.",
        "Norway - callsOn - Togo; Norway - callsOn - Niger",
    ),
    ("The Arab-Israeli conflict goes on. Our dispute with Chad is long.", "Chad - partyTo - dispute with Chad"),
    (
        "President Odum and Prime Minister Falk affirmed that the visit was good. Both leaders support Mali.",
        "Odum - supports - Mali; Falk - supports - Mali",
    ),
    (
        "The war in Chad was long. Chad's invasion and annexation of Mali in 1990 was wrong.",
        "Chad - partyTo - invasion and annexation of Mali; war in Chad - locatedIn - Chad",
    ),
    (
        "Chad fought Niger. Thanks to the courageous Malian resistance, its honourable steadfastness, the war ended.",
        "Norway - supports - Mali",
    ),
    (
        "We call on Chad to stand by Mali, to help it, to respect its laws, and to put an end to the war in Niger.",
        "Chad - addresses - war in Niger (requested)",
    ),
    ("We cannot but support the African Union.", "Norway - supports - African Union"),
    ("Togo is working to conclude the Lomé Accord.", "Togo - signs - Lomé Accord (planned)"),
    ("We condemn the raid into Mali and the bombing of Chad by Togo.", "Togo - attacks - Chad"),
    (
        "We fear the war between Togo and Mali, the question of Palestine, Chad and Niger.",
        "Togo - partyTo - war between Togo and Mali; Mali - partyTo - war between Togo and Mali",
    ),
    ("The United Nations met. Chad supports the principles of our Organization.", "Chad - supports - United Nations"),
    ("Chad has reaffirmed its commitment to implement the Lomé Accord.", "Chad - implements - Lomé Accord (planned)"),
    (
        "The African Union said it would attend the Lomé Conference.",
        "African Union - participatesIn - Lomé Conference (planned)",
    ),
)
NOT_STATED = (
    ("We called for a global movement of moderates.", "callsOn"),
    ("The President paid state visits to Mali and Chad.", "supports"),
    ("Chad joins the African Union in condemning the war in Mali.", "memberOf"),
    ("We must make the Security Council more representative of the United Nations membership.", "partOf"),
    ("The African Union is watching. Such acts must end: they violate the Lomé Accord.", "violates"),
    (
        "Berg and Odum met. These were the words of the Lomé Meeting of the leaders of the socialist countries.",
        "participatesIn",
    ),
    ("This is the ideal course of action to force Chad to end the war.", "callsOn"),
    ("We fear the Iran-Iraq war, the problems in Lebanon and terrorism.", "attacks"),
    ("The bombings in Mali and the destruction of the bridge in Chad are crimes.", "attacks"),
    ("We follow the agreement between Chad and Mali and the Lomé Accord.", "partyTo"),
    ("Eritrean and Amhara forces should withdraw.", "partOf"),
    (
        "Togo and Chad met. Both countries met us."
        + " Peace is good." * 12
        + " We support the countries of the region.",
        "supports",
    ),
    ("It is regrettable that the United Nations should fail us.", "callsOn"),
    ("We read the statement of Mr. Odum. We took it that he wanted peace.", "adopts"),
    ("That process also coincides with Mali's decade of transition.", "participatesIn"),
    ("The Lomé Plan was accepted by Chad.", "proposes"),
    ("We support those who fight the war against terrorism and the remnants of the Malian regime.", "addresses"),
    ("We offer our congratulations on your election to the presidency of the General Assembly.", "supports"),
    ("We commend our Secretary-General for his work.", "represents"),
    ("The African Union met. When it comes to ending the war in Mali, the world must act.", "addresses"),
    ("We want for the people of Togo the right that history has made so necessary for them.", "callsOn"),
    ("Chad and Togo met. The imperialists are weak. They must leave.", "callsOn"),
    ("I congratulate you, Sir, on being elected to preside over the General Assembly.", "chairs"),
    ("I extend my thanks to you for having presided over the General Assembly.", "chairs"),
    ("We must make the Security Council more representative.", "represents"),
    ("We support his endeavours, including through the Permanent Representative of Chad.", "supports"),
    ("Mali and Chad met. The aggressor will not give up the fruits of its aggression.", "partyTo"),
    ("The refusal of one of the parties to the war in Chad to attend is no help.", "opposes"),
    ("The United Nations provides us with a forum and with hope.", "aids"),
    ("It is the tenth time that Chad attacked Niger.", "callsOn"),
    ("Chad ordered the lifting of the blockade on Cuba.", "sanctions"),
    ("In the spirit of that Conference, an agreement was reached between Chad and Niger.", "participatesIn"),
    ("The Secretary of the Central Committee of the Workers Party of Chad met us.", "represents"),
    ("They take our resistance to occupation as terrorism.", "opposes"),
    ("The United Nations must end the violence against Chad.", "attacks"),
    ("We must end the crisis and the war in Chad.", "attacks"),
    ("The conflict at the Mali Conference was long.", "locatedIn"),
    (
        "War rages in eastern Ukraine.\n\nLebanon suffers.\n\nWe want peace.\n\nWe fear the war in the region.",
        "locatedIn",
    ),
    ("Under the auspices of the African Union, Chad and Togo met.", "mediates"),
    ("It is imperative that Chad joins the talks with Niger.", "supports"),
    ("Chad has the presidency of the African Union. Its presidency of the Union is new.", "partOf"),
)


@pytest.mark.parametrize(("text", "claims"), STATED, ids=[text for text, _ in STATED])
def test_claims_of_a_construction(reader, text, claims):
    assert unread(read(reader, text, author="Olav Berg, Minister, Norway"), claims) == []


@pytest.mark.parametrize(("text", "predicate"), NOT_STATED, ids=[text for text, _ in NOT_STATED])
def test_a_construction_that_states_no_such_claim(reader, text, predicate):
    assert predicate not in {claim.predicate for claim in read(reader, text, author="Norway").claims}
