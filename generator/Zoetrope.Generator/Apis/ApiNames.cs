using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>The class names of APIs.</summary>
internal static class ApiNames
{
    private const string ClientSuffix = "Client";

    /// <summary>Words of titles that say nothing about which API it is.</summary>
    private static readonly HashSet<string> Empty = new(StringComparer.OrdinalIgnoreCase)
    {
        "api", "apis", "http", "https", "rest", "restful", "openapi", "swagger", "official", "the", "a", "an", "for", "of", "documentation", "docs", "specification", "spec",
    };

    /// <summary>The clients of the packages, whose names must stay free.</summary>
    private static readonly HashSet<string> Packages = new(StringComparer.OrdinalIgnoreCase) { "FalClient", "EachlabsClient", "MediaClient", "ApiClient" };

    /// <summary>The words of a title as one key: <c>Platform APIs</c> is <c>platform-apis</c>.</summary>
    public static string Slug(string title)
    {
        var slug = string.Join("-", Tokens(title)).ToLowerInvariant();
        return slug.Length == 0 ? "api" : slug;
    }

    /// <summary>The name that a document asks for: the words of its title that tell it from others, led by the provider's name where that is known and not among them.</summary>
    public static string Of(ApiDescription api)
    {
        var words = Tokens(api.Title).Where(token => !Empty.Contains(token) && !IsVersion(token)).SelectMany(Identifiers.Words).ToList();
        if (api.Provider is { } provider)
        {
            // each::labs is eachlabs in three words.
            var own = 1;
            while (own <= words.Count && !string.Concat(words.Take(own)).Equals(provider, StringComparison.OrdinalIgnoreCase))
                own++;
            words = words.Skip(own <= words.Count ? own : 0).Prepend(provider).ToList();
        }
        var name = Identifiers.Of(string.Join(" ", words), "Service");
        return Fit(name);
    }

    /// <summary>The name that a user asks for, without what the client's class has behind it; null when it is none.</summary>
    public static string? OfUser(string name)
    {
        if (name.Length > ClientSuffix.Length && name.EndsWith(ClientSuffix, StringComparison.Ordinal))
            name = name.Substring(0, name.Length - ClientSuffix.Length);
        return Identifiers.IsTypeName(name) ? name : null;
    }

    /// <summary>The name, unless a package's client is called so.</summary>
    private static string Fit(string name) => Packages.Contains(name + ClientSuffix) ? name + "Api" : name;

    private static IEnumerable<string> Tokens(string title)
    {
        var flat = string.Concat(title.Select(unit => char.IsLetterOrDigit(unit) ? unit : ' '));
        return flat.Split([' '], StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsVersion(string token) =>
        token.All(char.IsDigit) || (token.Length > 1 && token[0] is 'v' or 'V' && token.Skip(1).All(char.IsDigit));
}
