"""Active observations. The only user of scapy."""
