"""What sentences state: each property by verbs, active and passive, participles, nouns, in lists; and what does not.

A claim is written "subject - property - object", with its modality in brackets where it is not asserted.
"""

import pytest
from sentences import find_claim, read, stated, unread

CLAIMS = {
    "memberOf": (
        ("Kenya joined the African Union in 2002.", "Kenya - memberOf - African Union"),
        ("Norway is a founding member of the United Nations.", "Norway - memberOf - United Nations"),
        (
            "Ghana, Togo and Benin are members of ECOWAS.",
            "Ghana - memberOf - ECOWAS; Togo - memberOf - ECOWAS; Benin - memberOf - ECOWAS",
        ),
        ("Denmark was elected to the Security Council last June.", "Denmark - memberOf - Security Council"),
        (
            "Morocco, which rejoined the African Union in 2017, hosted the delegates.",
            "Morocco - memberOf - African Union",
        ),
        (
            "The accession of Comoros to the World Trade Organization was completed in August.",
            "Comoros - memberOf - World Trade Organization",
        ),
        ("Bosnia and Herzegovina will join NATO next year.", "Bosnia and Herzegovina - memberOf - NATO (planned)"),
        ("Serbia has not joined the European Union.", "Serbia - memberOf - European Union (negated)"),
        ("The OIC Member States thanked Malaysia.", "OIC Member States - memberOf - OIC"),
        (
            "Georgia may one day become a member of the European Union.",
            "Georgia - memberOf - European Union (possible)",
        ),
    ),
    "partOf": (
        ("The OIC's Council of Foreign Ministers met in Jeddah.", "Council of Foreign Ministers - partOf - OIC"),
        (
            "The Security Council is the principal organ of the United Nations for peace.",
            "Security Council - partOf - United Nations",
        ),
        (
            "The eighth session of the Lisbon Conference opened on Monday.",
            "eighth session of the Lisbon Conference - partOf - Lisbon Conference",
        ),
        ("The Gao Protocol is annexed to the Bamako Agreement.", "Gao Protocol - partOf - Bamako Agreement"),
        ("The UN Office of Counter-Terrorism trained the guards.", "UN Office of Counter-Terrorism - partOf - UN"),
        ("The Kenyan Ministry of Defence sent two officers.", "Kenyan Ministry of Defence - partOf - Kenya"),
        (
            "The Peace and Security Council of the African Union heard the envoy.",
            "Peace and Security Council of the African Union - partOf - African Union",
        ),
        ("Ghana's Ministry of Foreign Affairs published the letter.", "Ministry of Foreign Affairs - partOf - Ghana"),
        ("The Marsh Plan is part of the Delta Framework.", "Marsh Plan - partOf - Delta Framework"),
    ),
    "holdsPost": (
        ("Foreign Minister Anna Berg opened the session.", "Anna Berg - holdsPost - Foreign Minister"),
        (
            "Anna Berg, Foreign Minister of Norway, opened the session.",
            "Anna Berg - holdsPost - Foreign Minister of Norway",
        ),
        (
            "The African Union appointed Leila Haddad as Special Coordinator for the Sahel.",
            "Leila Haddad - holdsPost - Special Coordinator for the Sahel",
        ),
        (
            "Peter Lund became Prime Minister of Denmark in March 2019.",
            "Peter Lund - holdsPost - Prime Minister of Denmark",
        ),
        (
            "The Secretary-General of the Arab League, Karim Aziz, thanked Oman.",
            "Karim Aziz - holdsPost - Secretary-General of the Arab League",
        ),
        (
            "Norway welcomed the appointment of Leila Haddad as Special Envoy for Yemen.",
            "Leila Haddad - holdsPost - Special Envoy for Yemen",
        ),
        ("President Samuel Okoro of Ghana chaired the meeting.", "Samuel Okoro - holdsPost - President of Ghana"),
    ),
    "represents": (
        ("The delegate of China spoke next.", "delegate of China - represents - China"),
        ("The ambassador of Kenya thanked Norway.", "ambassador of Kenya - represents - Kenya"),
        ("Ambassador Lena Koch represented Germany at the talks in Rome.", "Lena Koch - represents - Germany"),
        (
            "The Permanent Representative of Senegal took the floor.",
            "Permanent Representative of Senegal - represents - Senegal",
        ),
        ("Germany was represented by Lena Koch.", "Lena Koch - represents - Germany"),
    ),
    "appoints": (
        ("The African Union appointed Leila Haddad as its envoy.", "African Union - appoints - Leila Haddad"),
        ("Leila Haddad was named by the African Union to lead the talks.", "African Union - appoints - Leila Haddad"),
        ("Leila Haddad, appointed by the African Union, arrived in Juba.", "African Union - appoints - Leila Haddad"),
        (
            "The appointment of Leila Haddad by the European Union was announced in Brussels.",
            "European Union - appoints - Leila Haddad",
        ),
        (
            "The European Union has designated Paul Weber and Leila Haddad as its envoys.",
            "European Union - appoints - Paul Weber; European Union - appoints - Leila Haddad",
        ),
        ("The African Union intends to appoint Leila Haddad.", "African Union - appoints - Leila Haddad (planned)"),
        ("Norway's nomination of Paul Weber was praised.", "Norway - appoints - Paul Weber"),
        ("The African Union did not appoint Leila Haddad.", "African Union - appoints - Leila Haddad (negated)"),
    ),
    "locatedIn": (
        ("The Sahel Conference was held in Dakar on 4 May 2021.", "Sahel Conference - locatedIn - Dakar"),
        ("The war in Sudan has cost many lives.", "war in Sudan - locatedIn - Sudan"),
        ("The Geneva Forum took place in Nairobi.", "Geneva Forum - locatedIn - Nairobi"),
        ("The ceasefire in Lebanon is fragile.", "ceasefire in Lebanon - locatedIn - Lebanon"),
        ("The Gao Protocol, signed in Lusaka in 2019, is still in force.", "Gao Protocol - locatedIn - Lusaka"),
        ("The African Union is based in Addis Ababa.", "African Union - locatedIn - Addis Ababa"),
        ("The next Sahel Conference will take place in Nairobi.", "Sahel Conference - locatedIn - Nairobi (planned)"),
    ),
    "cooperatesWith": (
        ("Norway and Kenya cooperate on fisheries.", "Norway - cooperatesWith - Kenya"),
        ("The European Union works closely with the African Union.", "European Union - cooperatesWith - African Union"),
        ("Cooperation between the OIC and the Arab League has deepened.", "OIC - cooperatesWith - Arab League"),
        ("Jordan, in coordination with Egypt, opened a crossing.", "Jordan - cooperatesWith - Egypt"),
        ("Kenya's partnership with Japan has borne fruit.", "Kenya - cooperatesWith - Japan"),
        ("The United Nations intends to cooperate with ECOWAS.", "United Nations - cooperatesWith - ECOWAS (planned)"),
        ("Ghana is a close partner of Norway.", "Ghana - cooperatesWith - Norway"),
        ("France and Ghana jointly organized the Lome Forum.", "France - cooperatesWith - Ghana"),
        ("Working together with Ireland, Norway wrote the text.", "Norway - cooperatesWith - Ireland"),
        ("Chad should coordinate with Niger.", "Chad - cooperatesWith - Niger (requested)"),
    ),
    "engagesWith": (
        ("Anna Berg met with Karim Aziz in Rome.", "Anna Berg - engagesWith - Karim Aziz"),
        ("India and Nepal held talks on trade.", "India - engagesWith - Nepal"),
        ("Consultations between Egypt and Sudan resumed in March.", "Egypt - engagesWith - Sudan"),
        ("Japan has consulted with Brazil and Mexico.", "Japan - engagesWith - Brazil; Japan - engagesWith - Mexico"),
        ("Norway should hold talks with the Houthis.", "Norway - engagesWith - Houthis (requested)"),
        ("Anna Berg's visit to Ghana ended on Friday.", "Anna Berg - engagesWith - Ghana"),
        ("Karim Aziz was received by Anna Berg.", "Anna Berg - engagesWith - Karim Aziz"),
        ("The Taliban refused to meet with Pakistan.", "Taliban - engagesWith - Pakistan (negated)"),
        ("Qatar's dialogue with the Taliban goes on.", "Qatar - engagesWith - Taliban"),
    ),
    "supports": (
        ("France supports Lebanon.", "France - supports - Lebanon"),
        ("Lebanon is supported by France and Italy.", "France - supports - Lebanon; Italy - supports - Lebanon"),
        ("Kenya commends the African Union for its patience.", "Kenya - supports - African Union"),
        ("Norway expressed its full support for Chad.", "Norway - supports - Chad"),
        ("Ghana stands firmly with Haiti.", "Ghana - supports - Haiti"),
        ("Saluting the African Union, Ghana asked for patience.", "Ghana - supports - African Union"),
        ("Brazil's solidarity with Haiti is well known.", "Brazil - supports - Haiti"),
        ("Chad is grateful to Kenya and Uganda.", "Chad - supports - Kenya; Chad - supports - Uganda"),
        ("Norway thanked Qatar for its hospitality.", "Norway - supports - Qatar"),
        ("Norway paid tribute to the work of the African Union.", "Norway - supports - African Union"),
        ("Norway welcomes the efforts of the African Union.", "Norway - supports - African Union"),
        (
            "Jordan reiterated its support for the two-state solution.",
            "Jordan - supports|endorses - two-state solution",
        ),
    ),
    "aids": (
        ("Japan provided five million dollars to Somalia.", "Japan - aids - Somalia"),
        ("Germany trains the Somali army.", "Germany - aids - Somali army"),
        ("Norway will fund the World Food Programme.", "Norway - aids - World Food Programme (planned)"),
        ("Kuwait donated tents to Sudan and Chad.", "Kuwait - aids - Sudan; Kuwait - aids - Chad"),
        ("Japan's humanitarian assistance to Yemen has doubled.", "Japan - aids - Yemen"),
        ("Iran supplied weapons to the Houthis.", "Iran - aids - Houthis"),
        ("The Houthis, armed by Iran, rejected the offer.", "Iran - aids - Houthis"),
        ("Qatar pledged to send food to Gaza.", "Qatar - aids - Gaza (planned)"),
    ),
    "callsOn": (
        ("Ethiopia was urged by Egypt to wait.", "Egypt - callsOn - Ethiopia"),
        ("Norway appealed to Armenia to release the prisoners.", "Norway - callsOn - Armenia"),
        ("Calling upon Rwanda to withdraw its troops, Belgium took the floor.", "Belgium - callsOn - Rwanda"),
        ("The OIC demanded that Myanmar open the border.", "OIC - callsOn - Myanmar"),
        ("Turkey's appeal to Greece was heard.", "Turkey - callsOn - Greece"),
        ("Kenya calls for Sudan to open the road.", "Kenya - callsOn - Sudan"),
        ("Kenya reiterated its call on Sudan to open the road.", "Kenya - callsOn - Sudan"),
    ),
    "criticizes": (
        ("Kenya charged Norway with aggression.", "Kenya - criticizes - Norway"),
        ("Belgium condemned Rwanda for its silence.", "Belgium - criticizes - Rwanda"),
        ("Rwanda was strongly criticized by Belgium.", "Belgium - criticizes - Rwanda"),
        ("Condemning Al-Shabaab, Kenya closed its border.", "Kenya - criticizes - Al-Shabaab"),
        ("Armenia accused Azerbaijan of breaking its word.", "Armenia - criticizes - Azerbaijan"),
        ("Jordan's condemnation of Israel was published on Sunday.", "Jordan - criticizes - Israel"),
        ("Ghana deplored the coup in Niger.", "Ghana - criticizes - coup in Niger"),
        ("Norway expressed its outrage at the war in Sudan.", "Norway - criticizes - war in Sudan"),
        ("Kuwait denounced the crimes of Boko Haram.", "Kuwait - criticizes - Boko Haram"),
        ("Chad blames Sudan and Libya for the delay.", "Chad - criticizes - Sudan; Chad - criticizes - Libya"),
        ("Ukraine holds Russia responsible for the famine.", "Ukraine - criticizes - Russia"),
    ),
    "opposes": (
        ("Egypt rejects the Marsh Plan.", "Egypt - opposes - Marsh Plan"),
        ("The Marsh Plan is opposed by Egypt and Sudan.", "Egypt - opposes - Marsh Plan; Sudan - opposes - Marsh Plan"),
        ("Greece's opposition to the Marsh Plan is known.", "Greece - opposes - Marsh Plan"),
        ("China vetoed the draft resolution on Syria.", "China - opposes - draft resolution on Syria"),
        ("Cuba voted against the Marsh Plan.", "Cuba - opposes - Marsh Plan"),
        ("Rejecting the Marsh Plan, Egypt left the room.", "Egypt - opposes - Marsh Plan"),
        ("Ireland is opposed to the war in Sudan.", "Ireland - opposes - war in Sudan"),
        ("Ghana did not oppose the Marsh Plan.", "Ghana - opposes - Marsh Plan (negated)"),
    ),
    "sanctions": (
        ("The European Union imposed sanctions on Belarus.", "European Union - sanctions - Belarus"),
        ("Belarus was sanctioned by Canada.", "Canada - sanctions - Belarus"),
        ("Japan froze the assets of the Taliban.", "Japan - sanctions - Taliban"),
        ("EU sanctions against Belarus remain in place.", "EU - sanctions - Belarus"),
        ("Canada will impose an arms embargo on Sudan.", "Canada - sanctions - Sudan (planned)"),
        ("ECOWAS lifted the sanctions it had imposed on Mali.", "ECOWAS - sanctions - Mali"),
    ),
    "threatens": (
        ("Iraq threatened Kuwait.", "Iraq - threatens - Kuwait"),
        ("Kuwait was threatened by Iraq.", "Iraq - threatens - Kuwait"),
        ("Iraq's threats against Kuwait alarmed Oman.", "Iraq - threatens - Kuwait"),
        ("Iraq issued an ultimatum to Kuwait.", "Iraq - threatens - Kuwait"),
        ("Iraq never threatened Oman.", "Iraq - threatens - Oman (negated)"),
    ),
    "attacks": (
        ("Eritrea invaded Ethiopia.", "Eritrea - attacks - Ethiopia"),
        ("Goma was seized by the M23 in January.", "M23 - attacks - Goma"),
        ("Iraq's invasion of Kuwait changed the region.", "Iraq - attacks - Kuwait"),
        ("Israeli strikes on Lebanon resumed.", "Israel - attacks - Lebanon"),
        ("Boko Haram has attacked Chad and Niger.", "Boko Haram - attacks - Chad; Boko Haram - attacks - Niger"),
        ("Attacks by Boko Haram against Chad have increased.", "Boko Haram - attacks - Chad"),
        ("Russia launched an attack against Ukraine.", "Russia - attacks - Ukraine"),
        ("The M23 reportedly shelled Goma.", "M23 - attacks - Goma (possible)"),
        ("Kuwait, which Iraq invaded in 1990, thanked France.", "Iraq - attacks - Kuwait"),
        ("Rwanda must not attack Burundi.", "Rwanda - attacks - Burundi (negated)"),
    ),
    "adopts": (
        ("The Security Council adopted resolution 2254 (2015).", "Security Council - adopts - resolution 2254 (2015)"),
        (
            "Resolution 1701 (2006) was adopted by the Security Council.",
            "Security Council - adopts - Resolution 1701 (2006)",
        ),
        ("The adoption of the Marsh Plan by the African Union was welcomed.", "African Union - adopts - Marsh Plan"),
        ("The Lome Declaration, issued by ECOWAS, names no one.", "ECOWAS - adopts - Lome Declaration"),
        (
            "The African Union approved the Marsh Plan and the Lome Declaration.",
            "African Union - adopts - Marsh Plan; African Union - adopts - Lome Declaration",
        ),
        ("ECOWAS is expected to adopt the Lome Declaration.", "ECOWAS - adopts - Lome Declaration (planned)"),
        ("ECOWAS failed to adopt the Lome Declaration.", "ECOWAS - adopts - Lome Declaration (negated)"),
    ),
    "signs": (
        ("Chad signed the Bamako Agreement.", "Chad - signs - Bamako Agreement"),
        (
            "The Bamako Agreement was signed by Mali and Niger.",
            "Mali - signs - Bamako Agreement; Niger - signs - Bamako Agreement",
        ),
        ("Eritrea acceded to the Lima Convention.", "Eritrea - signs - Lima Convention"),
        ("Peru's ratification of the Lima Convention is recent.", "Peru - signs - Lima Convention"),
        ("The signing of the Bamako Agreement by Mali was delayed.", "Mali - signs - Bamako Agreement"),
    ),
    "endorses": (
        ("Jordan endorsed the Marsh Plan.", "Jordan - endorses - Marsh Plan"),
        ("The Marsh Plan was endorsed by the African Union.", "African Union - endorses - Marsh Plan"),
        ("Ireland reaffirms its commitment to the Lima Convention.", "Ireland - endorses - Lima Convention"),
        ("Reaffirming the Lome Declaration, Ghana asked for time.", "Ghana - endorses - Lome Declaration"),
        ("Oman remains committed to the Marsh Plan.", "Oman - endorses - Marsh Plan"),
        ("Senegal welcomes the Lome Declaration.", "Senegal - supports|endorses - Lome Declaration"),
        ("Oman's endorsement of the Marsh Plan came late.", "Oman - endorses - Marsh Plan"),
        (
            "Jordan and Oman endorse and support the Marsh Plan.",
            "Jordan - endorses - Marsh Plan; Oman - endorses - Marsh Plan",
        ),
    ),
    "proposes": (
        ("Kenya proposed the Marsh Plan.", "Kenya - proposes - Marsh Plan"),
        ("The Marsh Plan was submitted by Kenya.", "Kenya - proposes - Marsh Plan"),
        ("Pakistan tabled a draft resolution on Myanmar.", "Pakistan - proposes - draft resolution on Myanmar"),
        ("Brazil called for a ceasefire in Gaza.", "Brazil - proposes - ceasefire in Gaza"),
        ("Brazil's call for a ceasefire in Gaza was heard.", "Brazil - proposes - ceasefire in Gaza"),
        ("Calling for a ceasefire in Sudan, Kenya took the floor.", "Kenya - proposes - ceasefire in Sudan"),
        (
            "The Marsh Plan, drafted by Kenya and Uganda, is short.",
            "Kenya - proposes - Marsh Plan; Uganda - proposes - Marsh Plan",
        ),
    ),
    "establishes": (
        ("ECOWAS established the Lome Court of Justice.", "ECOWAS - establishes - Lome Court of Justice"),
        ("UNIFIL was created by the Security Council in 1978.", "Security Council - establishes - UNIFIL"),
        ("The African Union has set up the Lome Commission.", "African Union - establishes - Lome Commission"),
        (
            "The Lome Commission, established by the African Union, met twice.",
            "African Union - establishes - Lome Commission",
        ),
        (
            "The establishment of the Lome Commission by the African Union took years.",
            "African Union - establishes - Lome Commission",
        ),
        (
            "Norway and Ghana launched the Harbour Initiative.",
            "Norway - establishes - Harbour Initiative; Ghana - establishes - Harbour Initiative",
        ),
        ("The European Union will deploy the Delta Mission.", "European Union - establishes - Delta Mission (planned)"),
        ("The Marsh Plan establishes the Lome Commission.", "Marsh Plan - establishes - Lome Commission"),
    ),
    "organizes": (
        ("Senegal hosted the Sahel Conference.", "Senegal - organizes - Sahel Conference"),
        (
            "The Sahel Conference was convened by Senegal and Mali.",
            "Senegal - organizes - Sahel Conference; Mali - organizes - Sahel Conference",
        ),
        ("The Sahel Conference, organized by Senegal, drew many.", "Senegal - organizes - Sahel Conference"),
        ("Kenya will hold the Nairobi Summit in May.", "Kenya - organizes - Nairobi Summit (planned)"),
        ("Thailand thanked Kenya for hosting the Nairobi Summit.", "Kenya - organizes - Nairobi Summit"),
    ),
    "chairs": (
        ("Ghana chaired the Sahel Conference.", "Ghana - chairs - Sahel Conference"),
        ("Samuel Okoro presided over the Sahel Conference.", "Samuel Okoro - chairs - Sahel Conference"),
        ("Angola, chair of the African Union, thanked Togo.", "Angola - chairs - African Union"),
        ("The Lome Process, led by Angola, is slow.", "Angola - chairs - Lome Process"),
        ("Angola's leadership of the African Union was praised.", "Angola - chairs - African Union"),
        (
            "Ghana and Norway co-chaired the Sahel Conference.",
            "Ghana - chairs - Sahel Conference; Norway - chairs - Sahel Conference",
        ),
    ),
    "participatesIn": (
        ("Chad attended the Sahel Conference.", "Chad - participatesIn - Sahel Conference"),
        (
            "Mali and Niger took part in the Sahel Conference.",
            "Mali - participatesIn - Sahel Conference; Niger - participatesIn - Sahel Conference",
        ),
        (
            "The Sahel Conference was attended by Chad and Niger.",
            "Chad - participatesIn - Sahel Conference; Niger - participatesIn - Sahel Conference",
        ),
        ("Bangladesh contributes troops to UNIFIL.", "Bangladesh - participatesIn - UNIFIL"),
        ("Chad's participation in the Sahel Conference is certain.", "Chad - participatesIn - Sahel Conference"),
        ("The Taliban did not attend the Doha Process.", "Taliban - participatesIn - Doha Process (negated)"),
    ),
    "implements": (
        ("Lebanon has implemented resolution 1701 (2006).", "Lebanon - implements - resolution 1701 (2006)"),
        ("The Marsh Plan was carried out by Kenya.", "Kenya - implements - Marsh Plan"),
        (
            "Israel failed to implement resolution 1701 (2006).",
            "Israel - implements - resolution 1701 (2006) (negated)",
        ),
        ("Iran must comply with the Lima Convention.", "Iran - implements - Lima Convention (requested)"),
        ("Colombia's implementation of the Bamako Agreement is steady.", "Colombia - implements - Bamako Agreement"),
        ("The implementation of the Bamako Agreement by Mali goes on.", "Mali - implements - Bamako Agreement"),
        ("Chad adheres to the Lima Convention.", "Chad - implements|endorses - Lima Convention"),
    ),
    "violates": (
        ("Rwanda violated the Lima Convention.", "Rwanda - violates - Lima Convention"),
        ("The Lima Convention was breached by Rwanda.", "Rwanda - violates - Lima Convention"),
        ("Rwanda's violations of the Lima Convention continue.", "Rwanda - violates - Lima Convention"),
        ("Niger withdrew from the Bamako Agreement.", "Niger - violates - Bamako Agreement"),
        ("Breaching the Lima Convention, Rwanda closed the port.", "Rwanda - violates - Lima Convention"),
        ("Peru has never violated the Lima Convention.", "Peru - violates - Lima Convention (negated)"),
    ),
    "partyTo": (
        (
            "The ceasefire between Israel and Iran holds.",
            "Israel - partyTo - ceasefire between Israel and Iran; Iran - partyTo - ceasefire between Israel and Iran",
        ),
        (
            "The war between Eritrea and Chad ended in 2000.",
            "Eritrea - partyTo - war between Eritrea and Chad; Chad - partyTo - war between Eritrea and Chad",
        ),
        ("Peru is a party to the Lima Convention.", "Peru - partyTo - Lima Convention"),
        (
            "Mali and Niger are parties to the Bamako Agreement.",
            "Mali - partyTo - Bamako Agreement; Niger - partyTo - Bamako Agreement",
        ),
        (
            "The conflict between Peru and Chile is over.",
            "Peru - partyTo - conflict between Peru and Chile; Chile - partyTo - conflict between Peru and Chile",
        ),
    ),
    "affectedBy": (
        ("Lebanon suffers from the crisis in Syria.", "Lebanon - affectedBy - crisis in Syria"),
        ("Chad has been hit hard by the war in Sudan.", "Chad - affectedBy - war in Sudan"),
        (
            "The war in Sudan affects Chad and Egypt.",
            "Chad - affectedBy - war in Sudan; Egypt - affectedBy - war in Sudan",
        ),
        ("Syrians displaced by the war in Syria cannot return.", "Syrians - affectedBy - war in Syria"),
        ("Sudanese refugees fled the war in Sudan.", "Sudanese refugees - affectedBy - war in Sudan"),
        ("Somalia is a victim of terrorism.", "Somalia - affectedBy - terrorism"),
    ),
    "mediates": (
        (
            "Qatar mediated the ceasefire between Israel and Hamas.",
            "Qatar - mediates - ceasefire between Israel and Hamas",
        ),
        ("The Bamako Agreement was brokered by Algeria.", "Algeria - mediates - Bamako Agreement"),
        ("Kenya facilitates the Lome Process.", "Kenya - mediates - Lome Process"),
        (
            "The Bamako Agreement, brokered by Algeria and Chad, holds.",
            "Algeria - mediates - Bamako Agreement; Chad - mediates - Bamako Agreement",
        ),
        ("Norway thanked Qatar for mediating the ceasefire in Gaza.", "Qatar - mediates - ceasefire in Gaza"),
    ),
    "addresses": (
        ("Kenya and Ghana combat terrorism.", "Kenya - addresses - terrorism; Ghana - addresses - terrorism"),
        ("The Sahel Conference addressed the crisis in Mali.", "Sahel Conference - addresses - crisis in Mali"),
        ("The crisis in Mali was discussed by ECOWAS.", "ECOWAS - addresses - crisis in Mali"),
        (
            "The Security Council remains seized of the situation in Mali.",
            "Security Council - addresses - situation in Mali",
        ),
        ("Norway's efforts to end the war in Sudan continue.", "Norway - addresses - war in Sudan"),
        (
            "Kenya will fight terrorism and piracy.",
            "Kenya - addresses - terrorism (planned); Kenya - addresses - piracy (planned)",
        ),
        (
            "The OIC Conference on the question of Palestine opened.",
            "OIC Conference on the question of Palestine - addresses - question of Palestine",
        ),
        ("Indonesia's fight against Islamophobia goes on.", "Indonesia - addresses - Islamophobia"),
    ),
    "concerns": (
        ("The Recovery Plan for Gaza has three parts.", "Recovery Plan for Gaza - concerns - Gaza"),
        ("The Special Envoy on Myanmar resigned.", "Special Envoy on Myanmar - concerns - Myanmar"),
        (
            "The United Nations Mission in Liberia closed in 2018.",
            "United Nations Mission in Liberia - concerns - Liberia",
        ),
        ("The Harbour Initiative focuses on Beirut.", "Harbour Initiative - concerns - Beirut"),
    ),
    "basedOn": (
        ("The Marsh Plan is based on the Lome Declaration.", "Marsh Plan - basedOn - Lome Declaration"),
        (
            "Guided by the Charter of the United Nations, the Marsh Plan sets out three steps.",
            "Marsh Plan - basedOn - Charter of the United Nations",
        ),
        (
            "The Marsh Plan is rooted in the Lima Convention and the Lome Declaration.",
            "Marsh Plan - basedOn - Lima Convention; Marsh Plan - basedOn - Lome Declaration",
        ),
        (
            "The Delta Mission, mandated by resolution 2254 (2015), left in May.",
            "Delta Mission - basedOn - resolution 2254 (2015)",
        ),
        (
            "The Lome Process must be consistent with the Lima Convention.",
            "Lome Process - basedOn - Lima Convention (requested)",
        ),
    ),
}
"""By property, sentences and the claims that they state."""
VOICED = (
    ("Norway", "Chad was the first country to ratify the Lima Convention.", "Chad - signs - Lima Convention"),
    ("Norway", "The attack on Mali ordered by Togo failed.", "Togo - attacks - Mali"),
    (
        "Anna Berg, Minister, Norway",
        "Mr. President, let me begin by thanking Kenya for convening this meeting.",
        "Anna Berg - supports - Kenya",
    ),
    (
        "Anna Berg, Minister, Norway",
        "Norway joins others in condemning the attacks by the Houthis on Saudi Arabia.",
        "Norway - criticizes - Houthis; Houthis - attacks - Saudi Arabia",
    ),
    (
        "Anna Berg, Minister, Norway",
        "We are convinced that Iran must comply with resolution 2231 (2015).",
        "Iran - implements - resolution 2231 (2015) (requested)",
    ),
    (
        "Anna Berg, Minister, Norway",
        "We stand ready to support the African Union in its efforts to end the war in Sudan.",
        "Norway - supports - African Union (planned); African Union - addresses - war in Sudan",
    ),
    (
        "Anna Berg, Minister, Norway",
        "We call for the full implementation of the Lima Convention by Israel and Lebanon.",
        "Israel - implements - Lima Convention (requested); Lebanon - implements - Lima Convention (requested)",
    ),
    (
        "Anna Berg, Minister, Norway",
        "Norway has consistently supported the two-state solution, and we will continue to do so.",
        "Norway - supports|endorses - two-state solution",
    ),
    (
        "Anna Berg, Minister, Norway",
        "Last month, my Government pledged twenty million dollars to the World Food Programme.",
        "Norway - aids - World Food Programme",
    ),
    (
        "Anna Berg, Minister, Norway",
        "Together with Mexico, Norway facilitates the Caracas Dialogue.",
        "Norway - mediates|chairs - Caracas Dialogue",
    ),
    (
        "Anna Berg, Minister, Norway",
        "Norway, as co-chair of the Sahel Conference, will present the Marsh Plan in May.",
        "Norway - chairs - Sahel Conference; Norway - proposes - Marsh Plan (planned)",
    ),
    (
        "Anna Berg, Minister, Norway",
        "We fully align ourselves with the statement delivered by the European Union.",
        "European Union - adopts - statement",
    ),
    (
        "Anna Berg, Minister, Norway",
        "In closing, I assure you of Norway's full support for the Special Envoy for Yemen.",
        "Norway - supports - Special Envoy for Yemen",
    ),
    (
        "Anna Berg, Minister, Norway",
        "Our position is clear: we oppose the death penalty and we support the Rome Statute.",
        "Norway - supports|endorses - Rome Statute",
    ),
    (
        "Anna Berg, Minister, Norway",
        "Norway will not recognize the annexation of Crimea by Russia.",
        "Russia - attacks - Crimea",
    ),
    (
        "Anna Berg, Minister, Norway",
        "Iran and Russia have deepened their cooperation.",
        "Iran - cooperatesWith - Russia",
    ),
    (
        "Anna Berg, Minister, Norway",
        "Norway is proud to have contributed to UNIFIL since 1978.",
        "Norway - participatesIn - UNIFIL",
    ),
    (
        "Anna Berg, Minister, Norway",
        "The Houthis continue to attack ships in the Red Sea, with the support of Iran.",
        "Iran - supports - Houthis",
    ),
    (
        "Anna Berg, Minister, Norway",
        "We thank Under-Secretary-General Rosa Mendes for her briefing.",
        "Norway - supports - Rosa Mendes; Rosa Mendes - holdsPost - Under-Secretary-General",
    ),
    (
        "France, Germany and Italy",
        "We, the Foreign Ministers of France, Germany and Italy, met in Bonn on 2 May 2025.",
        "France - engagesWith - Germany; France - engagesWith - Italy; Germany - engagesWith - Italy",
    ),
    (
        "France, Germany and Italy",
        "We reaffirm our commitment to the Lima Accord.",
        "France - endorses - Lima Accord; Germany - endorses - Lima Accord; Italy - endorses - Lima Accord",
    ),
    (
        "France, Germany and Italy",
        "We agreed to launch the Harbour Initiative.",
        "France - establishes - Harbour Initiative (planned)",
    ),
    (
        "",
        "Turkish President Kemal Arslan met his Egyptian counterpart, Samir Nabil, in Ankara.",
        "Kemal Arslan - engagesWith - Samir Nabil",
    ),
    (
        "",
        "The United States imposed fresh sanctions on Iran on Friday, freezing the assets of three banks.",
        "United States - sanctions - Iran",
    ),
    (
        "",
        "At least ten people were killed when Boko Haram attacked Maiduguri, officials said.",
        "Boko Haram - attacks - Maiduguri",
    ),
    (
        "",
        "The ceasefire, brokered by Qatar and Egypt, took effect on Sunday.",
        "Qatar - mediates - ceasefire; Egypt - mediates - ceasefire",
    ),
    (
        "",
        "The M23, which is backed by Rwanda, captured Goma in January.",
        "Rwanda - supports - M23; M23 - attacks - Goma",
    ),
    ("", "The Rwanda-backed M23 captured Goma in January.", "Rwanda - supports - M23; M23 - attacks - Goma"),
    ("", "The UN-led Lome Process collapsed after Togo pulled out.", "UN - chairs - UN-led Lome Process"),
    ("", "Israel killed the Hamas leader in an airstrike on Beirut.", "Israel - attacks - Beirut"),
    ("", "Hezbollah fired rockets at Israel.", "Hezbollah - attacks - Israel"),
    ("", "Iran rejected a proposal by France to hold the Geneva Summit in May.", "Iran - opposes - proposal"),
    (
        "",
        "Russia vetoed a draft resolution on Mali that had been submitted by France.",
        "Russia - opposes - draft resolution on Mali; France - proposes - draft resolution on Mali",
    ),
    (
        "",
        "The African Union has appointed Paul Mwangi as its High Representative for the Horn of Africa.",
        "African Union - appoints - Paul Mwangi; Paul Mwangi - holdsPost - High Representative for the Horn of Africa",
    ),
    (
        "",
        "Kuwait, Oman and Qatar each contributed to the Gaza Fund.",
        "Kuwait - participatesIn|aids|supports - Gaza Fund",
    ),
    (
        "",
        "Talks between Armenia and Azerbaijan, facilitated by the European Union, are to resume next month.",
        "European Union - mediates - Talks between Armenia and Azerbaijan",
    ),
    (
        "",
        "Both Egypt and Jordan have welcomed the plan for Gaza.",
        "Egypt - supports|endorses - plan for Gaza; Jordan - supports|endorses - plan for Gaza",
    ),
    ("", "Sweden ended decades of neutrality and joined NATO.", "Sweden - memberOf - NATO"),
    ("", "The Houthis have vowed to attack Israel.", "Houthis - attacks - Israel (planned)"),
    ("", "The Houthis launched drones at Israel.", "Houthis - attacks - Israel"),
    ("", "Hamas attacked Israel from Gaza.", "Hamas - locatedIn - Gaza"),
    ("", "Norway thanked Jordan for its hosting of Syrian refugees.", "Jordan - aids - Syrian refugees"),
    ("", "Chad received assistance from Norway.", "Norway - aids - Chad"),
    ("Norway", "We deplore Russia's brutal war against Ukraine.", "Norway - criticizes - Russia"),
    ("Norway", "Iran is a sponsor of terrorism.", "Norway - criticizes - Iran"),
    ("", "The sanctions that Norway imposed on Belarus remain.", "Norway - sanctions - Belarus"),
    ("", "Iran continues to arm and support the Houthis.", "Iran - supports - Houthis"),
    (
        "",
        "The neighbours, including Ghana and Togo, condemned Al-Shabaab.",
        "Ghana - criticizes - Al-Shabaab; Togo - criticizes - Al-Shabaab",
    ),
    (
        "",
        "Norway reaffirmed its support for Kenya, including its continued support for the Lome Forum.",
        "Norway - supports - Kenya; Norway - supports|endorses - Lome Forum",
    ),
    ("", "Norway supports efforts to implement the Lima Convention.", "Norway - supports|endorses - Lima Convention"),
    (
        "",
        "The upcoming conference to support the Lome Process, to be chaired by Norway, is vital.",
        "Norway - chairs - conference to support the Lome Process (planned)",
    ),
    ("", "There will be no U.S. troops deployed in Mali.", "U.S. troops - locatedIn - Mali (negated)"),
    (
        "",
        "Kenya leads the Lake Mission, which will grow next year, including Benin and Chad.",
        "Benin - participatesIn - Lake Mission (planned)",
    ),
    ("", "Norway urged Chad to sign the Lima Convention.", "Norway - callsOn - Chad"),
    ("", "Saudi Arabia's foreign minister, Faisal Harbi, visited Iran.", "Faisal Harbi - engagesWith - Iran"),
    ("Norway", "We reaffirm our support for Kenya-led efforts to end the war in Sudan.", "Norway - supports - Kenya"),
    ("Norway", "We are glad that the Security Council adopted resolution 2719.", "Norway - supports - resolution 2719"),
    ("Norway", "Implementation of the Delta Accord by both of them is essential.", "Norway - endorses - Delta Accord"),
    ("Norway", "The Delta Accord remains the only basis for peace.", "Norway - endorses - Delta Accord"),
    (
        "Norway",
        "We condemn in the strongest possible terms Hamas and its deeds.",
        "Norway - criticizes - Hamas",
    ),
    ("Chad", "The aggression by Libya cost us much.", "Chad - criticizes - Libya"),
    ("Chad", "Libya keeps distorting what was said.", "Chad - criticizes - Libya"),
    (
        "",
        "In resolution 5 (1990) and 6 (1990), the Security Council demanded that Iraq pay.",
        "resolution 5 (1990) - callsOn - Iraq",
    ),
    (
        "",
        "The Security Council's resolutions 5 (1990) and 6 (1990) are known.",
        "Security Council - adopts - resolution 6 (1990)",
    ),
    (
        "",
        "Iran-backed militias, such as the Houthis and Hezbollah, were seen.",
        "Iran - supports - Houthis; Iran - supports - Hezbollah",
    ),
    (
        "",
        "The Oslo Group co-chairs of the Lake Process met.",
        "Oslo Group co-chairs of the Lake Process - chairs - Lake Process",
    ),
    ("", "The African Union has put in place the Lake Mission.", "African Union - establishes - Lake Mission"),
    ("", "The war in Sudan, in which Belarus is complicit, goes on.", "Belarus - partyTo - war in Sudan"),
    (
        "",
        "Kenya reaffirms the need to intensify efforts to reach a political solution.",
        "Kenya - supports - political solution",
    ),
    (
        "",
        "Togo praised the Coastal Strategy against Piracy.",
        "Togo - endorses|supports - Coastal Strategy against Piracy",
    ),
    ("Norway", "Togo still refuses to open its border.", "Norway - criticizes - Togo"),
    (
        "",
        "North Korea's missile launches, which violate the Lima Convention, were noted.",
        "North Korea - violates - Lima Convention",
    ),
    (
        "",
        "Norway has provided more than ten million dollars in humanitarian assistance to Chad and Mali.",
        "Norway - aids - Chad; Norway - aids - Mali",
    ),
    ("", "Kenya welcomed the entry into force of the Delta Accord.", "Kenya - supports|endorses - Delta Accord"),
    (
        "",
        "Norway condemned the tests of Iran and urged it to return to the Lima talks.",
        "Norway - callsOn - Iran; Iran - participatesIn - Lima talks (requested)",
    ),
    (
        "",
        "Secretary of State Anna Berg spoke with Paul Mwangi. The Secretary thanked Togo.",
        "Anna Berg - supports - Togo",
    ),
    (
        "",
        "The Security Council,\n\nCommending Togo, condemning Al-Shabaab,\n\n1. Calls upon Chad to pay;",
        "Security Council - supports - Togo; Security Council - criticizes - Al-Shabaab",
    ),
    (
        "",
        "Norway praised the combined efforts of Kenya, Chad and the African Union.",
        "Kenya - cooperatesWith - Chad; Chad - cooperatesWith - African Union",
    ),
    (
        "Norway",
        "Ghana and Togo signed a treaty. We congratulate both nations on it.",
        "Norway - supports - Ghana; Norway - supports - Togo",
    ),
    ("", "The city of Gao was a target of an Armenian attack.", "Armenia - attacks - Gao"),
    (
        "",
        "They read the Accord on the Resolution of the Conflict in Mali.",
        "Accord on the Resolution of the Conflict in Mali - addresses - Conflict in Mali",
    ),
    ("", "President Berg signed an executive order.", "Berg - signs - executive order"),
    (
        "",
        "Kenya leads the Lake Mission. Norway is this mission's largest contributor.",
        "Norway - participatesIn - Lake Mission",
    ),
    (
        "",
        "The villages in Darfur were attacked by the Sudanese military and armed militias.",
        "Sudanese military - attacks - Darfur",
    ),
    ("", "The Security Council drew attention to the war in Yemen.", "Security Council - addresses - war in Yemen"),
    (
        "",
        "The Council took up the situation in Haiti: the Security Council took up the crisis in Haiti.",
        "Security Council - addresses - crisis in Haiti",
    ),
    ("", "Chad's attacks on Mali were a violation of the Lima Convention.", "Chad - violates - Lima Convention"),
    ("", "Norway engaged with the de facto authorities.", "Norway - engagesWith - de facto authorities"),
    ("", "Norway supports Afghan women and girls.", "Norway - supports - Afghan women and girls"),
    (
        "",
        "There is a conflict between the Sudanese military and armed separatists in the west.",
        "Sudanese military - partyTo - conflict between the Sudanese military and armed separatists",
    ),
    ("", "Norway, along with Chad and Mali, will provide the help.", "Norway - cooperatesWith - Chad"),
    (
        "Norway",
        "We strengthened our Nordic Allies — Iceland and Finland.",
        "Norway - supports - Finland",
    ),
    (
        "",
        "Kenya affirmed its commitment to the principles enshrined in the Lima Charter.",
        "Kenya - endorses - Lima Charter",
    ),
    ("", "Norway spoke of the use of force by Libya against Chad.", "Libya - attacks - Chad"),
    ("", "Togo stressed the importance of implementing resolution 5 (1990).", "Togo - supports - resolution 5 (1990)"),
    ("", "The African Union gave new impetus to the Lake Process.", "African Union - supports - Lake Process"),
    ("", "Iran's proxy, Hezbollah, was seen.", "Iran - supports - Hezbollah"),
    ("", "Norway made an appeal to Chad to sign the Lima Accord.", "Norway - callsOn - Chad"),
    ("Chad, Mali, Norway", "We thanked Norway for its help.", "Chad - supports - Norway; Mali - supports - Norway"),
    ("", "Kenya is a strong voice in support of Chad.", "Kenya - supports - Chad"),
    ("Norway", "We emphasize Ghana's right to live in peace.", "Norway - supports - Ghana"),
    ("Norway", "The sovereignty of Mali must be preserved.", "Norway - supports - Mali"),
    ("", "Hezbollah, sponsored by Iran, was seen.", "Iran - supports - Hezbollah"),
    ("", "Libya was asked to withdraw its troops from Chad.", "troops - locatedIn - Chad"),
    ("", "Chad's hosting of Sudanese refugees was praised.", "Sudanese refugees - locatedIn - Chad"),
    ("", "Norwegian troops have served in Lebanon.", "Norwegian troops - locatedIn - Lebanon"),
    ("", "The Libyan occupation of Chad was long.", "Libyan occupation of Chad - locatedIn - Chad"),
    ("", "Norway called for the full implementation of the Lima Accord.", "Norway - endorses - Lima Accord"),
    (
        "",
        "We, the Nordic Foreign Ministers of Norway, Finland and Iceland, thank Ghana.",
        "Nordic Foreign Ministers of Norway, Finland and Iceland - supports - Ghana",
    ),
    (
        "",
        "Norway supports the initiative of Lake Council Director General Berg.",
        "Berg - holdsPost - Lake Council Director General",
    ),
    (
        "",
        "The Lima Accord within the framework of resolution 5 (1990) was read.",
        "Lima Accord - basedOn - resolution 5 (1990)",
    ),
    ("", "The report with regard to the war in Mali was read.", "report - addresses - war in Mali"),
    ("", "Norway and Chad agreed to open a road.", "Norway - cooperatesWith - Chad"),
    ("", "Ghana called for an end to the war in Mali.", "Ghana - addresses - war in Mali"),
    (
        "",
        "Resolution 5 (1990), which condemns the war in Mali, was read.",
        "Resolution 5 (1990) - addresses - war in Mali",
    ),
    ("Ghana", "It is high time that the Security Council acted.", "Ghana - callsOn - Security Council"),
    ("", "Ukraine's reform process goes on.", "Ukraine's reform process - concerns - Ukraine"),
    ("", "Norway will meet Chad for the Lagos Summit.", "Norway - participatesIn - Lagos Summit (planned)"),
    ("", "The war has impacted Chad: the war in Mali has impacted Chad.", "Chad - affectedBy - war in Mali"),
    ("", "Togo has spared no effort in drawing attention to the war in Mali.", "Togo - addresses - war in Mali"),
    ("", "Norway spoke of its duties as a member of the Security Council.", "Norway - memberOf - Security Council"),
    (
        "",
        "Under the auspices of the OAU, Ethiopia and Eritrea signed the Algiers Agreement.",
        "Ethiopia - signs - Algiers Agreement; Eritrea - signs - Algiers Agreement",
    ),
    ("", "The terrorist group Al-Shabaab continues to attack civilians.", "Al-Shabaab - attacks - civilians"),
    ("Ghana", "The sanctions against Mali must be lifted.", "Ghana - opposes - sanctions against Mali"),
    ("Ghana", "We call for the lifting of the sanctions against Mali.", "Ghana - opposes - sanctions against Mali"),
    (
        "",
        "Peace talks between the Malian government and the Tuareg Front opened in Lome.",
        "Peace talks between the Malian government and the Tuareg Front - locatedIn - Lome",
    ),
    ("", "They read the Norway-Chad Enhanced Cooperation Agreement.", "Norway - cooperatesWith - Chad"),
    (
        "",
        "The Presidents of Chad and Mali noted the positive work of Togo: Chad noted the positive work of Togo.",
        "Chad - supports - Togo",
    ),
    ("", "Chad and Mali agreed to the Lake Process.", "Chad - endorses - Lake Process"),
    ("", "Kenya attacked the Al-Shabaab militant group.", "Kenya - attacks - Al-Shabaab"),
    (
        "",
        "Norway and Chad signed a Memorandum of Understanding in Oslo.",
        "Norway - signs - Memorandum of Understanding",
    ),
    ("Ghana", "The important role of Togo is known.", "Ghana - supports - Togo"),
    (
        "Norway",
        "We condemn Rwanda's illegal, unprovoked and brutal war against Burundi.",
        "Rwanda - partyTo - war against Burundi; Norway - criticizes - Rwanda",
    ),
    ("Norway", "We stand by the Government and people of Benin.", "Norway - supports - Benin"),
    (
        "Norway",
        "It is high time that the Security Council took up the conflict in Togo.",
        "Norway - callsOn - Security Council",
    ),
    (
        "Norway",
        "Ghana and Togo met in Accra. We urge the two sides to respect the Lomé Accord.",
        "Norway - callsOn - Ghana; Norway - callsOn - Togo; Ghana - implements - Lomé Accord (requested)",
    ),
    ("Iran", "France attacked the Islamic Republic.", "France - attacks - Iran"),
    ("Morocco", "The Kingdom supports Chad.", "Morocco - supports - Chad"),
    (
        "Norway",
        "We call on Chad to end its attacks and on Niger to respect the Niamey Accord.",
        "Niger - implements - Niamey Accord (requested)",
    ),
    (
        "Norway",
        "We will maintain our support for Malian institutions, including the armed forces.",
        "Norway - supports - armed forces (planned); Norway - supports - Mali (planned)",
    ),
    (
        "Norway",
        "The Council called upon Sudan to leave, and Chad fulfilled its duties as a member of the African Union.",
        "Chad - memberOf - African Union",
    ),
    (
        "Norway",
        "Chad signed the Agreement on the Resolution of the Conflict in Niger in Niamey.",
        "Agreement on the Resolution of the Conflict in Niger - locatedIn - Niamey",
    ),
    ("Norway", "The Council adopted resolution 77 (1990), concerning Chad.", "resolution 77 (1990) - concerns - Chad"),
    (
        "Norway",
        "The Chad-Niger Defence Treaty was signed in Niamey.",
        "Chad - partyTo - Chad-Niger Defence Treaty; Niger - partyTo - Chad-Niger Defence Treaty",
    ),
    (
        "Norway",
        "I thank the two leaders: President Anna Berg and Prime Minister Karl Holm.",
        "Norway - supports - Anna Berg; Norway - supports - Karl Holm",
    ),
    ("Norway", "We deplore the effects of the war that Chad wages against Niger.", "Chad - attacks - Niger"),
    ("Norway", "Chad bears full responsibility for the attack on Niger.", "Norway - criticizes - Chad"),
    ("Norway", "Chad is responsible for the deaths of hundreds of civilians in Niger.", "Norway - criticizes - Chad"),
    ("Norway", "We condemn the invasion and occupation of Chad.", "invasion and occupation of Chad - locatedIn - Chad"),
    (
        "Norway",
        "The Council recalled resolution 77 (1990). Chad violated Security Council resolution 77 (1990).",
        "Chad - violates - resolution 77 (1990)",
    ),
)
"""As documents say it: the author, if there is one, a sentence, and the claims that it states."""
NOT_STATED = (
    ("Encouraged by the African Union, Ghana took the floor.", "Ghana - supports - African Union"),
    ("Norway was encouraged by the progress of Chad.", "Norway - supports - Chad"),
    ("Ghana takes note of the Marsh Plan.", "Ghana - supports - Marsh Plan"),
    ("Ghana took note of the Marsh Plan.", "Ghana - endorses - Marsh Plan"),
    ("Taking note of the Lome Declaration, Togo asked for time.", "Togo - supports - Lome Declaration"),
    ("Kenya is deeply concerned by the war in Sudan.", "Kenya - criticizes - war in Sudan"),
    ("Kenya is concerned about Al-Shabaab.", "Kenya - criticizes - Al-Shabaab"),
    ("Brazil called for a ceasefire between Israel and Iran.", "Israel - partyTo - ceasefire between Israel and Iran"),
    ("Brazil called for the implementation of the Lima Convention.", "Brazil - implements - Lima Convention"),
    ("Egypt urged Ethiopia to sign the Lima Convention.", "Ethiopia - signs - Lima Convention"),
    ("Egypt urged Ethiopia to sign the Lima Convention.", "Egypt - signs - Lima Convention"),
    ("Ghana did not condemn Togo.", "Ghana - criticizes - Togo"),
    ("Ghana refused to sign the Lima Convention.", "Ghana - signs - Lima Convention"),
    ("Norway hopes that Iran will join the Lima Convention.", "Iran - signs - Lima Convention"),
    ("If Iran violated the Lima Convention, Oman would say so.", "Iran - violates - Lima Convention"),
    ("Lebanon is supported by France.", "Lebanon - supports - France"),
    ("Belarus, sanctioned by Canada, protested.", "Belarus - sanctions - Canada"),
    ("Norway supports efforts by Kenya to mediate the war in Sudan.", "Norway - mediates - war in Sudan"),
    ("Norway denied that it had attacked Iceland.", "Norway - attacks - Iceland"),
    ("No State has recognized the Marsh Plan.", "State - endorses - Marsh Plan"),
    ("Ghana thanked Togo and met Benin.", "Ghana - supports - Benin"),
    ("Kenya condemned the attack on Somalia.", "Kenya - criticizes - Somalia"),
    ("Kenya condemned the attack on Somalia.", "Kenya - attacks - Somalia"),
    ("Norway opposed sanctions on Cuba.", "Norway - sanctions - Cuba"),
    ("Norway lifted the sanctions against Cuba.", "Norway - sanctions - Cuba (planned)"),
    ("Iran ended its support for the Houthis.", "Iran - supports - Houthis (planned)"),
    ("Japan neither supports nor opposes the Marsh Plan.", "Japan - supports|endorses - Marsh Plan"),
    ("Japan neither supports nor opposes the Marsh Plan.", "Japan - opposes - Marsh Plan"),
    ("The report on Sudan mentions Chad and Egypt.", "Chad - cooperatesWith - Egypt"),
    ("Peru never left the Lima Convention.", "Peru - violates - Lima Convention"),
    ("Without condemning Togo, Ghana asked for restraint.", "Ghana - criticizes - Togo"),
    ("Norway condemns the killing of aid workers by Al-Shabaab.", "Norway - criticizes - aid workers"),
    ("Norway urged Ghana not to attack Togo.", "Norway - attacks - Togo (negated)"),
    ("Togo accused Ghana of supporting the M23.", "Togo - supports - M23"),
    ("Kenya warned of an attack by Al-Shabaab on Somalia.", "Kenya - attacks - Somalia"),
    ("Norway mourns the victims of the attack on Ghana.", "Norway - attacks - Ghana"),
    ("Norway received a report on the attacks against Ghana.", "Norway - attacks - Ghana"),
    ("Norway reported on the implementation of the Lima Convention by Peru.", "Norway - implements - Lima Convention"),
    ("Kenya announced a visit by Anna Berg to Uganda.", "Kenya - engagesWith - Uganda"),
    ("Norway welcomed the signing of the Lima Convention by Peru.", "Norway - signs - Lima Convention"),
    ("Norway welcomed the holding of the Nairobi Summit by Kenya.", "Norway - organizes - Nairobi Summit"),
    ("Egypt called off the Nairobi Summit.", "Egypt - proposes - Nairobi Summit"),
    ("Kenya warned Chad about the war in Sudan.", "Kenya - criticizes - Chad"),
    ("Ghana and Togo are neighbours.", "Ghana - cooperatesWith - Togo"),
    ("Ghana and Togo met Chad.", "Ghana - engagesWith - Togo"),
    ("Norway, a NATO member, thanked Iceland.", "NATO - supports - Iceland"),
    ("Norway condemned the outrageous violation of the sovereignty of Chad.", "Norway - criticizes - Chad"),
    ("Nobody from Ghana attended the Sahel Conference.", "Ghana - participatesIn - Sahel Conference"),
    ("Norway expressed concern over the arrest of Paul Mwangi in Togo.", "Norway - criticizes - Paul Mwangi"),
    ("Norway spoke at the Conference on Supporting the Future of Chad.", "Norway - supports - Chad"),
    ("The resolution of Kenya calls for the withdrawal of all troops of Togo.", "Togo - adopts - resolution"),
    (
        "Peru spoke of the resolution of the conflict in Colombia.",
        "Peru - adopts - resolution of the conflict in Colombia",
    ),
    ("Norway reiterated unwavering U.S. support for Chad.", "Norway - supports - U.S."),
    (
        "Qatar-mediated talks between Chad and Mali failed.",
        "Qatar - participatesIn - Qatar-mediated talks between Chad and Mali",
    ),
    ("Togo read the Lake Accord, which was signed in Lome and often criticized.", "Togo - criticizes - Lake Accord"),
    ("Ghana read the Lake Constitution. Togo welcomed a treaty.", "Togo - supports|endorses - Lake Constitution"),
    (
        "Kenya spoke of a road map. The principles of justice are clear, and Chad upholds the principles.",
        "Chad - implements|endorses - road map",
    ),
    ("The United Nations demanded that the sovereignty of Kuwait be respected.", "United Nations - callsOn - Kuwait"),
    ("Chad attacked a permanent member of the Security Council.", "Chad - attacks - Security Council"),
    ("Norway called for the full implementation of the Lima Accord.", "Norway - proposes - Lima Accord"),
    (
        "Ghana read the resolutions of the Security Council and the report of the General Assembly.",
        "Security Council - partOf - General Assembly",
    ),
    ("Ghana regrets the war in Mali.", "Ghana - criticizes - war in Mali"),
    ("Norway issued the Oslo Statement in support of Cyprus.", "Oslo Statement - locatedIn - Cyprus"),
    ("Norway issued a statement in support of Cyprus.", "Cyprus - adopts - statement"),
    ("Norway urged Libya to end its aggression.", "Libya - addresses - aggression"),
    ("Israel is able to defend itself, including from Iran.", "Israel - supports - Iran"),
    ("The United Nations Assistance Mission to Chad was opened.", "United Nations - aids - Chad"),
    (
        "Norway spoke of consultations with separatists in eastern Ukraine.",
        "consultations with separatists in eastern Ukraine - locatedIn - eastern Ukraine",
    ),
    (
        "Norway read the Lake talks. Chad arrived, and Mali was told of its support for Togo.",
        "Lake talks - supports - Togo",
    ),
    ("Norway made an appeal to Chad to support Mali.", "appeal - supports - Mali"),
    (
        "France's occupation was denounced by lawyers for the government and people of Chad.",
        "Chad - supports - people of Chad",
    ),
    ("We support the peace process, including soldiers.", "Norway - supports - soldiers"),
    ("The attacks on Mali condemned by Togo went on.", "Togo - attacks - Mali"),
    ("The support for Ukraine criticized by Chad grew.", "Chad - supports - Ukraine"),
    (
        "Chad's raids on the lake, carried out despite the relevant Lima Convention and General Assembly resolutions "
        "and despite the Delta Accord, have placed the talks at risk.",
        "Chad - implements - General Assembly resolutions",
    ),
    ("Ana Ruiz was a candidate for the presidency of the Lake Summit.", "Ana Ruiz - chairs - Lake Summit"),
    ("A statement on behalf of the European Union was read.", "statement - concerns - Europe"),
    ("The moral authority of the African Union is great.", "authority of the African Union - partOf - African Union"),
    (
        "The post of President of the General Assembly is old.",
        "post of President of the General Assembly - partOf - General Assembly",
    ),
)
"""Sentences, and a claim that nobody should read in them."""

NOT_VOICED = (
    ("Chad", "Libya would not have dared to commit an aggression by itself.", "Chad - criticizes - Libya"),
    ("Chad", "Libya has never violated the Delta Accord.", "Chad - criticizes - Libya"),
    ("Norway", "These important talks on the Delta Accord go on.", "Norway - endorses - Delta Accord"),
    ("Anna Berg, Minister, Norway", "I must add a word.", "Norway - callsOn - Anna Berg"),
    (
        "Norway",
        "Let me turn to an accord that was signed in Lome and often criticized, the Lake Accord.",
        "Norway - criticizes - Lake Accord",
    ),
    ("Anna Berg, Minister, Norway", "I should thank Ghana.", "Norway - callsOn - Anna Berg"),
    ("Anna Berg, Minister, Norway", "I should like to reiterate our objectives.", "Anna Berg - supports - Norway"),
    ("Ghana", "Positive developments in Togo are rare.", "Ghana - supports - Togo"),
    ("Ghana", "The important threat of Al-Shabaab is known.", "Ghana - supports - Al-Shabaab"),
    ("Ghana", "The African Union is charged with the defence of peace.", "Ghana - criticizes - African Union"),
    ("Norway", "I must voice our support to the Lima Accord and the Geneva process.", "Norway - supports - Geneva"),
    ("Chad", "Our Assembly must act.", "United Nations General Assembly - partOf - Chad"),
    (
        "Gabon",
        "I welcome Togo as the 159th State to become a Member of the United Nations.",
        "Gabon - memberOf - United Nations",
    ),
    (
        "Chad",
        "I praise Mr. Ola Lund, who leads this session of the Assembly. The Chadian delegation offers its help.",
        "Chad - proposes - session of the Assembly",
    ),
    ("Ghana", "The African Union bears the first responsibility for peace.", "Ghana - criticizes - African Union"),
    ("Norway", "Chad bears a special responsibility for peace in the region.", "Norway - criticizes - Chad"),
    (
        "Norway",
        "The United States bears the primary responsibility for the maintenance of international peace.",
        "Norway - criticizes - United States",
    ),
    ("Norway", "Chad is responsible for the Fund for the Sahel.", "Norway - criticizes - Chad"),
    ("Norway", "We give our support for the Government and people of Chad.", "Chad - supports - people of Chad"),
    (
        "Norway",
        "Norway endorses the principles of the United Nations Charter.",
        "Norway - endorses - principles of the United Nations Charter",
    ),
)
"""Authors, what they say, and a claim that it does not state."""


@pytest.mark.parametrize(("sentence", "claims"), [case for cases in CLAIMS.values() for case in cases])
def test_claims_of_a_sentence(reader, sentence, claims):
    reading = read(reader, sentence)
    assert unread(reading, claims) == [], stated(reading)


@pytest.mark.parametrize(("author", "sentence", "claims"), VOICED)
def test_claims_of_a_sentence_in_the_voice_of_somebody(reader, author, sentence, claims):
    reading = read(reader, sentence, author=author)
    assert unread(reading, claims) == [], stated(reading)


def test_claims_cover_every_property(ontology):
    assert sorted(CLAIMS) == sorted(ontology.properties)
    assert {name: len(cases) for name, cases in CLAIMS.items() if len(cases) < 3} == {}


@pytest.mark.parametrize(("sentence", "claim"), NOT_STATED)
def test_claims_that_are_not_stated(reader, sentence, claim):
    reading = read(reader, sentence)
    assert find_claim(reading, claim) is None, stated(reading)


@pytest.mark.parametrize(("author", "sentence", "claim"), NOT_VOICED)
def test_claims_that_a_speaker_does_not_state(reader, author, sentence, claim):
    reading = read(reader, sentence, author=author)
    assert find_claim(reading, claim) is None, stated(reading)
