// SPDX-License-Identifier: MIT
/*
 * Properties of devices, read from software nodes: each type and each error, references, walks, the
 * life of nodes, and devices with two descriptions.
 */

#include <kunit/device.h>
#include <kunit/test.h>

#include <linux/device.h>
#include <linux/err.h>
#include <linux/kernfs.h>
#include <linux/kobject.h>
#include <linux/property.h>
#include <linux/sprintf.h>
#include <linux/string.h>

static void remove_node(void *fwnode)
{
	fwnode_remove_software_node(fwnode);
}

static struct fwnode_handle *create(struct kunit *test, const struct property_entry *properties,
				    const struct fwnode_handle *parent)
{
	struct fwnode_handle *fwnode = fwnode_create_software_node(properties, parent);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, fwnode);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, remove_node, fwnode), 0);
	return fwnode;
}

static void unregister_group(void *group)
{
	software_node_unregister_node_group(group);
}

static void start_group(struct kunit *test, const struct software_node * const *group)
{
	KUNIT_ASSERT_EQ(test, software_node_register_node_group(group), 0);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, unregister_group, (void *)group), 0);
}

/* ---- values ---- */

static const u8 some_u8[] = { 8, 9, 10, 11, 12, 13, 14, 15, 16 };
static const u16 some_u16[] = { 16, 0xffff };
static const u32 some_u32[] = { 32, 33, 0xffffffff };
static const u64 some_u64[] = { 64, ~0ULL };
static const char * const some_strings[] = { "one", "", "three" };

static const struct property_entry of_all_types[] = {
	PROPERTY_ENTRY_U8("u8", 8),
	PROPERTY_ENTRY_U16("u16", 16),
	PROPERTY_ENTRY_U32("u32", 32),
	PROPERTY_ENTRY_U64("u64", 64),
	PROPERTY_ENTRY_STRING("string", "text"),
	PROPERTY_ENTRY_BOOL("flag"),
	PROPERTY_ENTRY_U8_ARRAY("u8s", some_u8),
	PROPERTY_ENTRY_U16_ARRAY("u16s", some_u16),
	PROPERTY_ENTRY_U32_ARRAY("u32s", some_u32),
	PROPERTY_ENTRY_U64_ARRAY("u64s", some_u64),
	PROPERTY_ENTRY_STRING_ARRAY("strings", some_strings),
	{ }
};

static void single_numbers_are_read(struct kunit *test)
{
	struct fwnode_handle *fwnode = create(test, of_all_types, NULL);
	u16 u16_value = 0;
	u32 u32_value = 0;
	u64 u64_value = 0;
	u8 u8_value = 0;

	KUNIT_EXPECT_EQ(test, fwnode_property_read_u8(fwnode, "u8", &u8_value), 0);
	KUNIT_EXPECT_EQ(test, u8_value, 8);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u16(fwnode, "u16", &u16_value), 0);
	KUNIT_EXPECT_EQ(test, u16_value, 16);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u32(fwnode, "u32", &u32_value), 0);
	KUNIT_EXPECT_EQ(test, u32_value, 32);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u64(fwnode, "u64", &u64_value), 0);
	KUNIT_EXPECT_EQ(test, u64_value, 64);
}

#define EXPECT_ARRAY(test, fwnode, bits, name, want)			\
do {									\
	u##bits got[ARRAY_SIZE(want)] = { 0 };				\
	int all = ARRAY_SIZE(want), n;					\
									\
	KUNIT_EXPECT_EQ(test, fwnode_property_count_u##bits(fwnode, name), all); \
	for (n = 1; n <= all; n++) {					\
		memset(got, 0, sizeof(got));				\
		KUNIT_EXPECT_EQ(test, fwnode_property_read_u##bits##_array(fwnode, name, got, n), \
				0);					\
		KUNIT_EXPECT_MEMEQ(test, got, want, n * sizeof(got[0]));\
	}								\
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u##bits##_array(fwnode, name, got, n), \
			-EOVERFLOW);					\
} while (0)

static void arrays_are_read_up_to_their_length(struct kunit *test)
{
	struct fwnode_handle *fwnode = create(test, of_all_types, NULL);

	EXPECT_ARRAY(test, fwnode, 8, "u8s", some_u8);
	EXPECT_ARRAY(test, fwnode, 16, "u16s", some_u16);
	EXPECT_ARRAY(test, fwnode, 32, "u32s", some_u32);
	EXPECT_ARRAY(test, fwnode, 64, "u64s", some_u64);
}

static void each_error_of_a_reader_has_its_number(struct kunit *test)
{
	static const struct fwnode_handle mute = { .name = "mute" };
	struct fwnode_handle *fwnode = create(test, of_all_types, NULL);
	const char *text = "unchanged";
	u32 value = 7;

	KUNIT_EXPECT_EQ(test, fwnode_property_read_u32(fwnode, "none", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, fwnode_property_count_u32(fwnode, "none"), -EINVAL);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u32(fwnode, "flag", &value), -ENODATA);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u32(fwnode, "string", &value), -EPROTO);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u32(fwnode, "u16", &value), -EOVERFLOW);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u32(&mute, "u32", &value), -ENXIO);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u32(NULL, "u32", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, value, 7);

	KUNIT_EXPECT_EQ(test, fwnode_property_read_string(fwnode, "none", &text), -EINVAL);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_string(fwnode, "flag", &text), -ENODATA);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_string(fwnode, "u64", &text), -EPROTO);
	KUNIT_EXPECT_STREQ(test, text, "unchanged");
}

static void as_many_strings_are_read_as_there_are(struct kunit *test)
{
	struct fwnode_handle *fwnode = create(test, of_all_types, NULL);
	const char *s[5] = { NULL };

	KUNIT_EXPECT_EQ(test, fwnode_property_read_string(fwnode, "string", s), 0);
	KUNIT_EXPECT_STREQ(test, s[0], "text");
	KUNIT_EXPECT_EQ(test, fwnode_property_string_array_count(fwnode, "strings"), 3);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_string_array(fwnode, "strings", s, 2), 2);
	KUNIT_EXPECT_NULL(test, s[2]);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_string_array(fwnode, "strings", s, 5), 3);
	KUNIT_EXPECT_STREQ(test, s[0], "one");
	KUNIT_EXPECT_STREQ(test, s[1], "");
	KUNIT_EXPECT_STREQ(test, s[2], "three");
	KUNIT_EXPECT_NULL(test, s[3]);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_string_array(fwnode, "string", s, 2), 1);
}

static void a_string_is_found_among_several(struct kunit *test)
{
	static const char * const modes[] = { "slow", "text", "fast" };
	struct fwnode_handle *fwnode = create(test, of_all_types, NULL);

	KUNIT_EXPECT_EQ(test, fwnode_property_match_string(fwnode, "strings", "three"), 2);
	KUNIT_EXPECT_EQ(test, fwnode_property_match_string(fwnode, "strings", ""), 1);
	KUNIT_EXPECT_EQ(test, fwnode_property_match_string(fwnode, "strings", "thre"), -EINVAL);
	KUNIT_EXPECT_EQ(test, fwnode_property_match_string(fwnode, "none", "one"), -EINVAL);
	KUNIT_EXPECT_EQ(test, fwnode_property_match_string(fwnode, "u8s", "one"), -EPROTO);
	KUNIT_EXPECT_EQ(test, fwnode_property_match_property_string(fwnode, "string", modes, 3), 1);
	KUNIT_EXPECT_EQ(test, fwnode_property_match_property_string(fwnode, "string", modes, 1),
			-EINVAL);
}

static void a_flag_is_a_property_that_is_there(struct kunit *test)
{
	struct fwnode_handle *fwnode = create(test, of_all_types, NULL);

	KUNIT_EXPECT_TRUE(test, fwnode_property_read_bool(fwnode, "flag"));
	KUNIT_EXPECT_TRUE(test, fwnode_property_present(fwnode, "u64s"));
	KUNIT_EXPECT_FALSE(test, fwnode_property_read_bool(fwnode, "fla"));
	KUNIT_EXPECT_FALSE(test, fwnode_property_present(NULL, "flag"));
}

/* ---- copies ---- */

static void a_copy_needs_nothing_of_the_original(struct kunit *test)
{
	u32 numbers[] = { 1, 2, 3, 4 };
	char name[] = "name", text[] = "text", other[] = "other";
	const char *strings[] = { text, other };
	struct property_entry entries[] = {
		PROPERTY_ENTRY_U32_ARRAY(name, numbers),
		PROPERTY_ENTRY_STRING_ARRAY("strings", strings),
		PROPERTY_ENTRY_STRING("string", text),
		{ }
	};
	struct fwnode_handle *fwnode = create(test, entries, NULL);
	const char *s[2];
	u32 got[4];

	memset(numbers, 0, sizeof(numbers));
	memset(name, 'x', 4);
	memset(text, 'x', 4);
	strings[0] = strings[1] = NULL;
	memset(entries, 0, sizeof(entries));
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u32_array(fwnode, "name", got, 4), 0);
	KUNIT_EXPECT_EQ(test, got[3], 4);
	KUNIT_ASSERT_EQ(test, fwnode_property_read_string_array(fwnode, "strings", s, 2), 2);
	KUNIT_EXPECT_STREQ(test, s[0], "text");
	KUNIT_ASSERT_EQ(test, fwnode_property_read_string(fwnode, "string", s), 0);
	KUNIT_EXPECT_STREQ(test, s[0], "text");
}

/* Up to 8 bytes go into the entry; the array of one string is as long as a pointer. */
static void short_values_move_into_the_copy(struct kunit *test)
{
	static const char * const one_string[] = { "one" };
	const struct property_entry entries[] = {
		PROPERTY_ENTRY_U8_ARRAY_LEN("in", some_u8, 8),
		PROPERTY_ENTRY_U8_ARRAY_LEN("out", some_u8, 9),
		PROPERTY_ENTRY_STRING_ARRAY("in-string", one_string),
		PROPERTY_ENTRY_STRING_ARRAY("out-strings", some_strings),
		{ }
	};
	struct property_entry *copy = property_entries_dup(entries);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, copy);
	KUNIT_EXPECT_TRUE(test, copy[0].is_inline);
	KUNIT_EXPECT_MEMEQ(test, copy[0].value.u8_data, some_u8, 8);
	KUNIT_EXPECT_FALSE(test, copy[1].is_inline);
	KUNIT_EXPECT_MEMEQ(test, copy[1].pointer, some_u8, 9);
	KUNIT_EXPECT_TRUE(test, copy[2].is_inline);
	KUNIT_EXPECT_STREQ(test, copy[2].value.str[0], "one");
	KUNIT_EXPECT_FALSE(test, copy[3].is_inline);
	KUNIT_EXPECT_NULL(test, copy[4].name);
	property_entries_free(copy);

	KUNIT_EXPECT_NULL(test, property_entries_dup(NULL));
	property_entries_free(NULL);
}

static void a_length_that_fits_no_element_is_refused(struct kunit *test)
{
	const struct property_entry entries[] = {
		PROPERTY_ENTRY_U8("fine", 1),
		{ .name = "odd", .length = 7, .type = DEV_PROP_STRING, { .pointer = "1234567" } },
		{ }
	};

	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(property_entries_dup(entries)), -EINVAL);
}

/* ---- references ---- */

static const struct property_entry clock_props[] = {
	PROPERTY_ENTRY_U32("#clock-cells", 2),
	{ }
};
static const struct software_node clock = { .name = "kunit-clock", .properties = clock_props };
static const struct software_node reset = { .name = "kunit-reset" };
static const struct software_node stranger = { .name = "kunit-stranger" };
static const struct software_node *two_nodes[] = { &clock, &reset, NULL };

static const struct software_node_ref_args some_refs[] = {
	SOFTWARE_NODE_REFERENCE(&clock),
	SOFTWARE_NODE_REFERENCE(&reset, 3, 4),
	SOFTWARE_NODE_REFERENCE(&stranger),
};

static void a_reference_brings_its_numbers(struct kunit *test)
{
	const struct property_entry entries[] = {
		PROPERTY_ENTRY_REF("plain", &clock),
		PROPERTY_ENTRY_REF("numbers", &clock, 1, 2, 3),
		PROPERTY_ENTRY_REF_ARRAY("several", some_refs),
		PROPERTY_ENTRY_U32("number", 1),
		{ }
	};
	struct fwnode_reference_args args;
	struct fwnode_handle *fwnode;

	start_group(test, two_nodes);
	fwnode = create(test, entries, NULL);

	KUNIT_EXPECT_EQ(test, fwnode_property_get_reference_args(fwnode, "plain", NULL, 0, 0,
								 &args), 0);
	KUNIT_EXPECT_PTR_EQ(test, args.fwnode, software_node_fwnode(&clock));
	KUNIT_EXPECT_EQ(test, args.nargs, 0U);
	fwnode_handle_put(args.fwnode);

	/* As many as the caller wants; those not given are 0. */
	KUNIT_EXPECT_EQ(test, fwnode_property_get_reference_args(fwnode, "several", NULL, 3, 1,
								 &args), 0);
	KUNIT_EXPECT_PTR_EQ(test, args.fwnode, software_node_fwnode(&reset));
	KUNIT_EXPECT_EQ(test, args.nargs, 3U);
	KUNIT_EXPECT_EQ(test, args.args[0], 3ULL);
	KUNIT_EXPECT_EQ(test, args.args[1], 4ULL);
	KUNIT_EXPECT_EQ(test, args.args[2], 0ULL);
	fwnode_handle_put(args.fwnode);

	/* As many as the node says that belong to it. */
	KUNIT_EXPECT_EQ(test, fwnode_property_get_reference_args(fwnode, "numbers", "#clock-cells",
								 9, 0, &args), 0);
	KUNIT_EXPECT_EQ(test, args.nargs, 2U);
	KUNIT_EXPECT_EQ(test, args.args[1], 2ULL);
	fwnode_handle_put(args.fwnode);
	/* It may be asked only whether it is there. */
	KUNIT_EXPECT_EQ(test, fwnode_property_get_reference_args(fwnode, "plain", NULL, 0, 0,
								 NULL), 0);
}

static void a_reference_to_nothing_is_an_error(struct kunit *test)
{
	const struct property_entry entries[] = {
		PROPERTY_ENTRY_REF_ARRAY("several", some_refs),
		PROPERTY_ENTRY_U32("number", 1),
		{ }
	};
	struct fwnode_handle *fwnode, *found;

	start_group(test, two_nodes);
	fwnode = create(test, entries, NULL);
	found = fwnode_find_reference(fwnode, "several", 1);
	KUNIT_EXPECT_PTR_EQ(test, found, software_node_fwnode(&reset));
	fwnode_handle_put(found);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(fwnode_find_reference(fwnode, "several", 2)),
			-ENOENT);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(fwnode_find_reference(fwnode, "several", 3)),
			-ENOENT);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(fwnode_find_reference(fwnode, "none", 0)), -ENOENT);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(fwnode_find_reference(fwnode, "number", 0)), -EINVAL);
	KUNIT_EXPECT_EQ(test, fwnode_property_get_reference_args(fwnode, "several", NULL,
						NR_FWNODE_REFERENCE_ARGS + 1, 0, NULL), -EINVAL);
	/* The node there doesn't say how many numbers it wants. */
	KUNIT_EXPECT_EQ(test, fwnode_property_get_reference_args(fwnode, "several", "#clock-cells",
								 0, 1, NULL), -EINVAL);
}

/* ---- the tree of nodes ---- */

static const struct software_node bus = { .name = "kunit-bus" };
static const struct software_node port0 = { .name = "port@0", .parent = &bus };
static const struct software_node port1 = { .name = "port@1", .parent = &bus };
static const struct software_node disk = { .name = "disk", .parent = &port1 };
static const struct software_node *small_tree[] = { &bus, &port0, &port1, &disk, NULL };

static void children_come_in_the_order_of_registration(struct kunit *test)
{
	static const char * const names[] = { "port@0", "port@1" };
	struct fwnode_handle *child, *root;
	int n = 0;

	start_group(test, small_tree);
	root = software_node_fwnode(&bus);
	fwnode_for_each_child_node(root, child) {
		KUNIT_ASSERT_LT(test, n, 2);
		KUNIT_EXPECT_STREQ(test, fwnode_get_name(child), names[n++]);
		KUNIT_EXPECT_TRUE(test, fwnode_device_is_available(child));
		KUNIT_EXPECT_TRUE(test, fwnode_name_eq(child, "port"));
		KUNIT_EXPECT_FALSE(test, fwnode_name_eq(child, "por"));
	}
	KUNIT_EXPECT_EQ(test, n, 2);
	child = fwnode_get_named_child_node(root, "port@1");
	KUNIT_EXPECT_PTR_EQ(test, child, software_node_fwnode(&port1));
	fwnode_handle_put(child);
	KUNIT_EXPECT_NULL(test, fwnode_get_named_child_node(root, "disk"));
}

static void a_walk_ends_at_a_child_that_goes(struct kunit *test)
{
	struct fwnode_handle *child;

	start_group(test, small_tree);
	child = fwnode_get_next_child_node(software_node_fwnode(&bus), NULL);
	KUNIT_EXPECT_PTR_EQ(test, child, software_node_fwnode(&port0));
	software_node_unregister(&port0);
	KUNIT_EXPECT_NULL(test, fwnode_get_next_child_node(software_node_fwnode(&bus), child));
}

static void the_way_up_ends_at_the_root(struct kunit *test)
{
	struct fwnode_handle *node, *up;

	start_group(test, small_tree);
	node = software_node_fwnode(&disk);
	KUNIT_EXPECT_EQ(test, fwnode_count_parents(node), 2U);
	up = fwnode_get_nth_parent(node, 2);
	KUNIT_EXPECT_PTR_EQ(test, up, software_node_fwnode(&bus));
	fwnode_handle_put(up);
	KUNIT_EXPECT_NULL(test, fwnode_get_nth_parent(node, 3));
	up = fwnode_get_nth_parent(node, 0);
	KUNIT_EXPECT_PTR_EQ(test, up, node);
	fwnode_handle_put(up);
}

static void printf_knows_paths_and_names(struct kunit *test)
{
	char text[64];

	start_group(test, small_tree);
	snprintf(text, sizeof(text), "%pfw", software_node_fwnode(&disk));
	KUNIT_EXPECT_STREQ(test, text, "kunit-bus/port@1/disk");
	snprintf(text, sizeof(text), "%pfwf", software_node_fwnode(&bus));
	KUNIT_EXPECT_STREQ(test, text, "kunit-bus");
	snprintf(text, sizeof(text), "%6pfwP|", software_node_fwnode(&disk));
	KUNIT_EXPECT_STREQ(test, text, "  disk|");
}

static void nodes_are_found_by_name(struct kunit *test)
{
	const struct software_node *found;

	start_group(test, small_tree);
	found = software_node_find_by_name(NULL, "disk");
	KUNIT_EXPECT_PTR_EQ(test, found, &disk);
	fwnode_handle_put(software_node_fwnode(found));
	KUNIT_EXPECT_NULL(test, software_node_find_by_name(&bus, "disk"));
	KUNIT_EXPECT_NULL(test, software_node_find_by_name(NULL, "disc"));
}

static void a_group_is_registered_whole_or_not(struct kunit *test)
{
	static const struct software_node *child_first[] = { &port0, &bus, NULL };
	static const struct software_node *twice[] = { &bus, &port0, &bus, NULL };

	KUNIT_EXPECT_EQ(test, software_node_register_node_group(child_first), -EINVAL);
	KUNIT_EXPECT_EQ(test, software_node_register_node_group(twice), -EEXIST);
	KUNIT_EXPECT_NULL(test, software_node_fwnode(&bus));
	KUNIT_EXPECT_NULL(test, software_node_fwnode(&port0));
	KUNIT_EXPECT_EQ(test, software_node_register_node_group(NULL), 0);
	software_node_unregister_node_group(NULL);
	software_node_unregister(&bus);
}

/* Properties are read, and the name, as long as somebody has the node. */
static void a_node_lives_until_its_last_reference(struct kunit *test)
{
	struct fwnode_handle *parent = fwnode_create_software_node(of_all_types, NULL), *child, *up;
	u8 value = 0;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, parent);
	child = fwnode_create_software_node(NULL, parent);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, child);
	fwnode_handle_get(child);
	/* The wrong way round: the folder of the child goes with its parent's. */
	fwnode_remove_software_node(parent);
	fwnode_remove_software_node(child);
	up = fwnode_get_parent(child);
	KUNIT_EXPECT_PTR_EQ(test, up, parent);
	KUNIT_EXPECT_EQ(test, fwnode_property_read_u8(up, "u8", &value), 0);
	KUNIT_EXPECT_NULL(test, fwnode_get_next_child_node(up, NULL));
	KUNIT_EXPECT_TRUE(test, strstarts(fwnode_get_name(up), "node"));
	fwnode_handle_put(up);
	fwnode_handle_put(child);
}

static void other_nodes_are_no_parents(struct kunit *test)
{
	static const struct fwnode_handle mute = { .name = "mute" };

	KUNIT_EXPECT_FALSE(test, is_software_node(&mute));
	KUNIT_EXPECT_FALSE(test, is_software_node(NULL));
	KUNIT_EXPECT_NULL(test, to_software_node(&mute));
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(fwnode_create_software_node(NULL, &mute)), -EINVAL);
	KUNIT_EXPECT_STREQ(test, fwnode_get_name(&mute), "mute");
	KUNIT_EXPECT_NULL(test, fwnode_get_parent(&mute));
}

/* ---- devices ---- */

static bool has_entry(const struct kobject *kobj, const char *name)
{
	struct kernfs_node *kn = kernfs_find_and_get(kobj->sd, name);

	kernfs_put(kn);
	return kn;
}

static void a_device_is_described_while_it_has_the_node(struct kunit *test)
{
	static const struct software_node node = {
		.name = "kunit-described", .properties = of_all_types,
	};
	struct device *dev = kunit_device_register(test, "described");
	u32 value = 0;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, dev);
	KUNIT_EXPECT_FALSE(test, device_property_present(dev, "u32"));
	KUNIT_EXPECT_EQ(test, device_property_read_u32(dev, "u32", &value), -EINVAL);
	KUNIT_ASSERT_EQ(test, device_add_software_node(dev, &node), 0);
	KUNIT_EXPECT_EQ(test, device_add_software_node(dev, &clock), -EBUSY);
	KUNIT_EXPECT_PTR_EQ(test, dev_fwnode(dev), software_node_fwnode(&node));
	KUNIT_EXPECT_EQ(test, device_property_read_u32(dev, "u32", &value), 0);
	KUNIT_EXPECT_EQ(test, value, 32U);
	KUNIT_EXPECT_EQ(test, device_property_count_u64(dev, "u64s"), 2);
	KUNIT_EXPECT_EQ(test, device_property_match_string(dev, "strings", "three"), 2);
	KUNIT_EXPECT_TRUE(test, device_property_read_bool(dev, "flag"));
	KUNIT_EXPECT_TRUE(test, has_entry(&dev->kobj, "software_node"));

	device_remove_software_node(dev);
	KUNIT_EXPECT_NULL(test, dev_fwnode(dev));
	KUNIT_EXPECT_FALSE(test, has_entry(&dev->kobj, "software_node"));
	KUNIT_EXPECT_NOT_NULL(test, software_node_fwnode(&node));
	software_node_unregister(&node);
	KUNIT_EXPECT_NULL(test, software_node_fwnode(&node));
}

static void a_managed_node_goes_with_its_device(struct kunit *test)
{
	struct device *dev = kunit_device_register(test, "managed");
	struct fwnode_handle *fwnode;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, dev);
	KUNIT_EXPECT_EQ(test, device_create_managed_software_node(dev, of_all_types, &stranger),
			-EINVAL);
	KUNIT_ASSERT_EQ(test, device_create_managed_software_node(dev, of_all_types, NULL), 0);
	fwnode = fwnode_handle_get(dev_fwnode(dev));
	get_device(dev);
	KUNIT_EXPECT_TRUE(test, device_property_present(dev, "flag"));
	kunit_device_unregister(test, dev);
	KUNIT_EXPECT_NULL(test, dev_fwnode(dev));
	KUNIT_EXPECT_NULL(test, software_node_fwnode(to_software_node(fwnode)));
	fwnode_handle_put(fwnode);
	put_device(dev);
}

/* What the first says stands; what it hasn't got, the second is asked for. */
static void the_second_description_fills_the_gaps(struct kunit *test)
{
	const struct property_entry first_props[] = {
		PROPERTY_ENTRY_U8("both", 1),
		PROPERTY_ENTRY_BOOL("empty"),
		{ }
	};
	const struct property_entry second_props[] = {
		PROPERTY_ENTRY_U8("both", 2),
		PROPERTY_ENTRY_U8("empty", 3),
		PROPERTY_ENTRY_U8("second", 4),
		{ }
	};
	struct device *dev = kunit_device_register(test, "twice-described");
	struct fwnode_handle *first = create(test, first_props, NULL);
	struct fwnode_handle *second = create(test, second_props, NULL);
	struct fwnode_handle *child1 = create(test, NULL, first);
	struct fwnode_handle *child2 = create(test, NULL, second), *at;
	u8 value = 0;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, dev);
	set_secondary_fwnode(dev, second);
	KUNIT_EXPECT_PTR_EQ(test, dev_fwnode(dev), second);
	set_primary_fwnode(dev, first);
	KUNIT_EXPECT_PTR_EQ(test, dev_fwnode(dev), first);
	KUNIT_EXPECT_EQ(test, device_property_read_u8(dev, "both", &value), 0);
	KUNIT_EXPECT_EQ(test, value, 1);
	KUNIT_EXPECT_EQ(test, device_property_read_u8(dev, "empty", &value), -ENODATA);
	KUNIT_EXPECT_EQ(test, device_property_read_u8(dev, "second", &value), 0);
	KUNIT_EXPECT_EQ(test, value, 4);

	KUNIT_EXPECT_EQ(test, device_get_child_node_count(dev), 2U);
	at = device_get_next_child_node(dev, NULL);
	KUNIT_EXPECT_PTR_EQ(test, at, child1);
	at = device_get_next_child_node(dev, at);
	KUNIT_EXPECT_PTR_EQ(test, at, child2);
	KUNIT_EXPECT_NULL(test, device_get_next_child_node(dev, at));

	set_primary_fwnode(dev, NULL);
	KUNIT_EXPECT_PTR_EQ(test, dev_fwnode(dev), second);
	set_secondary_fwnode(dev, NULL);
	KUNIT_EXPECT_NULL(test, dev_fwnode(dev));
}

static struct kunit_case property_cases[] = {
	KUNIT_CASE(single_numbers_are_read),
	KUNIT_CASE(arrays_are_read_up_to_their_length),
	KUNIT_CASE(each_error_of_a_reader_has_its_number),
	KUNIT_CASE(as_many_strings_are_read_as_there_are),
	KUNIT_CASE(a_string_is_found_among_several),
	KUNIT_CASE(a_flag_is_a_property_that_is_there),
	KUNIT_CASE(a_copy_needs_nothing_of_the_original),
	KUNIT_CASE(short_values_move_into_the_copy),
	KUNIT_CASE(a_length_that_fits_no_element_is_refused),
	KUNIT_CASE(a_reference_brings_its_numbers),
	KUNIT_CASE(a_reference_to_nothing_is_an_error),
	KUNIT_CASE(children_come_in_the_order_of_registration),
	KUNIT_CASE(a_walk_ends_at_a_child_that_goes),
	KUNIT_CASE(the_way_up_ends_at_the_root),
	KUNIT_CASE(printf_knows_paths_and_names),
	KUNIT_CASE(nodes_are_found_by_name),
	KUNIT_CASE(a_group_is_registered_whole_or_not),
	KUNIT_CASE(a_node_lives_until_its_last_reference),
	KUNIT_CASE(other_nodes_are_no_parents),
	KUNIT_CASE(a_device_is_described_while_it_has_the_node),
	KUNIT_CASE(a_managed_node_goes_with_its_device),
	KUNIT_CASE(the_second_description_fills_the_gaps),
	{}
};

static struct kunit_suite property_suite = {
	.name = "property",
	.test_cases = property_cases,
};
kunit_test_suite(property_suite);
