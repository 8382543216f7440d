/**
 * Why this file exists: the wording workshop of an item: what is proposed, clause by clause, what became of each wording and
 * why, and the way from there to a decision.
 */
import { Gavel, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId } from '#shared/ids.ts';
import { addClause, addProposal, patchProposal } from '#shared/proposals/proposals.ts';
import { serverNow } from '../collab/index.ts';
import { Button } from '../ui/button.tsx';
import { useToasts } from '../ui/toast.tsx';
import { ClauseRow } from './clause-row.tsx';
import { ProposalForm } from './proposal-form.tsx';
import styles from './proposals.module.css';
import { LOOKS, type Look, type ProposalsProps } from './props.ts';
import { ShowButton } from './show-button.tsx';
import { proposalName, rewordedIn, type ShownProposal } from './use-proposals.ts';

export function ProposalsSection(props: ProposalsProps) {
  const { room, known, canWrite, ownId } = props;
  const { t } = useTranslation('decisions');
  const [adding, setAdding] = useState(false);
  if (known.proposals.length === 0 && !canWrite) return null;
  return (
    <>
      {known.proposals.map((proposal, n) => (
        <ProposalBlock key={proposal.id} {...props} proposal={proposal} n={n} />
      ))}
      {canWrite && room && (
        <div className={styles.block}>
          <div className={styles.label}>{known.proposals.length === 0 && <h2>{t('proposal.heading')}</h2>}</div>
          {adding ? (
            <ProposalForm
              onCancel={() => setAdding(false)}
              onDone={({ title, by, clauses }) => {
                const id = newId();
                const at = serverNow();
                room.doc.transact(() => {
                  addProposal(room.doc, { id, title, by, personId: ownId, at });
                  for (const wording of clauses)
                    addClause(room.doc, { id: newId(), proposal: id, wording, personId: ownId, at });
                });
                setAdding(false);
              }}
            />
          ) : (
            <div>
              <Button variant="quiet" className={styles.flush} onClick={() => setAdding(true)}>
                <Plus size={16} strokeWidth={1.75} aria-hidden />
                {t(known.proposals.length === 0 ? 'proposal.add' : 'proposal.addAnother')}
              </Button>
            </div>
          )}
        </div>
      )}
    </>
  );
}

function ProposalBlock(props: ProposalsProps & { proposal: ShownProposal; n: number }) {
  const { room, proposal, n, number, known, canWrite, mayDecide, current, onDecide, ownId, outcomes, meeting, itemId } =
    props;
  const { t } = useTranslation('decisions');
  const { toast } = useToasts();
  const [look, setLook] = useState<Look>('changes');
  const [adding, setAdding] = useState(false);
  const reworded = rewordedIn(proposal, known.wording);
  const name = t('proposal.name', { name: proposalName(number, n) });
  const heading = `proposal-${proposal.id}`;
  return (
    <section className={styles.block} aria-labelledby={heading}>
      <div className={styles.label}>
        <h2 id={heading}>{name}</h2>
        {proposal.by && <p>{proposal.by}</p>}
        <p>
          {reworded > 0
            ? t('proposal.reworded', { count: reworded, all: proposal.clauses.length })
            : t('proposal.clauses', { count: proposal.clauses.length })}
        </p>
      </div>
      <div>
        <div className={styles.head}>
          <p className={styles.title}>{proposal.title || t('proposal.untitled')}</p>
          <fieldset className={styles.looks}>
            <legend className="sr">{t('look.legend', { name })}</legend>
            {LOOKS.map((one) => (
              <label key={one}>
                <input type="radio" name={heading} checked={look === one} onChange={() => setLook(one)} />
                <span>{t(`look.${one}`)}</span>
              </label>
            ))}
          </fieldset>
        </div>
        <ol className={styles.clauses}>
          {proposal.clauses.map((clause, at) => (
            <ClauseRow key={clause.id} {...props} clause={clause} at={at} of={proposal.clauses.length} look={look} />
          ))}
        </ol>
        {adding && room ? (
          <ProposalForm
            clauseOnly
            onCancel={() => setAdding(false)}
            onDone={({ clauses }) => {
              for (const wording of clauses)
                addClause(room.doc, {
                  id: newId(),
                  proposal: proposal.id,
                  wording,
                  personId: ownId,
                  at: serverNow(),
                });
              setAdding(false);
            }}
          />
        ) : (
          <div className={styles.actions}>
            {mayDecide && proposal.clauses.length > 0 && (
              <Button
                variant={current && n === 0 ? 'primary' : 'plain'}
                aria-haspopup="dialog"
                onClick={() => onDecide(proposal.id)}
              >
                <Gavel size={18} strokeWidth={1.75} aria-hidden />
                {t(reworded > 0 ? 'decide.reworded' : 'decide.asProposed')}
              </Button>
            )}
            {mayDecide && n === 0 && outcomes}
            <ShowButton meeting={meeting} itemId={itemId} clauseId={proposal.clauses[0]?.id ?? null} name={name} />
            {canWrite && room && (
              <>
                <Button variant="quiet" onClick={() => setAdding(true)}>
                  {t('clause.add')}
                </Button>
                <Button
                  variant="quiet"
                  onClick={() => {
                    patchProposal(room.doc, proposal.id, { archived: true });
                    toast({
                      message: t('proposal.putAwayDone', { name }),
                      undo: () => patchProposal(room.doc, proposal.id, { archived: false }),
                    });
                  }}
                >
                  {t('proposal.putAway')}
                </Button>
              </>
            )}
          </div>
        )}
      </div>
    </section>
  );
}
