using Microsoft.Extensions.AI;
using Zoetrope.Costs;

namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>What was billed, as counts of usage, which are whole numbers: in millionths, rounded up.</summary>
internal static class BilledCounts
{
    public static void AddTo(AdditionalPropertiesDictionary<long> counts, IReadOnlyList<CostAmount> billed)
    {
        foreach (var amount in billed)
        {
            // What does not fit is not a count of anything that was paid; the details have the amount itself.
            if (Math.Abs(amount.Value) < long.MaxValue / 1_000_000)
                counts[$"zoetrope.billed.micro_{amount.Unit.ToLowerInvariant()}"] = (long)decimal.Ceiling(amount.Value * 1_000_000);
        }
    }
}
