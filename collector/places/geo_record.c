/* SPDX-License-Identifier: MIT */
#include "geo_record.h"

#include <ctype.h>
#include <math.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo_text.h"
#include "text.h"

bool geo_record_find(const MMDB_s *handle, const struct address *a, MMDB_entry_s *ret)
{
	struct sockaddr_storage socket_address = {};
	MMDB_lookup_result_s found;
	int error;

	if (address_is_ipv4(a)) {
		struct sockaddr_in *in = (struct sockaddr_in *)&socket_address;

		in->sin_family = AF_INET;
		memcpy(&in->sin_addr, a->bytes + 12, 4);
	} else {
		struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&socket_address;

		in6->sin6_family = AF_INET6;
		memcpy(&in6->sin6_addr, a->bytes, 16);
	}
	found = MMDB_lookup_sockaddr(handle, (struct sockaddr *)&socket_address, &error);
	if (error != MMDB_SUCCESS || !found.found_entry)
		return false;
	*ret = found.entry;
	return true;
}

static bool get(MMDB_entry_s *entry, const char *const *path, MMDB_entry_data_s *ret)
{
	return MMDB_aget_value(entry, ret, path) == MMDB_SUCCESS && ret->has_data;
}

/* The first of the paths that holds text that says something; an empty buffer when none does. */
static bool get_text(MMDB_entry_s *entry, const char *const *const *paths, char *buffer, size_t size)
{
	MMDB_entry_data_s data;

	buffer[0] = '\0';
	for (; *paths; paths++)
		if (get(entry, *paths, &data) && data.type == MMDB_DATA_TYPE_UTF8_STRING && data.data_size &&
		    text_copy(buffer, size, data.utf8_string, data.data_size) && !geo_text_is_unknown(buffer))
			return true;
	buffer[0] = '\0';
	return false;
}

/* A number written as text, as ip-location-db writes positions, and "AS64496", as IPinfo writes networks. */
static bool number_of_text(const char *text, size_t length, double *ret)
{
	char copy[32], *end;

	if (length > 2 && !strncasecmp(text, "AS", 2)) {
		text += 2;
		length -= 2;
	}
	if (!length || length >= sizeof(copy))
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	*ret = strtod(copy, &end);
	return end == copy + length;
}

static bool number_of(const MMDB_entry_data_s *data, double *ret)
{
	switch (data->type) {
	case MMDB_DATA_TYPE_DOUBLE:
		*ret = data->double_value;
		return true;
	case MMDB_DATA_TYPE_FLOAT:
		*ret = (double)data->float_value;
		return true;
	case MMDB_DATA_TYPE_UINT16:
		*ret = data->uint16;
		return true;
	case MMDB_DATA_TYPE_UINT32:
		*ret = data->uint32;
		return true;
	case MMDB_DATA_TYPE_UINT64:
		*ret = (double)data->uint64;
		return true;
	case MMDB_DATA_TYPE_BOOLEAN:
		*ret = data->boolean;
		return true;
	case MMDB_DATA_TYPE_INT32:
		*ret = data->int32;
		return true;
	case MMDB_DATA_TYPE_UTF8_STRING:
		return number_of_text(data->utf8_string, data->data_size, ret);
	default:
		return false;
	}
}

static bool get_number(MMDB_entry_s *entry, const char *const *const *paths, double *ret)
{
	MMDB_entry_data_s data;
	double value;

	for (; *paths; paths++)
		if (get(entry, *paths, &data) && number_of(&data, &value) && isfinite(value)) {
			*ret = value;
			return true;
		}
	return false;
}

#define PATH(...) ((const char *const[]){__VA_ARGS__, NULL})
#define PATHS(...) ((const char *const *const[]){__VA_ARGS__, NULL})

static void get_country(MMDB_entry_s *entry, char country[3])
{
	char text[8];

	country[0] = '\0';
	if (!get_text(entry, PATHS(PATH("country", "iso_code"), PATH("country_code"), PATH("country")), text,
		      sizeof(text)))
		return;
	if (strlen(text) != 2 || !isalpha((unsigned char)text[0]) || !isalpha((unsigned char)text[1]) ||
	    geo_text_is_no_country(text))
		return;
	country[0] = (char)toupper((unsigned char)text[0]);
	country[1] = (char)toupper((unsigned char)text[1]);
	country[2] = '\0';
}

/* 0/0 is in the sea, and is what is written where no position is known. */
static void get_position(MMDB_entry_s *entry, struct place_facts *f)
{
	f->has_position =
	    get_number(entry, PATHS(PATH("location", "latitude"), PATH("latitude"), PATH("lat")),
		       &f->latitude) &&
	    get_number(entry, PATHS(PATH("location", "longitude"), PATH("longitude"), PATH("lng")),
		       &f->longitude) &&
	    fabs(f->latitude) <= 90 && fabs(f->longitude) <= 180 && (f->latitude != 0 || f->longitude != 0);
	if (!f->has_position)
		f->latitude = f->longitude = 0;
}

bool geo_record_place(MMDB_entry_s *entry, struct place_facts *ret)
{
	struct place_facts f = {};

	get_country(entry, f.country);
	get_text(entry, PATHS(PATH("subdivisions", "0", "names", "en"), PATH("state1"), PATH("region")),
		 f.region, sizeof(f.region));
	get_text(entry, PATHS(PATH("city", "names", "en"), PATH("city")), f.city, sizeof(f.city));
	geo_text_cut_district(f.city);
	get_position(entry, &f);
	if (!f.country[0] && !f.region[0] && !f.city[0] && !f.has_position)
		return false;
	*ret = f;
	return true;
}

bool geo_record_anycast(MMDB_entry_s *entry)
{
	double value;

	return get_number(entry, PATHS(PATH("is_anycast"), PATH("traits", "is_anycast")), &value) &&
	       value != 0;
}

bool geo_record_network(MMDB_entry_s *entry, struct network_facts *ret)
{
	struct network_facts f = {};
	double asn;

	if (get_number(entry,
		       PATHS(PATH("autonomous_system_number"), PATH("as_number"), PATH("asn"),
			     PATH("traits", "autonomous_system_number")),
		       &asn) &&
	    asn >= 1 && asn <= UINT32_MAX)
		f.asn = (uint32_t)asn;
	/* IPinfo has a plain "name" beside its "asn". */
	get_text(entry,
		 PATHS(PATH("autonomous_system_organization"), PATH("as_organization"), PATH("organization"),
		       PATH("as_name"), PATH("traits", "autonomous_system_organization"), PATH("name")),
		 f.name, sizeof(f.name));
	if (geo_text_is_registry(f.name))
		f.name[0] = '\0';
	if (!f.name[0] && !f.asn)
		return false;
	if (!f.name[0])
		snprintf(f.name, sizeof(f.name), "AS%u", f.asn);
	*ret = f;
	return true;
}
