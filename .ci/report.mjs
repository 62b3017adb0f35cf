// Reads `go test -json`, and prints each package's result, the output of what failed, and in the end the ten slowest tests and how
// many passed and failed. What is no JSON passes through.
import { createInterface } from 'node:readline';

const outputs = new Map(); // package → test → text
const took = [];
const count = { pass: 0, fail: 0, skip: 0 };

function report(event) {
  const { Action, Package, Test = '', Output = '', Elapsed = 0 } = event;
  if (Action === 'build-output') return process.stdout.write(Output);
  if (!outputs.has(Package)) outputs.set(Package, new Map());
  const texts = outputs.get(Package);
  if (Action === 'output') return texts.set(Test, (texts.get(Test) ?? '') + Output);
  if (Test) {
    if (Action === 'fail') process.stdout.write(texts.get(Test) ?? '');
    if (Action in count) {
      texts.delete(Test);
      count[Action] += 1;
    }
    if (['pass', 'fail'].includes(Action) && !Test.includes('/')) took.push({ Elapsed, name: `${Package} ${Test}` });
    return;
  }
  if (Action === 'fail') {
    for (const text of texts.values()) process.stdout.write(text); // also of tests that were cut off
    console.log(`FAIL ${Package} ${Elapsed} s`);
  }
  if (Action === 'pass') console.log(`ok   ${Package} ${Elapsed} s`);
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith('{')) report(JSON.parse(line));
  else console.log(line);
}
console.log('\nThe ten slowest tests:');
for (const { Elapsed, name } of took.sort((a, b) => b.Elapsed - a.Elapsed).slice(0, 10)) {
  console.log(`${Elapsed.toFixed(1).padStart(8)} s  ${name}`);
}
console.log(`\n${count.pass} passed, ${count.fail} failed, ${count.skip} skipped`);
