using System.Globalization;
using System.Reflection;

namespace Zoetrope.TestKit;

/// <summary>
/// A share of what takes long as a whole. Which one depends on the commit that was built: each is run in time, and a result depends on the commit alone.
/// <c>ZOETROPE_SLICE=all</c> runs everything, and <c>ZOETROPE_SLICE=2</c> the third slice.
/// </summary>
public static class Slice
{
    private const string Variable = "ZOETROPE_SLICE";

    /// <summary>Successive items: those of the slice of this run, or all of them.</summary>
    /// <param name="items">What there is, in the same order in each run.</param>
    /// <param name="slices">How many slices there are.</param>
    /// <param name="report">Gets a line that says which slice it is.</param>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> items, int slices, Action<string> report)
    {
        if (Environment.GetEnvironmentVariable(Variable) == "all")
        {
            report($"All {items.Count}.");
            return items;
        }
        var number = Number(slices);
        var (first, end) = (number * items.Count / slices, (number + 1) * items.Count / slices);
        report($"Slice {number} of {slices}: {first} to {end - 1} of {items.Count}. {Variable}=all runs all of them.");
        return [.. items.Skip(first).Take(end - first)];
    }

    private static int Number(int slices)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } number)
            return int.Parse(number, CultureInfo.InvariantCulture) % slices;
        // The first digits of the commit; there are none in what was built outside of a repository.
        var version = typeof(Slice).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var commit = version[(version.IndexOf('+', StringComparison.Ordinal) + 1)..];
        return int.TryParse(commit.AsSpan(0, Math.Min(7, commit.Length)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var digits)
            ? digits % slices
            : 0;
    }
}
