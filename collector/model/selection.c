/* SPDX-License-Identifier: MIT */
#include "selection.h"

#include <netinet/in.h>
#include <string.h>

#define PORT_DNS 53

/* What one end of a connection is to the home. */
struct end {
	const struct address *address;
	bool own, inside;
};

static void show(struct selection *ret, const struct end *device, const struct end *remote, bool inbound)
{
	ret->kind = SELECTION_SHOWN;
	ret->device = *device->address;
	ret->remote = *remote->address;
	ret->inbound = inbound;
	ret->self = device->own;
}

static void hide_unless(struct selection *ret, bool shown, enum selection_kind kind,
			const struct end *initiator, const struct end *responder)
{
	/* Of two ends at home the device is the one that began, but the router only when there is no other.
	 */
	bool inbound = initiator->own && responder->inside && !responder->own;

	if (!shown)
		ret->kind = kind;
	else if (inbound)
		show(ret, responder, initiator, true);
	else
		show(ret, initiator, responder, false);
}

static void decide_router(struct selection *ret, const struct home *h, const struct end *a,
			  const struct end *b, bool dns)
{
	bool a_home = a->own || a->inside, b_home = b->own || b->inside;

	if (a_home && b_home && dns)
		hide_unless(ret, h->show_dns, SELECTION_DNS, a, b);
	else if (a->own || b->own) {
		if (!h->show_router)
			ret->kind = SELECTION_ROUTER;
		else if (a_home && b_home)
			hide_unless(ret, true, SELECTION_ROUTER, a, b);
		else
			show(ret, a->own ? a : b, a->own ? b : a, !a->own);
	} else if (a->inside && (b->inside || home_is_edge(h, b->address)))
		/* A home network's broadcast address is no device, but who talks to it talks inside the home.
		 */
		hide_unless(ret, h->show_inside, SELECTION_INSIDE, a, b);
	else if (a->inside || b->inside)
		show(ret, a->inside ? a : b, a->inside ? b : a, !a->inside);
	else
		ret->kind = SELECTION_FOREIGN;
}

/* This machine is the device; its home networks only tell which DNS is home DNS. */
static void decide_machine(struct selection *ret, const struct home *h, const struct end *a,
			   const struct end *b, bool dns)
{
	bool a_home = a->own || a->inside, b_home = b->own || b->inside;

	if (a_home && b_home && dns)
		hide_unless(ret, h->show_dns, SELECTION_DNS, a, b);
	else if (a->own && b->own)
		hide_unless(ret, h->show_inside, SELECTION_INSIDE, a, b);
	else if (a->own || b->own)
		show(ret, a->own ? a : b, a->own ? b : a, !a->own);
	else
		ret->kind = SELECTION_FOREIGN;
}

static bool protocol_has_service_port(uint8_t protocol)
{
	return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP || protocol == IPPROTO_UDPLITE ||
	       protocol == IPPROTO_SCTP || protocol == IPPROTO_DCCP;
}

static struct end make_end(const struct home *h, const struct address *a)
{
	return (struct end){
	    .address = a,
	    .own = address_is_loopback(a) || home_is_own(h, a),
	    .inside = home_is_inside(h, a),
	};
}

void selection_decide(struct selection *ret, const struct home *h, const struct ct_tuple tuple[CT_DIRECTIONS],
		      uint8_t protocol, bool has_ports)
{
	struct end initiator = make_end(h, &tuple[CT_ORIG].src);
	struct end responder = make_end(h, &tuple[CT_REPLY].src);
	bool dns;

	*ret = (struct selection){};
	ret->has_port = has_ports && protocol_has_service_port(protocol);
	if (ret->has_port)
		ret->port = tuple[CT_REPLY].sport;
	/* A query that NAT redirected (REDIRECT to another port) is still a query. */
	dns = ret->has_port && (ret->port == PORT_DNS || tuple[CT_ORIG].dport == PORT_DNS);
	if (h->mode == HOME_ROUTER)
		decide_router(ret, h, &initiator, &responder, dns);
	else
		decide_machine(ret, h, &initiator, &responder, dns);
}
