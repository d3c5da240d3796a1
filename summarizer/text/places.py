"""Places that a story is dated from by their name alone, and how names of places begin.

A table for its neighbour, and what it says of one name: it must not know where that stands.
"""

from __future__ import annotations

from typing import Final

# Capitals, and cities that the AP and Reuters name without a country or that date many stories.
_CITIES: Final = frozenset(
    """
    abidjan|abu dhabi|abuja|accra|addis ababa|aden|ahmedabad|aleppo|algiers|amman|amritsar|amsterdam
    |anaheim|anchorage|ankara|antwerp|asmara|astana|asuncion|athens|atlanta|auckland|austin|baghdad
    |baku|baltimore|bamako|bangalore|bengaluru|bangkok|bangui|banjul|barcelona|basel|basra|beijing
    |beirut|belfast|belgrade|bengasi|benghazi|berlin|bern|bhopal|bhubaneswar|birmingham|bishkek
    |bogota|bogotá|bombay|bonn|boston|brasilia|brasília|bratislava|brazzaville|brisbane|brussels
    |bruxelles|bucharest|budapest|buenos aires|buffalo|bujumbura|cairo|calcutta|calgary|canberra
    |cape town|caracas|cardiff|casablanca|chandigarh|chennai|chicago|chisinau|cincinnati|cleveland
    |colombo|columbus|conakry|copenhagen|cotonou|dakar|dallas|damascus|dar es salaam|darwin|davos
    |dehradun|delhi|denver|detroit|dhaka|doha|donetsk|dubai|dublin|durban|dushanbe|düsseldorf
    |edinburgh|edmonton|erbil|faisalabad|fallujah|florence|frankfurt|freetown|fresno|gaborone|gaza
    |gaza city|geneva|genève|glasgow|goa|goma|grozny|guangzhou|guantanamo bay|guatemala city
    |guwahati|ha noi|hà nội|halifax|hamburg|hanoi|harare|havana|helsinki|ho chi minh city|hong kong
    |honolulu|houston|hyderabad|indianapolis|indore|islamabad|istanbul|izmir|jaipur|jakarta|jammu
    |jeddah|jerusalem|johannesburg|juba|kabul|kampala|kandahar|kano|kansas city|karachi|kathmandu
    |kharkiv|khartoum|kiev|kyiv|kigali|kingston|kinshasa|kochi|kolkata|kuala lumpur|kunduz|kuwait
    |kuwait city|kyoto|la paz|lagos|lahore|las vegas|lausanne|leeds|leicester|libreville|lilongwe
    |lima|lisboa|lisbon|liverpool|ljubljana|lome|lomé|london|los angeles|luanda|lucknow|lusaka
    |luxembourg|lviv|lyon|macau|madras|madrid|malabo|malé|managua|manama|manchester|manila|maputo
    |mariupol|marseille|mecca|medina|melbourne|memphis|mexico city|miami|milan|milano|milwaukee
    |minneapolis|minsk|mogadishu|monaco|monrovia|montevideo|montreal|montréal|moscow|mosul|mumbai
    |munich|münchen|muscat|nagpur|nairobi|najaf|naypyitaw|ndjamena|new delhi|new orleans|new york
    |newcastle|niamey|nicosia|nouakchott|odesa|odessa|oklahoma city|osaka|oslo|ottawa|ouagadougou
    |panama city|paris|patna|peking|perth|peshawar|petaling jaya|philadelphia|phnom penh|phoenix
    |pittsburgh|podgorica|port louis|porto|prague|praha|praia|pretoria|pristina|pune|putrajaya
    |pyongyang|quebec city|quetta|quito|rabat|ramallah|ranchi|rawalpindi|reykjavik|riga|rio
    |rio de janeiro|riyadh|roma|rome|rotterdam|saigon|salt lake city|samarra|san antonio|san diego
    |san francisco|san jose|san josé|san juan|san salvador|sanaa|santiago|sao paulo|são paulo
    |sarajevo|seattle|seoul|shanghai|shenzhen|shillong|shimla|singapore|skopje|sofia|srinagar
    |st. louis|st. petersburg|stockholm|strasbourg|stuttgart|sydney|taipei|tallinn|tashkent|tbilisi
    |tegucigalpa|tehran|tel aviv|the hague|thimphu|tirana|tokyo|toronto|tripoli|tunis|turin
    |ulan bator|united nations|vancouver|varanasi|vatican city|venice|victoria|vienna|vientiane
    |vilnius|warsaw|warszawa|washington|wellington|wien|wilmington|windhoek|winnipeg|yangon|yaounde
    |yaoundé|yerevan|zagreb|zurich|zürich|киев|київ|минск|москва|санкт-петербург
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)

# Names of two words and more that begin so are rather those of places.
_BEGINNINGS: Final = frozenset(
    "abu bad cape cabo ciudad east el fort ft ft. glen grand great gulf kota kuala la lake las los "
    "mount mt mt. new north palm port porto puerto saint salt san santa santo são sao south st st. "
    "tel upper vila villa west".split()
)

# The states of the USA and provinces of Canada as the AP and the post write them, and countries.
_REGIONS: Final = frozenset(
    """
    ala|alabama|alaska|ariz|arizona|ark|arkansas|calif|california|colo|colorado|conn|connecticut|del
    |delaware|fla|florida|ga|georgia|hawaii|idaho|ill|illinois|ind|indiana|iowa|kan|kansas|ky
    |kentucky|la|louisiana|maine|maryland|mass|massachusetts|mich|michigan|minn|minnesota|miss
    |mississippi|missouri|mont|montana|neb|nebraska|nev|nevada|n.h|new hampshire|n.j|new jersey|n.m
    |new mexico|n.y|new york|n.c|north carolina|n.d|north dakota|ohio|okla|oklahoma|ore|oregon|pa
    |pennsylvania|puerto rico|r.i|rhode island|s.c|south carolina|s.d|south dakota|tenn|tennessee
    |texas|utah|vt|vermont|va|virginia|wash|washington|w.va|west virginia|wis|wisconsin|wyo|wyoming
    |al|ak|az|ar|ca|co|ct|fl|hi|id|il|in|ia|ks|me|md|ma|mi|mn|ms|mo|mt|ne|nv|nh|nj|nm|ny|nc|nd|oh|ok
    |or|pr|ri|sc|sd|tn|tx|ut|wa|wv|wi|wy|alberta|british columbia|manitoba|new brunswick|nova scotia
    |ontario|quebec|saskatchewan|on|ont|qc|que|bc|b.c|ab|alta|sask
    |afghanistan|albania|algeria|angola|argentina|armenia|australia|austria|azerbaijan|bahrain
    |bangladesh|belarus|belgium|benin|bolivia|bosnia|botswana|brazil|bulgaria|burkina faso|burma
    |burundi|cambodia|cameroon|canada|chad|chile|china|colombia|congo|costa rica|croatia|cuba|cyprus
    |czech republic|denmark|ecuador|egypt|england|eritrea|estonia|ethiopia|fiji|finland|france|gabon
    |germany|ghana|greece|guatemala|guinea|haiti|honduras|hungary|iceland|india|indonesia|iran|iraq
    |ireland|israel|italy|ivory coast|jamaica|japan|jordan|kazakhstan|kenya|kosovo|kuwait|laos
    |latvia|lebanon|liberia|libya|lithuania|madagascar|malawi|malaysia|mali|malta|mexico|moldova
    |mongolia|montenegro|morocco|mozambique|myanmar|namibia|nepal|netherlands|new zealand|nicaragua
    |niger|nigeria|north korea|northern ireland|norway|oman|pakistan|panama|paraguay|peru
    |philippines|poland|portugal|qatar|romania|russia|rwanda|saudi arabia|scotland|senegal|serbia
    |sierra leone|slovakia|slovenia|somalia|south africa|south korea|south sudan|spain|sri lanka
    |sudan|sweden|switzerland|syria|taiwan|tanzania|thailand|togo|tunisia|turkey|uganda|ukraine
    |uruguay|usa|uzbekistan|venezuela|vietnam|wales|west bank|yemen|zambia|zimbabwe
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)


def is_city(name: str) -> bool:
    """Say whether a name, or each of several with a stroke between them, is a known city's."""
    return all(part.strip() in _CITIES for part in name.lower().split("/"))


def is_region(name: str) -> bool:
    """Say whether a name is that of a country, state or province."""
    return name.lower().rstrip(".") in _REGIONS


def begins_like_place(name: str) -> bool:
    """Say whether a name has words of which the first is one that names of places begin with."""
    first, space, _ = name.lower().partition(" ")
    return bool(space) and first in _BEGINNINGS
