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

    /// <summary>
    /// How many characters to insert, delete or replace. A name that contains the other one, such as <c>image</c> in <c>image_url</c>, is one away.
    /// </summary>
    private static int Distance(string typed, string name)
    {
        if (typed.Length >= 3 && name.Contains(typed, StringComparison.OrdinalIgnoreCase))
            return 1;
        var row = new int[name.Length + 1];
        for (var j = 0; j <= name.Length; j++)
            row[j] = j;
        for (var i = 1; i <= typed.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= name.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(typed[i - 1]) == char.ToLowerInvariant(name[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[name.Length];
    }
}
