/* SPDX-License-Identifier: MIT */
#include "pass.h"

void pass_ask(struct pass *p)
{
	p->wanted = true;
	p->around = false;
	p->stop = p->at;
}

bool pass_next(struct pass *p, size_t size, bool kept, size_t *ret)
{
	if (!p->wanted)
		return false;
	if (size != p->size && !kept) {
		p->at = p->stop = 0;
		p->around = false;
	}
	p->size = size;
	if (p->at >= size && !p->around) {
		p->at = 0;
		p->around = true;
	}
	if (p->at >= size || (p->around && p->at >= p->stop)) {
		*p = (struct pass){};
		return false;
	}
	*ret = p->at++;
	return true;
}
