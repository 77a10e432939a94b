using System.Globalization;
using Zoetrope.Generator.Providers;
using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Catalog;

/// <summary>Finds the checks that hold at every provider.</summary>
internal static class NeutralConstraints
{
    /// <summary>
    /// The loosest of each limit that all have. How long a text may be is the model's own limit, whichever document states it; how many items there may be is
    /// often a provider's. URL forms and files are left to the provider: each has its own.
    /// </summary>
    public static Constraints Common(List<Constraints> all, bool isEverywhere)
    {
        if (!isEverywhere)
            return Constraints.None;
        return new Constraints
        {
            MinLength = Loosest(all, one => one.MinLength, Math.Min),
            MaxLength = Loosest(all.FindAll(one => one.MaxLength is not null), one => one.MaxLength, Math.Max),
            MinItems = Loosest(all, one => one.MinItems, Math.Min),
            MaxItems = Loosest(all, one => one.MaxItems, Math.Max),
            OrEmpty = all.Exists(one => one.OrEmpty) && (all.TrueForAll(one => one.MinLength is not null) || all.TrueForAll(one => one.MinItems is not null)),
            Minimum = Same(all, one => (one.Minimum, one.ExclusiveMinimum)).Item1,
            ExclusiveMinimum = Same(all, one => (one.Minimum, one.ExclusiveMinimum)).Item2,
            Maximum = Same(all, one => (one.Maximum, one.ExclusiveMaximum)).Item1,
            ExclusiveMaximum = Same(all, one => (one.Maximum, one.ExclusiveMaximum)).Item2,
            KnownValuesOnly = all.All(one => one.KnownValuesOnly),
            Values = all.All(one => one.Values == all[0].Values) ? all[0].Values : default,
        };
    }

    /// <summary>What is narrower at a provider than in the neutral request, in words.</summary>
    public static IEnumerable<string> Narrower(Constraints provider, Constraints neutral)
    {
        if (provider.MaxItems is { } items && (neutral.MaxItems ?? int.MaxValue) > items)
            yield return "more than " + Text(items) + " items";
        var isEmptyLost = neutral.OrEmpty && !provider.OrEmpty;
        if (provider.MinItems is { } least && ((neutral.MinItems ?? 0) < least || isEmptyLost))
            yield return "less than " + Text(least) + " items";
        if (provider.MaxLength is { } length && (neutral.MaxLength ?? int.MaxValue) > length)
            yield return "more than " + Text(length) + " characters";
        if (provider.MinLength is { } shortest && ((neutral.MinLength ?? 0) < shortest || isEmptyLost))
            yield return "less than " + Text(shortest) + " characters";
        if (provider.Maximum is { } maximum && neutral.Maximum != maximum)
            yield return "more than " + maximum;
        if (provider.Minimum is { } minimum && neutral.Minimum != minimum)
            yield return "less than " + minimum;
        if (provider.Urls == FileUrls.PublicHttps)
            yield return "data URIs and other URLs than public https ones";
    }

    private static int? Loosest(List<Constraints> all, Func<Constraints, int?> select, Func<int, int, int> looser) =>
        all.Count > 0 && all.All(one => select(one) is not null) ? all.Select(one => select(one)!.Value).Aggregate(looser) : null;

    private static (string?, bool) Same(List<Constraints> all, Func<Constraints, (string?, bool)> select) =>
        all.Select(select).Distinct().Count() == 1 ? select(all[0]) : default;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
