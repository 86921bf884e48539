// SPDX-License-Identifier: MIT
/*
 * Benchmark of the library: the rows of `make bench-lib` (see <linux/bench.h>).
 *
 * The operands are static and are reached through pointers that the compiler can't see through, so
 * that nothing is computed while building. Each row's second function is the portable C version.
 */

#include <linux/bench.h>

#include <linux/bitmap.h>
#include <linux/crc32.h>
#include <linux/crc32c.h>
#include <linux/find.h>
#include <linux/gfp.h>
#include <linux/kfifo.h>
#include <linux/list.h>
#include <linux/list_sort.h>
#include <linux/mm.h>
#include <linux/prandom.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <net/checksum.h>

#define BLOCK	4096
#define SEED	20241121

/* --- Blocks and strings ----------------------------------------------------------------------- */

static u8 *from, *to;		/* a page each */

static void free_pages_of_blocks(void)
{
	free_page((unsigned long)from);
	free_page((unsigned long)to);
	from = to = NULL;
}

/* Two pages; @from full of letters without a NUL before @len. */
static int make_blocks(size_t len)
{
	from = (u8 *)__get_free_page(GFP_KERNEL);
	to = (u8 *)__get_free_page(GFP_KERNEL);
	if (!from || !to) {
		free_pages_of_blocks();
		return -ENOMEM;
	}
	memset(from, 'x', BLOCK);
	memset(to, 'x', BLOCK);
	if (len < BLOCK)
		from[len] = '\0';
	return 0;
}

static int whole_blocks(void)
{
	return make_blocks(BLOCK);
}

static int string_of_64(void)
{
	return make_blocks(64);
}

static int string_of_4095(void)
{
	return make_blocks(BLOCK - 1);
}

#define BLOCK_ROW(id, text, fast_call, portable_call, ...)			\
	static void id##_fast(void)						\
	{									\
		fast_call;							\
	}									\
	static void id##_portable(void)						\
	{									\
		portable_call;							\
	}									\
	BENCH_ROW(lib, id, text, .run = id##_fast, .portable = id##_portable,	\
		  .teardown = free_pages_of_blocks, ##__VA_ARGS__)

#define REP_NOTE \
	"x86: without ERMS rep movsq/stosq counts one for each 8 bytes; a real CPU moves 32 or " \
	"more a cycle, so about 40 + n/32 cycles"

BLOCK_ROW(memcpy_4096, "memcpy 4096", (memcpy)(to, from, BLOCK),
	  __generic_memcpy(to, from, BLOCK), .setup = whole_blocks, .note = REP_NOTE);
BLOCK_ROW(memcpy_24, "memcpy 24", bench_use((memcpy)(to, from, from[0] - 'x' + 24)),
	  bench_use(__generic_memcpy(to, from, from[0] - 'x' + 24)), .setup = whole_blocks);
BLOCK_ROW(memmove_4096_down, "memmove 4088, overlapping upwards", (memmove)(to + 8, to, BLOCK - 8),
	  __generic_memmove(to + 8, to, BLOCK - 8), .setup = whole_blocks);
BLOCK_ROW(memset_4096, "memset 4096", (memset)(to, 0x5a, BLOCK), __generic_memset(to, 0x5a, BLOCK),
	  .setup = whole_blocks, .note = REP_NOTE);
BLOCK_ROW(memset_zero_4096, "memset 4096 to 0", (memset)(to, 0, BLOCK),
	  __generic_memset(to, 0, BLOCK), .setup = whole_blocks);
BLOCK_ROW(memcmp_4096, "memcmp 4096, equal", bench_use((memcmp)(to, from, BLOCK)),
	  bench_use(__generic_memcmp(to, from, BLOCK)), .setup = whole_blocks);
BLOCK_ROW(strlen_64, "strlen 64", bench_use((strlen)((char *)from)),
	  bench_use(__generic_strlen((char *)from)), .setup = string_of_64);
BLOCK_ROW(strlen_4096, "strlen 4095", bench_use((strlen)((char *)from)),
	  bench_use(__generic_strlen((char *)from)), .setup = string_of_4095);
BLOCK_ROW(clear_page, "clear_page", clear_page(to), __generic_clear_page(to),
	  .setup = whole_blocks);
BLOCK_ROW(copy_page, "copy_page", copy_page(to, from), __generic_copy_page(to, from),
	  .setup = whole_blocks);
BLOCK_ROW(crc32_le_4096, "crc32_le 4096", bench_use(crc32_le(~0, from, BLOCK)),
	  bench_use(crc32_le_base(~0, from, BLOCK)), .setup = whole_blocks);
BLOCK_ROW(crc32c_4096, "crc32c 4096", bench_use(crc32c(~0, from, BLOCK)),
	  bench_use(__crc32c_le_base(~0, from, BLOCK)), .setup = whole_blocks);
BLOCK_ROW(crc32_be_4096, "crc32_be 4096", bench_use(crc32_be(~0, from, BLOCK)),
	  bench_use(crc32_be_base(~0, from, BLOCK)), .setup = whole_blocks);
BLOCK_ROW(csum_4096, "csum_partial 4096", bench_use((__force u32)csum_partial(from, BLOCK, 0)),
	  bench_use((__force u32)__generic_csum_partial(from, BLOCK, 0)), .setup = whole_blocks);
BLOCK_ROW(csum_40, "csum_partial 40",
	  bench_use((__force u32)csum_partial(from, from[0] - 'x' + 40, 0)),
	  bench_use((__force u32)__generic_csum_partial(from, from[0] - 'x' + 40, 0)),
	  .setup = whole_blocks);

static void copy_and_sum_portable(void)
{
	__generic_memcpy(to, from, BLOCK);
	bench_use((__force u32)__generic_csum_partial(to, BLOCK, 0));
}
BLOCK_ROW(csum_copy_4096, "csum_partial_copy_nocheck 4096",
	  bench_use((__force u32)csum_partial_copy_nocheck(from, to, BLOCK)),
	  copy_and_sum_portable(), .setup = whole_blocks);

/* --- Bits ------------------------------------------------------------------------------------- */

#define SPARSE_BITS	4096

static DECLARE_BITMAP(sparse, SPARSE_BITS);

/* 16 bits set, 256 apart. */
static int make_sparse(void)
{
	unsigned int i;

	bitmap_zero(sparse, SPARSE_BITS);
	for (i = 200; i < SPARSE_BITS; i += 256)
		__set_bit(i, sparse);
	return 0;
}

static void find_in_sparse(void)
{
	unsigned long bit, size = SPARSE_BITS;

	OPTIMIZER_HIDE_VAR(size);
	for (bit = find_next_bit(sparse, size, 0); bit < size;
	     bit = find_next_bit(sparse, size, bit + 1))
		bench_use(bit);
}
PORTABLE_ROW(lib, find_next_bit, "find_next_bit, all 16 of 4096 bits", find_in_sparse,
	  .setup = make_sparse,
	  .note = "portable code: the compiler makes TZCNT, RBIT and CLZ of __ffs() there, too");

/* --- Sorting ---------------------------------------------------------------------------------- */

#define ITEMS	10000

struct item {
	struct list_head node;
	int value;
};

static int *ints;
static struct item *items;
static LIST_HEAD(item_list);

static void free_sorted(void)
{
	kvfree(ints);
	kvfree(items);
	ints = NULL;
	items = NULL;
}

static int make_sorted(void)
{
	ints = kvmalloc_array(ITEMS, sizeof(*ints), GFP_KERNEL);
	items = kvmalloc_array(ITEMS, sizeof(*items), GFP_KERNEL);
	if (ints && items)
		return 0;
	free_sorted();
	return -ENOMEM;
}

static void shuffle_ints(void)
{
	struct rnd_state rnd;
	int i;

	prandom_seed_state(&rnd, SEED);
	for (i = 0; i < ITEMS; i++)
		ints[i] = prandom_u32_state(&rnd);
}

static void shuffle_items(void)
{
	struct rnd_state rnd;
	int i;

	prandom_seed_state(&rnd, SEED);
	INIT_LIST_HEAD(&item_list);
	for (i = 0; i < ITEMS; i++) {
		items[i].value = prandom_u32_state(&rnd);
		list_add_tail(&items[i].node, &item_list);
	}
}

static int compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

static int compare_items(void *priv, const struct list_head *a, const struct list_head *b)
{
	return list_entry(a, struct item, node)->value > list_entry(b, struct item, node)->value;
}

static void sort_ints(void)
{
	sort(ints, ITEMS, sizeof(*ints), compare_ints, NULL);
}
PORTABLE_ROW(lib, sort_10000, "sort 10,000 ints", sort_ints, .setup = make_sorted,
	  .before = shuffle_ints, .teardown = free_sorted);

static void sort_items(void)
{
	list_sort(NULL, &item_list, compare_items);
}
PORTABLE_ROW(lib, list_sort_10000, "list_sort 10,000", sort_items, .setup = make_sorted,
	  .before = shuffle_items, .teardown = free_sorted);

/* --- A hash table ----------------------------------------------------------------------------- */

#define OBJECTS	10000

struct object {
	u32 key;
	struct rhash_head node;
};

static const struct rhashtable_params by_key = {
	.key_len = sizeof(u32),
	.key_offset = offsetof(struct object, key),
	.head_offset = offsetof(struct object, node),
	.nelem_hint = OBJECTS,		/* so that no table grows while it is measured */
};

static struct rhashtable table;
static struct object *objects;

static void free_table(void)
{
	rhashtable_destroy(&table);
	kvfree(objects);
	objects = NULL;
}

static int make_table(void)
{
	int i, err;

	objects = kvcalloc(OBJECTS, sizeof(*objects), GFP_KERNEL);
	if (!objects)
		return -ENOMEM;
	err = rhashtable_init(&table, &by_key);
	if (err) {
		kvfree(objects);
		return err;
	}
	for (i = 0; i < OBJECTS && !err; i++) {
		objects[i].key = i * 7;
		err = rhashtable_insert_fast(&table, &objects[i].node, by_key);
	}
	if (err)
		free_table();
	return err;
}

static void look_up_all(void)
{
	u32 i, key;

	for (i = 0; i < OBJECTS; i++) {
		key = i * 7;
		bench_use(rhashtable_lookup_fast(&table, &key, by_key));
	}
}
PORTABLE_ROW(lib, rhashtable_lookup, "rhashtable_lookup_fast among 10,000", look_up_all,
	     .setup = make_table, .teardown = free_table, .calls = 4, .operations = OBJECTS);

static void look_up_none(void)
{
	u32 i, key;

	for (i = 0; i < OBJECTS; i++) {
		key = i * 7 + 1;
		bench_use(rhashtable_lookup_fast(&table, &key, by_key));
	}
}
PORTABLE_ROW(lib, rhashtable_miss, "rhashtable_lookup_fast, not there", look_up_none,
	     .setup = make_table, .teardown = free_table, .calls = 4, .operations = OBJECTS);

static void remove_and_insert(void)
{
	int i;

	for (i = 0; i < OBJECTS; i++) {
		rhashtable_remove_fast(&table, &objects[i].node, by_key);
		bench_use(rhashtable_insert_fast(&table, &objects[i].node, by_key));
	}
}
PORTABLE_ROW(lib, rhashtable_insert, "rhashtable remove_fast + insert_fast", remove_and_insert,
	     .setup = make_table, .teardown = free_table, .calls = 4, .operations = OBJECTS);

/* --- Text and queues -------------------------------------------------------------------------- */

static char text[128];
static const char *a_string = "lectern";
static int a_number = -12345;

static void format_line(void)
{
	bench_use(snprintf(text, sizeof(text), "%d %s %pS", a_number, a_string, format_line));
}
PORTABLE_ROW(lib, snprintf, "snprintf(\"%d %s %pS\")", format_line);

static DEFINE_KFIFO(ints_fifo, int, 64);

static void put_and_get(void)
{
	int value = a_number, put, got;

	put = kfifo_put(&ints_fifo, value);
	got = kfifo_get(&ints_fifo, &value);
	bench_use(put + got + value);
}
PORTABLE_ROW(lib, kfifo, "kfifo_put + kfifo_get", put_and_get);

static int many[32];

static void in_and_out(void)
{
	unsigned int in, out;

	in = kfifo_in(&ints_fifo, many, ARRAY_SIZE(many));
	out = kfifo_out(&ints_fifo, many, ARRAY_SIZE(many));
	bench_use(in + out);
}
PORTABLE_ROW(lib, kfifo_many, "kfifo_in + kfifo_out of 32 ints", in_and_out);
