/**
 * Why this file exists: whom the notice calls, organisation by organisation, how far it has come to each of them, and what
 * they have answered.
 */
import { Mail } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { NoticeView } from '#shared/notice/api.ts';
import type { NoticeDocument } from '#shared/notice/document.ts';
import { OWN_REASONS } from '#shared/notice/mail.ts';
import { replyCounts, sumOf } from '#shared/notice/replies.ts';
import { noticeWords } from '#shared/notice/words.ts';
import { noticeApi } from '../api/notice.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { clock, dateAt, dayText } from '../ui/dates.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import styles from './notice.module.css';
import { ReplyForm } from './reply-form.tsx';
import { replyWords } from './reply-words.ts';
import type { NoticeActions } from './use-notice.ts';

type Office = NonNullable<NoticeView['office']>;
type Called = Office['people'][number];

export function PeopleSection({
  meeting,
  office,
  latest,
  actions,
}: {
  meeting: Meeting;
  office: Office;
  latest: NoticeDocument | null;
  actions: NoticeActions;
}) {
  const { t } = useTranslation('notice');
  const id = useId();
  const [entering, setEntering] = useState<Called | null>(null);
  const { people, leftOut, replies } = office;
  const called = people.filter(({ personId }) => !leftOut.includes(personId));
  const organisations = [...meeting.organisations].sort((a, b) => a.position - b.position);
  const counts = replyCounts(called, replies, organisations);
  const sum = sumOf(counts);
  const known = new Set(organisations.map((one) => one.id));
  const groups = [
    ...organisations.map((one) => ({ id: one.id as Id | null, name: one.name })),
    { id: null, name: t('people.others') },
  ]
    .map((group) => ({
      ...group,
      members: people.filter(({ organisationId }) =>
        group.id === null ? organisationId === null || !known.has(organisationId) : organisationId === group.id,
      ),
      count: counts.find(({ organisationId }) => organisationId === group.id),
    }))
    .filter(({ members }) => members.length > 0);
  const toggle = (personId: Id, on: boolean) => {
    const left = on ? leftOut.filter((one) => one !== personId) : [...leftOut, personId];
    actions.run((lang) => noticeApi.change(meeting.id, lang, { leftOut: left }), null);
  };
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{latest ? t('replies.sum', sum) : t('people.title')}</h2>
      {latest && <p className={styles.small}>{t('replies.detail', sum)}</p>}
      {latest && !office.mailConfigured && <OwnProgram office={office} latest={latest} called={called} />}
      {!latest && <p className={styles.small}>{t('people.hint')}</p>}
      {groups.map(({ id: key, name, members, count }) => (
        <fieldset key={key ?? ''} className={styles.group}>
          <legend>
            <b>{name}</b>
            {latest && count && (
              <span>
                <span className="sr">{t('replies.sumOf', { organisation: name, ...count })}</span>
                <span aria-hidden="true">
                  {count.answered}/{count.asked}
                </span>
              </span>
            )}
          </legend>
          {members.map((person) => (
            <Row
              key={person.personId}
              meeting={meeting}
              person={person}
              office={office}
              latest={latest}
              actions={actions}
              onToggle={toggle}
              onEnter={() => setEntering(person)}
            />
          ))}
        </fieldset>
      ))}
      {entering && latest && (
        <Dialog title={t('replies.enterFor', { name: entering.name })} onClose={() => setEntering(null)}>
          <ReplyForm
            sittings={latest.header.sittings}
            before={replies.find(({ personId }) => personId === entering.personId) ?? null}
            others={people.filter(({ personId }) => personId !== entering.personId)}
            name={entering.name}
            busy={actions.pending}
            onReply={(reply) =>
              actions.run(
                (lang) => noticeApi.replyFor(meeting.id, lang, entering.personId, reply),
                t('replies.entered', { name: entering.name }),
                () => setEntering(null),
              )
            }
          />
        </Dialog>
      )}
    </section>
  );
}

interface RowProps {
  meeting: Meeting;
  person: Called;
  office: Office;
  latest: NoticeDocument | null;
  actions: NoticeActions;
  onToggle(personId: Id, on: boolean): void;
  onEnter(): void;
}

function Row({ meeting, person, office, latest, actions, onToggle, onEnter }: RowProps) {
  const { t } = useTranslation('notice');
  const { personId, name, mail } = person;
  const on = !office.leftOut.includes(personId);
  const reply = office.replies.find((one) => one.personId === personId);
  const again =
    on && mail && latest?.number === mail.number && (mail.state === 'refused' || mail.state === 'uncertain');
  return (
    <div className={styles.person} data-off={!on || undefined}>
      <label>
        <input type="checkbox" checked={on} onChange={({ target }) => onToggle(personId, target.checked)} />
        <span>{name}</span>
      </label>
      {latest && on && (
        <p>
          <b data-answer={reply?.answer}>
            {reply ? replyWords(t, reply, latest.header.sittings) : t('replies.unanswered')}
          </b>
          {reply && reply.number < latest.number && <span>{t('replies.before', { number: reply.number })}</span>}
          {reply?.way === 'officer' && <span>{t('replies.byOfficer')}</span>}
          {reply?.note && <span>”{reply.note}”</span>}
          <Button variant="link" onClick={onEnter} aria-label={t('replies.enterFor', { name })}>
            {t('replies.enter')}
          </Button>
        </p>
      )}
      {on && mail && <MailLine mail={mail} latest={latest} timeZone={meeting.timeZone} />}
      {on && !mail && !person.hasAddress && <p className={styles.small}>{t('people.noAddress')}</p>}
      {again && (
        <Button
          size="small"
          disabled={actions.pending}
          aria-label={t('mail.againTo', { name })}
          onClick={() => actions.run((lang) => noticeApi.sendAgain(meeting.id, lang, personId), t('mail.requeued'))}
        >
          {t('mail.again')}
        </Button>
      )}
    </div>
  );
}

/** How far a mail has come, and what the mail server said when it has not. */
function MailLine({
  mail,
  latest,
  timeZone,
}: {
  mail: NonNullable<Called['mail']>;
  latest: NoticeDocument | null;
  timeZone: string;
}): ReactNode {
  const { t, i18n } = useTranslation('notice');
  const moment = (at: number) =>
    `${dayText(dateAt(at, timeZone), i18n.language, { short: true })} ${clock(at, i18n.language, timeZone)}`;
  const own = OWN_REASONS.find((reason) => reason === mail.reason);
  const state =
    mail.state === 'queued' && mail.attempts > 0
      ? t('mail.retried', { time: moment(mail.nextAt) })
      : t(`mail.${mail.state}`, { time: moment(mail.at) });
  const reason = own ? t(`mail.reason.${own.slice(1)}`) : mail.state === 'handed' ? '' : mail.reason;
  const older = latest && mail.number < latest.number ? t('mail.older', { number: mail.number }) : '';
  return (
    <p className={styles.small} data-mail={mail.state}>
      {[older, state].filter((part) => part !== '').join(': ')}
      {reason !== '' && ` (${reason})`}
    </p>
  );
}

/** Longer addresses are cut by some programs: who has more recipients takes the files and the list. */
const MOST_MAILTO = 1_900;

/** Where the house sends no mail: one's own program with everybody's addresses, and the words. */
function OwnProgram({ office, latest, called }: { office: Office; latest: NoticeDocument; called: readonly Called[] }) {
  const { t } = useTranslation('notice');
  const addresses = called.flatMap(({ address }) => (address === null ? [] : [address]));
  const { header, language, number } = latest;
  const subject = noticeWords(language).subject(header.body, header.title, header.sittings[0]?.date ?? '', number);
  const href = `mailto:?bcc=${addresses.map(encodeURIComponent).join(',')}&subject=${encodeURIComponent(subject)}`;
  return (
    <div className={styles.own}>
      <Notice>{t('mail.none')}</Notice>
      {addresses.length > 0 && href.length <= MOST_MAILTO && office.people.length > 0 && (
        <>
          <a className={buttonClass({ size: 'small' })} href={href}>
            <Mail size={16} strokeWidth={1.75} aria-hidden />
            {t('mail.write')}
          </a>
          <p className={styles.small}>{t('mail.writeHint', { count: addresses.length })}</p>
        </>
      )}
      {href.length > MOST_MAILTO && <p className={styles.addresses}>{addresses.join(', ')}</p>}
    </div>
  );
}
