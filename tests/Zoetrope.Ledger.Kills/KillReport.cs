using System.Globalization;

namespace Zoetrope.Ledger.Kills;

/// <summary>What became of the jobs whose workers were killed.</summary>
public sealed record KillReport
{
    private const int Shown = 20;

    /// <summary>The number of jobs.</summary>
    public required int Jobs { get; init; }

    /// <summary>The number of workers that were killed.</summary>
    public required int Kills { get; init; }

    /// <summary>The number of times that the database was killed.</summary>
    public required int DatabaseKills { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The number of submits that the provider received, lost ones included.</summary>
    public required int Submits { get; init; }

    /// <summary>The number of webhooks that were passed on, repeated ones included.</summary>
    public required int Webhooks { get; init; }

    /// <summary>The jobs that the provider accepted more than once.</summary>
    public required IReadOnlyList<string> PaidTwice { get; init; }

    /// <summary>The number of acceptances beyond the first of each job.</summary>
    public required int PaidTooMuch { get; init; }

    /// <summary>The number of jobs whose file is stored.</summary>
    public required int Delivered { get; init; }

    /// <summary>The number of jobs that are reported to be in doubt.</summary>
    public required int InDoubt { get; init; }

    /// <summary>The jobs whose result nobody gets, and that are not reported to be in doubt.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>The number of lost jobs that the provider accepted.</summary>
    public required int PaidAndLost { get; init; }

    /// <summary>What else is wrong.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>Why the promise was not kept; empty where it was.</summary>
    public IReadOnlyList<string> Violations =>
    [
        .. PaidTwice.Take(Shown).Select(job => $"paid twice: {job}"), .. Lost.Take(Shown).Select(job => $"lost: {job}"), .. Faults.Take(Shown),
    ];

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Jobs} jobs, {Kills} kills of workers, {DatabaseKills} of the database in {Duration.TotalSeconds:0} s: {PaidTwice.Count} paid twice "
        + $"({PaidTooMuch} acceptances too many), {Lost.Count} lost ({PaidAndLost} of them paid), {InDoubt} in doubt, {Delivered} delivered, {Faults.Count} "
        + $"other faults; {Submits} submits received, {Webhooks} webhooks passed on.");

    /// <summary>Compares what a queue reports with what its provider has accepted.</summary>
    internal static (IReadOnlyList<string> Twice, int TooMuch, int Delivered, int InDoubt, IReadOnlyList<string> Lost, int PaidAndLost, List<string> Faults)
        Compare(IReadOnlyList<string> prompts, IReadOnlyDictionary<string, int> accepted, IReadOnlyDictionary<string, JobEnd> ends)
    {
        var (lost, faults) = (new List<string>(), new List<string>());
        var (delivered, inDoubt, paidAndLost) = (0, 0, 0);
        foreach (var prompt in prompts)
        {
            var end = ends.GetValueOrDefault(prompt, new JobEnd(JobFate.Open, "it is not there"));
            var times = accepted.GetValueOrDefault(prompt);
            switch (end.Fate)
            {
                case JobFate.Delivered:
                    delivered++;
                    if (times == 0)
                        faults.Add($"{prompt} is delivered, and was never accepted.");
                    break;
                case JobFate.InDoubt:
                    inDoubt++;
                    break;
                default:
                    lost.Add($"{prompt}, accepted {times} times: {end.Reason}");
                    paidAndLost += times > 0 ? 1 : 0;
                    break;
            }
        }
        faults.AddRange(accepted.Keys.Except(prompts).Concat(ends.Keys.Except(prompts)).Select(other => $"Nobody has added {other}."));
        var twice = accepted.Where(pair => pair.Value > 1).ToList();
        return ([.. twice.Select(pair => $"{pair.Key}, {pair.Value} times")], twice.Sum(pair => pair.Value - 1), delivered, inDoubt, lost, paidAndLost, faults);
    }
}
