// SPDX-License-Identifier: MIT
/*
 * printf's %p for addresses of sockets, names of files, features: see lib/vsprintf_net.c and
 * _object.c.
 */

#include <kunit/test.h>

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/mm.h>
#include <linux/socket.h>
#include <linux/string.h>

#define BUF_SIZE	256

/* Straight, cut off at every length, and by way of binary printf. */
static void __printf(3, 4) expect(struct kunit *test, const char *want, const char *fmt, ...)
{
	size_t len = strlen(want), size;
	u32 words[BUF_SIZE / 4];
	char buf[BUF_SIZE];
	va_list args, copy;

	va_start(args, fmt);
	for (size = 1; size < len + 3; size++) {
		va_copy(copy, args);
		KUNIT_EXPECT_EQ_MSG(test, vsnprintf(buf, size, fmt, copy), len, "%s", fmt);
		va_end(copy);
		KUNIT_EXPECT_EQ(test, strlen(buf), min(len, size - 1));
		KUNIT_EXPECT_MEMEQ(test, buf, want, min(len, size - 1));
	}
	va_copy(copy, args);
	KUNIT_EXPECT_LE(test, vbin_printf(words, ARRAY_SIZE(words), fmt, copy),
			(int)ARRAY_SIZE(words));
	va_end(copy);
	bstr_printf(buf, sizeof(buf), fmt, words);
	KUNIT_EXPECT_STREQ(test, buf, want);
	va_end(args);
}

/* ---- sockets ---- */

static const struct sockaddr_in v4 = {
	.sin_family = AF_INET,
	.sin_port = cpu_to_be16(12345),
	.sin_addr = { cpu_to_be32(0x01020304) },
};

static const struct sockaddr_in6 v6 = {
	.sin6_family = AF_INET6,
	.sin6_port = cpu_to_be16(12345),
	.sin6_flowinfo = cpu_to_be32(0xf75bcd15),	/* the upper four bits are none of it */
	.sin6_addr = { { { 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8 } } },
	.sin6_scope_id = 1234567890,
};

static void layouts_are_those_of_linux(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, sizeof(struct sockaddr), 16UL);
	KUNIT_EXPECT_EQ(test, sizeof(struct sockaddr_in), 16UL);
	KUNIT_EXPECT_EQ(test, sizeof(struct sockaddr_in6), 28UL);
	KUNIT_EXPECT_EQ(test, sizeof(struct sockaddr_storage), 128UL);
	KUNIT_EXPECT_EQ(test, offsetof(struct sockaddr_in, sin_addr), 4UL);
	KUNIT_EXPECT_EQ(test, offsetof(struct sockaddr_in6, sin6_addr), 8UL);
}

static void a_socket_address_prints_by_its_family(struct kunit *test)
{
	expect(test, "1.2.3.4", "%pIS", &v4);
	expect(test, "001.002.003.004", "%piS", &v4);
	expect(test, "0001:0002:0003:0004:0005:0006:0007:0008", "%pIS", &v6);
	expect(test, "00010002000300040005000600070008", "%piS", &v6);
	expect(test, "1:2:3:4:5:6:7:8", "%pISc", &v6);
}

static void port_flow_and_scope_follow(struct kunit *test)
{
	expect(test, "1.2.3.4:12345", "%pISpc", &v4);
	expect(test, "[1:2:3:4:5:6:7:8]:12345", "%pISpc", &v6);
	expect(test, "1.2.3.4", "%pISfc", &v4);
	expect(test, "[1:2:3:4:5:6:7:8]/123456789", "%pISfc", &v6);
	expect(test, "1.2.3.4", "%pISsc", &v4);
	expect(test, "[1:2:3:4:5:6:7:8]%1234567890", "%pISsc", &v6);
	expect(test, "1.2.3.4:12345", "%pISpfc", &v4);
	expect(test, "[1:2:3:4:5:6:7:8]:12345/123456789", "%pISpfc", &v6);
	expect(test, "[1:2:3:4:5:6:7:8]:12345/123456789%1234567890", "%pISpfsc", &v6);
}

static void an_ipv4_address_may_be_in_either_order(struct kunit *test)
{
	expect(test, "4.3.2.1", "%pISl", &v4);
	expect(test, "1.2.3.4", "%pISb", &v4);
	expect(test, "4.3.2.1:12345", "%pISph", &v4);
	expect(test, "1:2:3:4:5:6:7:8", "%pIShc", &v6);
}

static void the_longest_text_fits(struct kunit *test)
{
	struct sockaddr_in6 long6 = v6;

	memset(&long6.sin6_addr, 0, 16);
	memset(long6.sin6_addr.s6_addr + 10, 0xff, 6);
	long6.sin6_port = cpu_to_be16(0xffff);
	long6.sin6_flowinfo = (__force __be32)~0u;
	long6.sin6_scope_id = ~0u;
	expect(test, "[::ffff:255.255.255.255]:65535/268435455%4294967295", "%pISpfsc", &long6);
	memset(&long6.sin6_addr, 0xff, 16);
	expect(test, "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535/268435455%4294967295",
	       "%pISpfs", &long6);
}

static void what_is_no_address_says_so(struct kunit *test)
{
	struct sockaddr local = { .sa_family = AF_UNIX };

	expect(test, "(einval)", "%pIS", &local);
	expect(test, "(null)", "%pIS", NULL);
	expect(test, "(%pI?)", "%pIx", &v4);
	expect(test, "(%pi?)", "%pi5", &v4);
}

/* ---- names of files ---- */

static struct dentry root, usr, bin, ls;

static void make_names(void)
{
	struct {
		struct dentry *dentry, *parent;
		const char *name;
	} tree[] = {
		{ &root, &root, "/" }, { &usr, &root, "usr" }, { &bin, &usr, "bin" },
		{ &ls, &bin, "ls" },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(tree); i++) {
		tree[i].dentry->d_parent = tree[i].parent;
		tree[i].dentry->d_name.name = (const unsigned char *)tree[i].name;
		tree[i].dentry->d_name.len = strlen(tree[i].name);
	}
}

static void a_dentry_prints_its_name(struct kunit *test)
{
	make_names();
	expect(test, "ls", "%pd", &ls);
	expect(test, "bin/ls", "%pd2", &ls);
	expect(test, "usr/bin/ls", "%pd3", &ls);
	expect(test, "/usr/bin/ls", "%pd4", &ls);
	expect(test, "/usr/bin", "%pd4", &bin);
	expect(test, "/usr", "%pd2", &usr);
	expect(test, "/", "%pd", &root);
	expect(test, "/", "%pd4", &root);
	expect(test, "(null)", "%pd", NULL);
	expect(test, "(efault)", "%pd", (void *)8);
}

static void width_and_precision_count_for_names(struct kunit *test)
{
	make_names();
	expect(test, "    bin/ls|", "%10pd2|", &ls);
	expect(test, "bin/ls    |", "%-10pd2|", &ls);
	expect(test, "usr/", "%.4pd3", &ls);
	expect(test, "   usr/b", "%8.5pd3", &ls);
}

static void a_file_prints_its_dentry(struct kunit *test)
{
	struct file *file = kunit_kzalloc(test, sizeof(*file), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, file);
	make_names();
	expect(test, "(null)", "%pD", file);
	file->f_path.dentry = &ls;
	expect(test, "ls", "%pD", file);
	expect(test, "usr/bin/ls", "%pD3", file);
}

/* ---- the rest ---- */

static void flags_of_a_mapping_have_names(struct kunit *test)
{
	unsigned long flags = VM_READ | VM_EXEC | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;

	expect(test, "read|exec|mayread|maywrite|mayexec", "%pGv", &flags);
	flags = VM_WRITE | VM_SHARED | VM_DONTCOPY;
	expect(test, "write|shared|dontcopy", "%pGv", &flags);
	flags = 0;
	expect(test, "", "%pGv", &flags);
}

static void features_of_a_network_device(struct kunit *test)
{
	u64 features = 0xc000;

	expect(test, "0x000000000000c000", "%pNF", &features);
	expect(test, "(null)", "%pNF", NULL);
	expect(test, "(%pN?)", "%pNx", &features);
}

static void probed_strings_are_strings(struct kunit *test)
{
	expect(test, "[  name]", "[%6pks]", "name");
	expect(test, "name", "%pus", "name");
	expect(test, "(null)", "%pks", NULL);
	expect(test, "(einval)", "%pkx", "name");
}

static struct kunit_case printf_names_cases[] = {
	KUNIT_CASE(layouts_are_those_of_linux),
	KUNIT_CASE(a_socket_address_prints_by_its_family),
	KUNIT_CASE(port_flow_and_scope_follow),
	KUNIT_CASE(an_ipv4_address_may_be_in_either_order),
	KUNIT_CASE(the_longest_text_fits),
	KUNIT_CASE(what_is_no_address_says_so),
	KUNIT_CASE(a_dentry_prints_its_name),
	KUNIT_CASE(width_and_precision_count_for_names),
	KUNIT_CASE(a_file_prints_its_dentry),
	KUNIT_CASE(flags_of_a_mapping_have_names),
	KUNIT_CASE(features_of_a_network_device),
	KUNIT_CASE(probed_strings_are_strings),
	{}
};

static struct kunit_suite printf_names_suite = {
	.name = "printf_names",
	.test_cases = printf_names_cases,
};
kunit_test_suite(printf_names_suite);

MODULE_LICENSE("MIT");
