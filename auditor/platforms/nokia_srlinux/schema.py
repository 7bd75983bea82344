"""Which words of the configuration are containers, which are lists and by what keys, which are leaves.

Taken from the YANG models of releases 21.6.4, 23.10.6 and 25.3.1 (github.com/nokia/srlinux-yang-models). Flat lines and
JSON do not show it, and blocks show it only where there is something inside.
"""

_CONTAINERS = """
aaa accept accounting acctz acl activate active-queue-management adaptation-rules add-paths adjacency admf
admin-groups admin-user advertise-ifl-host-ad-routes aggregate-routes aggregate-sample-window aggregator
all-event-types all-packet-types allocation-size app-management application-bindings apply-policy arp as-path
as-path-length as-path-options asbr asic asic-loopback assert attached-bit attestation authenticated-sessions
authentication authenticator authorization authz-policy auto-cost auto-rx auto-tx autoboot backup-paths banner
best-path-selection bfd bgp bgp-auto-discovery bgp-evpn bgp-ipvpn bgp-label bgp-ls bgp-vpn binding-sid bios blackhole
boot breakout-mode bridge-table buffer-management buffer-memory buffer-segment bw-proportional c-tag capabilities
capture-filter ccm-hold-time ccm-local-fault certz cgroup chassis chromatic-dispersion-range classifiers cli clock
combined-ecmp committed-burst-size-table communities complexity-rules configuration console constellation
continuity-check control-plane control-plane-traffic convergence copy counters cpm-filter crc-monitor data-exception
data-pattern data-rate-threshold database datapath deadlock default default-action default-ds defaults delay
destination-groups df-election dhcp-client dhcp-relay dhcp-server dhcpv4 dhcpv6 dhcpv6-server directly-connected
discovery disk-encryption display dot1x drop-zones dscp-rewrite duplicate duplicate-entries dynamic
dynamic-adjacency-sids dynamic-learning dynamic-measurement dynamic-neighbors dynamic-spiffe ebgp-default-policy
efm-oam egress-mapping egress-statistics elmi encapsulate-gre entries entropy-label environment esmc eth-cfm
eth-cfm-single-ended-dmm-test eth-cfm-single-ended-slm-test ethcfm ethernet ethernet-segments event-handler
event-types events evpn evpn-link-bandwidth exceed exceed-action explicit-congestion-notification explicit-paths
exponential-port-dampening export export-limit extended-admin-groups extended-community external-db-overflow fabric
failure-detection fec-resolution fhs fib-programming fips-140 flexible-algorithm flexible-algorithm-definitions flood
flow-control forward forwarding forwarding-class-resource-priority forwarding-classes forwarding-complexes frame-mix
frame-payload freq-clock freq-recovery-engine freq-references ftp-server generate-checkpoint generate-csr
generate-recovery-key generate-self-signed global-attributes global-block gnmi gnmi-server gnoi gnss gnss-a gnss-b
golden-image graceful-restart gre gribi gribi-server hash-options header-buffer healthz hello host-key host-route http
https icmp icmp6 igmp igmp-snooping ima immediate import-policies in in-plus inactive-peers inclusive inclusive-mcast
information ingress-mapping ingress-squelching ingress-statistics inner-ethernet-header input inputs
inter-instance-policies inter-level-propagation-policies interface-attributes interface-less-routing interface-ref
interface-standby-signaling-on-non-df interface-tracking interface-with-mac interfaces internal-tags ip ip-duplication
ip-forwarding ip-in-ip ip-load-balancing ip-routes ip-tunnel-decapsulation ipfix ippm ipv4 ipv4-adjacency-sid
ipv4-filter ipv4-labeled-unicast ipv4-next-hops ipv4-node-sid ipv4-unicast ipv6 ipv6-adjacency-sid
ipv6-destination-discovery ipv6-filter ipv6-labeled-unicast ipv6-next-hops ipv6-node-sid ipv6-unicast isis join-prune
json-rpc-server l2 l2cp-total-statistics l2cp-transparency l3vpn-ipv4-unicast l3vpn-ipv6-unicast label-allocation
label-ranges labeled-unicast lacp lag last-resort-lookup lawful-intercept ldp ldp-synchronization learnt-entries
level1-to-level2 link-bandwidth link-measurement link-state link-state-database linktrace linux linuxadmin-user lldp
load-balancing local-linux-users local-mirror-destination locator lockout-policy log-retrieval logging
logical-channels longest-prefix-match loopback loopfree-alternate loss lsa-generate lsdb lsp-authentication
lsp-generation lsp-ping lsp-refresh lsp-trace ma-name mac-allocation mac-duplication mac-ip mac-learning mac-limit
macsec maintenance maintenance-mode maintenance-policies management manual-alg manual-spf mappings match match-list
maximum-sid-depth md-name mdb-profile med members membership-groups messaging micro-bfd-sessions mid-pool-members
mid-tier mirror-destination mirror-source mirroring mka mld mld-snooping mldp mpls mpls-encapsulation mpls-forwarding
mpls-labels mpls-multicast-tep msdp mtu multi-homed-prefix multi-host-authentication multicast multicast-ids
multicast-l3-vpn multifield multihop multipath ndk-server neighbor-discovery neighbors netconf next-entry
next-hop-groups next-hop-resolution next-policy node-protect non-stop-forwarding nssa ntp oam on-boot on-demand
one-pps openconfig optical-line-system optional-attributes options origin originate-default-route ospf out
outermost-vlan-id output overload overload-on-boot override-lsr-id overrides p4rt p4rt-server packet-generator
packet-id packet-length-adjustment packet-link-qualification packet-trace-base64 packet-types parent-policer pathz
pathz-policy pcc pce-associations pcep pcr-quote pcr-read peers per-interface performance-monitoring pfc pfcp pim
pim-route-table pir-threshold-separation platform pmd-loopback policer-policies policer-templates policers
policy-forwarding power power-supply pre-classification preference-alg prefix-limit prefix-limit-accepted
prefix-limit-received prepend privacy probe programming-progress protection protection-policies protocols
provider-tunnel pseudowire-tunnel ptp ptp-timestamping qos querier queue-depth queue-depth-sampling queue-statistics
queue-templates queues ra-guard radius range rate rate-limit-per-host reboot receive-lifetime receive-message-rate
received-pfc-pause-frames received-traffic redirect redundancy register register-stop reject remote remote-lfa
remote-mep-auto-discovery remove-private-as rendezvous-points reset-overload reset-peer resolving-route
resolving-tunnel resource-management resource-monitoring resource-utilization-thresholds results return-path revoke
rewrite rewrite-policies rewrite-rules rib-management root-tier route-advertisement route-distinguisher
route-flap-damping route-preference route-reflector route-resolution route-summary route-table route-target
router-advertisement router-role routes routing-policy rtr-adv-lsa-limit s-tag sample-count-based sample-window
sats-in-use scheduler-policies scheduling scheduling-priority-mapping-table seamless-bfd secondary-default-lookup
secure-boot segment-depth segment-routing segment-routing-mpls segment-type-1 selection-attributes selective
selective-labeled-unicast-install send-community send-default-route send-lifetime sender-id
service-activation-testhead session-reflector sflow shared-risk-link-groups signal-degrade signal-failure
single-ended-dmm-test single-ended-slm-test single-tagged-range snmp soft-clear source source-udp-port-pools spf
spf-wait spt-switchover sr-colored sr-isis sr-uncolored srte-policy srte-policy-ipv4 srte-policy-ipv6 srv6 ssm
ssm-ranges stamp standard-community state-timer static-adjacency-sid static-allocation static-entries static-mac
static-membership-groups static-routes statistics storm-control stp stub subnets subscriber-management sweep
switchover symbol-monitor sync sync0 synce synchronize system-filter table-connections tacacs targeted
targeted-auto-rx targets tcam tcp-transport te-constraints te-database-install te-policies te-policy terminal-device
test-types threshold-alerts ti-lfa time-recovery-engine timeout-cache timers timing tldp-mac-flush tls tpm
trace-options traffic-engineering traffic-engineering-policies transceiver transport transport-security trust
tunnel-end-points tunnel-resolution tunnel-summary tunnels twamp udp-exporter unicast-mapping
unidirectional-link-delay unified-forwarding-resources unix-socket unnumbered update upgrade utilization validate
vhost virtual-ipv4-discovery virtual-ipv6-discovery vlan vlan-discovery vpws-attachment-circuits vrrp vxdp vxlan
vxlan-encapsulation vxlan-tunnel warm-reboot weighted-ecmp wred xdp xstp
"""
_LISTS = """
access-group:name acl-filter:name,type afi-safi:afi-safi-name allowed-mac-address:mac application:name area:area-id
area-range:ip-prefix-mask association:association-id association-meps:mep-id avg-flr-event:direction
backup-next-hop:id bgp-instance:id bin:bin-number bin-type:bin-metric buffer:buffer-name candidate:name
capture-subinterface:name channel:index checkpoint:id chli-event:direction classifier:type client:id
client-connection:prefix collector:collector-id community-entry:name control:slot custom-mac-pool:name
domain:domain-id ecn-slope:ecn-drop-probability entry:sequence-id ethernet-segment:name event:event-type
exclude-from-avg:direction exclude-mac:destination-mac exclude-protocols:protocol facility:facility-name fan-tray:id
fec:prefix fhs-policy:name flag:name flexible-algorithm-definition:flex-algo-id group:name group-interface:name
group-range:start,end grpc-server:name hli-event:direction hop:index host-entry:name instance:name
interface:interface-name ipv4-prefix-list:name ipv4-static-host:ipv4-address,mac-address ipv4-subnet:ipv4-prefix
ipv6-prefix-list:name ipv6-static-host:ipv6-address,mac-address ipv6-subnet:ipv6-prefix label-entry:label-value
lag-interface:name license:id linecard:slot local-as:as-number local-attachment-circuit:name
local-prefix-sid:prefix-sid-index loss-events-template:loss-events-template-name low-vlan-id:range-low-vlan-id
management-address:subinterface map:forwarding-class mda:slot measurement-interval:mi-duration member-interface:name
mep:mep-id mgmt-stp:name mid-pool:index mid-pool-member:index mirroring-instance:name mst-instance:mst-id
multicast-drop-zone:zone multicast-priority:resource-priority multicast-queue:queue-id multifield-classifier:name,type
ndk-label-block:application-name neighbor:ipv6-address netconf-server:name nexthop:index node:node-number object:name
observation-point:name path:explicit-path-name peer:ip-address pfc-queue:pfc-queue-name pipeline:index
policer:policer-id populate:route-type port-ds-cfg-ip-list:port-index port-ds-configured-peer:port-index
port-ds-discovered-peer:port-index port-ds-interface:port-index port-ds-interface-list:port-index
port-ds-list:port-index prefix-list:name prefix-sid:prefix-sid-index primary-evi-range:start-evi
ptp-port-ds:port-number queue:queue-name queue-template:name ra-guard-policy:name receiver:gnss-id reflector:name
remote-attachment-circuit:name remote-mep:remote-mep-id remote-server:host rendezvous-point:address
resilient-hash-prefix:ip-prefix resource:name root-pool:index route:prefix rule:sequence-id scheduler:sequence-id
security-entry:name segment:segment-index segment-list:segment-list-index selector:name server:address
server-group:name server-profile:name service-stream:stream-id service-test:test-name session:session-name
statement:sequence-id static-entry:top-label,preference static-fec:fec-prefix static-member:from-address
static-policy:name static-route:destination subscriber:subscriber-name subscriber-interface:name
subsystem:subsystem-name summary-address:ip-prefix table:address-family
table-connection:source-protocol,destination-protocol,address-family termination-subnet:ip-prefix threshold:index
track-interface:interface trap:trap-name trap-group:name tunnel-interface:name unavailability-event:direction
undetermined-availability-event:direction undetermined-unavailability-event:direction unicast-drop-zone:zone
unicast-priority:resource-priority unicast-queue:queue-id virtual-interface:name vlan-list:vlan-id
vrrp-group:virtual-router-id vtep:address wred-slope:wred-profile
"""
_BY_PARENT = """
/interface:name /network-instance:name /system:C /tunnel:C accept/match:prefix accept/rate-limit:C
acl/interface:interface-id acl/ipv4-filter:name acl/ipv6-filter:name acl/mac-filter:name action/drop:C
activate/reboot:L active-queue-management/wred-slope:traffic-type,drop-probability aggregate-sample-window/threshold:C
all-packet-types/ipv4:L all-packet-types/ipv6:L arp/neighbor:ipv4-address assert/ipv4:L assert/ipv6:L
association/network-instance:C authentication/key:C authentication/session:id authentication/user:username
authenticator/interface:L authorization/role:rolename authz-policy/rotate:C autoboot/interface:L
bfd/peer:local-discriminator bfd/subinterface:id bgp/group:group-name bgp/neighbor:peer-address
bgp/network-instance:name bgp/next-hop:C bgp/preference:C bin-type/delay-event:direction bridge-table/proxy-arp:C
bridge-table/proxy-nd:C buffer-management/buffer-allocation-profile:name buffer-management/fp-pool-policy:name
buffer-management/interface-pool-policy:name buffer-management/queue-management-profile:name
buffer-management/slope-policy:name certz/rotate:C channel/assignment:index channel/ingress:C
classifiers/dscp-reclassify-policy:name classifiers/multifield-classifier:name community-entry/prefix-list:L
configuration/role:name configuration/session:id control/interface:name control-plane/synchronization:C
cpm-filter/mac-filter:C data-rate-threshold/group-range:group-prefix database/group:group df-election/algorithm:C
dhcp-relay/server:L dhcp-server/network-instance:name dot1p-policy/dot1p:value dscp-policy/dscp:value
dscp-reclassify-policy/dscp:value duplicate/entry:address duplicate-entries/mac:address dynamic/entry:address
encap/double-tagged:C encap/single-tagged:C encap/untagged:C encapsulate-gre/target:id
ethernet/forward-error-correction:C ethernet/hold-time:C ethernet-segment/next-hop:l3-next-hop event-types/interface:C
evpn/advertise:route-type evpn-link-bandwidth/advertise:C exporting-process/destination:name
exporting-process/options:name facility/priority:C fhs/static:C fhs-policy/protocols:L forward/next-hop:C
forwarding-class/profile:profile-name forwarding-class/queue:C
forwarding-class-resource-priority/forwarding-class:name forwarding-classes/forwarding-class:name
freq-references/instance:instance-number ftp-server/network-instance:name generate-recovery-key/reboot:L
gnmi-server/network-instance:name gnmi-server/trace-options:L gribi-server/network-instance:name
gribi-server/trace-options:L group/destination:index group/group:L group/source:source group/threshold:L
group-interface/interface:interface-id group-range/source:source grpc-server/trace-options:L hash-options/vlan:L
healthz/control:C healthz/fan-tray:C healthz/linecard:C hello/ipv4:L hello/ipv6:L host-key/type:type igmp/version:C
ingress/interface:L input/ipv4-filter:L input/ipv6-filter:L input-class-map/forwarding-class:name inputs/inputs:L
inputs/queue:L instance/level:level-number instance/network-instances:network-instance interface/adjacencies:C
interface/level:level-number interface/mtu:L interface/resource:C interface-pool-policy/interface-pool:index
interface-ref/interface:L interfaces/interface:name ipfix/cache:name ipfix/exporting-process:name
ipfix/selection-process:name ipv4/address:ip-prefix ipv4/target:remote-address ipv4/tunnel:ipv4-prefix,type,owner,id
ipv4-prefix-list/prefix:ipv4-prefix ipv4-unicast/route:ipv4-prefix,route-type,route-owner,id,origin-network-instance
ipv6/address:ip-prefix ipv6/target:remote-address ipv6/tunnel:ipv6-prefix,type,owner,id
ipv6-prefix-list/prefix:ipv6-prefix ipv6-unicast/route:ipv6-prefix,route-type,route-owner,id,origin-network-instance
isis/metric:C join-prune/ipv4:L join-prune/ipv6:L json-rpc-server/network-instance:name
json-rpc-server/trace-options:L keychain/key:index l2/destination-mac:C l2/source-mac:C label-allocation/prefix-sid:C
label-ranges/dynamic:name label-ranges/static:name learnt-entries/mac:address link-measurement/interface:name
lldp/interface:name lldp/trace-options:L local-prefix-sid/interface:L locator/enable:C logging/file:file-name
logging/filter:filter-name loopfree-alternate/exclude:C mac-address/custom-mac-pool:C mac-learning/aging:C
macsec/interface:name maintenance/profile:name maintenance-policies/policy:maintenance-policy-name
map/drop-probability:drop-probability map/profile:profile match/destination-ip:C match/destination-mac:C
match/destination-port:C match/source-ip:C match/source-mac:C match/source-port:C measurement-template/delay:L
membership-groups/group:group mirror-source/interface:name mirror-source/subinterface:name mka/policy:name
mld/version:C mpls/services:C mpls/tunnel:C mpls-traffic-class-policy/traffic-class:value msdp/source:ip-prefix
multicast/group-address:C multicast/source-address:C multipath/ebgp:C multipath/ibgp:C neighbor/reset-peer:L
neighbor-discovery/limit:C neighbors/neighbor:neighbor-id netconf-server/session:session-id
network-instance/connection-point:name network-instance/interface:name network-instance/ip-prefix:ip-prefix
network-instance/neighbor:L network-instance/transport:L network-instance/vxlan-interface:name next-hop/evi:start
next-hop/tunnel:C next-hop-group/next-hop:id observation-point/interface:name ospf/metric:C output/ipv4-filter:L
output/ipv6-filter:L output/scheduler:C output-class-map/forwarding-class:name p4rt-server/network-instance:name
p4rt-server/trace-options:L packet/source-mac:source-mac packet-link-qualification/cancel:C
packet-link-qualification/profile:name packet-link-qualification/start:C packet-trace-base64/interface:L
pce-associations/policy:association-name peer/route-preference:L peers/peer:lsr-id,label-space-id
per-interface/subinterface:name pim/neighbor:C platform/fabric:slot policer/forwarding-class:fc
policer-policies/parent-policer-threshold-policy:name policer-template/policer:sequence-id
policer-templates/policer:index policers/policer:name policers/system-cpu-policer:name policy/statement:sequence-id
policy-forwarding/interface:subinterface policy-forwarding/policy:policy-id port-ds-cfg-ip-list/peer:C
pre-classification/dot1p:value pre-classification/dscp:value pre-classification/mpls-traffic-class:value
prefix-set/prefix:ip-prefix,mask-length-range prefix-sid/interface:L profile/rpc:C
protection-policies/policy:protection-policy-name pseudowire-tunnel/tunnel:name ptp/instance:instance-number
qos/input-class-map:name qos/output-class-map:name qos/pfc-mapping-profile:name queues/queue:queue-name
rate-limit/policer:L reboot/delay:L reboot/warm:C receive-message-rate/rate:L receive-message-rate/threshold:L
redundancy/synchronization:C register/ipv4:L register/ipv6:L register-stop/ipv4:L register-stop/ipv6:L
remote-server/transport:L rendezvous-point/group:prefix rendezvous-points/static:C
rewrite-rules/ip-rewrite-policy:name role/rule:path-reference route/internal-tags:L route-reflector/client:L
route-summary/route-type:ip-route-type-name route-table/ip-prefix:C route-table/next-hop:index
route-table/next-hop-group:index route-target/send-default-route:L router-role/prefix:ipv6-prefix
routes/ethernet-segment:C routing-policy/as-path-set:name routing-policy/community-set:name
routing-policy/extended-community-set:name routing-policy/policy:name routing-policy/prefix-set:name
routing-policy/standard-community-set:name routing-policy/tag-set:name sample-window/threshold:C scheduler/input:id
scheduler-policies/queue-scheduling-policy:name scheduler-policies/sched-class-scheduling-policy:name
scheduler-policies/scheduler-policy:name scheduler-policy/scheduler:sequence
scheduling-priority-mapping-table/scheduling-class:index seamless-bfd/peer:address seamless-bfd/threshold:L
segment-list/priority:C selection-attributes/tag:C send-default-route/ipv4-unicast:L send-default-route/ipv6-unicast:L
service-activation-testhead/acceptance-criteria-template:ac-template-name
service-activation-testhead/frame-size-template:fs-template-name service-test/clear:C service-test/test-duration:C
services/network-instance:C session-reflector/network-instance:name snmp/network-instance:name source/peer:C
source/source:L source-udp-port-pools/port:port-number spt-switchover/group:prefix sr-colored/policy:color,endpoint
sr-isis/prefix-sid:prefix sr-uncolored/policy:policy-name,protocol-origin ssm-ranges/group-range:ip-prefix
statement/action:C static/entry:id static-allocation/host:mac static-entries/neighbor:ipv6-address
static-mac/mac:address static-membership-groups/group:group statistics/group:group statistics/peer:local-discriminator
subinterface/anycast-gw:C subscriber-management/sla-profile:name subscriber-management/subscriber-profile:name
subsystem/priority:C synchronization/overlay:C system/dns:C system/dns-instance:name system/name:C system/network-instance:C
system/trace-options:L target/source:L test-duration/cir:C test-duration/cir-pir:C test-duration/performance:C
test-duration/policing:C trace/graceful-restart:L trace/interface:C trace/interfaces:L trace/packet:C
track-interface/interface:L traffic-engineering-policies/policy:policy-name transceiver/interface:L
transceiver/optical-channel:index trap-group/destination:name tunnel/internal-tags:L
tunnel-interface/vxlan-interface:index tunnel-summary/tunnel-type:type twamp/server:C unnumbered/interface:L
virtual-ipv4-discovery/address:ipv4-address virtual-ipv6-discovery/address:ipv6-address vlan/encap:C
vpws-attachment-circuits/local:C vxlan-interface/egress:C vxlan-interface/ingress:C warm/force:C
wred/wred-slope:traffic-type,drop-probability,enable-ecn
"""
"""`parent/name` with `C` for a container, `L` for a leaf, or the keys of a list, where the name alone does not tell."""
_EITHER = """
application/restart:C|L authentication/csnp-authentication:C|L authentication/hello-authentication:C|L
authentication/keychain:name|L authentication/password:C|L authentication/psnp-authentication:C|L
bgp/local-preference:C|L bridge-table/split-horizon-group:name|L classifiers/dot1p-policy:name|L
classifiers/dscp-policy:name|L classifiers/mpls-traffic-class-policy:name|L configuration/confirmed-accept:C|L
configuration/confirmed-reject:C|L delay/bin-group:bin-group-name|L dot1x/tunnel:C|L entry/action:C|L
ethernet-segment/interface:ethernet-interface|L fabric/reboot:C|L failure-detection/enable-bfd:C|L
group/local-as:as-number|C group/route-flap-damping:C|L interface/replay-protection:C|L interface/subinterface:index|L
interface/version:C|L ipv4/destination-ip:C|L ipv4/source-ip:C|L ipv6/destination-ip:C|L ipv6/source-ip:C|L
linecard/forwarding-complex:name|L linecard/reboot:C|L link-measurement/measurement-template:template-name|L
load-balancing/hash-profile:name|L match/prefix:C|L mep/mac-address:C|L multifield/ipv4-policy:name|L
multifield/ipv6-policy:name|L neighbor/local-as:as-number|C neighbor/route-flap-damping:C|L next-hop/indirect:C|L
output/multicast-queue:queue-id|L output/queue:queue-name|L output/unicast-queue:queue-id|L
packet/interface:interface-name|C pce-associations/diversity:association-name|L pim/ecmp-hashing:C|L
policer/violate-action:C|L policer-policies/policer-policy:name|L policer-templates/policer-template:name|L
rewrite-rules/dot1p-policy:name|L rewrite-rules/dscp-policy:name|L rewrite-rules/mpls-traffic-class-policy:name|L
route-target/export-rt:C|L route-target/import-rt:C|L rule/action:C|L scheduler/tier:level|L
server/network-instance:name|L source/interface:interface-name|L ssh-server/network-instance:name|L
statistics/clear:C|L statistics/egress:C|L statistics/ingress:C|L system/ssh-server:name|C trace-options/trace:C|L
transport/destination-port:C|L transport/source-port:C|L
"""
"""`parent/name:this|that`: one kind in one release or place, and another kind elsewhere; what follows decides."""

_LEAF_WORDS = """
absolute ac-df ac-template-name accept-mode acceptable-duration acceptance-criteria-template accounting-method
acct-port accumulated-igp action activation-timer active active-entries active-routes active-routes-with-ecmp
active-source-limit active-timeout active-tunnels activity adaptation-rule add
add-next-hop-count-to-received-bgp-routes additional-frr-segment-limit address address-family adjacencies
adjacency-check adjacency-sid-hold-time admin-group admin-key admin-state admin-tag adv-local-lsr-id advertise
advertise-arp-nd-extended-community advertise-arp-nd-only-with-mac-table-entry advertise-capability advertise-external
advertise-fec advertise-gateway-mac advertise-inactive advertise-interlevel advertise-interval
advertise-ipv6-next-hops advertise-neighbor-type advertise-prefix-set advertise-router-capability advertise-subnet
advertisement afi-safi-name age-time aggregatable aggregate-id aggregate-used-paths aging aging-timer algorithm
algorithm-type all all-interfaces allocation allocation-percentage-size allocation-weight allow allow-command-list
allow-directed-broadcast allow-egress-remark-dscp allow-fallback allow-ipv6-udp-checksum-zero allow-multiple-as
allow-own-as allow-username allowed-authentication-types allowed-macs allowed-operations allowed-payloads
allowed-peer-as allowed-tunnel-types alpm alt-0 alt-1 alt-2 alt-3 always-compare-med announce-receipt-timeout
antenna-cable-delay anti-spoof-mac anycast-gw anycast-gw-mac application-assignment application-name
apply-forwarding-policy area-id as-number as-path-set as-path-set-member assert-interval assignment assignment-type
association-format association-id association-name association-source attempts augment-route-table auth-password
auth-port authenticate-client authenticate-interface authentication-key authentication-keychain authentication-method
authenticator-initiated authorized-principal-check-tool auto-checkpoint auto-discovery auto-negotiate auto-save
autonomous-flag autonomous-system backup-next-hop-group bad-bpdus-received best bgp-evpn-instance bgp-labeled-unicast
bgp-ls-exclude bgp-ls-identifier bgp-max-wait bgp-unicast bin-count bin-group bin-group-name bin-metric bin-number
bins bit-position blackhole-aggregate block-prefix-sid boot-timer bootfile-name boundary-type bpdu-filter bpdu-guard
breakout-port-speed bridge-address bridge-priority broadcast-policer broadcast-rate buffer-allocation-profile
buffer-name buffer-segment-drop-zone burst-allowance bypass-routing c-multicast-route cache cak call-policy cancel
candidate-path-preference cbs-adaptation-rule ccm-interval ccm-ltm-priority ccm-transmit certificate
certificate-revocation-list cfg-bpdus-received cfg-bpdus-transmitted change-on-first-login channel-speed
chassis-local-name chassis-type check-received chli-threshold cipher-list cir cir-pir cir-threshold circuit-type clear
clear-binding-table clear-cfm-statistics clear-history clear-statistics clear-tag-mode clear-threshold client
client-id clock-offset cluster-id code cold collect-detailed-stats collect-irb-stats
collect-policy-success-failure-counters collect-stats collecting collector-address collector-id color comment
commit-confirmed-timeout commit-save committed-burst-packet committed-burst-size committed-rate committed-rate-kbps
committed-rate-pps common-name community community-set confidentiality-offset confirmation-code confirmed-accept
confirmed-reject connect-retry connection-point consecutive-delta-t contact contains control-packet-dscp control-word
cost count country cpu-set created-on crl crypto-algorithm csnp-authentication csnp-interval current-hop-limit
custom-address dac-link-training data data-encapsulation data-tlv-size datapath-programming ddm-events de-out-profile
dead-interval dead-timer debug decap-fallback-network-instance decap-network-instance decapsulate-header
default-admin-tag default-drop-probability default-export-policy default-forwarding-class default-import-policy
default-ip-mtu default-l2-mtu default-metric default-mpls-mtu default-peer default-port-mtu default-preference
default-received-encapsulation default-slope-policy default-tls-profile delay delay-event delay-metric-limit
delay-protection delay-selection delay-threshold delay-timeout delay-var-threshold delete-all delete-all-macs
delete-auto-discovered-meps delete-dynamic delete-ip delete-learned-remote-macs delete-mac delete-macs-type
deny-command-list description desired-minimum-transmit-interval dest-address dest-mac destination destination-address
destination-ip destination-ip-address destination-mac destination-port destination-protocol destination-udp-port
detail detection-multiplier detection-timer device-name device-role direction directory disable
disable-ip-route-install disable-ip-timestamping disable-login disable-metric-propagation disable-shell
disallow-sequence-keys discard-eligible discard-unknown-dest-mac discard-unknown-src-mac disconnect discovery-interval
discovery-timer discriminator disjointness-reference disjointness-type dispersion dispersion-control-mode
distinguisher distributed-policer distributing diversity diversity-type dns dns-server do-not-fragment domain-format
domain-id domain-name domain-names domain-number dot1p dot1p-policy double-tagged down dr-priority drop
drop-probability dscp dscp-policy dscp-reclassify-policy dscp-set dst-ip dst-ipv4 dst-ipv6 dst-mac duplex-mode
duplicate-address-detection duration dynamic-arp-inspection dynamic-evpn-inclusive-multicast-label-block
dynamic-label-block eapol-destination-address ebgp ecmp ecmp-balance ecmp-balance-hold ecmp-hashing
ecmp-interface-select ecmp-next-hop-select ecn-drop-probability ecn-dscp-policy edge-port egress egress-amplifier-gain
egress-mac-filtering egress-sampling-rate elevation-mask-angle eligible-prefix-policy email enable enable-bfd
enable-csnp-on-p2p-links enable-ecn enable-pfc encap encapsulate-header encapsulation-type encrypt end end-evi
end-label end-of-lib end-time endpoint enforce-test-session-start-time engine-id entries-remaining-to-add
entries-remaining-to-modify entropy-label-transmit entry-specific entry-type esi ethernet-interface ethernet-tag
ethertype event-type evi excess-burst-size excess-rate excess-rate-kbps exclude exclude-hop exclude-lowest-bin
exclude-srlg exit exit-on-reject explicit-path explicit-path-name explicit-percentage exponent export-mode
export-neighbors export-policy export-prefix-policy export-reject-all export-routes export-rt exporting-process
expression extended-admin-group extended-community-set external external-preference facility-name failed-slots
fallback-path-algorithm falling-threshold-log falling-threshold-value family fast-failover fast-leave fc fec-limit
fec-option fec-prefix fib-failed-routes file file-name filter filter-name first-fragment flags-tlv flex-algo-id
flow-label flr-threshold force force-all-user-password-change force-password-change force-rewrite-trusted format
forward-delay forward-error-correction forward-received-packets forwarding-class forwarding-class-index
forwarding-complex forwarding-mode forwarding-type forwarding-viable fp-pool-policy fragment frame-size-template
frames-per-delta-t frequency from from-address fs-template-name functional-type galileo generate generate-icmp
gi-address gnss-id graceful-restart gratuitous-arp gribi-metadata group group-address group-id group-name
group-name-alias group-prefix guard half-life half-lifetime hash-buckets-per-path hash-method hash-profile hash-seed
head-end header-buffer-drop-zone hello-authentication hello-holdtime hello-interval hello-multiplier hello-padding
hello-time hello-timer helper-enable helper-mode high-threshold-bytes high-vlan-id history history-size
hli-force-count hold-count hold-down-time hold-down-timer hold-multiplier hold-priority hold-time hop-limit hop-type
host host-mode host-name hostname hours-minutes-seconds ibgp iburst icc-value icmp-tunneling id idle-timeout ignore
ignore-default-routes ignore-peer-as igp-identifier igp-instance iid-tlv image import-policy import-prefix-policy
import-reject-all import-routes import-rt import-static improved-assert inactive-tunnels inactivity-timer include-all
include-any include-bfd-tlv include-defaults-in-config-only-responses include-members incremental-spf-wait index
indirect ingress ingress-sampling-rate init-delay initial-wait inner-de inner-dot1p inner-tpid inner-vlan-id
inplus-separated input-class-map input-type inputs install instance-enable instance-id instance-index instance-number
instance-type inter-as-vpn intercept-id interface interface-id interface-mtu interface-name interface-pool
interface-pool-policy interface-type interfaces internal internal-tags interval intervals-stored ip-address
ip-addresses ip-mtu ip-prefix ip-prefix-mask ip-rewrite-policy ip-route-type-name ip-source-guard ip-ttl ip-vrf
ipfix-version ipv4 ipv4-address ipv4-admin-state ipv4-dscp ipv4-dscp-policy ipv4-filter ipv4-label-index ipv4-policy
ipv4-prefix ipv4-te-router-id ipv4-unicast ipv6 ipv6-128bit-lpm-entries ipv6-address ipv6-admin-state ipv6-dscp
ipv6-dscp-policy ipv6-filter ipv6-flow-label ipv6-label-index ipv6-policy ipv6-prefix ipv6-te-router-id
ipv6-udp-checksum ipv6-unicast ipv6-unicast-metric join-policy keep-all-routes keepalive keepalive-interval key
key-chain key-name key-server-priority key-size key-type keychain kill l2-mtu l3-next-hop label-range label-space-id
label-stack-reduction label-value label-withdrawal-delay lacp-errors lacp-fallback-mode lacp-fallback-timeout
lacp-in-pkts lacp-mode lacp-out-pkts lacp-port-priority lacp-rx-errors lacp-tx-errors lacp-unknown-errors lag-type
large last-app-update last-failed-complexes last-failed-locations last-failed-operation-type last-reported-delay-hold
last-reported-dynamic-delay-hold last-successful-operation-timestamp last-successful-operation-type last-sync-time
latency-metric-limit leading-only leakable learn-unsolicited leave-sync-propagation
legacy-link-attribute-advertisement ler-use-dscp level level-capability level-number limit limit-entries link
link-layer-address link-loss-forwarding link-measurement-template link-state-id link-type listen-address load
load-balancing-weight load-global-plugins load-user-plugins local local-address local-discriminator
local-interface-lsr-id local-preference local-priority local-sr-protection local-subinterface locality location lock
lockout log log-announce-interval log-min-delay-req-interval log-only log-percent log-sync-interval logical-channel
logical-channel-type login-banner longest-prefix loopback-mode loopfree-alternate-exclude loss-event
loss-events-template-name loss-threshold loss-threshold-policing lower-bound lowest-bin lowest-fault-priority-defect
lsa-accumulate lsa-arrival lsa-filter-out lsa-initial-wait lsa-second-wait lsp-lifetime lsp-mtu-size
lsp-pacing-interval lsr-id lsr-profile m-factor mac mac-address mac-address-allocation mac-based-authentication
mac-filter macsec-cipher-suite maintenance-policy maintenance-policy-name maintenance-profile managed-config-flag
managed-configuration-flag management-protocols-dscp mandatory mask mask-length-range master-inherit-interval
master-only match-above match-exact match-qinq-dot1p match-set-options max-advertisement-interval max-age
max-authentication-requests max-burst max-candidates max-checkpoints max-concurrent-streams
max-drop-probability-percent max-ecmp-hash-buckets-per-next-hop-group max-ecmp-paths max-entries max-hop-count
max-lsa-count max-lsa-wait max-metric max-packet-burst max-packet-size max-paths max-paths-level-1 max-paths-level-2
max-paths-per-subscription-request max-pce-init-lsps max-pq-cost max-pq-nodes max-probability max-received-routes
max-reconnect-time max-recovery-time max-requests max-sessions max-sr-policy-lfa-labels max-suppress-time
max-threshold max-threshold-percent max-wait max-wait-to-advertise maximum maximum-burst-packet maximum-burst-size
maximum-connections maximum-dynamic-weight maximum-entries maximum-failures maximum-flows maximum-hops maximum-length
maximum-mpls-ttl maximum-number-group-sources maximum-number-groups maximum-number-of-peers maximum-number-sources
maximum-paths maximum-pfc-reserved-share-bytes maximum-pfc-reserved-share-percentage maximum-routes maximum-sessions
mbs-adaptation-rule measurement-template member member-speed mep-id message metadata-authentication method metric
metric-style metric-type mi-duration min-advertisement-interval min-links min-path-mtu min-threshold
min-threshold-percent min-wait-to-advertise minimum minimum-advertisement-interval minimum-echo-receive-interval
minimum-length minimum-lowercase minimum-mpls-ttl minimum-numeric minimum-special-character minimum-uppercase
minutes-seconds mirror-instance-name misc mka-policy mode modifier monitoring-window motd-banner mpls-label
mpls-label-stack mpls-mtu mpls-traffic-class mpls-traffic-class-policy mpls-ttl mrouter-port mst-bpdus-received
mst-bpdus-transmitted mst-id mst-max-hops mst-name mst-path-cost mst-port-priority mst-priority mst-revision mtu
mtu-discovery multi-homing-mode multi-topology multicast-policer multicast-queue multicast-rate
multicast-resource-priority multiplier name neighbor neighbor-id net network-instance network-instances network-type
next-bgp-instance next-ethernet-segment next-header next-hop next-hop-group next-hop-group-network-instance
next-hop-self next-hop-self-route-reflector next-hop-unchanged next-network-instance node-number node-sid
non-revertive nonce none not-programmed-reason ntp-server null-label num-breakout-ports num-channels num-moves
num-physical-channels number observation-domain-id octets-forwarded on-demand-action on-link-flag oper-interval
oper-key operation operational-mode operator optical-channel option options-timeout options-type organization
organization-unit orientation origin-network-instance originating-ip originator-address originator-asn
other-config-flag other-configuration-flag outer-de outer-dot1p outer-tpid outer-vlan-id output-class-map
output-weight over-subscription-factor overflow-flush overlay overload-include-ext-1 overload-include-ext-2
overload-include-stub overload-timeout override-bmi override-erld override-interface-lsr-id owner packet
packet-id-drop-zone packet-interval packet-rate packet-size packet-space packets-forwarded pad-size pad-tlv-size
parent-policer-rate-kbps parent-policer-threshold-policy partner-id partner-key partner-port-num passive passive-mode
password path-algorithm path-cost path-mtu-discovery path-reference paths pce-control pce-report pcr pcr-selection
peak-packet-rate peak-rate peak-rate-kbps peak-rate-percent peak-rate-percentage peak-rate-pps peer-address peer-as
peer-group peer-limit peering-address pending-operation-type performance persist persist-id
pfc-buffer-allocation-profile pfc-buffer-reservation pfc-enable pfc-mapping-profile pfc-off-threshold pfc-on-threshold
pfc-pause-frame-priority pfc-queue-name pir-adaptation-rule pir-threshold poi-tlv policer policer-id policer-policy
policer-template policing policy policy-association policy-id policy-name policy-result policy-type polling-interval
port port-index port-num port-number port-speed post-decap-network-instance post-sync-duration pre-sync-duration
precedence preempt preempt-delay prefer preference preference-value preferred preferred-lifetime prefix
prefix-attributes-tlv prefix-limit-restart-timer prefix-list prefix-policy prefix-set prefix-sid-index
prepend-global-as prepend-local-as preserve preserve-dscp prevent-teardown primary priority priority-decrement
priority-level priority1 priority2 priv-lvl priv-lvl-authorization private-key probe-bridged-subinterfaces probe-count
probe-interval probe-size process-arp-probes process-dad-neighbor-solicitations profile profile-name
program-label-swap program-route programmed-index protect-anycast-gw-mac protection-policy protection-policy-name
protocol protocol-origin protocols proxy-arp proxy-nd psnp-authentication ptp-asymmetry ptp-profile
pushed-mpls-label-stack qinq-rewrite-outer-only ql-input-threshold ql-override ql-selection qualification-profile
query-interval query-last-member-interval query-response-interval query-source-address queue queue-id queue-index
queue-management-profile queue-name queue-scheduling-policy quiet-period quit radius-policy raise-threshold
range-low-vlan-id rapid-update rapid-withdrawal rate rate-cir rate-class rate-limit rate-pir rate-threshold rd
re-direct-to re-optimization-timer reachable-ls-only reachable-time reauthenticate-interval rebalance reboot receive
receive-ipv4-check receive-ipv6-check receive-ipv6-next-hops record recovery-timer redelegation-timer
redistribute-delay redistribute-external reference-bandwidth referenced-sets regex regex-mode register-policy relative
relaxed-crl-verification reload reload-delay remote-address remote-discriminator remote-mep-id remote-port
remote-system remove repeat repeat-n replace replace-peer-as replay-protection report-path-constraints
report-source-address reporting requested-extra-ip-host-entries requested-kaps-public-entries requested-restart-time
require-ntp-sync required-minimum-receive rescue rescue-clear rescue-save reset reset-peer resignal resilient-hash
resilient-hash-routes resolve resolved resource-allocation-failed resource-priority restart restart-max-wait
retransmit-attempts retransmit-interval retransmit-time retry retry-timer return-path-label reuse-igp reuse-threshold
revert revert-timer revoked-keys rising-threshold-action rising-threshold-log rising-threshold-value robust-count role
rolename rotate route-flap-damping route-owner route-preference route-refresh route-table-import route-tag route-type
router router-alert-check router-id router-lifetime router-preference rpc rpf-table rst-bpdus-received
rst-bpdus-transmitted rt run run-as-user rx-los-reaction rx-los-thresh rx-must-be-encrypted
sak-rekey-on-live-peer-loss sample-rate sample-size save sched-class-scheduling-policy scheduler-policy
scheduling-class scheduling-priority scope search-list second-wait secondary-mac-address secondary-srlg secret-key
security-level segment-index segment-limit segment-list-index segment-list-preference segment-list-type
selection-process send send-and-receive send-community-type send-count send-default-route send-flush-on-failure
send-max send-multipath send-queries send-refresh sender-id-permission-type sequence sequence-id serial-number server
server-id server-list service-label services servwait session-id session-keepalive-holdtime session-keepalive-interval
session-limit session-name session-type set set-bit set-dscp set-external-type set-flex-algo set-style set-tag-set
set-value setup-duration setup-priority shared shared-secret show-fabric-bandwidth sid-value
single-hop-connected-check single-tagged size size-a size-b size-c size-d size-e size-f size-g size-h size-u
sla-profile slice-size slope-enabled slope-policy slot socket-filename source source-active-cache-lifetime
source-address source-address-ipv4 source-address-ipv6 source-ip source-ip-address source-mac source-port
source-prefix-set source-protocol source-udp-port spf-initial-wait spf-max-wait spf-second-wait spiffe-id spiffe-ids
split-horizon-group squelch-levels src-ip src-ipv4 src-ipv6 srlg-membership ssh-key ssh-principals ssh-server
stale-routes-time stale-time standard standard-community-set standby-signaling starg start start-evi start-label
start-time starting-mac startup state static static-blackhole static-delay static-label-block statistics-mode
statistics-per-entry status stop stream-id stream-run-type strict-lsa-checking strict-priority subinterface
subinterface-ipv4 subinterface-ipv6 subinterface-specific subnet-check subscriber-name subscriber-profile
subsystem-facility subsystem-name subtract summaries summary summary-only superuser supplicant-timeout suppress
suppress-threshold suppressed swap swap-src-dst-mac synchronization synchronization-frequency system
system-cpu-policer system-id system-id-mac system-mac-pool-index system-name system-priority system-reserve-percentage
table-size tag tag-set tag-value target target-network-instances target-power tc-bit-bpdus-received
tc-bit-bpdus-transmitted tcam-profile tcn-bpdus-received tcn-bpdus-transmitted tcp-flags tcp-mss te-metric
teardown-duration teardown-time template template-name template-refresh-timeout terminate-active-test test-duration
test-id test-name tftp-server-address tftp-server-name threshold threshold-separation tier tier-0-scheduler-rate time
time-to-live timeout timer timer-action timestamp-format timezone timing-source-net-inst tls-client-profile
tls-profile tls-wait-timer to to-address tolerance top-label tos-rewrite-state total-routes total-tunnels tpid trace
trace-options trace-path traffic-class traffic-type transit-delay transmit transmit-count transport trap-name
trib-protocol trigger trust-anchor trust-anchors ttl tunnel tunnel-all tunnel-all-l2cp tunnel-down-damp-time tunnel-id
tunnel-owner tunnel-type two-octet-int tx-filter-enable tx-laser type type-nssa udp-port unfair-offset unicast
unicast-policer unicast-queue unicast-resource-priority unidirectional-measurement unique units unknown-arp-req
unknown-message-rate unknown-neighbor-advertise-host unknown-neighbor-advertise-router unknown-neighbor-solicitation
unknown-unicast-policer unknown-unicast-rate unlock untagged up update-dns-entries update-interval
upper-threshold-clear upper-threshold-set upython-script usable use-authentication use-credentialz
use-dynamic-allocation use-exclusively use-fqdn use-gi-addr-as-src-ip-addr use-tpm-devid user username uuid
valid-lifetime validation-check value values version vhost-socket-mode vhost-socket-path vhost-socket-queues vid
violate-action virtual-address virtual-router-id vlan vlan-aware-bundle-eth-tag vlan-id vlan-range vlan-stack-action
vlan-tagging vni voq-template vxlan-default vxlan-interface vxlan-outer-header-dscp-policy wait-for-fib-install
wait-for-up-timer wait-to-restore warm warning-threshold warning-threshold-pct weight weight-factor window-integrity
window-size wred-profile yang-models zone
"""
_LEAVES = frozenset(_LEAF_WORDS.split())

CONTAINER, LEAF, STRANGE = "C", "L", "?"
_INSIDE_WORDS = """
application/restart:cold,warm authentication/csnp-authentication:check-received,generate
authentication/hello-authentication:check-received,generate
authentication/keychain:admin-state,description,key,name,tolerance,type
authentication/password:aging,change-on-first-login,complexity-rules,hash-method,history,lockout-policy,require-ntp-sync
authentication/psnp-authentication:check-received,generate bgp/local-preference:set
bridge-table/split-horizon-group:name classifiers/dot1p-policy:dot1p,name classifiers/dscp-policy:dscp,name
classifiers/mpls-traffic-class-policy:name,traffic-class configuration/confirmed-accept:persist-id
configuration/confirmed-reject:persist-id delay/bin-group:admin-state,bin-group-name,bin-type,description
dot1x/tunnel:clear,double-tagged,pseudowire-tunnel,single-tagged,tunnel-all,untagged,vxlan-tunnel
entry/action:accept,collect-stats,copy,drop,drop-probability,forwarding-class,log,profile,rewrite
ethernet-segment/interface:admin-state,breakout-mode,description,ethernet,ethernet-interface,lag,linux,load-balancing,loopback-mode,mtu,name,num-physical-channels,p4rt,packet-link-qualification,qos,resource,sflow,statistics,subinterface,swap-src-dst-mac,tpid,transceiver,uuid,vhost,vlan-tagging
fabric/reboot:cancel,delay,message failure-detection/enable-bfd:local-address,local-discriminator,remote-discriminator
group/local-as:as-number,prepend-global-as,prepend-local-as group/route-flap-damping:clear-history
interface/replay-protection:admin-state,window-size
interface/subinterface:acl,admin-state,anycast-gw,bridge-table,collect-detailed-stats,collect-irb-stats,description,eth-cfm,fhs,index,ip-mtu,ipv4,ipv6,l2-mtu,local-mirror-destination,mpls-mtu,qos,ra-guard,statistics,type,unidirectional-link-delay,uuid,vlan
interface/version:clear ipv4/destination-ip:address,mask,prefix,prefix-list
ipv4/source-ip:address,mask,prefix,prefix-list ipv6/destination-ip:address,mask,prefix,prefix-list
ipv6/source-ip:address,mask,prefix,prefix-list
linecard/forwarding-complex:buffer-memory,fabric,input,name,output,p4rt,pipeline linecard/reboot:cancel,delay,message
link-measurement/measurement-template:admin-state,aggregate-sample-window,delay,description,interval,last-reported-delay-hold,last-reported-dynamic-delay-hold,reporting,sample-window,stamp,template-name,unidirectional-measurement
load-balancing/hash-profile:hash-seed,name match/prefix:match-set-options,prefix-set
mep/mac-address:custom-address,custom-mac-pool,system-mac-pool-index multifield/ipv4-policy:entry,name
multifield/ipv6-policy:entry,name neighbor/local-as:as-number,prepend-global-as,prepend-local-as
neighbor/route-flap-damping:clear-history next-hop/indirect:resolved,resolving-route,resolving-tunnel,usable
output/multicast-queue:queue-id,scheduling,template output/queue:queue-name,scheduling,template,voq-template
output/unicast-queue:queue-id,scheduling,template,voq-template packet/interface:all,name
pce-associations/diversity:association-id,association-name,association-source,disjointness-reference,disjointness-type,diversity-type
pim/ecmp-hashing:rebalance policer-policies/policer-policy:name,parent-policer,policer
policer-templates/policer-template:name,policer,statistics-mode policer/violate-action:drop,drop-probability
rewrite-rules/dot1p-policy:map,name rewrite-rules/dscp-policy:map,name
rewrite-rules/mpls-traffic-class-policy:map,name route-target/export-rt:rt,unicast route-target/import-rt:rt,unicast
rule/action:decap-fallback-network-instance,decap-network-instance,encapsulate-gre,network-instance,next-hop,post-decap-network-instance
scheduler/tier:level,node
server/network-instance:admin-state,aggregate-routes,allow-ipv6-udp-checksum-zero,bfd,bridge-table,clear,client-connection,connection-point,control-packet-dscp,description,enforce-test-session-start-time,flexible-algorithm,icmp,icmp6,inter-instance-policies,interface,ip-forwarding,ip-load-balancing,ip-tunnel-decapsulation,maintenance-policies,maximum-connections,maximum-sessions,mpls,mpls-forwarding,mtu,multicast-l3-vpn,name,next-hop-groups,policy-forwarding,protocols,route-table,router-id,segment-routing,servwait,session-reflector,static-routes,table-connections,te-policies,traffic-engineering,traffic-engineering-policies,type,vxlan-interface
source/interface:admin-state,breakout-mode,clear,description,ethernet,interface-name,lag,linux,load-balancing,loopback-mode,mtu,name,num-physical-channels,p4rt,packet-link-qualification,qos,resource,sflow,statistics,subinterface,swap-src-dst-mac,tpid,transceiver,uuid,vhost,vlan-tagging
ssh-server/network-instance:admin-state,aggregate-routes,bfd,bridge-table,connection-point,description,flexible-algorithm,icmp,icmp6,inter-instance-policies,interface,ip-forwarding,ip-load-balancing,ip-tunnel-decapsulation,maintenance-policies,mpls,mpls-forwarding,mtu,multicast-l3-vpn,name,next-hop-groups,policy-forwarding,protocols,rate-limit,route-table,router-id,segment-routing,source-address,static-routes,table-connections,te-policies,timeout,traffic-engineering,traffic-engineering-policies,type,vxlan-interface
statistics/clear:include-members statistics/egress:admin-state,clear statistics/ingress:admin-state,clear
system/ssh-server:host-key,network-instance,revoked-keys,trust-anchors
trace-options/trace:adjacencies,events,graceful-restart,interface,interfaces,lsdb,misc,packet,routes,spf
transport/destination-port:operator,range,value transport/source-port:operator,range,value
"""
"""What stands inside such a word where it is a container or an entry of a list."""

_KINDS: dict[str, str] = dict.fromkeys(_CONTAINERS.split(), CONTAINER) | {
    name: keys for name, _, keys in (word.partition(":") for word in _LISTS.split())
}
_PLACES: dict[str, str] = {place: kind for place, _, kind in (word.partition(":") for word in _BY_PARENT.split())}
_OPEN: dict[str, tuple[str, str]] = {
    place: (kinds.partition("|")[0], kinds.partition("|")[2])
    for place, _, kinds in (word.partition(":") for word in _EITHER.split())
}
_INSIDE: dict[str, frozenset[str]] = {
    place: frozenset(words.split(",")) for place, _, words in (word.partition(":") for word in _INSIDE_WORDS.split())
}


def kind(parent: str, name: str, following: str = "", after: str = "") -> str:
    """`C`, `L`, `?` for a word that no model has, or the keys of a list, joined by commas.

    `following` is the next word, `after` the one behind it, where there are any.
    """
    place = f"{parent}/{name}"
    told = _OPEN.get(place)
    if told is None:
        return _PLACES.get(place) or _KINDS.get(name) or (LEAF if name in _LEAVES else STRANGE)
    one, other = told
    inside = _INSIDE.get(place, frozenset())
    if one == CONTAINER:
        return one if following in inside else other
    if other == CONTAINER:
        return other if following in inside or not following else one
    return one if after in inside else other


def keys(parent: str, name: str) -> tuple[str, ...]:
    """The keys of a list; none where it is no list."""
    place = f"{parent}/{name}"
    told = _OPEN[place][0] if place in _OPEN else kind(parent, name)
    return () if told in (CONTAINER, LEAF, STRANGE) else tuple(told.split(","))
