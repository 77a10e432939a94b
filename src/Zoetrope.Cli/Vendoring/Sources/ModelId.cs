using Zoetrope.Specs.Providers;

namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>A model of a provider that has documents of single models.</summary>
/// <param name="Profile">The provider.</param>
/// <param name="Id">The provider's id of the model.</param>
internal sealed record ModelId(DocumentProfile Profile, string Id)
{
    private const char Separator = '/';

    /// <summary>Reads an id, which a provider's name and a colon may precede.</summary>
    /// <exception cref="UsageException">It is not a valid id: it could lead elsewhere in an address.</exception>
    public static ModelId Parse(string argument)
    {
        var profiles = DocumentProfiles.All.Where(profile => profile.DocumentUrls.Count > 0).ToList();
        var colon = argument.IndexOf(':', StringComparison.Ordinal);
        var named = colon < 0 ? null : profiles.Find(profile => profile.Name == argument[..colon]);
        var id = named is null ? argument : argument[(colon + 1)..];
        var parts = id.Split(Separator);
        if (parts.FirstOrDefault(part => !IsValid(part)) is { } wrong)
        {
            throw new UsageException(
                [$"SOURCE: '{argument}' is neither a file nor the id of a model: '{wrong}' is not a valid part of an id"],
                ["The parts of an id have letters, digits, '-', '_' and '.', and '/' between them, such as fal-ai/flux/dev."]);
        }
        var hasParts = parts.Length > 1;
        if (named is not null && named.HasPartedIds != hasParts)
        {
            var form = named.HasPartedIds ? "several parts with '/' between them" : "no '/'";
            throw new UsageException($"SOURCE: '{id}' is not an id of {named.DisplayName}, whose ids have {form}");
        }
        return new(named ?? profiles.First(profile => profile.HasPartedIds == hasParts), id);
    }

    /// <summary>Where its documents are.</summary>
    /// <param name="server">The server that is asked instead of the provider's own; null for that one.</param>
    public IEnumerable<Uri> Urls(Uri? server) =>
        Profile.DocumentUrls.Select(url => ServerOverride.Apply(new Uri(url.Replace("{id}", Id, StringComparison.Ordinal)), server));

    /// <inheritdoc/>
    public override string ToString() => $"{Profile.Name} {Id}";

    private static bool IsValid(string part) =>
        part.Trim('.').Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
