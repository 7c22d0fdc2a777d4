/* SPDX-License-Identifier: MIT */
/* Short first names from many languages, in no order that matters: a device's name depends on each name's
 * place, so a change of this list renames the devices of every site. */
#include "alias.h"

const char *const alias_names[] = {
    "Aada",    "Aino",	 "Akira",  "Alba",   "Alina",  "Alma",	 "Amina",  "Amira",  "Anders", "Aneta",
    "Anouk",   "Anton",	 "Anya",   "Aoife",  "Ardit",  "Arne",	 "Arvid",  "Asha",   "Astrid", "Aura",
    "Axel",    "Ayla",	 "Aysel",  "Bao",    "Basil",  "Beata",	 "Bela",   "Benno",  "Berit",  "Bianca",
    "Bilal",   "Birgit", "Bjarne", "Boris",  "Brigid", "Bruna",	 "Bruno",  "Camila", "Carlo",  "Carmen",
    "Celia",   "Chiara", "Cian",   "Ciro",   "Clara",  "Clio",	 "Cora",   "Cosmo",  "Dagny",  "Dalia",
    "Damir",   "Daria",	 "Darko",  "Delia",  "Demir",  "Denis",	 "Diego",  "Dina",   "Dora",   "Dorrit",
    "Duarte",  "Ebba",	 "Edda",   "Edgar",  "Edith",  "Eetu",	 "Eija",   "Eino",   "Elena",  "Elias",
    "Elif",    "Elin",	 "Elmo",   "Elsa",   "Emil",   "Enzo",	 "Erkki",  "Esko",   "Esme",   "Esra",
    "Eva",     "Ewa",	 "Fabio",  "Fadi",   "Farid",  "Fatou",	 "Felix",  "Femi",   "Fiona",  "Flora",
    "Floris",  "Freya",	 "Frida",  "Gaia",   "Gareth", "Genta",	 "Gerda",  "Gideon", "Gino",   "Goran",
    "Greta",   "Gudrun", "Guido",  "Gwen",   "Hana",   "Hanna",	 "Haruki", "Hasan",  "Hedda",  "Heidi",
    "Heikki",  "Helmi",	 "Henrik", "Hilda",  "Hiro",   "Hugo",	 "Ida",	   "Idris",  "Ignaz",  "Igor",
    "Ilari",   "Ilse",	 "Ilze",   "Imani",  "Imre",   "Inari",	 "Ines",   "Ingrid", "Inka",   "Irina",
    "Iris",    "Isaac",	 "Isla",   "Ivana",  "Ivo",    "Jaakko", "Jana",   "Janek",  "Jannik", "Jari",
    "Jasper",  "Jelena", "Jens",   "Jonas",  "Jorma",  "Joska",	 "Jovan",  "Juhani", "Juna",   "Kaija",
    "Kaito",   "Kalle",	 "Kamal",  "Karim",  "Karin",  "Kasper", "Katja",  "Kenji",  "Kerttu", "Kiana",
    "Kim",     "Kira",	 "Klara",  "Kofi",   "Koray",  "Kwame",	 "Lajos",  "Lale",   "Lars",   "Lasse",
    "Laura",   "Leif",	 "Leila",  "Lena",   "Leo",    "Lidia",	 "Liina",  "Linus",  "Livia",  "Lorenz",
    "Lotta",   "Lucia",	 "Luka",   "Lumi",   "Luna",   "Maarit", "Mads",   "Maeve",  "Magda",  "Maija",
    "Maiko",   "Malik",	 "Manu",   "Marek",  "Margit", "Mari",	 "Marta",  "Matej",  "Matti",  "Maya",
    "Mehmet",  "Meri",	 "Mette",  "Mia",    "Miikka", "Mika",	 "Mikko",  "Milan",  "Milla",  "Mina",
    "Mirja",   "Mirko",	 "Moana",  "Moira",  "Nadia",  "Naima",	 "Nana",   "Naoko",  "Nelli",  "Nico",
    "Niilo",   "Nils",	 "Nima",   "Nina",   "Noa",    "Noor",	 "Nora",   "Nuno",   "Oda",    "Odile",
    "Oksana",  "Olaf",	 "Oleg",   "Olga",   "Olivia", "Onni",	 "Orla",   "Oskar",  "Osman",  "Otso",
    "Otto",    "Paavo",	 "Pablo",  "Paloma", "Pekka",  "Pelle",	 "Perttu", "Petra",  "Pilar",  "Pinja",
    "Pipsa",   "Priya",	 "Quinn",  "Rafael", "Ragnar", "Raija",	 "Raisa",  "Rana",   "Rania",  "Rasmus",
    "Reza",    "Rhea",	 "Riku",   "Rina",   "Rita",   "Roman",	 "Ronja",  "Rosa",   "Ruben",  "Runa",
    "Ruth",    "Saara",	 "Sadia",  "Sakari", "Salim",  "Samir",	 "Sanna",  "Santi",  "Saskia", "Selma",
    "Senja",   "Seppo",	 "Sergei", "Signe",  "Sigrid", "Silja",	 "Silvia", "Simo",   "Sini",   "Sofia",
    "Solveig", "Sonja",	 "Stella", "Stig",   "Suvi",   "Sven",	 "Taavi",  "Tamar",  "Tariq",  "Tarja",
    "Tatu",    "Teemu",	 "Tekla",  "Thea",   "Theo",   "Thora",	 "Tiina",  "Tilda",  "Timo",   "Toivo",
    "Tomas",   "Tove",	 "Tuomo",  "Tuuli",  "Ulla",   "Uma",	 "Urho",   "Uriel",  "Vaclav", "Valma",
    "Vanja",   "Vasco",	 "Veera",  "Venla",  "Vera",   "Vidar",	 "Viggo",  "Viktor", "Vilho",  "Vilja",
    "Vita",    "Wanda",	 "Wanja",  "Wendel", "Werner", "Wilma",	 "Xenia",  "Yara",   "Yasmin", "Yngve",
    "Yuki",    "Yusuf",	 "Zahra",  "Zaid",   "Zara",   "Zelda",	 "Zita",   "Zoe",    "Zofia",  "Zora",
};

const unsigned alias_n_names = sizeof(alias_names) / sizeof(alias_names[0]);
