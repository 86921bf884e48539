// SPDX-License-Identifier: MIT
/*
 * Properties, references, addresses and interrupts of the linked tree, on nodes made by hand; and
 * the machine's own tree where it has one.
 */
#include <kunit/test.h>

#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_irq.h>
#include <linux/property.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#define CELLS(...) ((const u8[]){ __VA_ARGS__ })

static struct property text_prop(const char *name, const char *value, int length)
{
	return (struct property){ .name = name, .value = value, .length = length };
}

static void of_read_reports_what_is_wrong(struct kunit *test)
{
	struct property empty = text_prop("empty", "", 0);
	struct property two = { "two", 8, CELLS(0, 0, 0, 1, 0, 0, 0, 2), &empty };
	struct device_node np = { .properties = &two };
	u32 cells[3] = { 7, 7, 7 };
	u64 number;

	KUNIT_EXPECT_EQ(test, of_property_read_u32_array(&np, "two", cells, 2), 0);
	KUNIT_EXPECT_EQ(test, cells[0], 1U);
	KUNIT_EXPECT_EQ(test, cells[1], 2U);
	KUNIT_EXPECT_EQ(test, of_property_read_u64(&np, "two", &number), 0);
	KUNIT_EXPECT_EQ(test, number, 0x100000002ULL);
	KUNIT_EXPECT_EQ(test, of_property_read_u32_array(&np, "two", cells, 3), -EOVERFLOW);
	KUNIT_EXPECT_EQ(test, cells[2], 7U);
	KUNIT_EXPECT_EQ(test, of_property_read_u32(&np, "none", cells), -EINVAL);
	KUNIT_EXPECT_EQ(test, of_property_read_u32(&np, "empty", cells), -ENODATA);
	KUNIT_EXPECT_EQ(test, of_property_read_u32_index(&np, "two", 2, cells), -EOVERFLOW);
}

static void of_strings_must_end(struct kunit *test)
{
	struct property open_end = text_prop("open", "abc", 3);
	struct property list = text_prop("list", "one\0two\0three", 14);
	struct device_node np = { .properties = &list };
	const char *s;

	list.next = &open_end;
	KUNIT_EXPECT_EQ(test, of_property_read_string(&np, "open", &s), -EILSEQ);
	KUNIT_EXPECT_EQ(test, of_property_count_strings(&np, "list"), 3);
	KUNIT_EXPECT_EQ(test, of_property_read_string_index(&np, "list", 2, &s), 0);
	KUNIT_EXPECT_STREQ(test, s, "three");
	KUNIT_EXPECT_EQ(test, of_property_read_string_index(&np, "list", 3, &s), -ENODATA);
	KUNIT_EXPECT_EQ(test, of_property_match_string(&np, "list", "two"), 1);
	KUNIT_EXPECT_EQ(test, of_property_match_string(&np, "list", "tw"), -ENODATA);
	KUNIT_EXPECT_EQ(test, of_property_match_string(&np, "open", "abc"), -EILSEQ);
}

static void of_first_compatible_wins(struct kunit *test)
{
	static const struct of_device_id table[] = {
		{ .compatible = "vendor,family" },
		{ .compatible = "vendor,chip" },
		{ }
	};
	struct property compatible = text_prop("compatible", "vendor,chip\0vendor,family", 26);
	struct device_node np = { .name = "dev", .properties = &compatible };

	KUNIT_EXPECT_PTR_EQ(test, of_match_node(table, &np), &table[1]);
}

static void of_status_decides_about_use(struct kunit *test)
{
	struct property status = text_prop("status", "disabled", 9);
	struct device_node np = { .properties = &status };

	KUNIT_EXPECT_FALSE(test, of_device_is_available(&np));
	status.value = "okay";
	status.length = 5;
	KUNIT_EXPECT_TRUE(test, of_device_is_available(&np));
	status.length = 4;	/* no end: as good as no word */
	KUNIT_EXPECT_FALSE(test, of_device_is_available(&np));
	np.properties = NULL;
	KUNIT_EXPECT_TRUE(test, of_device_is_available(&np));
	KUNIT_EXPECT_FALSE(test, of_device_is_available(NULL));
}

/* root (1 cell each) / bus (1 cell each, ranges) / device */
struct bus_fixture {
	struct property cells[4], ranges, reg;
	struct device_node root, bus, dev;
};

static void make_bus(struct bus_fixture *f, const u8 *ranges, int ranges_len, const u8 *reg)
{
	static const u8 one[] = { 0, 0, 0, 1 };

	memset(f, 0, sizeof(*f));
	f->cells[0] = (struct property){ "#address-cells", 4, one, &f->cells[1] };
	f->cells[1] = (struct property){ "#size-cells", 4, one, NULL };
	f->root.properties = &f->cells[0];
	f->cells[2] = (struct property){ "#address-cells", 4, one, &f->cells[3] };
	f->cells[3] = (struct property){ "#size-cells", 4, one, ranges ? &f->ranges : NULL };
	f->ranges = (struct property){ "ranges", ranges_len, ranges, NULL };
	f->bus.properties = &f->cells[2];
	f->bus.parent = &f->root;
	f->reg = (struct property){ "reg", 8, reg, NULL };
	f->dev.properties = &f->reg;
	f->dev.parent = &f->bus;
}

static void of_addresses_are_translated_by_ranges(struct kunit *test)
{
	struct bus_fixture f;
	u64 addr, size;

	/* Bus 0x1000..0x1fff is 0x9000000 above. */
	make_bus(&f, CELLS(0, 0, 0x10, 0, 9, 0, 0, 0, 0, 0, 0x10, 0), 12,
		 CELLS(0, 0, 0x12, 0x34, 0, 0, 0, 0x10));
	KUNIT_ASSERT_EQ(test, of_address_to_range(&f.dev, 0, &addr, &size), 0);
	KUNIT_EXPECT_EQ(test, addr, 0x9000234ULL);
	KUNIT_EXPECT_EQ(test, size, 0x10ULL);
	KUNIT_EXPECT_EQ(test, of_address_to_range(&f.dev, 1, &addr, &size), -EINVAL);
}

static void of_addresses_outside_ranges_are_refused(struct kunit *test)
{
	struct bus_fixture f;
	u64 addr, size;

	/* Starts inside, ends outside. */
	make_bus(&f, CELLS(0, 0, 0x10, 0, 9, 0, 0, 0, 0, 0, 0x10, 0), 12,
		 CELLS(0, 0, 0x1f, 0xf8, 0, 0, 0, 0x10));
	KUNIT_EXPECT_EQ(test, of_address_to_range(&f.dev, 0, &addr, &size), -EINVAL);
	/* No ranges at all. */
	make_bus(&f, NULL, 0, CELLS(0, 0, 0x10, 0, 0, 0, 0, 0x10));
	KUNIT_EXPECT_EQ(test, of_address_to_range(&f.dev, 0, &addr, &size), -EINVAL);
}

static void of_empty_ranges_change_nothing(struct kunit *test)
{
	struct bus_fixture f;
	u64 addr, size;

	make_bus(&f, CELLS(0), 0, CELLS(0, 0, 0x10, 0, 0, 0, 0, 0x10));
	KUNIT_ASSERT_EQ(test, of_address_to_range(&f.dev, 0, &addr, &size), 0);
	KUNIT_EXPECT_EQ(test, addr, 0x1000ULL);
}

static void of_interrupt_without_parent_is_refused(struct kunit *test)
{
	struct property interrupts = { "interrupts", 4, CELLS(0, 0, 0, 1), NULL };
	struct device_node np = { .properties = &interrupts };
	struct of_phandle_args args;

	KUNIT_EXPECT_EQ(test, of_irq_parse_one(&np, 0, &args), -EINVAL);
	KUNIT_EXPECT_EQ(test, of_irq_count(&np), 0);
	KUNIT_EXPECT_EQ(test, irq_of_parse_and_map(&np, 0), 0U);
}

static void of_machine_tree_is_consistent(struct kunit *test)
{
	struct device_node *np, *child;
	unsigned int nodes = 0, cpus = 0;

	if (!of_root)
		kunit_skip(test, "this machine has no device tree");
	for_each_of_allnodes(np) {
		nodes++;
		KUNIT_ASSERT_NOT_NULL(test, np->full_name);
		for_each_child_of_node(np, child)
			KUNIT_ASSERT_PTR_EQ(test, child->parent, np);
	}
	for_each_of_cpu_node(np)
		cpus++;
	KUNIT_EXPECT_GT(test, nodes, 10U);
	KUNIT_EXPECT_GE(test, cpus, num_possible_cpus());
	KUNIT_EXPECT_NOT_NULL(test, of_chosen);
	KUNIT_EXPECT_NOT_NULL(test, of_stdout);
}

/* ---- the same nodes through <linux/property.h> ---- */

static void fwnodes_read_properties_of_the_tree(struct kunit *test)
{
	struct property cells = { "cells", 8, CELLS(1, 2, 3, 4, 5, 6, 7, 8), NULL };
	struct property odd = { "odd", 3, CELLS(1, 2, 3), &cells };
	struct property empty = text_prop("empty", "", 0);
	struct property list = text_prop("list", "one\0two\0three", 14);
	struct device_node np = { .properties = &odd, .fwnode = { .ops = &of_fwnode_ops } };
	struct fwnode_handle *fwnode = &np.fwnode;
	const char *s[3];
	u64 u64_value;
	u32 u32s[3];
	u16 u16s[4];
	u8 u8s[8];

	cells.next = &empty;
	empty.next = &list;
	KUNIT_EXPECT_TRUE(test, is_of_node(fwnode));
	KUNIT_EXPECT_PTR_EQ(test, to_of_node(fwnode), &np);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u8_array(fwnode, "cells", u8s, 8), 0);
	KUNIT_EXPECT_EQ(test, u8s[7], 8);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u16_array(fwnode, "cells", u16s, 4), 0);
	KUNIT_EXPECT_EQ(test, u16s[1], 0x304);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u32_array(fwnode, "cells", u32s, 2), 0);
	KUNIT_EXPECT_EQ(test, u32s[1], 0x5060708U);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u64(fwnode, "cells", &u64_value), 0);
	KUNIT_EXPECT_EQ(test, u64_value, 0x102030405060708ULL);
	KUNIT_EXPECT_EQ(test, fwnode_property_count_u16(fwnode, "cells"), 4);

	KUNIT_EXPECT_EQ(test, fwnode_property_read_u32_array(fwnode, "cells", u32s, 3), -EOVERFLOW);
	KUNIT_EXPECT_EQ(test, fwnode_property_count_u16(fwnode, "odd"), -EINVAL);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u32(fwnode, "empty", u32s), -ENODATA);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u32(fwnode, "none", u32s), -EINVAL);
	KUNIT_EXPECT_TRUE(test, fwnode_property_read_bool(fwnode, "empty"));

	KUNIT_EXPECT_EQ(test, fwnode_property_string_array_count(fwnode, "list"), 3);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_string_array(fwnode, "list", s, 2), 2);
	KUNIT_EXPECT_STREQ(test, s[1], "two");
	KUNIT_EXPECT_EQ(test, fwnode_property_match_string(fwnode, "list", "three"), 2);
}

static void fwnodes_walk_the_tree(struct kunit *test)
{
	struct property off = text_prop("status", "disabled", 9);
	struct device_node root = { .name = "", .full_name = "" };
	struct device_node soc = { .name = "soc", .full_name = "soc", .parent = &root };
	struct device_node a = { .name = "a", .full_name = "a@1", .parent = &soc };
	struct device_node b = { .name = "b", .full_name = "b@2", .parent = &soc,
				 .properties = &off };
	struct device_node c = { .name = "c", .full_name = "c@3", .parent = &soc };
	struct device_node *all[] = { &root, &soc, &a, &b, &c };
	struct fwnode_handle *child = NULL;
	char path[32];
	int i;

	for (i = 0; i < ARRAY_SIZE(all); i++)
		fwnode_init(&all[i]->fwnode, &of_fwnode_ops);
	root.child = &soc;
	soc.child = &a;
	a.sibling = &b;
	b.sibling = &c;

	/* What is switched off is passed over. */
	child = fwnode_get_next_child_node(&soc.fwnode, NULL);
	KUNIT_EXPECT_PTR_EQ(test, child, &a.fwnode);
	child = fwnode_get_next_child_node(&soc.fwnode, child);
	KUNIT_EXPECT_PTR_EQ(test, child, &c.fwnode);
	KUNIT_EXPECT_NULL(test, fwnode_get_next_child_node(&soc.fwnode, child));
	KUNIT_EXPECT_FALSE(test, fwnode_device_is_available(&b.fwnode));
	KUNIT_EXPECT_PTR_EQ(test, fwnode_get_named_child_node(&soc.fwnode, "c"), &c.fwnode);
	KUNIT_EXPECT_NULL(test, fwnode_get_named_child_node(&soc.fwnode, "b"));

	KUNIT_EXPECT_EQ(test, fwnode_count_parents(&a.fwnode), 2U);
	KUNIT_EXPECT_TRUE(test, fwnode_name_eq(&a.fwnode, "a"));
	snprintf(path, sizeof(path), "%pfw %pfwP", &c.fwnode, &c.fwnode);
	KUNIT_EXPECT_STREQ(test, path, "/soc/c@3 c@3");
}

static struct kunit_case of_cases[] = {
	KUNIT_CASE(of_read_reports_what_is_wrong),
	KUNIT_CASE(of_strings_must_end),
	KUNIT_CASE(of_first_compatible_wins),
	KUNIT_CASE(of_status_decides_about_use),
	KUNIT_CASE(of_addresses_are_translated_by_ranges),
	KUNIT_CASE(of_addresses_outside_ranges_are_refused),
	KUNIT_CASE(of_empty_ranges_change_nothing),
	KUNIT_CASE(of_interrupt_without_parent_is_refused),
	KUNIT_CASE(of_machine_tree_is_consistent),
	KUNIT_CASE(fwnodes_read_properties_of_the_tree),
	KUNIT_CASE(fwnodes_walk_the_tree),
	{}
};

static struct kunit_suite of_suite = {
	.name = "of",
	.test_cases = of_cases,
};

kunit_test_suite(of_suite);
