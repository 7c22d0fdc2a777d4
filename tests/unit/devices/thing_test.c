/* SPDX-License-Identifier: MIT */
#include "thing.h"

#include <string.h>

#include "cmocka_all.h"

#include "device.h"
#include "thing_table.h"
#include "util.h"
#include "vendor_name.h"

struct pair {
	const char *maker; /* as the register has it */
	const char *host;
	enum thing thing;
	bool sure;
};

/* Makers as in oui.csv of 2025; host names as they come out of the box, or as people call theirs. */
static const struct pair things[] = {
    {"Samsung Electronics Co.,Ltd", "Samsung-TV", THING_TELEVISION, true},
    {"Samsung Electronics Co.,Ltd", "Tizen", THING_TELEVISION, true},
    {"LG Innotek", "LGwebOSTV", THING_TELEVISION, true},
    {"LG Electronics", "LGwebOSTV-2", THING_TELEVISION, true},
    {"Sony Corporation", "BRAVIA-4K-VH2", THING_TELEVISION, true},
    {"Roku, Inc.", "", THING_TELEVISION, true},
    {"Roku, Inc", "living-room-tv", THING_TELEVISION, true},
    {"Apple, Inc.", "Olohuone-Apple-TV", THING_TELEVISION, true},
    {"", "AppleTV", THING_TELEVISION, true},
    {"Google, Inc.", "Chromecast-Ultra", THING_TELEVISION, true},
    {"TCL King Electrical Appliances (Huizhou) Co., Ltd", "", THING_TELEVISION, false},
    {"TPVision Europe B.V", "", THING_TELEVISION, true},
    {"", "olohuone-tv", THING_TELEVISION, false},
    {"Sonos, Inc.", "SonosZP", THING_SPEAKER, true},
    {"Sonos, Inc.", "", THING_SPEAKER, true},
    {"Google, Inc.", "Google-Home-Mini", THING_SPEAKER, true},
    {"Google, Inc.", "Google-Nest-Hub", THING_SPEAKER, false},
    {"Apple, Inc.", "Keittio-HomePod", THING_SPEAKER, true},
    {"Amazon Technologies Inc.", "Echo-Dot", THING_SPEAKER, true},
    {"Bang & Olufsen A/S", "", THING_SPEAKER, true},
    {"YAMAHA CORPORATION", "", THING_SPEAKER, false},
    {"Signify B.V.", "Philips-hue", THING_LAMP, true},
    {"Philips Lighting BV", "", THING_LAMP, true},
    {"Espressif Inc.", "wled-4f2a10", THING_LAMP, true},
    {"IKEA of Sweden AB", "TRADFRI-Gateway", THING_LAMP, false},
    {"Yeelink", "yeelink-light-color4", THING_LAMP, true},
    {"TP-LINK TECHNOLOGIES CO.,LTD.", "KL130", THING_LAMP, true},
    {"Nintendo Co.,Ltd", "", THING_CONSOLE, true},
    {"Sony Interactive Entertainment Inc.", "PS5-4F2A10", THING_CONSOLE, true},
    {"Microsoft Corporation", "XboxOne", THING_CONSOLE, true},
    {"Hon Hai Precision Ind. Co.,Ltd.", "PS4-213", THING_CONSOLE, true},
    {"Synology Incorporated", "DiskStation", THING_STORAGE, true},
    {"QNAP Systems, Inc.", "", THING_STORAGE, true},
    {"Western Digital", "MyCloud-4F2A10", THING_STORAGE, true},
    {"WESTERN DIGITAL CORPORATION", "", THING_STORAGE, false},
    {"", "family-nas", THING_STORAGE, false},
    {"Hewlett Packard", "NPI4F2A10", THING_PRINTER, true},
    {"HP Inc.", "HP4F2A10", THING_PRINTER, true},
    {"HP Inc.", "OfficeJet-Pro", THING_PRINTER, true},
    {"Brother industries, LTD.", "BRW3C2AF44F2A10", THING_PRINTER, true},
    {"Hon Hai Precision Ind. Co.,Ltd.", "BRN30055C4F2A10", THING_PRINTER, true},
    {"Seiko Epson Corporation", "EPSON4F2A10", THING_PRINTER, true},
    {"CANON INC.", "", THING_PRINTER, false},
    {"LEXMARK INTERNATIONAL, INC.", "", THING_PRINTER, true},
    {"Raspberry Pi Trading Ltd", "office-printer", THING_PRINTER, false},
    {"Hangzhou Hikvision Digital Technology Co.,Ltd.", "", THING_CAMERA, true},
    {"AXIS COMMUNICATIONS AB", "axis-accc8e4f2a10", THING_CAMERA, true},
    {"Reolink Innovation Limited", "", THING_CAMERA, true},
    {"Ring LLC", "", THING_CAMERA, false},
    {"iRobot Corporation ", "iRobot-3193C60472324700", THING_APPLIANCE, true},
    {"", "Roomba-3193C60472324700", THING_APPLIANCE, true},
    {"Miele & Cie. KG", "", THING_APPLIANCE, true},
    {"BSH Hausgeräte GmbH", "", THING_APPLIANCE, true},
    {"Samsung Electronics Co.,Ltd", "Samsung-Washer", THING_APPLIANCE, true},
    {"eero inc.", "", THING_NETWORK, true},
    {"AVM GmbH", "fritz.repeater", THING_NETWORK, true},
    {"Ubiquiti Networks Inc.", "", THING_NETWORK, false},
    {"Espressif Inc.", "shellyplug-s-4f2a10", THING_GADGET, true},
    {"Espressif Inc.", "", THING_GADGET, false},
    {"Tuya Smart Inc.", "", THING_GADGET, false},
    {"Nest Labs Inc.", "", THING_GADGET, true},
    {"tado GmbH", "tado", THING_GADGET, true},
};

/* What a person holds, or may: a phone, a tablet, a watch, a laptop, a computer. */
static const struct pair personal[] = {
    {"", "", THING_NONE, false},
    {"", "iPhone", THING_NONE, false},
    {"", "Annas-iPhone", THING_NONE, false},
    {"", "annas-laptop", THING_NONE, false},
    {"", "Galaxy-S23", THING_NONE, false},
    {"", "Pixel-8", THING_NONE, false},
    {"", "android-4f2a10b3c4d5e6f7", THING_NONE, false},
    {"", "Arlo", THING_NONE, false},
    {"Apple, Inc.", "", THING_NONE, false},
    {"Apple, Inc.", "Annas-MacBook-Pro", THING_NONE, false},
    {"Apple, Inc.", "Leos-iPad", THING_NONE, false},
    {"Apple, Inc.", "Apple-Watch", THING_NONE, false},
    {"Samsung Electronics Co.,Ltd", "", THING_NONE, false},
    {"Samsung Electronics Co.,Ltd", "Galaxy-Tab-S9", THING_NONE, false},
    {"Samsung Electronics Co.,Ltd", "Annas-TV-phone", THING_NONE, false},
    {"LG Electronics (Mobile Communications)", "", THING_NONE, false},
    {"LG Electronics", "LG-gram-laptop", THING_NONE, false},
    {"Sony Corporation", "", THING_NONE, false},
    {"Sony Corporation", "Xperia-1", THING_NONE, false},
    {"Google, Inc.", "", THING_NONE, false},
    {"Google, Inc.", "Pixel-7a", THING_NONE, false},
    {"Amazon Technologies Inc.", "", THING_NONE, false},
    {"Amazon Technologies Inc.", "Kindle-Paperwhite", THING_NONE, false},
    {"Microsoft Corporation", "", THING_NONE, false},
    {"Microsoft Corporation", "SURFACE-PRO", THING_NONE, false},
    {"Microsoft Corporation", "Xbox-laptop", THING_NONE, false},
    {"HP Inc.", "", THING_NONE, false},
    {"HP Inc.", "HP-EliteBook", THING_NONE, false},
    {"Hewlett Packard", "DESKTOP-4F2A10B", THING_NONE, false},
    {"Intel Corporate", "DESKTOP-4F2A10B", THING_NONE, false},
    {"Intel Corporate", "thinkpad-x1", THING_NONE, false},
    {"Intel Corporate", "LAPTOP-K3J4H5", THING_NONE, false},
    {"Dell Inc.", "", THING_NONE, false},
    {"TP-LINK TECHNOLOGIES CO.,LTD.", "", THING_NONE, false},
    {"TP-LINK TECHNOLOGIES CO.,LTD.", "leo-pc", THING_NONE, false},
    {"NETGEAR", "mint", THING_NONE, false},
    {"Xiaomi Communications Co Ltd", "", THING_NONE, false},
    {"Xiaomi Communications Co Ltd", "Redmi-Note-12", THING_NONE, false},
    {"HUAWEI TECHNOLOGIES CO.,LTD", "HUAWEI-P30", THING_NONE, false},
    {"TCT mobile ltd", "", THING_NONE, false},
    {"Raspberry Pi Trading Ltd", "raspberrypi", THING_NONE, false},
    {"KYOCERA CORPORATION ", "", THING_NONE, false},
    {"SonoSite, Inc.", "", THING_NONE, false},
    {"RingCube Technologies, Inc.", "", THING_NONE, false},
    {"Hon Hai Precision Ind. Co.,Ltd.", "", THING_NONE, false},
    {"Espressif Inc.", "annan-puhelin", THING_NONE, false},
};

static void check(const struct pair *pairs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct pair *p = &pairs[i];
		char maker[DEVICE_VENDOR_MAX];
		bool sure = false;
		enum thing thing;

		assert_true(vendor_name(maker, sizeof(maker), p->maker, strlen(p->maker)));
		thing = thing_of(maker, p->host, &sure);
		if (thing != p->thing || sure != p->sure)
			fail_msg("\"%s\" (%s), \"%s\" is %s%s", p->maker, maker, p->host,
				 thing ? thing_word(thing) : "nothing", thing && !sure ? ", probably" : "");
	}
}

static void test_things(void **state)
{
	(void)state;
	assert_true(ELEMENTS_OF(things) >= 40);
	check(things, ELEMENTS_OF(things));
}

static void test_what_a_person_holds(void **state)
{
	(void)state;
	check(personal, ELEMENTS_OF(personal));
}

/* Whatever made it: who calls it a phone or a laptop is believed. */
static void test_a_phone_by_any_maker(void **state)
{
	bool sure;

	(void)state;
	for (const struct thing_row *row = thing_table; row->thing; row++) {
		assert_int_equal(thing_of(row->maker ? row->maker : "", "Annas-iPhone", &sure), THING_NONE);
		assert_int_equal(thing_of(row->maker ? row->maker : "", "leos-laptop", &sure), THING_NONE);
	}
}

/* No row of the table hides another, and each has a maker or a host name. */
static void test_each_row_counts(void **state)
{
	bool seen[THINGS] = {};

	(void)state;
	for (const struct thing_row *row = thing_table; row->thing; row++) {
		bool sure = false;

		assert_true(row->maker || row->host);
		seen[row->thing] = true;
		if (row->host)
			continue;
		assert_int_equal(thing_of(row->maker, "", &sure), row->thing);
		assert_int_equal(sure, row->sure);
	}
	for (int thing = THING_NONE + 1; thing < THINGS; thing++) {
		assert_true(seen[thing]);
		assert_non_null(thing_word((enum thing)thing));
		for (int language = 0; language < ALIAS_LANGUAGES; language++)
			assert_in_range(strlen(thing_name((enum thing)thing, (enum alias_language)language)),
					3, 20);
	}
	assert_null(thing_word(THING_NONE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_things),
	    cmocka_unit_test(test_what_a_person_holds),
	    cmocka_unit_test(test_a_phone_by_any_maker),
	    cmocka_unit_test(test_each_row_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
