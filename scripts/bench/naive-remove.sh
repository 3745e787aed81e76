#!/usr/bin/env bash
# Takes away what naive.sh shares between containers.
ip link delete container-br0
iptables -t nat -D POSTROUTING -s 10.200.1.0/24 ! -o container-br0 -j MASQUERADE
sysctl -q -w net.ipv4.ip_forward=0
