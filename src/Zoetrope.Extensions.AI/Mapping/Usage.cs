using Microsoft.Extensions.AI;
using Zoetrope.Extensions.AI.Jobs;

namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>Jobs, files and what was billed as counts of usage, which are whole numbers.</summary>
internal static class Usage
{
    /// <summary>Returns the counts.</summary>
    /// <param name="details">The jobs.</param>
    /// <param name="files">What the files are called, such as <c>images</c>.</param>
    /// <param name="count">How many there are.</param>
    public static UsageDetails Of(GenerationDetails details, string files, int count)
    {
        var counts = new AdditionalPropertiesDictionary<long> { ["zoetrope.jobs"] = details.Jobs.Count, [$"zoetrope.{files}"] = count };
        foreach (var amount in details.Billed)
        {
            // What does not fit is not a count of anything that was paid; the details have the amount itself.
            if (Math.Abs(amount.Value) < long.MaxValue / 1_000_000)
                counts[$"zoetrope.billed.micro_{amount.Unit.ToLowerInvariant()}"] = (long)decimal.Ceiling(amount.Value * 1_000_000);
        }
        return new() { AdditionalCounts = counts };
    }
}
