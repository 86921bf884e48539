/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PROPERTY_H
#define _LINUX_PROPERTY_H

/*
 * Properties of devices: named values that say how a device is made or wired, whoever says it, a
 * device tree, or the kernel's own code (software nodes, below).
 *
 *	device_property_read_u32(dev, "clock-frequency", &hz);		asks for a device
 *	fwnode_property_read_u32(fwnode, "clock-frequency", &hz);	asks a node
 *
 * A device has one description, dev_fwnode(), and perhaps a second (set_secondary_fwnode()), which
 * is asked for properties that the first hasn't got.
 *
 * Readers return 0 (strings: how many), or
 *	-EINVAL		there is no such property, or no description at all
 *	-ENODATA	it is there, but has no value
 *	-EPROTO		it holds something else
 *	-EOVERFLOW	it has fewer numbers than asked for
 *	-ENXIO		the description can't be asked for such things
 * Given no array they return how many numbers or strings there are.
 *
 * Context: readers don't sleep. Nodes are handed out with a reference, for fwnode_handle_put(),
 * which may sleep; walks over children put the one they come from.
 */

#include <linux/args.h>
#include <linux/array_size.h>
#include <linux/bits.h>
#include <linux/cleanup.h>
#include <linux/fwnode.h>
#include <linux/stddef.h>
#include <linux/types.h>

struct device;
struct device_node;

enum dev_prop_type {
	DEV_PROP_U8,
	DEV_PROP_U16,
	DEV_PROP_U32,
	DEV_PROP_U64,
	DEV_PROP_STRING,
	DEV_PROP_REF,
};

/* ---- of a device ---- */

const struct fwnode_handle *__dev_fwnode_const(const struct device *dev);
struct fwnode_handle *__dev_fwnode(struct device *dev);
#define dev_fwnode(dev)							\
	_Generic((dev),							\
		 const struct device *: __dev_fwnode_const,		\
		 struct device *: __dev_fwnode)(dev)

void set_primary_fwnode(struct device *dev, struct fwnode_handle *fwnode);
void set_secondary_fwnode(struct device *dev, struct fwnode_handle *fwnode);
void device_set_node(struct device *dev, struct fwnode_handle *fwnode);

bool device_property_present(const struct device *dev, const char *propname);
int device_property_read_u8_array(const struct device *dev, const char *propname, u8 *val,
				  size_t nval);
int device_property_read_u16_array(const struct device *dev, const char *propname, u16 *val,
				   size_t nval);
int device_property_read_u32_array(const struct device *dev, const char *propname, u32 *val,
				   size_t nval);
int device_property_read_u64_array(const struct device *dev, const char *propname, u64 *val,
				   size_t nval);
int device_property_read_string_array(const struct device *dev, const char *propname,
				      const char **val, size_t nval);
int device_property_read_string(const struct device *dev, const char *propname,
				const char **val);
int device_property_match_string(const struct device *dev, const char *propname,
				 const char *string);

unsigned int device_get_child_node_count(const struct device *dev);
struct fwnode_handle *device_get_next_child_node(const struct device *dev,
						 struct fwnode_handle *child);
struct fwnode_handle *device_get_named_child_node(const struct device *dev,
						  const char *childname);

/* ---- of a node ---- */

bool fwnode_property_present(const struct fwnode_handle *fwnode, const char *propname);
int fwnode_property_read_u8_array(const struct fwnode_handle *fwnode, const char *propname,
				  u8 *val, size_t nval);
int fwnode_property_read_u16_array(const struct fwnode_handle *fwnode, const char *propname,
				   u16 *val, size_t nval);
int fwnode_property_read_u32_array(const struct fwnode_handle *fwnode, const char *propname,
				   u32 *val, size_t nval);
int fwnode_property_read_u64_array(const struct fwnode_handle *fwnode, const char *propname,
				   u64 *val, size_t nval);
int fwnode_property_read_string_array(const struct fwnode_handle *fwnode, const char *propname,
				      const char **val, size_t nval);
int fwnode_property_read_string(const struct fwnode_handle *fwnode, const char *propname,
				const char **val);
int fwnode_property_match_string(const struct fwnode_handle *fwnode, const char *propname,
				 const char *string);
int fwnode_property_match_property_string(const struct fwnode_handle *fwnode,
					  const char *propname, const char * const *array,
					  size_t n);
int fwnode_property_get_reference_args(const struct fwnode_handle *fwnode, const char *prop,
				       const char *nargs_prop, unsigned int nargs,
				       unsigned int index, struct fwnode_reference_args *args);
struct fwnode_handle *fwnode_find_reference(const struct fwnode_handle *fwnode,
					    const char *name, unsigned int index);

bool fwnode_device_is_available(const struct fwnode_handle *fwnode);
const char *fwnode_get_name(const struct fwnode_handle *fwnode);
const char *fwnode_get_name_prefix(const struct fwnode_handle *fwnode);
bool fwnode_name_eq(const struct fwnode_handle *fwnode, const char *name);

struct fwnode_handle *fwnode_handle_get(struct fwnode_handle *fwnode);
void fwnode_handle_put(struct fwnode_handle *fwnode);
DEFINE_FREE(fwnode_handle, struct fwnode_handle *, fwnode_handle_put(_T))

/* ---- up and down ---- */

struct fwnode_handle *fwnode_get_parent(const struct fwnode_handle *fwnode);
struct fwnode_handle *fwnode_get_next_parent(struct fwnode_handle *fwnode);
unsigned int fwnode_count_parents(const struct fwnode_handle *fwnode);
struct fwnode_handle *fwnode_get_nth_parent(struct fwnode_handle *fwnode, unsigned int depth);
struct fwnode_handle *fwnode_get_next_child_node(const struct fwnode_handle *fwnode,
						 struct fwnode_handle *child);
struct fwnode_handle *fwnode_get_next_available_child_node(const struct fwnode_handle *fwnode,
							   struct fwnode_handle *child);
struct fwnode_handle *fwnode_get_named_child_node(const struct fwnode_handle *fwnode,
						  const char *childname);

#define fwnode_for_each_parent_node(fwnode, parent)			\
	for (parent = fwnode_get_parent(fwnode); parent;		\
	     parent = fwnode_get_next_parent(parent))

/* A loop that is left early leaves @child referenced; the scoped form puts it. */
#define fwnode_for_each_child_node(fwnode, child)			\
	for (child = fwnode_get_next_child_node(fwnode, NULL); child;	\
	     child = fwnode_get_next_child_node(fwnode, child))
#define fwnode_for_each_available_child_node(fwnode, child)		\
	for (child = fwnode_get_next_available_child_node(fwnode, NULL); child; \
	     child = fwnode_get_next_available_child_node(fwnode, child))
#define device_for_each_child_node(dev, child)				\
	for (child = device_get_next_child_node(dev, NULL); child;	\
	     child = device_get_next_child_node(dev, child))
#define device_for_each_child_node_scoped(dev, child)			\
	for (struct fwnode_handle *child __free(fwnode_handle) =	\
		device_get_next_child_node(dev, NULL); child;		\
	     child = device_get_next_child_node(dev, child))

/* ---- forms for one value, and for counting ---- */

#define PROPERTY_READERS(bits)						\
static inline int							\
device_property_read_u##bits(const struct device *dev, const char *propname, u##bits *val) \
{									\
	return device_property_read_u##bits##_array(dev, propname, val, 1); \
}									\
static inline int							\
device_property_count_u##bits(const struct device *dev, const char *propname) \
{									\
	return device_property_read_u##bits##_array(dev, propname, NULL, 0); \
}									\
static inline int							\
fwnode_property_read_u##bits(const struct fwnode_handle *fwnode, const char *propname, \
			     u##bits *val)				\
{									\
	return fwnode_property_read_u##bits##_array(fwnode, propname, val, 1); \
}									\
static inline int							\
fwnode_property_count_u##bits(const struct fwnode_handle *fwnode, const char *propname) \
{									\
	return fwnode_property_read_u##bits##_array(fwnode, propname, NULL, 0); \
}
PROPERTY_READERS(8)
PROPERTY_READERS(16)
PROPERTY_READERS(32)
PROPERTY_READERS(64)
#undef PROPERTY_READERS

/* A flag is a property that is there: its value, if it has one, doesn't count. */
static inline bool device_property_read_bool(const struct device *dev, const char *propname)
{
	return device_property_present(dev, propname);
}

static inline bool fwnode_property_read_bool(const struct fwnode_handle *fwnode,
					     const char *propname)
{
	return fwnode_property_present(fwnode, propname);
}

static inline int device_property_string_array_count(const struct device *dev,
						     const char *propname)
{
	return device_property_read_string_array(dev, propname, NULL, 0);
}

static inline int fwnode_property_string_array_count(const struct fwnode_handle *fwnode,
						     const char *propname)
{
	return fwnode_property_read_string_array(fwnode, propname, NULL, 0);
}

/* Which entry of @array is the property's one string? */
static inline int device_property_match_property_string(const struct device *dev,
							const char *propname,
							const char * const *array, size_t n)
{
	return fwnode_property_match_property_string(dev_fwnode(dev), propname, array, n);
}

static inline bool fwnode_device_is_compatible(const struct fwnode_handle *fwnode,
					       const char *compat)
{
	return fwnode_property_match_string(fwnode, "compatible", compat) >= 0;
}

static inline bool device_is_compatible(const struct device *dev, const char *compat)
{
	return fwnode_device_is_compatible(dev_fwnode(dev), compat);
}

/* ---- properties that code writes down ---- */

struct software_node;

/**
 * struct software_node_ref_args - a reference to a software node
 * @node: which
 * @nargs: how many of @args are given
 * @args: numbers for it
 */
struct software_node_ref_args {
	const struct software_node *node;
	unsigned int nargs;
	u64 args[NR_FWNODE_REFERENCE_ARGS];
};

#define SOFTWARE_NODE_REFERENCE(_ref_, ...)				\
(const struct software_node_ref_args) {					\
	.node = _ref_,							\
	.nargs = COUNT_ARGS(__VA_ARGS__),				\
	.args = { __VA_ARGS__ },					\
}

/**
 * struct property_entry - a property of a software node
 * @name: its name; NULL ends a list
 * @length: bytes of the value; strings and references are as long as what points to them
 * @is_inline: the value is in @value, else @pointer leads to it
 * @type: of what
 */
struct property_entry {
	const char *name;
	size_t length;
	bool is_inline;
	enum dev_prop_type type;
	union {
		const void *pointer;
		union {
			u8 u8_data[sizeof(u64) / sizeof(u8)];
			u16 u16_data[sizeof(u64) / sizeof(u16)];
			u32 u32_data[sizeof(u64) / sizeof(u32)];
			u64 u64_data[sizeof(u64) / sizeof(u64)];
			const char *str[sizeof(u64) / sizeof(char *)];
		} value;
	};
};

/* An entry is a compound literal, so that one can stand in an initialiser or be assigned. */
#define __PROPERTY_ARRAY(_name_, _type_, _elem_size_, _val_, _len_)	\
(struct property_entry) {						\
	.name = _name_,							\
	.length = (_len_) * (_elem_size_),				\
	.type = DEV_PROP_##_type_,					\
	{ .pointer = _val_ },						\
}

#define PROPERTY_ENTRY_U8_ARRAY_LEN(_name_, _val_, _len_)		\
	__PROPERTY_ARRAY(_name_, U8, sizeof(u8), _val_, _len_)
#define PROPERTY_ENTRY_U16_ARRAY_LEN(_name_, _val_, _len_)		\
	__PROPERTY_ARRAY(_name_, U16, sizeof(u16), _val_, _len_)
#define PROPERTY_ENTRY_U32_ARRAY_LEN(_name_, _val_, _len_)		\
	__PROPERTY_ARRAY(_name_, U32, sizeof(u32), _val_, _len_)
#define PROPERTY_ENTRY_U64_ARRAY_LEN(_name_, _val_, _len_)		\
	__PROPERTY_ARRAY(_name_, U64, sizeof(u64), _val_, _len_)
#define PROPERTY_ENTRY_STRING_ARRAY_LEN(_name_, _val_, _len_)		\
	__PROPERTY_ARRAY(_name_, STRING, sizeof(const char *), _val_, _len_)
#define PROPERTY_ENTRY_REF_ARRAY_LEN(_name_, _val_, _len_)		\
	__PROPERTY_ARRAY(_name_, REF, sizeof(struct software_node_ref_args), _val_, _len_)

#define PROPERTY_ENTRY_U8_ARRAY(_name_, _val_)				\
	PROPERTY_ENTRY_U8_ARRAY_LEN(_name_, _val_, ARRAY_SIZE(_val_))
#define PROPERTY_ENTRY_U16_ARRAY(_name_, _val_)				\
	PROPERTY_ENTRY_U16_ARRAY_LEN(_name_, _val_, ARRAY_SIZE(_val_))
#define PROPERTY_ENTRY_U32_ARRAY(_name_, _val_)				\
	PROPERTY_ENTRY_U32_ARRAY_LEN(_name_, _val_, ARRAY_SIZE(_val_))
#define PROPERTY_ENTRY_U64_ARRAY(_name_, _val_)				\
	PROPERTY_ENTRY_U64_ARRAY_LEN(_name_, _val_, ARRAY_SIZE(_val_))
#define PROPERTY_ENTRY_STRING_ARRAY(_name_, _val_)			\
	PROPERTY_ENTRY_STRING_ARRAY_LEN(_name_, _val_, ARRAY_SIZE(_val_))
#define PROPERTY_ENTRY_REF_ARRAY(_name_, _val_)				\
	PROPERTY_ENTRY_REF_ARRAY_LEN(_name_, _val_, ARRAY_SIZE(_val_))

#define __PROPERTY_ONE(_name_, _type_, _member_, _val_)			\
(struct property_entry) {						\
	.name = _name_,							\
	.length = sizeof_field(struct property_entry, value._member_[0]), \
	.is_inline = true,						\
	.type = DEV_PROP_##_type_,					\
	{ .value = { ._member_[0] = _val_ } },				\
}

#define PROPERTY_ENTRY_U8(_name_, _val_)	__PROPERTY_ONE(_name_, U8, u8_data, _val_)
#define PROPERTY_ENTRY_U16(_name_, _val_)	__PROPERTY_ONE(_name_, U16, u16_data, _val_)
#define PROPERTY_ENTRY_U32(_name_, _val_)	__PROPERTY_ONE(_name_, U32, u32_data, _val_)
#define PROPERTY_ENTRY_U64(_name_, _val_)	__PROPERTY_ONE(_name_, U64, u64_data, _val_)
#define PROPERTY_ENTRY_STRING(_name_, _val_)	__PROPERTY_ONE(_name_, STRING, str, _val_)

#define PROPERTY_ENTRY_REF(_name_, _ref_, ...)				\
(struct property_entry) {						\
	.name = _name_,							\
	.length = sizeof(struct software_node_ref_args),		\
	.type = DEV_PROP_REF,						\
	{ .pointer = &SOFTWARE_NODE_REFERENCE(_ref_, ##__VA_ARGS__) },	\
}

#define PROPERTY_ENTRY_BOOL(_name_)					\
(struct property_entry) {						\
	.name = _name_,							\
	.is_inline = true,						\
}

struct property_entry *property_entries_dup(const struct property_entry *properties);
void property_entries_free(const struct property_entry *properties);

/* ---- software nodes: drivers/base/swnode.c ---- */

/**
 * struct software_node - a node that code writes down
 * @name: its name; NULL: one is made up
 * @parent: the node above it, registered before it; or NULL
 * @properties: ended by an entry without a name; or NULL
 */
struct software_node {
	const char *name;
	const struct software_node *parent;
	const struct property_entry *properties;
};

#define SOFTWARE_NODE(_name_, _properties_, _parent_)			\
(struct software_node) {						\
	.name = _name_,							\
	.properties = _properties_,					\
	.parent = _parent_,						\
}

bool is_software_node(const struct fwnode_handle *fwnode);
const struct software_node *to_software_node(const struct fwnode_handle *fwnode);
struct fwnode_handle *software_node_fwnode(const struct software_node *node);
const struct software_node *software_node_find_by_name(const struct software_node *parent,
							const char *name);

int software_node_register_node_group(const struct software_node * const *node_group);
void software_node_unregister_node_group(const struct software_node * const *node_group);
int software_node_register(const struct software_node *node);
void software_node_unregister(const struct software_node *node);

struct fwnode_handle *fwnode_create_software_node(const struct property_entry *properties,
						  const struct fwnode_handle *parent);
void fwnode_remove_software_node(struct fwnode_handle *fwnode);

int device_add_software_node(struct device *dev, const struct software_node *node);
void device_remove_software_node(struct device *dev);
int device_create_managed_software_node(struct device *dev,
					const struct property_entry *properties,
					const struct software_node *parent);

#endif /* _LINUX_PROPERTY_H */
