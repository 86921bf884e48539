/* SPDX-License-Identifier: MIT */
#ifndef _FUZZ_MEMBLOCK_H
#define _FUZZ_MEMBLOCK_H
static struct {
	int memory;
} memblock __attribute__((unused));
void *memblock_alloc(size_t size, size_t align);
int memblock_add(u64 base, u64 size);
int memblock_reserve(u64 base, u64 size);
int memblock_mark_nomap(u64 base, u64 size);
static inline bool memblock_overlaps_region(void *type, u64 base, u64 size)
{
	(void)type;
	return (base ^ size) & 0x1000;
}
static inline bool memblock_is_region_reserved(u64 base, u64 size)
{
	return (base ^ size) & 0x2000;
}
#endif
