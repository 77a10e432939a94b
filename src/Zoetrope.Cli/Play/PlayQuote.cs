using Zoetrope.Costs;
using Zoetrope.Json;

namespace Zoetrope.Cli.Play;

/// <summary>What a job will cost, which a person confirms before it is sent.</summary>
/// <param name="Id">Its id, which confirms it.</param>
/// <param name="Key">The key of the draft: with it, one job is made, however often it is asked for.</param>
/// <param name="Model">The model.</param>
/// <param name="Input">The provider's input, in which texts stand for the files that were dropped on the page.</param>
/// <param name="Estimate">What the job will cost.</param>
internal sealed record PlayQuote(string Id, string Key, PlayModel Model, RawJson Input, CostEstimate Estimate)
{
    /// <summary>Why it is not run: it is too expensive; null where it may be.</summary>
    public string? Refusal { get; init; }

    /// <summary>What a person should know before; null where there is nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>The most that the job may cost in US dollars; null where that is not known.</summary>
    public decimal? Ceiling { get; init; }
}
