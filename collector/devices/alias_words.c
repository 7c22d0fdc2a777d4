/* SPDX-License-Identifier: MIT */
/* Nothing here may hurt as a name: no two of the words together say anything of a person. In no order that matters, but
 * a device's name depends on each word's place (alias_names.c). */
#include "alias_words.h"

#include "util.h"

static const char *const english_first[] = {
    "Amber",   "Azure",	  "Blue",    "Brave",	"Bright", "Calm",    "Cheerful",  "Clever",
    "Cosy",    "Crimson", "Curious", "Eager",	"Early",  "Emerald", "Free",	  "Fresh",
    "Gentle",  "Glad",	  "Golden",  "Green",	"Happy",  "Indigo",  "Jolly",	  "Kind",
    "Lively",  "Lucky",	  "Merry",   "Misty",	"Nimble", "Noble",   "Northern",  "Orange",
    "Patient", "Playful", "Polite",  "Purple",	"Quick",  "Quiet",   "Scarlet",	  "Shiny",
    "Silver",  "Snowy",	  "Steady",  "Striped", "Sunny",  "Swift",   "Turquoise", "Violet",
};

static const char *const english_second[] = {
    "badger",	"beaver",     "bee",	   "bumblebee", "butterfly",   "crane",	     "cricket",	 "deer",
    "dolphin",	"dove",	      "dragonfly", "duck",	"eagle",       "elk",	     "falcon",	 "finch",
    "flamingo", "fox",	      "frog",	   "giraffe",	"hare",	       "hawk",	     "hedgehog", "heron",
    "kestrel",	"kingfisher", "koala",	   "ladybird",	"lark",	       "lemur",	     "leopard",	 "lion",
    "lynx",	"magpie",     "marten",	   "moose",	"nightingale", "otter",	     "owl",	 "panda",
    "parrot",	"pelican",    "penguin",   "pony",	"puffin",      "raven",	     "reindeer", "robin",
    "salmon",	"seahorse",   "seal",	   "sparrow",	"squirrel",    "stork",	     "swallow",	 "swan",
    "tiger",	"tortoise",   "toucan",	   "trout",	"turtle",      "woodpecker", "wren",	 "zebra",
};

static const char *const finnish_first[] = {
    "Aurinkoinen", "Hieno",   "Hiljainen", "Hilpeä",	"Hopeinen",  "Iloinen",	    "Kepeä",	"Ketterä",
    "Kiiltävä",	   "Kiltti",  "Kirkas",	   "Kohtelias", "Kultainen", "Kuulas",	    "Leikkisä", "Lempeä",
    "Luminen",	   "Lämmin",  "Mainio",	   "Mukava",	"Nokkela",   "Nopea",	    "Näppärä",	"Oiva",
    "Onnekas",	   "Oranssi", "Pehmeä",	   "Pohjoinen", "Punainen",  "Raidallinen", "Raikas",	"Rauhallinen",
    "Reipas",	   "Rohkea",  "Sininen",   "Sukkela",	"Taitava",   "Touhukas",    "Turkoosi", "Tyyni",
    "Uljas",	   "Utelias", "Utuinen",   "Valpas",	"Vihreä",    "Viisas",	    "Vikkelä",	"Violetti",
};

static const char *const finnish_second[] = {
    "ahma",	   "ahven",	  "delfiini",	"flamingo",   "haikara",   "harakka",	"haukka",
    "hevonen",	   "hirvi",	  "ilves",	"joutsen",    "jänis",	   "karhu",	"karitsa",
    "kenguru",	   "kettu",	  "kilpikonna", "kimalainen", "kirahvi",   "kiuru",	"koala",
    "korppi",	   "kotka",	  "kuovi",	"kurki",      "kyyhky",	   "kärppä",	"leijona",
    "leopardi",	   "leppäkerttu", "lohi",	"lokki",      "lunni",	   "majava",	"mehiläinen",
    "merihevonen", "metso",	  "mäyrä",	"norppa",     "näätä",	   "orava",	"panda",
    "papukaija",   "peippo",	  "pelikaani",	"perhonen",   "peura",	   "pingviini", "poni",
    "poro",	   "punatulkku",  "pääsky",	"pöllö",      "satakieli", "saukko",	"seepra",
    "siili",	   "sirkka",	  "sorsa",	"taimen",     "tiikeri",   "tikka",	"tilhi",
    "västäräkki",
};

#define WORDS(one, other)                                                                                    \
	{                                                                                                    \
		(one), (other), ELEMENTS_OF(one), ELEMENTS_OF(other)                                         \
	}

const struct alias_words alias_words[ALIAS_LANGUAGES] = {
    [ALIAS_ENGLISH] = WORDS(english_first, english_second),
    [ALIAS_FINNISH] = WORDS(finnish_first, finnish_second),
};
