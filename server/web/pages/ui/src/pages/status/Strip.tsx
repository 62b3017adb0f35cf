import type { RunPartsFragment } from '../../gql/graphql';
import { useSite } from '../../kit/Time';
import { kindWords, stateTones, stateWords } from '../../lib/runs';
import { when } from '../../lib/time';

/**
 * The runs of a list as bars, the newest at the right: their height is how much they changed, their colour how they ended. The
 * table below says the same in words, so the picture is for the eye alone.
 */
export function Strip({ runs }: { runs: readonly RunPartsFragment[] }) {
  const { timeZone } = useSite();
  const changed = (r: RunPartsFragment) => r.counts.itemsChanged + r.counts.stockChanged;
  const most = Math.max(1, ...runs.map(changed));
  return (
    <div className="runstrip" aria-hidden="true">
      {[...runs].reverse().map((r) => (
        <i
          key={r.id}
          className={stateTones[r.state]}
          title={`${when(r.startedAt ?? r.createdAt, timeZone)}, ${kindWords[r.kind]()}: ${stateWords[r.state]()}`}
          // The logarithm, or a full sync would leave nothing of the others to see.
          style={{ height: `${15 + 85 * (Math.log1p(changed(r)) / Math.log1p(most))}%` }}
        />
      ))}
    </div>
  );
}
