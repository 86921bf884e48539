// SPDX-License-Identifier: MIT
/*
 * An address space against a model of it: for each of 48 pages what may be done and which byte is
 * there. Random calls change both; afterwards every page is tried and the VMAs must be as few as
 * the model says, in order, with the figures of the struct in agreement.
 */

#include "user.h"

#include <linux/mmap_lock.h>
#include <linux/prandom.h>

#define BASE		0x30000000UL
#define PAGES		48
#define STEPS		400

struct page_model {
	bool mapped;
	unsigned long prot;
	u8 value;
};

struct model {
	struct page_model page[PAGES];
	struct rnd_state rnd;
};

static unsigned long at(unsigned int page)
{
	return BASE + ((unsigned long)page << PAGE_SHIFT);
}

static unsigned int below(struct model *m, unsigned int n)
{
	return prandom_u32_state(&m->rnd) % n;
}

static unsigned long any_prot(struct model *m)
{
	static const unsigned long prots[] = { PROT_NONE, PROT_READ, PROT_RW, PROT_RW };

	return prots[below(m, ARRAY_SIZE(prots))];
}

static bool all_mapped(const struct model *m, unsigned int first, unsigned int n)
{
	unsigned int i;

	for (i = first; i < first + n; i++)
		if (!m->page[i].mapped)
			return false;
	return true;
}

/* ---- the calls ---- */

static void do_map(struct kunit *test, struct model *m, unsigned int first, unsigned int n)
{
	unsigned long prot = any_prot(m);
	unsigned int i;

	KUNIT_EXPECT_EQ(test, map_anon_at(at(first), n, prot), at(first));
	for (i = first; i < first + n; i++)
		m->page[i] = (struct page_model){ .mapped = true, .prot = prot };
}

static void do_unmap(struct kunit *test, struct model *m, unsigned int first, unsigned int n)
{
	KUNIT_EXPECT_EQ(test, vm_munmap(at(first), n << PAGE_SHIFT), 0);
	memset(&m->page[first], 0, n * sizeof(m->page[0]));
}

static void do_protect(struct kunit *test, struct model *m, unsigned int first, unsigned int n)
{
	unsigned long prot = any_prot(m);
	unsigned int i;

	/* Up to the first hole it happens in any case. */
	KUNIT_EXPECT_EQ(test, SYSCALL(mprotect, at(first), n << PAGE_SHIFT, prot, 0, 0),
			all_mapped(m, first, n) ? 0 : -ENOMEM);
	for (i = first; i < first + n && m->page[i].mapped; i++)
		m->page[i].prot = prot;
}

static void do_write(struct kunit *test, struct model *m, unsigned int first, unsigned int n)
{
	unsigned int i;

	for (i = first; i < first + n; i++) {
		bool may = m->page[i].mapped && (m->page[i].prot & PROT_WRITE);
		u8 value = below(m, 255) + 1;

		KUNIT_EXPECT_EQ(test, poke(at(i) + 7, value), may ? 0 : -EFAULT);
		if (may)
			m->page[i].value = value;
	}
}

static void do_forget(struct kunit *test, struct model *m, unsigned int first, unsigned int n)
{
	unsigned int i;

	KUNIT_EXPECT_EQ(test, do_madvise(current->mm, at(first), n << PAGE_SHIFT, MADV_DONTNEED),
			all_mapped(m, first, n) ? 0 : -ENOMEM);
	for (i = first; i < first + n; i++)
		m->page[i].value = 0;
}

/* To a place that doesn't overlap; the pages must be of one VMA, or it is -EFAULT. */
static void do_move(struct kunit *test, struct model *m, unsigned int first, unsigned int n)
{
	unsigned int to = below(m, PAGES - n + 1), i;
	struct vm_area_struct *vma;
	bool may;
	long ret;

	if (to + n > first && first + n > to)
		return;
	mmap_read_lock(current->mm);
	vma = vma_lookup(current->mm, at(first));
	may = vma && at(first) + (n << PAGE_SHIFT) <= vma->vm_end;
	mmap_read_unlock(current->mm);
	if (!may)
		return;
	ret = SYSCALL(mremap, at(first), n << PAGE_SHIFT, n << PAGE_SHIFT,
		    MREMAP_MAYMOVE | MREMAP_FIXED, at(to));
	KUNIT_EXPECT_EQ(test, ret, at(to));
	for (i = 0; i < n; i++) {
		m->page[to + i] = m->page[first + i];
		m->page[first + i] = (struct page_model){ };
	}
}

/* ---- the comparison ---- */

static void check_pages(struct kunit *test, struct model *m)
{
	unsigned int i;

	for (i = 0; i < PAGES; i++) {
		bool may = m->page[i].mapped && m->page[i].prot != PROT_NONE;
		int want = may ? m->page[i].value : -1, got = peek(at(i) + 7);

		if (want != got)
			KUNIT_FAIL(test, "page %u: %d, not %d\n", i, got, want);
	}
}

static void check_vmas(struct kunit *test, struct model *m)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma, *prev = NULL;
	unsigned long pages = 0;
	int count = 0;

	mmap_read_lock(mm);
	for (vma = mm->mmap; vma; prev = vma, vma = vma->vm_next) {
		unsigned int i;

		count++;
		pages += vma_pages(vma);
		KUNIT_EXPECT_LT(test, vma->vm_start, vma->vm_end);
		KUNIT_EXPECT_PTR_EQ(test, vma->vm_prev, prev);
		KUNIT_EXPECT_PTR_EQ(test, find_vma(mm, vma->vm_start), vma);
		if (prev) {
			KUNIT_EXPECT_LE(test, prev->vm_end, vma->vm_start);
			KUNIT_EXPECT_FALSE(test, prev->vm_end == vma->vm_start &&
					   prev->vm_flags == vma->vm_flags &&
					   prev->vm_pgoff + vma_pages(prev) == vma->vm_pgoff);
		}
		for (i = (vma->vm_start - BASE) >> PAGE_SHIFT;
		     i < (vma->vm_end - BASE) >> PAGE_SHIFT; i++) {
			KUNIT_EXPECT_TRUE(test, m->page[i].mapped);
			KUNIT_EXPECT_EQ(test, vma->vm_flags & VM_ACCESS_FLAGS,
					calc_vm_prot_bits(m->page[i].prot, 0));
			if (m->page[i].mapped)
				pages--;
		}
	}
	mmap_read_unlock(mm);
	KUNIT_EXPECT_EQ(test, pages, 0);
	KUNIT_EXPECT_EQ(test, count, mm->map_count);
	for (pages = 0, count = 0; count < PAGES; count++)
		pages += m->page[count].mapped;
	KUNIT_EXPECT_EQ(test, pages, mm->total_vm);
}

typedef void (*step_t)(struct kunit *test, struct model *m, unsigned int first, unsigned int n);

static void random_calls_agree_with_the_model(struct kunit *test)
{
	static const step_t steps[] = {
		do_map, do_unmap, do_protect, do_write, do_write, do_write, do_forget, do_move,
	};
	struct model *m = kunit_kzalloc(test, sizeof(*m), GFP_KERNEL);
	long committed = atomic_long_read(&vm_committed_as);
	unsigned int step, seed;

	KUNIT_ASSERT_NOT_NULL(test, m);
	for (seed = 1; seed <= 4; seed++) {
		prandom_seed_state(&m->rnd, seed);
		for (step = 0; step < STEPS && test->status == KUNIT_SUCCESS; step++) {
			unsigned int first = below(m, PAGES);
			unsigned int n = below(m, min(12U, PAGES - first)) + 1;
			unsigned int kind = below(m, ARRAY_SIZE(steps));

			steps[kind](test, m, first, n);
			check_pages(test, m);
			check_vmas(test, m);
			if (test->status != KUNIT_SUCCESS)
				kunit_info(test, "seed %u step %u kind %u page %u count %u\n",
					   seed, step, kind, first, n);
		}
	}
	do_unmap(test, m, 0, PAGES);
	check_vmas(test, m);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 0);
	KUNIT_EXPECT_EQ(test, mm_pgtables_bytes(current->mm), 0);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&vm_committed_as), committed);
}

/* Mappings anywhere: they never overlap, and the room of one that went is found again. */
static void searched_addresses_are_free_and_high(struct kunit *test)
{
	unsigned long addr[40], top = current->mm->mmap_base;
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(addr); i++) {
		addr[i] = map_anon(1 + i % 7, i & 1 ? PROT_READ : PROT_RW);
		KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr[i]));
		KUNIT_EXPECT_LE(test, addr[i] + ((1 + i % 7) << PAGE_SHIFT), top);
		for (j = 0; j < i; j++)
			KUNIT_EXPECT_TRUE(test,
				addr[i] + ((1 + i % 7) << PAGE_SHIFT) <= addr[j] ||
				addr[j] + ((1 + j % 7) << PAGE_SHIFT) <= addr[i]);
	}
	for (i = 3; i < ARRAY_SIZE(addr); i += 4) {
		KUNIT_EXPECT_EQ(test, vm_munmap(addr[i], (1 + i % 7) << PAGE_SHIFT), 0);
		KUNIT_EXPECT_EQ(test, map_anon(1 + i % 7, PROT_READ), addr[i]);
	}
}

static struct kunit_case user_model_cases[] = {
	KUNIT_CASE_SLOW(random_calls_agree_with_the_model),
	KUNIT_CASE(searched_addresses_are_free_and_high),
	{}
};

static struct kunit_suite user_model_suite = {
	.name = "user_model",
	.init = mm_suite_init,
	.exit = mm_suite_exit,
	.test_cases = user_model_cases,
};
kunit_test_suites(&user_model_suite);

MODULE_LICENSE("MIT");
