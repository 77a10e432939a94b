namespace Zoetrope.Jobs.Storage;

/// <summary>What spending is counted and capped for.</summary>
public readonly record struct SpendScope
{
    private SpendScope(string name) => Name = name;

    /// <summary>The name in the store, such as <c>batch:trailer</c>.</summary>
    public string Name { get; }

    /// <summary>The jobs of a batch.</summary>
    public static SpendScope Batch(string batch)
    {
        ArgumentException.ThrowIfNullOrEmpty(batch);
        return new("batch:" + batch);
    }

    /// <summary>The jobs that are sent on a day, by UTC.</summary>
    public static SpendScope Day(DateOnly day) => new("day:" + day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The jobs that are sent on any one day, by UTC: a cap of each day that has none of its own.</summary>
    public static SpendScope EachDay { get; } = new("day");

    /// <summary>The jobs of a provider.</summary>
    public static SpendScope Provider(string provider)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        return new("provider:" + provider);
    }

    /// <summary>Whether it is one day.</summary>
    internal bool IsDay => NamesDay(Name);

    /// <summary>The scope that has a name in the store.</summary>
    internal static SpendScope Named(string name) => new(name);

    internal static bool NamesDay(string name) => name.StartsWith("day:", StringComparison.Ordinal);

    /// <summary>Where a job that was sent counts.</summary>
    internal static IEnumerable<SpendScope> Of(LedgerJob job)
    {
        if (job.Batch.Length > 0)
            yield return Batch(job.Batch);
        if (job.SentAt is { } sent)
            yield return Day(DateOnly.FromDateTime(sent.UtcDateTime));
        yield return Provider(job.Provider);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What was spent in a scope, in US dollars.</summary>
/// <param name="Scope">The scope; of <see cref="SpendScope.EachDay"/>, what was spent and is set aside on this day, by UTC.</param>
/// <param name="Spent">What ended jobs have cost: as reported, and at most where nothing is reported.</param>
/// <param name="Reserved">What jobs that go on may cost at most.</param>
/// <param name="Cap">The most that may be spent, which for a day without a cap of its own is that of each day; null where there is no cap.</param>
public sealed record SpendReport(SpendScope Scope, decimal Spent, decimal Reserved, decimal? Cap);
