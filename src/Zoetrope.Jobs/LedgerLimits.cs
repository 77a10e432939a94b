namespace Zoetrope.Jobs;

/// <summary>What amounts a ledger takes.</summary>
internal static class LedgerLimits
{
    /// <summary>The largest amount in US dollars. Sums of many must be exact in a column of 64 bits.</summary>
    public const decimal Most = 1_000_000m;

    /// <exception cref="ArgumentOutOfRangeException">The amount is negative, or too large.</exception>
    public static void CheckAmount(decimal? amount, string name)
    {
        if (amount is < 0 or > Most)
            throw new ArgumentOutOfRangeException(name, amount, $"An amount must be from 0 to {Most:0} US dollars; null is for none.");
    }
}
