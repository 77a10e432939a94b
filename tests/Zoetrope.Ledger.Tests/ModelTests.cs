using System.Globalization;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Ledger.Tests;

/// <summary>
/// Random histories of three workers that claim, send, lose their leases at any point, receive late, and of a person who decides: what must hold is asked after
/// each step, of a model that knows what really happened at the provider.
/// </summary>
public abstract class ModelTests : LedgerTest
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(Seeded.Seed * 1000, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task No_history_pays_twice_or_loses_a_job(int seed)
    {
        await using var ledger = await OpenAsync();
        var model = new Model(ledger.Store, new Random(seed));
        await ledger.SetCapAsync(SpendScope.Batch("model"), 6m, Token);
        foreach (var job in await ledger.IntendAsync([.. Enumerable.Range(0, 5).Select(i => Intent($"m{i}", "model", ceiling: 1m))], Token))
            model.Add(job.Id);

        for (var step = 0; step < 150; step++)
        {
            var what = await model.StepAsync(Token);
            await model.VerifyAsync($"seed {seed}, step {step}: {what}", Token);
        }
    }

    private sealed class Model(LedgerStore store, Random random)
    {
        private readonly Dictionary<string, Truth> _truths = [];
        private readonly List<(string Owner, ClaimedJob Job)> _claims = [];
        private readonly List<(string Owner, LedgerJob Job)> _sends = [];
        private readonly List<LedgerJob> _notSent = [];
        private readonly string[] _workers = ["w0", "w1", "w2"];
        private int _lives;
        private int _handles;

        public void Add(string id) => _truths.Add(id, new Truth());

        public async Task<string> StepAsync(CancellationToken ct)
        {
            var worker = random.Next(_workers.Length);
            var owner = _workers[worker];
            switch (random.Next(10))
            {
                case 0:
                    // A new life of a worker: what the old one had in memory goes on, as it does in a process that was frozen.
                    _workers[worker] = owner = $"w{worker}.{++_lives}";
                    await store.RenewAsync(owner, Long, isNew: true, ct);
                    return $"{owner} begins";
                case 1:
                    await store.ReleaseAsync(owner, ct);
                    return $"the lease of {owner} ends";
                case 2:
                case 3:
                    var state = random.Next(3) switch { 0 => LedgerState.Intended, 1 => LedgerState.Accepted, _ => LedgerState.InDoubt };
                    var claimed = await store.ClaimAsync(new ClaimRequest(owner, state, 3) { Providers = ["fal"] }, ct);
                    _claims.AddRange(claimed.Select(job => (owner, job)));
                    return $"{owner} claims {claimed.Count} {state}";
                case 4:
                case 5:
                    return await SendAsync(ct);
                case 6:
                case 7:
                    return await ReceiveAsync(ct);
                case 8:
                    return await DecideAsync(ct);
                default:
                    return await EndAsync(ct);
            }
        }

        public async Task VerifyAsync(string when, CancellationToken ct)
        {
            var (spent, reserved) = (0m, 0m);
            foreach (var (id, truth) in _truths)
            {
                var job = (await store.FindAsync(id, ct))!;
                spent += job.Spent;
                reserved += job.Reserved;
                Assert.True(job.Attempts == truth.Grants, $"{when}: {job.Attempts} attempts, and {truth.Grants} times it was allowed to be sent.");
                // What was never resolved by a person was never sent again.
                Assert.True(truth.Grants <= 1 + truth.Permissions, $"{when}: it was sent {truth.Grants} times with {truth.Permissions} permissions.");
                var stored = (await store.EventsAsync(id, cancellationToken: ct))
                    .Where(entry => entry.Kind is LedgerEventKind.Accepted or LedgerEventKind.SecondReceipt or LedgerEventKind.Retried)
                    .Select(entry => entry.Text).ToHashSet();
                Assert.True(truth.Reported.All(handle => stored.Contains(handle.ToString())), $"{when}: a receipt was lost.");
                if (truth.Reported.Count > 0 && job.State is LedgerState.Intended or LedgerState.InDoubt or LedgerState.Sent)
                    Assert.True(truth.Grants > 1 || truth.Permissions > 0, $"{when}: a job with a receipt has the state {job.State}.");
                if (job.State == LedgerState.Accepted)
                    Assert.NotNull(job.Handle);
            }
            var report = await store.SpendAsync(SpendScope.Batch("model"), ct);
            Assert.True((spent, reserved) == (report.Spent, report.Reserved), $"{when}: {report} in place of {spent} and {reserved}.");
            Assert.True(report.Spent + report.Reserved <= report.Cap + _truths.Values.Sum(truth => truth.Late), $"{when}: above the cap: {report}.");
        }

        private async Task<string> SendAsync(CancellationToken ct)
        {
            if (_claims.Count == 0)
                return "nothing to send";
            // Any claim that any life of a worker ever had: most are out of date.
            var (owner, job) = _claims[random.Next(_claims.Count)];
            if ((await store.MarkSentAsync(job.Id, job.Version, owner, null, ct)).Job is not { } sent)
                return $"{owner} may not send {job.Id}";
            var truth = _truths[job.Id];
            truth.Grants++;
            if (random.Next(3) > 0)
            {
                truth.AcceptedBy[sent.Attempts] = new JobHandle("fal", sent.EndpointId, $"h{(++_handles).ToString(CultureInfo.InvariantCulture)}");
                _sends.Add((owner, sent));
            }
            else
            {
                _notSent.Add(sent);
            }
            return $"{owner} sends {job.Id}";
        }

        private async Task<string> ReceiveAsync(CancellationToken ct)
        {
            if (_sends.Count == 0)
                return "nothing to receive";
            var (owner, sent) = _sends[random.Next(_sends.Count)];
            var truth = _truths[sent.Id];
            var handle = truth.AcceptedBy[sent.Attempts];
            var before = (await store.FindAsync(sent.Id, ct))!;
            await store.AcceptAsync(sent.Id, sent.Attempts, handle, owner, TimeSpan.Zero, cancellationToken: ct);
            truth.Reported.Add(handle);
            // A fact that nobody could know when room was given to others: it may lead above a cap, and is counted.
            if (before.Reserved == 0 && before.Attempts == sent.Attempts)
                truth.Late++;
            return $"{owner} receives {handle.JobId} of {sent.Id}";
        }

        private async Task<string> DecideAsync(CancellationToken ct)
        {
            foreach (var (id, truth) in _truths.OrderBy(_ => random.Next()))
            {
                var job = (await store.FindAsync(id, ct))!;
                var (kind, isReset) = job.State switch
                {
                    LedgerState.InDoubt => (LedgerEventKind.NotAccepted, false),
                    LedgerState.Failed => (LedgerEventKind.Retried, true),
                    _ => (LedgerEventKind.Intended, false),
                };
                if (kind == LedgerEventKind.Intended)
                    continue;
                var change = new LedgerChange(id, job.Version, kind, LedgerState.Intended) { Reset = isReset, Release = true, Text = job.Handle?.ToString() };
                if (await store.ChangeAsync(change, ct) is not null)
                    truth.Permissions++;
                return $"a person decides on {id}: {kind}";
            }
            return "nothing to decide";
        }

        private async Task<string> EndAsync(CancellationToken ct)
        {
            if (_notSent.Count > 0 && random.Next(2) == 0)
            {
                // A definite rejection, which arrives as late as it likes: only the version that it belongs to may change.
                var sent = _notSent[random.Next(_notSent.Count)];
                if (await store.ChangeAsync(new(sent.Id, sent.Version, LedgerEventKind.NotAccepted, LedgerState.Intended), ct) is not null)
                    _truths[sent.Id].Permissions++;
                return $"{sent.Id} was rejected";
            }
            if (_claims.Count == 0)
                return "nothing to end";
            var (owner, job) = _claims[random.Next(_claims.Count)];
            if (job.State != LedgerState.Accepted)
                return "nothing to end";
            var ended = await store.ChangeAsync(new(job.Id, job.Version, LedgerEventKind.Failed, LedgerState.Failed), ct);
            return $"{owner} ends {job.Id}: {ended is not null}";
        }
    }

    /// <summary>What really happened to a job.</summary>
    private sealed class Truth
    {
        public int Grants { get; set; }

        public int Permissions { get; set; }

        public int Late { get; set; }

        public Dictionary<int, JobHandle> AcceptedBy { get; } = [];

        public HashSet<JobHandle> Reported { get; } = [];
    }
}
