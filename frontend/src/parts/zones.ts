// SPDX-License-Identifier: MIT
// The time zones that browsers name: the city of each, its country (ISO 3166-1 alpha-2), and its latitude and longitude in whole
// degrees. From zone.tab of the IANA's time zone database, 2025b (public domain), with the older names that CLDR keeps, and
// without Antarctica. The first city of a country stands for it.

const ZONES = {
  Europe: `
    Moscow RU 56 38, Andorra AD 43 2, Tirane AL 41 20, Vienna AT 48 16, Mariehamn AX 60 20, Sarajevo BA 44 18,
    Brussels BE 51 4, Sofia BG 43 23, Minsk BY 54 28, Zurich CH 47 9, Prague CZ 50 14, Berlin DE 53 13,
    Busingen DE 48 9, Copenhagen DK 56 13, Tallinn EE 59 25, Madrid ES 40 -4, Helsinki FI 60 25, Paris FR 49 2,
    London GB 52 0, Guernsey GG 49 -3, Gibraltar GI 36 -5, Athens GR 38 24, Zagreb HR 46 16, Budapest HU 48 19,
    Dublin IE 53 -6, Isle_of_Man IM 54 -4, Rome IT 42 12, Jersey JE 49 -2, Vaduz LI 47 10, Vilnius LT 55 25,
    Luxembourg LU 50 6, Riga LV 57 24, Monaco MC 44 7, Chisinau MD 47 29, Podgorica ME 42 19, Skopje MK 42 21,
    Malta MT 36 15, Amsterdam NL 52 5, Oslo NO 60 11, Warsaw PL 52 21, Lisbon PT 39 -9, Bucharest RO 44 26,
    Belgrade RS 45 21, Kaliningrad RU 55 21, Simferopol UA 45 34, Kirov RU 59 50, Volgograd RU 49 44,
    Astrakhan RU 46 48, Saratov RU 52 46, Ulyanovsk RU 54 48, Samara RU 53 50, Stockholm SE 59 18, Ljubljana SI 46 15,
    Bratislava SK 48 17, San_Marino SM 44 12, Istanbul TR 41 29, Kyiv UA 50 31, Vatican VA 42 12, Kiev UA 50 31`,
  America: `
    Sao_Paulo BR -24 -47, Toronto CA 44 -79, Antigua AG 17 -62, Anguilla AI 18 -63, Argentina AR -35 -58,
    Aruba AW 13 -70, Barbados BB 13 -60, St_Barthelemy BL 18 -63, La_Paz BO -16 -68, Kralendijk BQ 12 -68,
    Noronha BR -4 -32, Belem BR -1 -48, Fortaleza BR -4 -38, Recife BR -8 -35, Araguaina BR -7 -48, Maceio BR -10 -36,
    Bahia BR -13 -39, Campo_Grande BR -20 -55, Cuiaba BR -16 -56, Santarem BR -2 -55, Porto_Velho BR -9 -64,
    Boa_Vista BR 3 -61, Manaus BR -3 -60, Eirunepe BR -7 -70, Rio_Branco BR -10 -68, Nassau BS 25 -77,
    Belize BZ 18 -88, St_Johns CA 48 -53, Halifax CA 45 -64, Glace_Bay CA 46 -60, Moncton CA 46 -65,
    Goose_Bay CA 53 -60, Blanc-Sablon CA 51 -57, Iqaluit CA 64 -68, Atikokan CA 49 -92, Winnipeg CA 50 -97,
    Resolute CA 75 -95, Rankin_Inlet CA 63 -92, Regina CA 50 -105, Swift_Current CA 50 -108, Edmonton CA 54 -113,
    Cambridge_Bay CA 69 -105, Inuvik CA 68 -134, Creston CA 49 -117, Dawson_Creek CA 56 -120, Fort_Nelson CA 59 -123,
    Whitehorse CA 61 -135, Dawson CA 64 -139, Vancouver CA 49 -123, Santiago CL -33 -71, Coyhaique CL -46 -72,
    Punta_Arenas CL -53 -71, Bogota CO 5 -74, Costa_Rica CR 10 -84, Havana CU 23 -82, Curacao CW 12 -69,
    Dominica DM 15 -61, Santo_Domingo DO 18 -70, Guayaquil EC -2 -80, Grenada GD 12 -62, Cayenne GF 5 -52,
    Nuuk GL 64 -52, Danmarkshavn GL 77 -19, Scoresbysund GL 70 -22, Thule GL 77 -69, Guadeloupe GP 16 -62,
    Guatemala GT 15 -91, Guyana GY 7 -58, Tegucigalpa HN 14 -87, Port-au-Prince HT 19 -72, Jamaica JM 18 -77,
    St_Kitts KN 17 -63, Cayman KY 19 -81, St_Lucia LC 14 -61, Marigot MF 18 -63, Martinique MQ 15 -61,
    Montserrat MS 17 -62, Mexico_City MX 19 -99, Cancun MX 21 -87, Merida MX 21 -90, Monterrey MX 26 -100,
    Matamoros MX 26 -97, Chihuahua MX 29 -106, Ciudad_Juarez MX 32 -106, Ojinaga MX 30 -104, Mazatlan MX 23 -106,
    Bahia_Banderas MX 21 -105, Hermosillo MX 29 -111, Tijuana MX 33 -117, Managua NI 12 -86, Panama PA 9 -80,
    Lima PE -12 -77, Miquelon PM 47 -56, Puerto_Rico PR 18 -66, Asuncion PY -25 -58, Paramaribo SR 6 -55,
    El_Salvador SV 14 -89, Lower_Princes SX 18 -63, Grand_Turk TC 21 -71, Port_of_Spain TT 11 -62, New_York US 41 -74,
    Detroit US 42 -83, Kentucky US 38 -86, Indiana US 40 -86, Chicago US 42 -88, Menominee US 45 -88,
    North_Dakota US 47 -101, Denver US 40 -105, Boise US 44 -116, Phoenix US 33 -112, Los_Angeles US 34 -118,
    Anchorage US 61 -150, Juneau US 58 -134, Sitka US 57 -135, Metlakatla US 55 -132, Yakutat US 60 -140,
    Nome US 65 -165, Adak US 52 -177, Montevideo UY -35 -56, St_Vincent VC 13 -61, Caracas VE 11 -67,
    Tortola VG 18 -65, St_Thomas VI 18 -65, Buenos_Aires AR -35 -58, Catamarca AR -35 -58, Coral_Harbour CA 49 -92,
    Cordoba AR -35 -58, Godthab GL 64 -52, Indianapolis US 40 -86, Jujuy AR -35 -58, Louisville US 38 -86,
    Mendoza AR -35 -58`,
  Asia: `
    Dubai AE 25 55, Kabul AF 35 69, Yerevan AM 40 45, Baku AZ 40 50, Dhaka BD 24 90, Bahrain BH 26 51,
    Brunei BN 5 115, Thimphu BT 27 90, Shanghai CN 31 121, Urumqi CN 44 88, Nicosia CY 35 33, Famagusta CY 35 34,
    Tbilisi GE 42 45, Hong_Kong HK 22 114, Jakarta ID -6 107, Pontianak ID 0 109, Makassar ID -5 119,
    Jayapura ID -3 141, Jerusalem IL 32 35, Kolkata IN 23 88, Baghdad IQ 33 44, Tehran IR 36 51, Amman JO 32 36,
    Tokyo JP 36 140, Bishkek KG 43 75, Phnom_Penh KH 12 105, Pyongyang KP 39 126, Seoul KR 38 127, Kuwait KW 29 48,
    Almaty KZ 43 77, Qyzylorda KZ 45 65, Qostanay KZ 53 64, Aqtobe KZ 50 57, Aqtau KZ 45 50, Atyrau KZ 47 52,
    Oral KZ 51 51, Vientiane LA 18 103, Beirut LB 34 36, Colombo LK 7 80, Yangon MM 17 96, Ulaanbaatar MN 48 107,
    Hovd MN 48 92, Macau MO 22 114, Kuala_Lumpur MY 3 102, Kuching MY 2 110, Kathmandu NP 28 85, Muscat OM 24 59,
    Manila PH 15 121, Karachi PK 25 67, Gaza PS 32 34, Hebron PS 32 35, Qatar QA 25 52, Yekaterinburg RU 57 61,
    Omsk RU 55 73, Novosibirsk RU 55 83, Barnaul RU 53 84, Tomsk RU 57 85, Novokuznetsk RU 54 87,
    Krasnoyarsk RU 56 93, Irkutsk RU 52 104, Chita RU 52 113, Yakutsk RU 62 130, Khandyga RU 63 136,
    Vladivostok RU 43 132, Ust-Nera RU 65 143, Magadan RU 60 151, Sakhalin RU 47 143, Srednekolymsk RU 67 154,
    Kamchatka RU 53 159, Anadyr RU 65 177, Riyadh SA 25 47, Singapore SG 1 104, Damascus SY 34 36, Bangkok TH 14 101,
    Dushanbe TJ 39 69, Dili TL -9 126, Ashgabat TM 38 58, Taipei TW 25 122, Samarkand UZ 40 67, Tashkent UZ 41 69,
    Ho_Chi_Minh VN 11 107, Aden YE 13 45, Calcutta IN 23 88, Katmandu NP 28 85, Rangoon MM 17 96, Saigon VN 11 107`,
  Africa: `
    Luanda AO -9 13, Ouagadougou BF 12 -2, Bujumbura BI -3 29, Porto-Novo BJ 6 3, Gaborone BW -25 26,
    Kinshasa CD -4 15, Lubumbashi CD -12 27, Bangui CF 4 19, Brazzaville CG -4 15, Abidjan CI 5 -4, Douala CM 4 10,
    Djibouti DJ 12 43, Algiers DZ 37 3, Cairo EG 30 31, El_Aaiun EH 27 -13, Asmara ER 15 39, Ceuta ES 36 -5,
    Addis_Ababa ET 9 39, Libreville GA 0 9, Accra GH 6 0, Banjul GM 13 -17, Conakry GN 10 -14, Malabo GQ 4 9,
    Bissau GW 12 -16, Nairobi KE -1 37, Monrovia LR 6 -11, Maseru LS -29 28, Tripoli LY 33 13, Casablanca MA 34 -8,
    Bamako ML 13 -8, Nouakchott MR 18 -16, Blantyre MW -16 35, Maputo MZ -26 33, Windhoek NA -23 17, Niamey NE 14 2,
    Lagos NG 6 3, Kigali RW -2 30, Khartoum SD 16 33, Freetown SL 9 -13, Dakar SN 15 -17, Mogadishu SO 2 45,
    Juba SS 5 32, Sao_Tome ST 0 7, Mbabane SZ -26 31, Ndjamena TD 12 15, Lome TG 6 1, Tunis TN 37 10,
    Dar_es_Salaam TZ -7 39, Kampala UG 0 32, Johannesburg ZA -26 28, Lusaka ZM -15 28, Harare ZW -18 31,
    Asmera ER 15 39`,
  Australia: `
    Sydney AU -34 151, Lord_Howe AU -32 159, Hobart AU -43 147, Melbourne AU -38 145, Broken_Hill AU -32 141,
    Brisbane AU -27 153, Lindeman AU -20 149, Adelaide AU -35 139, Darwin AU -12 131, Perth AU -32 116,
    Eucla AU -32 129`,
  Atlantic: `
    Bermuda BM 32 -65, Cape_Verde CV 15 -24, Canary ES 28 -15, Stanley FK -52 -58, Faroe FO 62 -7,
    South_Georgia GS -54 -37, Reykjavik IS 64 -22, Madeira PT 33 -17, Azores PT 38 -26, St_Helena SH -16 -6,
    Faeroe FO 62 -7`,
  Indian: `
    Cocos CC -12 97, Christmas CX -10 106, Chagos IO -7 72, Comoro KM -12 43, Antananarivo MG -19 48,
    Mauritius MU -20 58, Maldives MV 4 74, Reunion RE -21 55, Mahe SC -5 55, Kerguelen TF -49 70, Mayotte YT -13 45`,
  Pacific: `
    Pago_Pago AS -14 -171, Rarotonga CK -21 -160, Easter CL -27 -109, Galapagos EC -1 -90, Fiji FJ -18 178,
    Chuuk FM 7 152, Pohnpei FM 7 158, Kosrae FM 5 163, Guam GU 13 145, Tarawa KI 1 173, Kanton KI -3 -172,
    Kiritimati KI 2 -157, Majuro MH 7 171, Kwajalein MH 9 167, Saipan MP 15 146, Noumea NC -22 166,
    Norfolk NF -29 168, Nauru NR -1 167, Niue NU -19 -170, Auckland NZ -37 175, Chatham NZ -44 -177,
    Tahiti PF -18 -150, Marquesas PF -9 -139, Gambier PF -23 -135, Port_Moresby PG -9 147, Bougainville PG -6 156,
    Pitcairn PN -25 -130, Palau PW 7 134, Guadalcanal SB -10 160, Fakaofo TK -9 -171, Tongatapu TO -21 -175,
    Funafuti TV -9 179, Midway UM 28 -177, Wake UM 19 167, Honolulu US 21 -158, Efate VU -18 168, Wallis WF -13 -176,
    Apia WS -14 -172, Enderbury KI -3 -172, Ponape FM 7 158, Truk FM 7 152`,
  Arctic: `
    Longyearbyen SJ 78 16`,
} as const;

export interface Zone {
  /** As Intl.DateTimeFormat().resolvedOptions().timeZone. */
  readonly name: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
}

export const zones: readonly Zone[] = Object.entries(ZONES).flatMap(([area, cities]) =>
  cities.split(',').map((text) => {
    const [city = '', country = '', latitude, longitude] = text.trim().split(' ');
    return { name: `${area}/${city}`, country, latitude: Number(latitude), longitude: Number(longitude) };
  }),
);

/** Of cities with a zone of their own in one part of a country the table has that part alone: America/Indiana. */
export function zoneOf(name: string): Zone | null {
  const part = name.split('/').slice(0, 2).join('/');
  return zones.find((zone) => zone.name === name) ?? zones.find((zone) => zone.name === part) ?? null;
}
