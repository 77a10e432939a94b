using Zoetrope.Costs;

namespace Zoetrope.Extensions.AI.Jobs;

/// <summary>What Zoetrope knows of a response: its jobs, what they cost, and what went otherwise than asked. It is the response's raw representation.</summary>
public sealed class GenerationDetails
{
    private readonly List<string> _warnings;

    internal GenerationDetails(string provider, string modelId, IReadOnlyList<GenerationJob> jobs, List<string> warnings)
    {
        _warnings = warnings;
        Provider = provider;
        ModelId = modelId;
        Jobs = jobs;
        var open = jobs.Where(static job => job.Result is null && !job.HasFailed).ToList();
        // With what has ended: the response to the continuation has all files.
        ContinuationToken = open.Count > 0 ? JobContinuationToken.From(jobs.Select(static job => job.Handle)) : null;
        Billed = Sum(jobs);
    }

    /// <summary>The provider, such as <c>fal</c>.</summary>
    public string Provider { get; }

    /// <summary>The provider's id of the model.</summary>
    public string ModelId { get; }

    /// <summary>The jobs, in the order of their files.</summary>
    public IReadOnlyList<GenerationJob> Jobs { get; }

    /// <summary>Options that the model does not have, and whatever else went otherwise than asked.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>What continues the jobs; null where all have ended.</summary>
    public JobContinuationToken? ContinuationToken { get; }

    /// <summary>What the provider reports as billed, a sum for each unit; empty where it reports nothing.</summary>
    public IReadOnlyList<CostAmount> Billed { get; }

    /// <summary>Adds what was found when the files were read.</summary>
    internal void Warn(string warning) => _warnings.Add(warning);

    private static List<CostAmount> Sum(IReadOnlyList<GenerationJob> jobs)
    {
        var sums = new List<CostAmount>();
        foreach (var job in jobs)
        {
            if (job.Result?.Metrics.Billed is not { } billed)
                continue;
            var at = sums.FindIndex(sum => string.Equals(sum.Unit, billed.Unit, StringComparison.OrdinalIgnoreCase));
            if (at < 0)
                sums.Add(billed);
            else
                sums[at] = sums[at] with { Value = sums[at].Value + billed.Value };
        }
        return sums;
    }
}
