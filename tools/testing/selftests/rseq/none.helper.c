// SPDX-License-Identifier: MIT
/* Executed by events.c with a C library that registers nothing: 0 if nothing is registered. */

#include "../kselftest.h"

#include "rseq.h"

static struct rseq_area area;

int main(void)
{
	if (__rseq_size)
		return 1;
	if (rseq_call(&area, RSEQ_AREA_SIZE, 1, RSEQ_SIG) != -1 || errno != EINVAL)
		return 2;
	if (rseq_call(&area, RSEQ_AREA_SIZE, 0, RSEQ_SIG))
		return 3;
	return area.cpu_id < (uint32_t)sysconf(_SC_NPROCESSORS_CONF) ? 0 : 4;
}
