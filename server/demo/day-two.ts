/**
 * Why this file exists: the second day of the demo's retreat, prepared but not yet held.
 */
import { at, b, h, i, ol, p, table, tasks, ul } from './blocks.ts';
import { daysBefore, type ScriptItem, said } from './script.ts';

export const DAY_TWO: ScriptItem[] = [
  {
    key: 's-onward',
    title: 'Vägen vidare',
    kind: 'section',
    children: [
      {
        key: 'summary',
        title: 'Sammanfattning av dialogen',
        kind: 'dialogue',
        minutes: 60,
        presenters: ['gunvor', 'samir'],
        notes: [
          said(
            'samir',
            daysBefore(3),
            p('Vi skriver sammanfattningen tillsammans, högst en sida. Ordföranden läser upp den innan vi går vidare.'),
            h(3, 'Det vi är överens om'),
            p(i('Fylls i under punkten.')),
            h(3, 'Det vi inte är överens om'),
            p(i('Fylls i under punkten. Skriv vem som tar frågan vidare.')),
          ),
        ],
      },
      {
        key: 'digital',
        title: 'Digital väg in',
        kind: 'report',
        minutes: 30,
        presenters: ['ville', 'birgitta'],
        notes: [
          said(
            'birgitta',
            daysBefore(4),
            p(
              'Fyra av sju har i dag e-tjänster som kräver att man vet vilken nämnd som svarar. Rapporten föreslår en gemensam ingång med sex val, skrivna som frågor.',
            ),
            ul(
              [b('Först: '), 'färdtjänst, bygglov och förskoleplats, som tillsammans är hälften av alla ärenden.'],
              [b('Sedan: '), 'sådant som kräver underskrift.'],
              [b('Inte alls: '), 'orosanmälningar, som ska gå till en människa.'],
            ),
          ),
          said(
            'ville',
            daysBefore(1),
            p('Tallmo kan vara först ut. Det kräver att ', at('perolof'), ' och jag har samma testmiljö före jul.'),
          ),
        ],
      },
      {
        key: 'group',
        title: 'Gemensam arbetsgrupp för resor och tider',
        kind: 'decision',
        minutes: 45,
        presenters: ['torbjorn', 'dag'],
        notes: [
          said(
            'torbjorn',
            daysBefore(5),
            h(3, 'Förslag till uppdrag'),
            p(
              'Arbetsgruppen ska föreslå hur resor, öppettider och vårdbesök läggs i samma kalender. Följande ska gälla under hela arbetet:',
            ),
            ol(
              'Den som reser längst räknas först.',
              'Ingen plats förlorar en tur innan en annan lösning har prövats i tre månader.',
              'Förslaget ska rymmas inom dagens budget eller säga vad som ska bort.',
            ),
          ),
          said(
            'dag',
            daysBefore(2),
            table(
              ['Part', 'Utser', 'Tid per vecka'],
              ['Kommunerna', 'En tjänsteperson var', '4 timmar'],
              ['Regionen', 'Trafikplanerare och vårdplanerare', '8 timmar'],
              ['Byarådet', 'En adjungerad', 'Efter behov'],
            ),
            p('Gruppen återrapporterar till samrådet i mars och upplöses senast i juni.'),
          ),
        ],
      },
      {
        key: 'other',
        title: 'Övrigt och utcheckning',
        kind: 'otherBusiness',
        minutes: 25,
        presenters: [{ text: 'Alla' }],
        notes: [
          said(
            'freja',
            daysBefore(1),
            tasks(
              [false, 'Datum för vårens sammanträden.'],
              [false, 'Värd för nästa internat: Hedåsa har anmält intresse.'],
            ),
            p('Anmäl övriga frågor till sekreteraren senast vid lunchen dag 1.'),
          ),
        ],
      },
    ],
  },
];
