#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Writes the MMDB files of geo_test.c and geo_layouts_test.c: make-mmdb.pl KIND OUT [CITY]
use strict;
use warnings;
no warnings 'deprecated'; # the writer is no longer developed, and Debian has no other
use MaxMind::DB::Writer::Tree;

my ($kind, $out, $city) = @ARGV;
$city //= 'Turku';
my %types = (
    country => 'map', city => 'map', names => 'map', location => 'map', subdivisions => ['array', 'map'],
    latitude => 'double', longitude => 'double', autonomous_system_number => 'uint32',
);
%types = (%types, city => 'utf8_string', latitude => 'float', longitude => 'float') if $kind =~ /^flat/;
# ip-location-db's CITY.md: positions are text, since a number cannot be left out
%types = (%types, latitude => 'utf8_string', longitude => 'utf8_string', autonomous_system_number => 'utf8_string') if $kind =~ /^text/;
my $tree = MaxMind::DB::Writer::Tree->new(
    ip_version => $kind eq 'flat4' ? 4 : 6, record_size => 24, database_type => "Test-$kind", languages => ['en'],
    description => { en => 'test' }, remove_reserved_networks => 0,
    map_key_type_callback => sub { $types{ $_[0] } // 'utf8_string' },
);
if ($kind eq 'nested') {
    my %place = (
        country => { iso_code => 'FI' }, city => { names => { en => $city } },
        subdivisions => [ { names => { en => 'Southwest Finland' } } ],
        location => { latitude => 60.45, longitude => 22.25 },
    );
    $tree->insert_network('203.0.113.0/24', \%place);
    $tree->insert_network('2001:db8:5::/48', { country => { iso_code => 'se' } });
    $tree->insert_network('198.51.100.0/24', { location => { latitude => 0.0, longitude => 109.33 } });
    $tree->insert_network('192.0.2.0/24', { country => { iso_code => 'FIN' } });
} elsif ($kind eq 'flat4' || $kind eq 'flat6') {
    my %place = (country_code => 'JP', city => $city, state1 => 'Tokyo', latitude => 35.5, longitude => 139.5);
    $tree->insert_network($kind eq 'flat4' ? '203.0.113.0/24' : '2001:db8:5::/48', \%place);
} elsif ($kind eq 'text') {
    my %place = (country_code => 'JP', city => $city, latitude => '35.5', longitude => '-139.25');
    my %network = (autonomous_system_number => '64499', autonomous_system_organization => 'Text Oy');
    $types{city} = 'utf8_string';
    $tree->insert_network('203.0.113.0/24', { %place, %network });
    $tree->insert_network('198.51.100.0/24', { %place, latitude => '', longitude => '', autonomous_system_number => '' });
    $tree->insert_network('192.0.2.0/24', { %place, latitude => '35.5 or so', longitude => 'nan' });
} elsif ($kind eq 'asn') {
    $tree->insert_network('203.0.113.0/24',
        { autonomous_system_number => 64496, autonomous_system_organization => 'Example Oy' });
    $tree->insert_network('2001:db8:5::/48', { autonomous_system_number => 64497 });
} elsif ($kind eq 'ipinfo') {
    # All three layouts in one file: of networks, of places, and of both.
    %types = (asn => 'utf8_string', is_anycast => 'uint32');
    $tree->insert_network('203.0.113.0/24', { asn => 'AS64496', name => 'Example Oy', domain => 'example.org', type => 'isp' });
    $tree->insert_network('198.51.100.0/24',
        { city => 'Nara', country => 'JP', lat => '34.68', lng => '135.8', region => 'Nara', timezone => 'Asia/Tokyo' });
    $tree->insert_network('192.0.2.0/25', {
        asn => 'AS64497', as_name => 'Many Ltd', country => 'Australia', country_code => 'AU', city => 'Sydney',
        latitude => '-33.87', longitude => '151.21', is_anycast => 1,
    });
    $tree->insert_network('192.0.2.128/25', { asn => '', as_name => '', country => 'CN', country_name => 'China' });
    $tree->insert_network('2001:db8:5::/48',
        { asn => 'AS64498', as_name => 'One Ltd', country_code => 'FI', latitude => '60.1', longitude => '24.9', is_anycast => 0 });
} elsif ($kind eq 'traits') {
    # MaxMind's and DB-IP's records with more than a place
    %types = (%types, traits => 'map', is_anycast => 'boolean');
    my %us = (country => { iso_code => 'US' }, city => { names => { en => 'Newark' } });
    $tree->insert_network('203.0.113.0/24', { %us, traits => { is_anycast => 1 } });
    $tree->insert_network('198.51.100.0/24', { %us,
        traits => { is_anycast => 0, autonomous_system_number => 64496, autonomous_system_organization => 'Example Oy' } });
} elsif ($kind eq 'ip2location') {
    my %unknown = (country => { iso_code => '-' }, city => { names => { en => '-' } }, location => { latitude => 0.0, longitude => 0.0 });
    $tree->insert_network('0.0.0.0/8', \%unknown);
    $tree->insert_network('192.0.2.0/24', \%unknown);
    $tree->insert_network('203.0.113.0/24', {
        country => { iso_code => 'RU' }, city => { names => { en => 'Moscow (Tsentralnyy administrativnyy okrug)' } },
        location => { latitude => 55.75, longitude => 37.62 },
    });
    $tree->insert_network('198.51.100.0/24', { country => { iso_code => 'NA' }, location => { latitude => 0.0, longitude => 0.0 } });
    $tree->insert_network('2001:db8:5::/48', { country => { iso_code => 'ZZ' }, city => { names => { en => 'Unknown' } } });
} elsif ($kind eq 'unknown') {
    $tree->insert_network('203.0.113.0/24',
        { country => { iso_code => '-' }, city => { names => { en => '-' } }, location => { latitude => 0.0, longitude => 0.0 } });
} elsif ($kind eq 'registry') {
    $tree->insert_network('203.0.113.0/24',
        { autonomous_system_number => 719, autonomous_system_organization => 'RIPE Network Coordination Centre' });
    $tree->insert_network('198.51.100.0/24', { autonomous_system_organization => 'Private Customer' });
    $tree->insert_network('192.0.2.0/24', { autonomous_system_number => 64496, autonomous_system_organization => '-' });
} else {
    $tree->insert_network('203.0.113.0/24', { colour => 'red' });
}
open my $file, '>:raw', "$out.new" or die "$out: $!\n";
$tree->write_tree($file);
close $file or die "$out: $!\n";
rename "$out.new", $out or die "$out: $!\n";
