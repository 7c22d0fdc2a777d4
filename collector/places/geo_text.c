/* SPDX-License-Identifier: MIT */
#include "geo_text.h"

#include <string.h>
#include <strings.h>

#include "util.h"

static bool is_one_of(const char *text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcasecmp(text, words[i]))
			return true;
	return false;
}

bool geo_text_is_unknown(const char *text)
{
	static const char *const words[] = {
	    /* IP2Location writes "-". */
	    "",
	    "-",
	    "--",
	    "?",
	    "unknown",
	    "undefined",
	    "n/a",
	    "null",
	    "not available",
	    "not routed",
	    "reserved",
	    "unallocated",
	    "unassigned",
	    /* Registers of networks, for holders who are people. */
	    "private",
	    "private customer",
	    "private individual",
	    "private person",
	    "private registrant",
	    "private registration",
	    "private residence",
	    "registration private",
	    "redacted for privacy",
	    "data protected",
	    "not disclosed",
	};

	text += strspn(text, " \t");
	return is_one_of(text, words, ELEMENTS_OF(words));
}

bool geo_text_is_no_country(const char *code)
{
	static const char *const codes[] = {"XX", "ZZ", "AP", "EU"};

	return is_one_of(code, codes, ELEMENTS_OF(codes));
}

bool geo_text_is_registry(const char *text)
{
	/* https://www.nro.net/about/rirs/, and as the registers' own records write them. */
	static const char *const names[] = {
	    "RIPE",
	    "RIPE NCC",
	    "RIPE Network Coordination Centre",
	    "Reseaux IP Europeens Network Coordination Centre",
	    "Reseaux IP Europeens Network Coordination Centre (RIPE NCC)",
	    "Réseaux IP Européens Network Coordination Centre",
	    "ARIN",
	    "American Registry for Internet Numbers",
	    "American Registry for Internet Numbers, Ltd.",
	    "APNIC",
	    "APNIC Pty Ltd",
	    "Asia Pacific Network Information Centre",
	    "Asia-Pacific Network Information Centre",
	    "Asia Pacific Network Information Center",
	    "LACNIC",
	    "Latin American and Caribbean IP address Regional Registry",
	    "LACNIC - Latin American and Caribbean IP address",
	    "AFRINIC",
	    "African Network Information Center",
	    "African Network Information Centre",
	    "African Network Information Center - (AfriNIC) Ltd",
	    "African Network Information Center - ( AfriNIC Ltd. )",
	    "IANA",
	    "Internet Assigned Numbers Authority",
	};

	return is_one_of(text, names, ELEMENTS_OF(names));
}

void geo_text_cut_district(char *city)
{
	static const char *const own[] = {"(Oder)", "(Saale)", "(Sieg)", "(Eifel)", "(Westfalen)",
					  "(Ruhr)", "(Aller)", "(Ems)",	 "(Lahn)",  "(Taunus)"};
	char *bracket = strchr(city, '('), *end = city + strlen(city);

	if (!bracket || bracket == city || end[-1] != ')' || is_one_of(bracket, own, ELEMENTS_OF(own)))
		return;
	while (bracket > city && (bracket[-1] == ' ' || bracket[-1] == '\t'))
		bracket--;
	if (bracket > city)
		*bracket = '\0';
}
