/* SPDX-License-Identifier: MIT */
#include "gate.h"

#include <errno.h>
#include <stdlib.h>

#include "util.h"

static struct gate_pass *pass_of(struct chain *link)
{
	return CONTAINER_OF(link, struct gate_pass, of_gate);
}

/* Hashes of tokens that nobody can choose. */
static uint32_t bucket_of(const struct token_hash *hash)
{
	return map_hash(hash->bytes, sizeof(hash->bytes));
}

void gate_init(struct gate *g, const struct gate_listener *listener, void *data)
{
	g->listener = listener;
	g->data = data;
	chain_init(&g->passes);
	chain_init(&g->of_links);
}

static void take_out(struct gate *g, struct gate_pass *pass)
{
	map_take(&g->map, &pass->node);
	chain_take(&pass->of_gate);
	g->n -= !pass->of_link;
	pass->ended = true;
}

void gate_done(struct gate *g)
{
	if (!g->passes.next)
		return;
	chain_move_all(&g->passes, &g->of_links);
	CHAIN_FOR_EACH(link, &g->passes) {
		take_out(g, pass_of(link));
		free(pass_of(link));
	}
	map_done(&g->map);
}

void gate_end(struct gate *g, struct gate_pass *pass, enum gate_end why)
{
	if (pass->ended)
		return;
	take_out(g, pass);
	/* so that it outlives the call */
	pass->held++;
	g->listener->ended(g->data, pass, why);
	gate_release(g, pass, pass->used_ms);
}

size_t gate_end_all(struct gate *g, enum gate_end why)
{
	size_t n = g->n;

	CHAIN_FOR_EACH(link, &g->passes)
		gate_end(g, pass_of(link), why);
	return n;
}

int gate_sign_in(struct gate *g, const struct address *address, bool secure, uint64_t now_ms,
		 char ret_token[TOKEN_MAX], struct gate_pass **ret)
{
	struct gate_pass *pass = map_reserve(&g->map) < 0 ? NULL : calloc(1, sizeof(*pass));
	int r = pass ? token_make(ret_token) : -ENOMEM;

	if (r < 0) {
		free(pass);
		return r;
	}
	if (g->n == GATE_PASSES_MAX)
		gate_end(g, pass_of(g->passes.next), GATE_END_FULL);
	pass->hash = token_hash(ret_token);
	pass->role = ROLE_FACILITATOR;
	pass->secure = secure;
	pass->address = *address;
	pass->made_ms = pass->used_ms = now_ms;
	map_put(&g->map, &pass->node, bucket_of(&pass->hash));
	chain_append(&g->passes, &pass->of_gate);
	g->n++;
	*ret = pass;
	return 0;
}

int gate_open(struct gate *g, const struct token_hash *hash, enum role role, bool secure,
	      struct gate_pass **ret)
{
	struct gate_pass *pass = map_reserve(&g->map) < 0 ? NULL : calloc(1, sizeof(*pass));

	if (!pass)
		return -ENOMEM;
	pass->hash = *hash;
	pass->role = role;
	pass->secure = secure;
	pass->of_link = true;
	map_put(&g->map, &pass->node, bucket_of(&pass->hash));
	chain_append(&g->of_links, &pass->of_gate);
	*ret = pass;
	return 0;
}

static bool is_over(const struct gate *g, const struct gate_pass *pass, uint64_t now_ms)
{
	return !pass->of_link && (now_ms - pass->made_ms >= g->longest_ms ||
				  (!pass->held && now_ms - pass->used_ms >= g->idle_ms));
}

static void use(struct gate *g, struct gate_pass *pass, uint64_t now_ms)
{
	if (pass->of_link)
		return;
	pass->used_ms = now_ms;
	chain_to_end(&g->passes, &pass->of_gate);
}

struct gate_pass *gate_find_hash(const struct gate *g, const struct token_hash *hash)
{
	struct map_node *n = map_find(&g->map, bucket_of(hash));

	for (; n; n = map_find_next(n)) {
		struct gate_pass *pass = CONTAINER_OF(n, struct gate_pass, node);

		if (token_hash_equal(&pass->hash, hash))
			return pass;
	}
	return NULL;
}

struct gate_pass *gate_find(struct gate *g, const char *token, bool secure, uint64_t now_ms)
{
	struct token_hash hash = token_hash(token);
	struct gate_pass *pass = gate_find_hash(g, &hash);

	if (!pass || pass->secure != secure || is_over(g, pass, now_ms))
		return NULL;
	use(g, pass, now_ms);
	return pass;
}

struct gate_pass *gate_hold(struct gate_pass *pass)
{
	if (pass)
		pass->held++;
	return pass;
}

void gate_release(struct gate *g, struct gate_pass *pass, uint64_t now_ms)
{
	if (!pass)
		return;
	pass->held--;
	if (!pass->ended)
		use(g, pass, now_ms);
	else if (!pass->held)
		free(pass);
}

void gate_tick(struct gate *g, uint64_t now_ms)
{
	CHAIN_FOR_EACH(link, &g->passes)
		if (is_over(g, pass_of(link), now_ms))
			gate_end(g, pass_of(link), GATE_END_TIME);
}

const char *gate_end_name(enum gate_end why)
{
	static const char *const names[] = {
	    [GATE_END_BUTTON] = "signed-out",	[GATE_END_ALL] = "everywhere",
	    [GATE_END_ELSEWHERE] = "elsewhere", [GATE_END_TIME] = "time",
	    [GATE_END_CHANGED] = "passphrase",	[GATE_END_FULL] = "full",
	};

	return names[why];
}
