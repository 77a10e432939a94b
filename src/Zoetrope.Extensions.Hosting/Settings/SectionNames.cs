using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Simulator.Text;

namespace Zoetrope.Extensions.Hosting.Settings;

/// <summary>
/// The names of the sections below <c>Zoetrope</c>. One that is none of a provider, of a client that was added or of the router may be a misspelled one, whose
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
        names.MinBy(known => EditDistance.Of(name, known)) is { } nearest && EditDistance.Of(name, nearest) <= MostDiffer
            ? $" (is {MediaClientRegistration.Root}:{nearest} meant?)"
            : "";
}
