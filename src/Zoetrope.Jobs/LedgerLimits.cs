namespace Zoetrope.Jobs;

/// <summary>What amounts and names a ledger takes.</summary>
internal static class LedgerLimits
{
    /// <summary>The largest amount in US dollars. Sums of many must be exact in a column of 64 bits.</summary>
    public const decimal Most = 1_000_000m;

    /// <summary>The longest name of a batch: it is part of keys, which databases limit.</summary>
    private const int LongestBatch = 200;

    /// <exception cref="ArgumentException">The name is too long.</exception>
    public static void CheckBatch(string batch, string name)
    {
        if (batch.Length > LongestBatch)
            throw new ArgumentException($"The name of a batch has at most {LongestBatch} characters, and this one has {batch.Length}.", name);
    }

    /// <exception cref="ArgumentOutOfRangeException">The amount is negative, or too large.</exception>
    public static void CheckAmount(decimal? amount, string name)
    {
        if (amount is < 0 or > Most)
            throw new ArgumentOutOfRangeException(name, amount, $"An amount must be from 0 to {Most:0} US dollars; null is for none.");
    }
}
