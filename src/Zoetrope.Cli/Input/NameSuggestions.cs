using Zoetrope.Simulator.Text;

namespace Zoetrope.Cli.Input;

/// <summary>Finds the names that somebody who typed an unknown one may have meant.</summary>
internal static class NameSuggestions
{
    private const int Most = 3;

    /// <summary>The nearest of the known names, the nearest first; empty when all of them are quite different.</summary>
    public static IReadOnlyList<string> Of(string typed, IEnumerable<string> known)
    {
        var farthest = Math.Max(2, typed.Length / 2);
        var ranked = known.Select(name => (Name: name, Distance: Distance(typed, name)))
            .Where(entry => entry.Distance <= farthest)
            .OrderBy(entry => entry.Distance)
            .Take(Most)
            .ToList();
        return [.. ranked.Where(entry => entry.Distance <= ranked[0].Distance + 1).Select(entry => entry.Name)];
    }

    // A name that contains the other one, such as image in image_url, is one away.
    private static int Distance(string typed, string name) =>
        typed.Length >= 3 && name.Contains(typed, StringComparison.OrdinalIgnoreCase) ? 1 : EditDistance.Of(typed, name);
}
