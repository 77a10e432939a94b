using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Zoetrope.Extensions.Hosting.Settings;

/// <summary>
/// The names of the sections below <c>Zoetrope</c>. One that is none of a provider, of a client that was added or of the router may be a misspelt one, whose
/// limits or key would be missing.
/// </summary>
internal static class SectionNames
{
    // Beyond so many characters that differ, a name is another one.
    private const int MostDiffer = 2;

    /// <summary>Describes the sections that are none.</summary>
    /// <param name="services">The services.</param>
    public static IReadOnlyList<string> Problems(IServiceProvider services)
    {
        if (services.GetService<IConfiguration>()?.GetSection(MediaClientRegistration.Root) is not { } root)
            return [];
        string[] names =
            [.. services.GetServices<MediaClientRegistration>().Select(static client => client.Section)
                .Concat(Providers.Sections).Append(RouterExtensions.Name).Distinct(StringComparer.OrdinalIgnoreCase)];
        return
        [
            .. root.GetChildren().Where(child => !names.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                .Select(child => $"{child.Path} is neither the section of a provider nor that of a client that was added{Hint(child.Key, names)}: those are "
                    + $"{string.Join(", ", names)}."),
        ];
    }

    private static string Hint(string name, string[] names) =>
        names.MinBy(known => Distance(name, known)) is { } nearest && Distance(name, nearest) <= MostDiffer
            ? $" (is {MediaClientRegistration.Root}:{nearest} meant?)"
            : "";

    /// <summary>The number of characters that are inserted, removed or replaced between two names, whatever their case.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var isSame = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (isSame ? 0 : 1)));
            }
        }
        return row[^1];
    }
}
