/* SPDX-License-Identifier: MIT */
#include "room.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "process.h"

static int devices_fd = -1;

static int own_namespace(void)
{
	int fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		die("the network namespace cannot be opened: %s", strerror(errno));
	return fd;
}

void room_make(void)
{
	int router;

	if (unshare(CLONE_NEWNET) < 0)
		die("a network namespace cannot be made: run this as root");
	devices_fd = own_namespace();
	if (unshare(CLONE_NEWNET) < 0)
		die("a network namespace cannot be made");
	router = own_namespace();
	process_shell(
	    "set -e; ip link set lo up; sysctl -qw net.netfilter.nf_conntrack_acct=1 net.ipv4.ip_forward=1; "
	    "ip link add home0 type veth peer name devices0 netns /proc/%d/fd/%d; "
	    "ip link set home0 address 02:00:00:00:00:01 up; "
	    "ip addr add 192.0.2.1/24 dev home0; ip addr add 2001:db8:77::1/64 dev home0 nodad; "
	    "ip link add wan0 type veth peer name far0 netns /proc/%d/fd/%d; ip link set wan0 arp off up; "
	    "ip route add default dev wan0; "
	    "nft add table inet bench; "
	    "nft 'add chain inet bench forward { type filter hook forward priority 0; }'; "
	    "nft add rule inet bench forward ct state established accept",
	    (int)getpid(), devices_fd, (int)getpid(), devices_fd);
	if (setns(devices_fd, CLONE_NEWNET) < 0)
		die("the devices' namespace cannot be entered");
	process_shell("ip link set devices0 address 02:00:00:00:00:02 up; ip link set far0 up");
	if (setns(router, CLONE_NEWNET) < 0)
		die("the router's namespace cannot be entered");
	close(router);
}

int room_enter_devices(void)
{
	struct sockaddr_ll at = {.sll_family = AF_PACKET};
	int fd;

	if (setns(devices_fd, CLONE_NEWNET) < 0)
		die("the devices' namespace cannot be entered");
	fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	at.sll_ifindex = (int)if_nametoindex("devices0");
	if (fd < 0 || bind(fd, (const struct sockaddr *)&at, sizeof(at)) < 0)
		die("packets cannot be sent: %s", strerror(errno));
	return fd;
}

void room_mac(uint8_t router[6], uint8_t device[6])
{
	memcpy(router, (const uint8_t[]){2, 0, 0, 0, 0, 1}, 6);
	memcpy(device, (const uint8_t[]){2, 0, 0, 0, 0, 2}, 6);
}
