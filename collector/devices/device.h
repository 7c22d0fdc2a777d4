/* SPDX-License-Identifier: MIT */
/*
 * Devices and their addresses. A device is its MAC where the neighbour table gives one; until then it is its
 * address, and when the MAC becomes known the two become one.
 *
 * A MAC with more than DEVICE_IPV4_MAX IPv4 neighbours at once is a repeater or a bridge: behind it each IPv4
 * address but the first is a device of its own. So is one whose addresses the DHCP server gave to two MACs or more:
 * behind it each of these MACs is a device. IPv6 addresses stay with the repeater's MAC, for a device has many of
 * them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "address.h"
#include "chain.h"
#include "feed_schema.h"
#include "map.h"
#include "quota.h"
#include "refused.h"
#include "row.h"
#include "thing.h"
#include "traffic.h"
#include "wish.h"

#define DEVICE_IPV4_MAX 4
#define DEVICE_ADDRESSES_MAX 32 /* of one device; the oldest that is no neighbour goes first */
#define DEVICE_ALIAS_MAX 41	/* bytes with the NUL, as the next two */
#define DEVICE_HOST_NAME_MAX 64
#define DEVICE_VENDOR_MAX 40

struct device;

struct device_address {
	struct row row;
	struct map_node node;
	struct device_address *next; /* of the same device, newest first */
	struct device *device;
	struct address address;
	bool neighbour; /* the kernel's neighbour table has it now */
	bool restored; /* it is the device's because it was before a restart: a lease is believed over that */
	bool leased;   /* the DHCP server gave it to this MAC */
	uint8_t lease[6];
	uint8_t round; /* in which it was last told as a neighbour */
};

struct device {
	struct row row;
	struct row identity;  /* what tells whose it is, in a table of its own */
	struct map_node node; /* by MAC; in the map when has_mac */
	struct device_address *addresses;
	struct chain lookups, answers; /* lookup.c's and answer.c's own, oldest first */
	struct chain ended, sums;      /* conversation_ended.c's and sum.c's own */
	struct quota_share shares[QUOTAS];
	struct past_device *past;     /* the history's own: what it tells of this one, or NULL */
	struct device *successor;     /* who took its last address over: gets its traffic when it goes */
	struct traffic traffic, sent; /* sent: the feed's own, what viewers know */
	int64_t active, seen;	      /* ms on the collector's clock */
	int64_t looked_up;	      /* the same clock; negative: before its start */
	int64_t hidden_dns;	      /* last seen with a service that hides lookups, 0: never */
	int64_t clear_dns;	      /* last seen asking a DNS server elsewhere in the clear, 0: never */
	uint32_t total, sent_total;   /* conversations so far */
	uint32_t unseen, sent_unseen; /* of those, the ones with a remote that nobody had looked up */
	uint32_t n_addresses;
	uint32_t snapshot;	/* session_snapshot.c's own: its place in the one that is being made */
	uint32_t conversations; /* that have a connection */
	uint32_t high_ports;	/* of those, on ports from 1024 on */
	uint64_t
	    asked_s; /* commands.c's own: when who holds it last began to ask for something, and how often */
	unsigned asked;
	uint32_t
	    voted; /* command_vote.c's own: in the round of this number, 0: in none. What for, nobody knows */
	uint64_t told_since; /* seconds of Unix time: what it looked up until then is not told; 0: all is */
	uint8_t mac[6];
	enum wish wish;
	bool wish_due; /* by what became known of it, its holder wants it otherwise */
	bool has_mac;
	bool self;   /* this machine */
	bool shared; /* the MAC of a repeater or a bridge */
	bool had_traffic;
	bool has_looked_up;
	bool named; /* a person gave the alias */
	bool
	    thing_due; /* what it is was found out, or turned out to be wrong: it may have to be called otherwise */
	bool thing_sure; /* else only probably */
	enum thing thing;
	char alias[DEVICE_ALIAS_MAX];
	char host_name[DEVICE_HOST_NAME_MAX]; /* empty: unknown */
	char vendor[DEVICE_VENDOR_MAX];	      /* empty: unknown */
};

struct devices;

/* Gives a new device, or one whose MAC became known, its alias with device_set_alias. */
typedef void (*device_namer)(void *data, struct devices *d, struct device *device);

/* How the holder of the one with this MAC, else (NULL) at this address, wants it to be seen. */
typedef enum wish (*device_wisher)(void *data, const uint8_t mac[6], const struct address *a);

/* Called before a device is freed: its successor, if it has one, is still there. */
typedef void (*device_leaves)(void *data, struct device *device);

struct devices {
	struct row_table table, identities, addresses;
	/* Nobody ever follows these: devices that are left out, and what tells whose those are that are not shown as they
	 * are. */
	struct row_table apart, identities_apart, addresses_apart;
	struct map by_mac, by_address;
	struct device *self; /* or NULL */
	device_namer namer;
	device_wisher wisher; /* the owner's to set, with the namer's data; may be NULL */
	void *namer_data;
	device_leaves leaves; /* may be NULL */
	void *leaves_data;
	uint32_t max;
	bool wishes;	 /* the owner's to set: somebody does not want to be seen, be they here or not */
	bool wishes_due; /* there may be a device whose wish_due is set */
	bool names_due;	 /* a host name became known that may not be told: the owner's to take back */
	bool things_due; /* there may be a device whose thing_due is set: the owner's to take back */
	bool
	    without_self; /* the owner's to set: this machine is no device; one that it was goes when it can */
	uint8_t round;	  /* of reading the whole neighbour table */
	struct refused refused;
};

/* watch, namer_data: borrowed. namer may be NULL. */
void devices_init(struct devices *d, struct row_watch *watch, uint32_t max, device_namer namer,
		  void *namer_data);
/* Frees all devices. */
void devices_done(struct devices *d);
/* True when a device that talks would find a place. */
bool devices_have_room(const struct devices *d);

/*
 * The device of this address, made when there is none; NULL when it does not fit. When the table is full the idle
 * ones go first, then neighbours that never spoke. Of devices that only their traffic speaks for (neither
 * neighbour, lease nor lookup: the source may be made up) there are at most three quarters. self: the address is
 * this machine's own.
 */
struct device *devices_get(struct devices *d, const struct address *a, bool self, int64_t now);
struct device_address *devices_find_address(const struct devices *d, const struct address *a);
/*
 * Who has this address now, as far as the kernel knows; NULL where that is not sure: the device has a MAC and is no
 * neighbour at this address any more, or it is one of the many behind a repeater.
 */
struct device *devices_holder(const struct devices *d, const struct address *a);
/* NULL when no device has this row id; one that is left out has none. */
struct device *devices_find_id(const struct devices *d, uint32_t id);
struct device *devices_find_mac(const struct devices *d, const uint8_t mac[6]);

/*
 * A neighbour came or was confirmed. True when an address that had a device has another one now, so that
 * connections have to be looked at again.
 */
bool devices_neighbour(struct devices *d, const struct address *a, const uint8_t mac[6], int64_t now);
void devices_neighbour_gone(struct devices *d, const struct address *a);
/* All neighbours are told from here on until devices_neighbours_end, and which are not told are gone. */
void devices_neighbours_begin(struct devices *d);
void devices_neighbours_end(struct devices *d);
/*
 * The DHCP server gave an address that may be a device's. mac: NULL where it is unknown; host_name: may be
 * empty. It makes no device but behind a repeater, and where the neighbour table knows another MAC that is believed,
 * unless that is a repeater's. True as of devices_neighbour.
 */
bool devices_lease(struct devices *d, const struct address *a, const uint8_t mac[6], const char *host_name);

/* device_restore.c: a device of before this start, and then its addresses, the oldest first. mac: NULL where it is
 * unknown. NULL when there is no room. */
struct device *devices_restore(struct devices *d, const uint8_t mac[6], bool self, int64_t seen);
void devices_restore_address(struct devices *d, struct device *device, const struct address *a);

/* This machine's MAC, for the device that stands for it. */
void devices_set_self_mac(struct devices *d, const uint8_t mac[6]);

/* Frees the devices that nothing speaks for any more: neither neighbour nor conversation or traffic so far. */
void devices_sweep(struct devices *d);
/* device_clear.c: a new session, in which none of them has moved or done anything yet. Conversations are counted again by
 * their owner, and who is not here any more goes with the next sweep. */
void devices_clear(struct devices *d);

/* device_wish.c. All devices: the first, and the one after another; NULL after the last. */
struct device *devices_next(const struct devices *d, const struct device *before);
size_t devices_count(const struct devices *d);
/* How the holder of who is at this address, where no MAC is known, wants it to be seen. */
enum wish devices_wish_at(const struct devices *d, const struct address *a);
/* What is kept for this device, which may be more than what is done yet. */
enum wish devices_wish_of(const struct devices *d, const struct device *device);
/* It is seen in another way from now on, with other row ids and nothing that it had; gets its alias from the namer. Whose
 * conversations, lookups and sums are gone. */
void devices_set_wish(struct devices *d, struct device *device, enum wish wish, int64_t now);
/* What is kept may be something else now than what is done: wish_due is set of each of these. */
void devices_ask_wishes(struct devices *d);
/* One whose wish_due is set; NULL when there is none. */
struct device *devices_find_due(struct devices *d);
/* Others may stand behind it: a repeater, or one of those behind it. */
bool device_is_many(const struct device *device);

void device_set_host_name(struct devices *d, struct device *device, const char *name);
void device_set_vendor(struct devices *d, struct device *device, const char *vendor);
/* It asked for a name at this time. */
void device_looked_up(struct devices *d, struct device *device, int64_t when);
/* It talks to a service that hides lookups. */
void device_hides(struct devices *d, struct device *device, int64_t now);
/* It asks a DNS server elsewhere, which anybody on the way can read. */
void device_asks_elsewhere(struct devices *d, struct device *device, int64_t now);
/* One conversation more, or (by -1) one less that nobody had looked up. */
void device_count_unseen(struct devices *d, struct device *device, int by);
/* One conversation more, or (by -1) one that turned out to be another device's. */
void device_count_total(struct devices *d, struct device *device, int by);
void device_set_alias(struct devices *d, struct device *device, const char *alias);
/* A person gave the alias, or took it back. */
void device_set_named(struct devices *d, struct device *device, bool named);
/* Adds (or with subtract takes away) traffic that moved until active, and says so to the feed. */
void device_count(struct devices *d, struct device *device, const struct traffic *t, bool subtract,
		  int64_t active);

#define DEVICE_OF(row_pointer) CONTAINER_OF(row_pointer, struct device, row)
