#!/usr/bin/env python3
"""Check the second labelled set mechanically. Python 3 standard library only; exit 1 on any fault."""
import json, os, re, sys

HERE = os.path.dirname(os.path.abspath(__file__))
STANCES = {'alleges', 'denies', 'acknowledges', 'observes', 'declares'}
ACTS = set('violation small-arms-fire shelling missile-strike air-strike drone-strike attack explosion overflight '
           'movement fortification detention obstruction truce-agreed truce-begins truce-extended truce-ends'.split())
KINDS = {'state', 'non-state', 'mediator', 'monitor', 'organization'}
PLAIN = ['dispatch', 'claimant', 'stance', 'act', 'accused', 'target', 'place', 'occurred', 'count', 'killed',
         'wounded', 'civilian', 'start']
TRUCE = PLAIN[:5] + ['parties', 'target', 'mediators'] + PLAIN[6:]
DAY = r'\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]):[0-5]\d)?)?)?'
EDTF = re.compile(f'(?P<a>{DAY})(?:/(?P<b>{DAY}))?')
faults = []


def fault(*words):
    faults.append(' '.join(str(w) for w in words))


def lines(*path):
    with open(os.path.join(HERE, *path), encoding='utf-8') as f:
        return [json.loads(x) for x in f.read().splitlines()]


def span_ok(v):
    return v is None or (isinstance(v, list) and len(v) == 2
                         and all(x is None or (isinstance(x, int) and x >= 0) for x in v)
                         and not (None not in v and v[0] > v[1]))


index = lines('index.jsonl')
stems = [i['dispatch'] for i in index]
for kind, ext in (('dispatches', '.txt'), ('labels', '.jsonl')):
    there = sorted(f for f in os.listdir(os.path.join(HERE, kind)))
    if there != sorted(s + ext for s in stems):
        fault(kind, 'and the index differ:', set(there) ^ {s + ext for s in stems})
conflicts = sorted(f[:-6] for f in os.listdir(os.path.join(HERE, 'parties')))
if conflicts != sorted({i['conflict'] for i in index}):
    fault('party files and the index differ')
parties = {}
for c in conflicts:
    rows = lines('parties', c + '.jsonl')
    parties[c] = {r['party'] for r in rows}
    if len(parties[c]) != len(rows):
        fault(c, 'a party twice')
    for r in rows:
        if set(r) - {'party', 'kind', 'side', 'aliases'} or r['kind'] not in KINDS or not r['aliases']:
            fault(c, 'party row', r)

for i in index:
    d = i['dispatch']
    if list(i) != ['dispatch', 'lang', 'conflict', 'received', 'claims', 'negative'] or not d.endswith('-' + i['lang']):
        fault(d, 'index row', i)
    with open(os.path.join(HERE, 'dispatches', d + '.txt'), encoding='utf-8') as f:
        text = f.read()
    rows = lines('labels', d + '.jsonl')
    known = parties[i['conflict']]
    if len(rows) != i['claims'] or i['negative'] != (not rows):
        fault(d, 'count of claims')
    seen = set()
    for r in rows:
        at = (d, '|', r.get('start'), '|')
        truce = str(r.get('act')).startswith('truce-')
        if list(r) != (TRUCE if truce else PLAIN):
            fault(*at, 'fields', list(r))
            continue
        if r['dispatch'] != d or r['stance'] not in STANCES or r['act'] not in ACTS:
            fault(*at, 'vocabulary')
        if r['claimant'] != '-' and r['claimant'] not in known:
            fault(*at, 'claimant', r['claimant'])
        for k in ('accused', 'target'):
            if r[k] is not None and r[k] not in known:
                fault(*at, k, r[k])
        for p in r.get('parties', []) + r.get('mediators', []):
            if p not in known:
                fault(*at, 'truce party', p)
        if truce != (r['stance'] == 'declares') and not (truce and r['stance'] == 'denies'):
            fault(*at, 'stance and act')
        if r['stance'] in ('denies', 'acknowledges') and not truce and r['accused'] is None:
            fault(*at, 'own act of nobody')
        if r['stance'] == 'alleges' and r['accused'] == r['claimant']:
            fault(*at, 'accuses itself')
        if r['stance'] == 'denies' and (r['killed'] or r['wounded']):
            fault(*at, 'a denial with a toll')
        if r['occurred'] is not None:
            m = EDTF.fullmatch(r['occurred'])
            if not m or (m['b'] and m['b'][:10] < m['a'][:10]):
                fault(*at, 'date', r['occurred'])
            elif m['a'][:10] > i['received']:
                fault(*at, 'after the dispatch', r['occurred'])
        if not span_ok(r['killed']) or not span_ok(r['wounded']) or not (r['count'] is None or r['count'] > 0):
            fault(*at, 'figures')
        if not isinstance(r['civilian'], bool) or not isinstance(r['place'], list):
            fault(*at, 'types')
        for p in r['place']:
            if p not in text:
                fault(*at, 'place not in the text:', p)
        if text.count(r['start']) != 1:
            fault(*at, 'start occurs', text.count(r['start']), 'times')
        key = json.dumps({k: v for k, v in r.items() if k != 'start'}, sort_keys=True)
        if key in seen:
            fault(*at, 'labelled twice')
        seen.add(key)

print(len(index), 'dispatches,', sum(i['claims'] for i in index), 'claims,', len(faults), 'faults')
print('\n'.join(faults))
sys.exit(bool(faults))
