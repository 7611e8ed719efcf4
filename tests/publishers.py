"""Small lists in the publishers' own forms, with people, companies and ships that do not exist."""

# ruff: noqa: E501 - lines of the publishers are as long as they are

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence

from watcher.watchlist.official import File

SDN = """\
101,"ORDAN, Marek","individual","SDGT] [IRGC",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1970; a.k.a. 'THE GREY'; Linked To: KALDERA."\r
102,"KALDERA TRADING CO., LTD. (KTC)",-0- ,"IRAN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r
103,"SEA OF ORDAN","vessel","IRAN",-0- ,"CL1","Tug",-0- ,"212","Cuba","Kaldera",-0- \r
104,"EP-ORD","aircraft","IRAN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r
105,"YUSIF","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"a.k.a. 'LITTLE Y"\r
\x1a"""
ALT = """\
101,1,"aka","ORDANOV, Marek",-0- \r
102,2,"fka","OLD KALDERA",-0- \r
"""
COMMENTS = """\
105,"USIF'."\r
"""

ADVANCED = """\
<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns="https://ofac.example/ADVANCED_XML" Version="3">
<DateOfIssue CalendarTypeID="1"><Year>2026</Year><Month>8</Month><Day>7</Day></DateOfIssue>
<ReferenceValueSets>
<AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType></AliasTypeValues>
<NamePartTypeValues>
<NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType>
<NamePartType ID="1525">Entity Name</NamePartType>
</NamePartTypeValues>
<PartyTypeValues><PartyType ID="1">Individual</PartyType></PartyTypeValues>
<PartySubTypeValues>
<PartySubType ID="1" PartyTypeID="9">Vessel</PartySubType>
<PartySubType ID="3" PartyTypeID="2">Entity</PartySubType>
<PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType>
</PartySubTypeValues>
<SanctionsTypeValues>
<SanctionsType ID="1">Program</SanctionsType><SanctionsType ID="1705">Block</SanctionsType>
</SanctionsTypeValues>
</ReferenceValueSets>
<Locations><Location ID="25"><LocationCountry CountryID="11143"/></Location></Locations>
<DistinctParties>
<DistinctParty FixedRef="101"><Profile ID="101" PartySubTypeID="4">
<Identity ID="1" Primary="true">
<Alias AliasTypeID="1400" Primary="false" LowQuality="true">
<DocumentedName><DocumentedNamePart><NamePartValue>THE GREY</NamePartValue></DocumentedNamePart></DocumentedName>
</Alias>
<Alias AliasTypeID="1403" Primary="true" LowQuality="false">
<DocumentedName>
<DocumentedNamePart><NamePartValue NamePartGroupID="7">ORDAN</NamePartValue></DocumentedNamePart>
<DocumentedNamePart><NamePartValue NamePartGroupID="8">Marek</NamePartValue></DocumentedNamePart>
</DocumentedName>
<DocumentedName>
<DocumentedNamePart><NamePartValue NamePartGroupID="7">Ордан</NamePartValue></DocumentedNamePart>
<DocumentedNamePart><NamePartValue NamePartGroupID="8">Марек</NamePartValue></DocumentedNamePart>
</DocumentedName>
</Alias>
<NamePartGroups>
<MasterNamePartGroup><NamePartGroup ID="7" NamePartTypeID="1520"/></MasterNamePartGroup>
<MasterNamePartGroup><NamePartGroup ID="8" NamePartTypeID="1521"/></MasterNamePartGroup>
</NamePartGroups>
</Identity></Profile></DistinctParty>
<DistinctParty FixedRef="102"><Profile ID="102" PartySubTypeID="3"><Identity ID="2">
<Alias Primary="true"><DocumentedName><DocumentedNamePart>
<NamePartValue NamePartGroupID="9">KALDERA</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
<NamePartGroups><MasterNamePartGroup><NamePartGroup ID="9" NamePartTypeID="1525"/></MasterNamePartGroup></NamePartGroups>
</Identity></Profile></DistinctParty>
<DistinctParty FixedRef="103"><Profile ID="103" PartySubTypeID="1"/></DistinctParty>
<DistinctParty FixedRef="104"><Profile ID="104" PartySubTypeID="77"/></DistinctParty>
<DistinctParty FixedRef="105"><Profile ID="105" PartySubTypeID="4"/></DistinctParty>
<DistinctParty FixedRef="106"/>
</DistinctParties>
<SanctionsEntries>
<SanctionsEntry ID="1" ProfileID="101">
<EntryEvent><Comment/></EntryEvent>
<SanctionsMeasure SanctionsTypeID="1705"><Comment>blocked</Comment></SanctionsMeasure>
<SanctionsMeasure SanctionsTypeID="1"><Comment>SDGT</Comment></SanctionsMeasure>
</SanctionsEntry>
</SanctionsEntries>
</Sanctions>
"""

UN = """\
<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">
<INDIVIDUALS>
<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>MAREK</FIRST_NAME><SECOND_NAME>ORDAN</SECOND_NAME>
<UN_LIST_TYPE>DRC</UN_LIST_TYPE><REFERENCE_NUMBER>CDi.901</REFERENCE_NUMBER>
<NAME_ORIGINAL_SCRIPT>مارك أوردان</NAME_ORIGINAL_SCRIPT>
<COMMENTS1>Nobody.</COMMENTS1>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Marek Ordanov; Mark Ordan</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>“The Grey”</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
</INDIVIDUAL>
<INDIVIDUAL><DATAID>2</DATAID><FIRST_NAME>-</FIRST_NAME></INDIVIDUAL>
<INDIVIDUAL><FIRST_NAME>NOBODY</FIRST_NAME></INDIVIDUAL>
</INDIVIDUALS>
<ENTITIES>
<ENTITY><DATAID>3</DATAID><FIRST_NAME>KALDERA / KALDERA GROUP</FIRST_NAME>
<UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPe.902</REFERENCE_NUMBER>
<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Old Kaldera</ALIAS_NAME></ENTITY_ALIAS>
</ENTITY>
</ENTITIES>
</CONSOLIDATED_LIST>
"""

EU = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-07-20T10:05:36.338+02:00">
<sanctionEntity euReferenceNumber="EU.901.1" logicalId="13">
<regulation regulationType="regulation" programme="TAQA"/>
<subjectType code="person" classificationCode="P"/>
<nameAlias firstName="Marek" lastName="Ordan" wholeName="Marek ORDAN" strong="true"/>
<nameAlias firstName="Марек" middleName="" lastName="Ордан" wholeName="" strong="true"/>
<nameAlias wholeName="Grey" strong="false"/>
</sanctionEntity>
<sanctionEntity euReferenceNumber="" logicalId="14">
<subjectType code="enterprise" classificationCode="E"/>
<nameAlias wholeName="Kaldera ЕАД" strong="true"/>
</sanctionEntity>
<sanctionEntity euReferenceNumber="EU.903.1"><subjectType code="vessel"/></sanctionEntity>
<sanctionEntity euReferenceNumber="EU.904.1"/>
<sanctionEntity euReferenceNumber="EU.905.1"><subjectType code="person"/></sanctionEntity>
</export>
"""

UK_HEADER = (
    "Last Updated,Unique ID,OFSI Group ID,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,"
    "Alias strength,Name non-latin script,Regime Name,Designation Type,Other Information"
)
UK_ROWS = (
    ",RUS9001,1,ORDAN,Marek,Ivan,,,,Primary Name,,Марек Ордан,Russia,Individual,x",
    ",RUS9001,1,ORDANOV,Marek,,,,,Primary name variation,,,Russia,Individual,x",
    ",RUS9001,1,Grey,The,,,,,ALias,Low quality a.k.a,,Russia,Individual,x",
    ',IRN9002,2,"Kaldera, LLC",,,,,,Primary name,,,Iran,Entity,"two\nlines"',
    ",RUS9003,3,SEA OF ORDAN,,,,,,Primary Name,,,Russia,Ship,x",
    ",RUS9004,4,NOBODY,,,,,,Primary Name,,,Russia,,x",
    ",RUS9005,5,,,,,,,Primary Name,,,Russia,Entity,x",
    ",,6,LOST,,,,,,Primary Name,,,Russia,Entity,x",
)
UK = "\r\n".join(["\ufeffReport Date: 21-Sep-2026", UK_HEADER, *UK_ROWS, ""])

UK_XML = """\
<?xml version="1.0" encoding="utf-8"?>
<Designations>
<DateGenerated>10/09/2026</DateGenerated>
<Designation><UniqueID>RUS9001</UniqueID>
<Names>
<Name><Name1>Marek</Name1><Name6>ORDAN</Name6><NameType>Primary Name</NameType></Name>
<Name><Name6>Grey</Name6><NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
</Names>
<NonLatinNames><NonLatinName><NameNonLatinScript>Марек Ордан</NameNonLatinScript></NonLatinName></NonLatinNames>
<RegimeName>Russia</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip>
</Designation>
<Designation><UniqueID>RUS9003</UniqueID><IndividualEntityShip>Ship</IndividualEntityShip></Designation>
<Designation><IndividualEntityShip>Entity</IndividualEntityShip></Designation>
</Designations>
"""

SIMPLE = '''\
"id","schema","name","aliases","sanctions","program_ids","dataset","last_seen"
"NK-901","Person","Marek Ordan","Марек Ордан;""Ordan; Marek""","x","EU-RUS;GB-RUS","EU","2026-09-15T13:11:55"
"NK-902","Company","Kaldera","","","","EU","2026-09-14T13:11:55"
"NK-903","Vessel","SEA OF ORDAN","","","","EU","2026-09-14T13:11:55"
"NK-904","CryptoWallet","1ABC","","","","EU","2026-09-14T13:11:55"
"","Person","Nobody","","","","EU","2026-09-14T13:11:55"
'''

FTM = "\n".join(
    json.dumps(entry, ensure_ascii=False)
    for entry in (
        {
            "id": "NK-901",
            "caption": "Marek Ordan",
            "schema": "Person",
            "target": True,
            "last_seen": "2026-09-15T13:11:55",
            "properties": {
                "name": ["Marek Ordan", "Марек Ордан", 7],
                "weakAlias": ["The Grey"],
                "sanctions": [{"properties": {"programId": ["XX-NESTED"]}}, "id-only"],
            },
        },
        {
            "id": "NK-902",
            "caption": "NK-902",
            "schema": "Company",
            "properties": {"name": ["Kaldera"], "topics": ["Sanction"]},
        },
        {
            "id": "S1",
            "schema": "Sanction",
            "properties": {"entity": ["NK-901"], "programId": ["EU-RUS"]},
        },
        {"id": "NK-903", "schema": "Airplane", "properties": {"name": ["EP-ORD"]}},
        {"id": "NK-904", "schema": "Person", "target": False, "properties": {"name": ["A Cousin"]}},
        {"id": "NK-905", "schema": "Person", "properties": "odd"},
        {"id": 906, "schema": "Person", "properties": {"name": ["No Id"]}},
    )
)


def file(content: str | bytes, name: str = "list") -> File:
    """A file of a list, as a publisher sends it."""
    data = content.encode() if isinstance(content, str) else content
    return File(name, lambda: io.BytesIO(data))


def ods(rows: Sequence[Sequence[str]], part: str = "content.xml") -> bytes:
    """Rows as an OpenDocument sheet, with the empty columns that sheets have behind them."""
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in names.items()
    )
    body = "".join(f"<table:table-row>{_cells(row)}</table:table-row>" for row in rows)
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table>"
        f'<table:table-column table:number-columns-repeated="16384"/>{body}'
        f'<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(part, content)
    return packed.getvalue()


def _cells(row: Sequence[str]) -> str:
    made = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        if cell
        else "<table:table-cell/>"
        for cell in row
    )
    return made + '<table:note/><table:table-cell table:number-columns-repeated="16300"/>'


def ofac_people(names: Mapping[int, str]) -> str:
    """An sdn.csv with these persons by their numbers."""
    return "".join(
        f'{number},"{name}","individual","SDGT"{",-0- " * 7},"DOB 1970."\r\n'
        for number, name in names.items()
    )
