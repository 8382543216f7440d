/**
 * Why this file exists: the first day of the demo's retreat, in the words of the people who were there.
 */
import { at, b, h, i, link, ol, p, quote, table, tasks, ul } from './blocks.ts';
import { daysBefore, type ScriptItem, said } from './script.ts';

const opening: ScriptItem = {
  key: 'opening',
  title: 'Öppnande och incheckning',
  kind: 'checkIn',
  minutes: 20,
  presenters: ['gunvor', 'torbjorn'],
  notes: [
    said(
      'freja',
      1,
      p(
        'Gunvor Ståhlberg hälsar välkommen till Lillvikens kursgård och öppnar internatet. Torbjörn Äng går igenom de två dagarna.',
      ),
      h(3, 'Närvaro'),
      ul(
        'Maj-Britt Ekelund, Granvåg, har anmält förhinder båda dagarna.',
        'Tomas Fjällström, Granvåg, deltar dag 1 och har förhinder dag 2.',
        'Henrik Ask, Hedåsa, lämnar mötet kl. 10.00 dag 2.',
      ),
      p(
        'Granvåg saknar därmed företrädare under dag 2. Samrådet är överens om att inte ta ställning i frågor som rör Granvåg enskilt den dagen.',
      ),
    ),
    said(
      'samir',
      8,
      h(3, 'Vad behöver hända för att du ska åka hem nöjd?'),
      p('En mening var, utan diskussion.'),
      ul(
        [b('Lovisa: '), 'Ett besked att ta med hem, inte ännu en utredning.'],
        [b('Per-Olof: '), 'Att vi vågar säga vad vi slutar med.'],
        [b('Amina: '), 'Att sekretessfrågan får en ägare.'],
        [b('Rut: '), 'En dag när byskolan i Norrsele nämns utan ordet nedläggning.'],
        [b('Leif: '), 'Siffror som går att försvara i fullmäktige.'],
      ),
    ),
    said(
      'elsa',
      16,
      p(
        i('Gemensamt i rundan: '),
        'hellre tre beslut som håller än tio avsikter. Samtalet ska hållas på en nivå där alla sju kan vara med.',
      ),
    ),
  ],
};

const previous: ScriptItem = {
  key: 'previous',
  title: 'Föregående protokoll',
  kind: 'previousMinutes',
  minutes: 5,
  presenters: ['freja'],
  notes: [
    said(
      'freja',
      1,
      p('Protokollet från sammanträdet i september gås igenom. Två uppdrag är kvar:'),
      tasks(
        [true, 'Almvik har lämnat sin beräkning av skolskjutsarna.'],
        [false, 'Regionens jämförelse av hyresavtal kommer till sammanträdet i december.'],
      ),
      p('Protokollet läggs till handlingarna.'),
    ),
  ],
};

const national: ScriptItem = {
  key: 'national',
  title: 'Nationell information',
  kind: 'information',
  minutes: 5,
  presenters: ['leif'],
  outcome: 'nothing-to-report',
  notes: [
    said(
      'leif',
      1,
      p(
        'Inget att rapportera. Utredningen om statens närvaro i glesbygd lämnar sitt betänkande i mars och tas upp då.',
      ),
    ),
  ],
};

const bus: ScriptItem = {
  key: 'bus',
  title: 'Bussen på beställning',
  kind: 'information',
  minutes: 25,
  presenters: ['dag', 'oskar'],
  notes: [
    said(
      'oskar',
      2,
      p(
        'Försöket mellan Tallmo och Norrsele har gått i elva månader. Den som vill åka ringer eller bokar senast två timmar innan.',
      ),
      ul(
        [b('Stolarna: '), 'tre gånger fler sitter i bussen än på linjen den ersatte.'],
        [b('Priset: '), 'en resa kostar 94 kronor mot tidigare 210.'],
        [b('Klagomålen: '), 'nästan alla handlar om telefonkön före kl. 8.00, inte om resan.'],
      ),
    ),
    said(
      'ville',
      9,
      p(
        'Fråga från Tallmo: räknas skolskjutsen in? Svar: inte i försöket, men tidtabellen är lagd så att den kan göra det från höstterminen.',
      ),
    ),
    said(
      'dag',
      12,
      p(
        'Trafiknämnden tar upp en utvidgning till Granvåg i februari. ',
        at('tomas'),
        ' lämnar underlag om vägarna norr om sjön.',
      ),
    ),
  ],
};

const garage: ScriptItem = {
  key: 'garage',
  title: 'Vårdbuss och bokbuss i samma garage',
  kind: 'report',
  minutes: 15,
  presenters: ['sigrid', 'elsa'],
  notes: [
    said(
      'sigrid',
      2,
      p(
        'Vårdbussen och bokbussen delar sedan april garage, chaufför och kalender i Brantsjö. Provtagningen och bokutlåningen har samma hållplatser varannan vecka.',
      ),
      p(
        'Ingen över åttio i kommunen har längre än en halvtimme till provtagning. Vid årets början gällde det sex av tio.',
      ),
    ),
    said(
      'elsa',
      7,
      quote(
        p(
          'Folk kommer för provtagningen, stannar för böckerna och går hem med ett besked om färdtjänsten. Det är samma ärende för den som bor där.',
        ),
      ),
      p('Kvar att lösa: journalsystemets uppkoppling faller ur vid tre av elva hållplatser.'),
    ),
  ],
};

const picture: ScriptItem = {
  key: 'picture',
  title: 'Lägesbild: avstånd till service',
  kind: 'information',
  presenters: ['mirja', { text: 'Nadia Farouk, Kartbyrån Norrsken' }],
  notes: [
    said(
      'mirja',
      daysBefore(6),
      p(
        'Underlaget bygger på registrerade adresser i oktober och på körtid efter vinterväghållning, inte på fågelvägen.',
      ),
    ),
    said(
      'mirja',
      4,
      h(3, 'Körtid till närmaste disk, andel invånare'),
      table(
        ['Kommun', 'Under 15 min', '15–30 min', 'Över 30 min', 'Ändring sedan 2022'],
        ['Almvik', '81 %', '14 %', '5 %', 'Oförändrat'],
        ['Brantsjö', '62 %', '29 %', '9 %', 'Bättre, garaget'],
        ['Ekforsa', '74 %', '18 %', '8 %', 'Oförändrat'],
        ['Granvåg', '48 %', '27 %', '25 %', 'Sämre, bankens kontor'],
        ['Hedåsa', '70 %', '22 %', '8 %', 'Oförändrat'],
        ['Tallmo', '53 %', '31 %', '16 %', 'Bättre, Norrsele'],
      ),
    ),
    said(
      'jonas',
      12,
      p(
        'Det som skiljer kommunerna åt är inte avståndet till kommunhuset utan avståndet till ',
        i('någon som får fatta beslut'),
        '.',
      ),
    ),
    said(
      'tomas',
      11,
      p(
        'Granvåg: en fjärdedel har mer än en halvtimme, och de flesta av dem är över sjuttio. Kartan visar inte att vägen norr om sjön stängs i snitt elva dygn om året.',
      ),
      p('Hela kartan finns hos ', link('Kartbyrån Norrsken', 'https://kartor.example/nordalven/service'), '.'),
    ),
  ],
  children: [bus, garage],
};

const dialogue: ScriptItem = {
  key: 'dialogue',
  title: 'Nära till det nödvändiga 2035',
  kind: 'dialogue',
  minutes: 60,
  presenters: ['samir'],
  notes: [
    said(
      'samir',
      daysBefore(3),
      p(
        'Tre grupper, samma tre frågor. Grupperna är blandade så att ingen sitter med sin egen kommun. Skriv hellre tre skarpa meningar än tio runda.',
      ),
    ),
    said(
      'kerstin',
      14,
      h(3, 'Vad fungerar redan i dag?'),
      ul(
        'Bokbussen stannar där folk ändå möts: skolan på tisdagar, macken på torsdagar.',
        'Lanthandlarna är redan ombud för allt utom det offentliga.',
        'Fibern är utbyggd i nio byar av tio. Det som saknas är någon som hjälper grannen att logga in.',
      ),
    ),
    said(
      'rut',
      24,
      h(3, 'En vanlig tisdag 2035'),
      ul(
        'Man går till en disk, inte till en myndighet. Den som sitter där vet vem man ska ringa.',
        'Skolans matsal är byns matsal efter klockan tre.',
        'Distriktssköterskan finns på skärm varje dag och på plats varannan vecka.',
      ),
    ),
    said(
      'lovisa',
      33,
      h(3, 'Vad måste vi välja?'),
      ol(
        [b('Bära kostnaden ihop '), 'eller sluta lova samma sak till alla.'],
        [b('Några platser som håller '), 'eller många som öppnar och stänger.'],
        [b('En anställd som får hjälpa till i allas ärenden '), 'eller sju diskar i samma rum.'],
      ),
    ),
    said(
      'amina',
      38,
      p('Grupp två är inte enig om det andra vägvalet. Hälften vill börja i fyra byar, hälften i alla sju på en gång.'),
    ),
    said(
      'samir',
      41,
      p(
        b('Till dag 2: '),
        'varje grupp läser upp en mening per vägval. Vi skriver sammanfattningen tillsammans under punkt 7.',
      ),
    ),
  ],
};

const points: ScriptItem = {
  key: 'points',
  title: 'Servicepunkter: ansvar och drift',
  kind: 'decision',
  minutes: 45,
  presenters: ['kerstin', 'jonas'],
  notes: [
    said(
      'jonas',
      daysBefore(8),
      h(2, 'Bakgrund'),
      p(
        'Driftkalkylen bygger på tolv månaders försök i Norrsele. En bemannad disk kostar i snitt 640 000 kronor om året; lokalen är knappt en tredjedel av det.',
      ),
      ul(
        'Paket, medicin och kommunens blanketter hämtas vid samma disk.',
        'Öppet minst 25 timmar i veckan, varav en kväll.',
        'Den som står i disken är anställd av värdkommunen men hjälper till i allas ärenden.',
      ),
    ),
    said(
      'kerstin',
      daysBefore(5),
      h(2, 'Förslag till beslut'),
      p('Samrådet föreslås besluta'),
      ol(
        [b('att '), 'inrätta bemannade servicepunkter i sju byar senast den 1 september 2028,'],
        [b('att '), 'fördela driftkostnaden efter invånarantal, med ett golv på 150 000 kronor, samt'],
        [b('att '), 'följa upp öppettider och besökstal en gång om året.'],
      ),
    ),
    said(
      'freja',
      daysBefore(2),
      h(2, 'Vem gör vad före driftstart'),
      table(
        ['Nr', 'Fråga', 'Hantering', 'Var', 'Process'],
        ['1', 'Avtal om gemensam drift', 'Två parter skriver utkast', 'Tallmo, regionen', 'Klart v. 49'],
        ['2a', 'Bemanning första året', 'Egen personal, delad tjänst', 'Värdkommunen', 'Nämnder i januari'],
        ['2b', 'Bemanning därefter', '”', '”', 'Prövas våren 2028'],
        ['3', 'Skyltar och öppettider', 'Gemensam mall', '–', 'Åter efter maj'],
        ['4', 'Sekretess mellan huvudmännen', 'Delad inloggning prövas', 'Ekforsa', 'Innan avtalet skrivs'],
      ),
    ),
    said(
      'amina',
      3,
      h(2, 'Diskussion'),
      p(
        'Sekretessen mellan huvudmännen måste vara löst innan avtalet skrivs. Ekforsa har en modell med delad inloggning som har prövats i ett år utan anmärkning. Den bör kunna användas av alla parter.',
      ),
    ),
    said(
      'rut',
      5,
      p(
        'Norrsele vill fortsätta. Ett datum går att följa upp, ”under året” gör det inte. ',
        at('nina'),
        ' har lovat lokal till och med 2030.',
      ),
    ),
    said(
      'freja',
      6,
      tasks(
        [true, 'Jonas skickar kalkylen per plats till alla sju.'],
        [false, at('tomas'), ' stämmer av Granvågs lokal före kl. 16.00.'],
        [false, 'Varje organisation utser en kontaktperson senast v. 49.'],
      ),
    ),
    said(
      'lovisa',
      9,
      p('Lika delar slår hårdast mot de minsta. Hedåsa kan stå bakom invånarantal, om golvet inte blir ett tak.'),
    ),
  ],
};

/** Sections of the first day, in order. The last item is the one being discussed. */
export const DAY_ONE: ScriptItem[] = [
  { key: 's-start', title: 'Inledning', kind: 'section', children: [opening, previous, national] },
  {
    key: 's-talk',
    title: 'Lägesbild och samtal',
    kind: 'section',
    children: [picture, { key: 'coffee', title: 'Kaffe i matsalen', kind: 'break', minutes: 15 }, dialogue],
  },
  { key: 's-decide', title: 'Ställningstagande', kind: 'section', children: [points] },
];
