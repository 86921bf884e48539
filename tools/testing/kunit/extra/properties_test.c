// SPDX-License-Identifier: MIT
/*
 * Properties that code writes down, with the includes that a test for Linux has.
 */
#include <kunit/test.h>
#include <linux/property.h>
#include <linux/types.h>

static const u32 ext_numbers[] = { 5, 6, 7 };
static const char *ext_words[] = { "left", "right" };

static void ext_numbers_and_strings(struct kunit *test)
{
	static const struct property_entry props[] = {
		PROPERTY_ENTRY_U16("ext-u16", 0x1234),
		PROPERTY_ENTRY_U32_ARRAY("ext-numbers", ext_numbers),
		PROPERTY_ENTRY_STRING_ARRAY("ext-words", ext_words),
		PROPERTY_ENTRY_STRING("ext-empty", ""),
		PROPERTY_ENTRY_BOOL("ext-there"),
		{ }
	};
	struct fwnode_handle *node = fwnode_create_software_node(props, NULL);
	const char *words[3];
	u32 numbers[16];
	u16 one;
	int error;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, node);

	error = fwnode_property_read_u16(node, "ext-u16", &one);
	KUNIT_EXPECT_EQ(test, error, 0);
	KUNIT_EXPECT_EQ(test, (int)one, 0x1234);
	error = fwnode_property_count_u32(node, "ext-numbers");
	KUNIT_EXPECT_EQ(test, error, 3);
	error = fwnode_property_read_u32_array(node, "ext-numbers", numbers, 2);
	KUNIT_EXPECT_EQ(test, error, 0);
	KUNIT_EXPECT_EQ(test, (int)numbers[1], 6);
	error = fwnode_property_read_u32_array(node, "ext-numbers", numbers, 4);
	KUNIT_EXPECT_NE(test, error, 0);
	error = fwnode_property_read_u32_array(node, "ext-no-numbers", numbers, 1);
	KUNIT_EXPECT_NE(test, error, 0);

	error = fwnode_property_read_string_array(node, "ext-words", words, 3);
	KUNIT_EXPECT_EQ(test, error, 2);
	KUNIT_EXPECT_STREQ(test, words[1], "right");
	error = fwnode_property_read_string_array(node, "ext-words", NULL, 0);
	KUNIT_EXPECT_EQ(test, error, 2);
	error = fwnode_property_read_string(node, "ext-empty", words);
	KUNIT_EXPECT_EQ(test, error, 0);
	KUNIT_EXPECT_EQ(test, strlen(words[0]), 0);
	KUNIT_EXPECT_TRUE(test, fwnode_property_read_bool(node, "ext-there"));
	KUNIT_EXPECT_FALSE(test, fwnode_property_read_bool(node, "ext-absent"));

	fwnode_remove_software_node(node);
}

static void ext_references(struct kunit *test)
{
	static const struct software_node left = { .name = "ext-left" };
	static const struct software_node right = { .name = "ext-right" };
	static const struct software_node *group[] = { &left, &right, NULL };
	static const struct software_node_ref_args refs[] = {
		SOFTWARE_NODE_REFERENCE(&left, 9),
		SOFTWARE_NODE_REFERENCE(&right),
	};
	const struct property_entry props[] = {
		PROPERTY_ENTRY_REF("ext-one", &right, 1, 2),
		PROPERTY_ENTRY_REF_ARRAY("ext-both", refs),
		{ }
	};
	struct fwnode_reference_args ref;
	struct fwnode_handle *node;
	int error;

	error = software_node_register_node_group(group);
	KUNIT_ASSERT_EQ(test, error, 0);
	node = fwnode_create_software_node(props, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, node);

	error = fwnode_property_get_reference_args(node, "ext-one", NULL, 3, 0, &ref);
	KUNIT_EXPECT_EQ(test, error, 0);
	KUNIT_EXPECT_PTR_EQ(test, to_software_node(ref.fwnode), &right);
	KUNIT_EXPECT_EQ(test, ref.nargs, 3U);
	KUNIT_EXPECT_EQ(test, ref.args[1], 2LLU);
	KUNIT_EXPECT_EQ(test, ref.args[2], 0LLU);
	fwnode_handle_put(ref.fwnode);
	error = fwnode_property_get_reference_args(node, "ext-both", NULL, 1, 0, &ref);
	KUNIT_EXPECT_EQ(test, error, 0);
	KUNIT_EXPECT_EQ(test, ref.args[0], 9LLU);
	fwnode_handle_put(ref.fwnode);
	error = fwnode_property_get_reference_args(node, "ext-both", NULL, 0, 2, &ref);
	KUNIT_EXPECT_NE(test, error, 0);

	fwnode_remove_software_node(node);
	software_node_unregister_node_group(group);
}

static struct kunit_case ext_properties_cases[] = {
	KUNIT_CASE(ext_numbers_and_strings),
	KUNIT_CASE(ext_references),
	{ }
};

static struct kunit_suite ext_properties_suite = {
	.name = "extra_properties",
	.test_cases = ext_properties_cases,
};

kunit_test_suite(ext_properties_suite);

MODULE_DESCRIPTION("Software nodes and their properties");
MODULE_LICENSE("Dual MIT/GPL");
