#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Writes the MMDB files of geo_test.c: make-mmdb.pl KIND OUT [CITY]
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
    $tree->insert_network('198.51.100.0/24', { location => { latitude => 0.0, longitude => 0.0 } });
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
} else {
    $tree->insert_network('203.0.113.0/24', { colour => 'red' });
}
open my $file, '>:raw', "$out.new" or die "$out: $!\n";
$tree->write_tree($file);
close $file or die "$out: $!\n";
rename "$out.new", $out or die "$out: $!\n";
