import Check from 'lucide-react/icons/check';
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down';
import { Button } from 'react-aria-components/Button';
import { Header } from 'react-aria-components/Header';
import { ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';
import type { FlowResult } from '../../../shared/flow.ts';
import { packetText } from '../../../shared/journey-text.ts';
import type { Run } from '../../../shared/run.ts';
import type { Lang } from '../../../shared/text.ts';
import type { Journey } from '../../../shared/trace.ts';
import { DIRECTION_WORDS, END_WORDS, originWords } from '../../../shared/words.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { StateIcon } from '../state-icon.tsx';
import { line } from '../timeline/row-text.ts';
import { journeyState } from '../timeline/states.ts';
import { useViewStore } from '../view-state.ts';
import { PATH_PHRASES } from './phrases.ts';
import css from './select.module.css';

/** More would not be looked through in a menu. */
const MOST = 60;

function titleOf(journey: Journey, flow: FlowResult | undefined, lang: Lang): string {
  if (flow === undefined) return line(packetText(journey.packet));
  return line(`${originWords(flow.from)[lang]} → ${flow.to.label} ${flow.to.proto}`);
}

/** Which packet the picture shows: the root cause's come first. */
export function JourneySelect({
  root,
  others,
  chosen,
  run,
}: {
  root: readonly Journey[];
  others: readonly Journey[];
  chosen: Journey;
  run: Run;
}) {
  const say = usePhrases(PATH_PHRASES);
  const lang = useLang();
  const view = useViewStore();
  const first = root.slice(0, MOST);
  const shown = others.slice(0, MOST - first.length);
  if (!first.includes(chosen) && !shown.includes(chosen)) shown.push(chosen);
  const left = root.length + others.length - first.length - shown.length;
  const wanted = new Set([...first, ...shown].map(({ flowId }) => flowId));
  const flows = new Map(run.flows.filter(({ id }) => wanted.has(id)).map((flow) => [flow.id, flow]));
  const item = (journey: Journey) => {
    const title = titleOf(journey, flows.get(journey.flowId), lang);
    return (
      <ListBoxItem key={journey.id} id={journey.id} className={css.item ?? ''} textValue={title}>
        {({ isSelected }) => (
          <>
            <StateIcon state={journeyState(journey)} />
            <span className={css.title}>{title}</span>
            <span className={css.end}>
              {DIRECTION_WORDS[journey.direction][lang]} · {END_WORDS[journey.end][lang]}
            </span>
            {isSelected ? <Check size={13} aria-hidden /> : <span />}
          </>
        )}
      </ListBoxItem>
    );
  };
  if (root.length + others.length === 1)
    return <span className={css.only}>{titleOf(chosen, flows.get(chosen.flowId), lang)}</span>;
  return (
    <Select
      className={css.select ?? ''}
      aria-label={say.choose}
      value={chosen.id}
      onChange={(key) => view.setState({ journey: String(key), station: undefined })}
    >
      <Button className={css.button ?? ''}>
        <SelectValue className={css.value ?? ''} />
        <ChevronsUpDown size={13} aria-hidden />
      </Button>
      <Popover className={css.popover ?? ''} placement="bottom end">
        <ListBox className={css.list ?? ''}>
          {first.length > 0 && (
            <ListBoxSection>
              <Header className={css.header ?? ''}>{say.rootCause}</Header>
              {first.map(item)}
            </ListBoxSection>
          )}
          {shown.length > 0 && (
            <ListBoxSection>
              <Header className={css.header ?? ''}>{say.others}</Header>
              {shown.map(item)}
            </ListBoxSection>
          )}
        </ListBox>
        {left > 0 && <p className={css.more}>{say.more(left)}</p>}
      </Popover>
    </Select>
  );
}
