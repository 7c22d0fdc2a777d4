/* SPDX-License-Identifier: MIT */
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "inject_send.h"
#include "process.h"
#include "room.h"
#include "util.h"

#define STEP_MS 10
#define DEVICES 100

static struct inject_sender *open_sender(uint64_t seed)
{
	struct inject_plan plan = inject_plan_default();
	struct inject_sender *s;

	plan.timeout = 3600;
	plan.seed = seed;
	/* As many devices as a large home has. */
	if (inject_networks_parse(&plan.devices, "192.0.2.0/25,2001:db8:77::/121") < 0)
		die("networks cannot be read");
	if (inject_sender_new(&s, &plan) < 0)
		die("entries cannot be made: is this root?");
	return s;
}

void load_fill(const struct load *l)
{
	uint32_t coming = l->events / 2, wanted = l->entries - l->active - coming;
	struct inject_sender *s = open_sender(1);

	for (uint32_t i = 0; i < wanted; i++)
		inject_create(s, i);
	if (inject_sync(s) < 0 || inject_counts(s).failed)
		die("the kernel refused entries");
	inject_sender_free(s);
}

void load_churn(const void *data)
{
	const struct load *l = data;
	struct inject_sender *s = open_sender(2);
	uint64_t began = clock_ms();
	uint32_t made = 0, half = l->events / 2;

	/* Each is there for a second. */
	for (;;) {
		uint32_t due = (uint32_t)((clock_ms() - began) * half / 1000);

		for (; made < due; made++) {
			inject_create(s, made);
			if (made >= half)
				inject_delete(s, made - half);
		}
		inject_sync(s);
		usleep(STEP_MS * 1000);
	}
}

/* Of connection i: 192.0.2.(2 to 101) to 198.18.x.y, port 443. */
static uint32_t device_of(uint32_t i)
{
	return 0xc0000202u + i % DEVICES;
}

static uint32_t remote_of(uint32_t i)
{
	return 0xc6120001u + i;
}

struct packet {
	struct ethhdr ethernet;
	struct iphdr ip;
	struct udphdr udp;
	char payload[64];
} __attribute__((packed));

static uint16_t checksum(const void *header)
{
	const uint8_t *p = header;
	uint32_t sum = 0;

	for (unsigned i = 0; i < sizeof(struct iphdr); i += 2)
		sum += (uint32_t)p[i] << 8 | p[i + 1];
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons((uint16_t)~sum);
}

static void fill_packet(struct packet *p, uint32_t i)
{
	*p = (struct packet){
	    .ethernet.h_proto = htons(ETH_P_IP),
	    .ip = {.version = 4,
		   .ihl = 5,
		   .ttl = 64,
		   .protocol = IPPROTO_UDP,
		   .tot_len = htons(sizeof(*p) - sizeof(p->ethernet)),
		   .saddr = htonl(device_of(i)),
		   .daddr = htonl(remote_of(i))},
	    .udp = {.source = htons((uint16_t)(1024 + i % 60000)),
		    .dest = htons(443),
		    .len = htons(sizeof(p->udp) + sizeof(p->payload))},
	};
	room_mac(p->ethernet.h_dest, p->ethernet.h_source);
	p->ip.check = checksum(&p->ip);
}

void load_packets(const void *data)
{
	const struct load *l = data;
	int fd = room_enter_devices();
	uint64_t began = clock_ms(), sent = 0;

	for (;;) {
		uint64_t due = (clock_ms() - began) * l->active / 1000;
		struct packet p;

		for (; sent < due; sent++) {
			fill_packet(&p, (uint32_t)(sent % l->active));
			if (send(fd, &p, sizeof(p), 0) < 0 && errno != ENOBUFS)
				die("a packet cannot be sent: %s", strerror(errno));
		}
		usleep(STEP_MS * 1000);
	}
}

/* One lookup with its answer, as "log-queries=extra" writes it. */
static void look_up(FILE *log, uint32_t serial, uint32_t i)
{
	struct in_addr device = {htonl(device_of(i))}, remote = {htonl(remote_of(i))};
	time_t now = time(NULL);
	char client[INET_ADDRSTRLEN], address[INET_ADDRSTRLEN], date[32];

	strftime(date, sizeof(date), "%b %e %H:%M:%S", localtime(&now));
	inet_ntop(AF_INET, &device, client, sizeof(client));
	inet_ntop(AF_INET, &remote, address, sizeof(address));
	fprintf(log, "%s dnsmasq[77]: %u %s/40000 query[A] host%u.site%u.example.com from %s\n", date, serial,
		client, i, i % 300, client);
	fprintf(log, "%s dnsmasq[77]: %u %s/40000 reply host%u.site%u.example.com is %s\n", date, serial,
		client, i, i % 300, address);
}

static FILE *open_log(const struct load *l)
{
	FILE *log = fopen(l->log, "a");

	if (!log)
		die("cannot write %s: %s", l->log, strerror(errno));
	return log;
}

void load_look_up(const struct load *l)
{
	FILE *log = open_log(l);

	for (uint32_t i = 0; i < l->active; i++)
		look_up(log, i + 1, i);
	fclose(log);
}

void load_names(const void *data)
{
	const struct load *l = data;
	FILE *log = open_log(l);
	uint64_t began = clock_ms();
	uint32_t asked = 0;

	/* Mostly names that are known; each tenth is new. */
	for (;;) {
		uint64_t due = (clock_ms() - began) * l->lines / 2000;

		for (; asked < due; asked++)
			look_up(log, l->active + asked + 1,
				asked % 10 ? asked % l->active : l->active + asked / 10 % 20000);
		fflush(log);
		usleep(STEP_MS * 1000);
	}
}
