using Zoetrope.Specs.Model;
using Zoetrope.Specs.Words;

namespace Zoetrope.Generator.Naming;

/// <summary>The words of an API's title that identify the API. What the title does not say, the server does.</summary>
internal sealed class ApiTitle
{
    /// <summary>Words that say nothing about which API it is.</summary>
    private static readonly HashSet<string> Empty = new(StringComparer.OrdinalIgnoreCase)
    {
        "api", "apis", "http", "https", "rest", "restful", "openapi", "swagger", "fastapi", "official", "the", "a", "an", "for", "of", "my", "and",
        "documentation", "docs", "doc", "specification", "specifications", "spec", "specs", "reference", "definition", "endpoint", "endpoints",
    };

    /// <summary>Words that say nothing more beside the name of the provider.</summary>
    private static readonly HashSet<string> Weak = new(StringComparer.OrdinalIgnoreCase)
    {
        "ai", "external", "public", "internal", "platform", "developer", "developers", "service", "services", "server", "backend", "gateway", "web", "app",
        "application",
        "preview", "beta", "alpha", "production", "staging", "extension",
    };

    private ApiTitle(IReadOnlyList<string> owner, IReadOnlyList<string> rest) => (Owner, Rest) = (owner, rest);

    /// <summary>The words that name the provider; empty where nothing does.</summary>
    public IReadOnlyList<string> Owner { get; }

    /// <summary>The other words, which distinguish the APIs of one provider.</summary>
    public IReadOnlyList<string> Rest { get; }

    /// <summary>All words.</summary>
    public IEnumerable<string> Words => Owner.Concat(Rest);

    /// <summary>Takes the title of an API apart.</summary>
    public static ApiTitle Of(ApiDescription api)
    {
        var owner = ServerNames.OwnerOf(ServerNames.Of(api));
        var title = Plain(api.Title, owner);
        var words = Tokens(title).Where(word => !Empty.Contains(word) && (!Versions.Is(word) || IsOwner([word], owner))).ToList();
        if (api.Provider is { } provider)
            return OfProvider(provider, words);
        if (owner is not { Name: { } name })
            return new([], words);
        // The longest run of words that is the name: WaveSpeed AI at wavespeed.ai, D-ID at d-id.com.
        for (var length = words.Count; length > 0; length--)
        {
            for (var start = 0; start + length <= words.Count; start++)
            {
                if (!IsOwner(words.GetRange(start, length), owner))
                    continue;
                var before = words.Take(start);
                return new(words.GetRange(start, length), before.Concat(words.Skip(start + length)).Where(word => !Weak.Contains(word)).ToList());
            }
        }
        return words.All(Weak.Contains) ? new([.. Tokens(name)], []) : new([], words);
    }

    /// <summary>The title's words, fillers too, as one key: <c>Platform APIs</c> is <c>platform-apis</c>.</summary>
    public static string Slug(string title)
    {
        var slug = string.Join("-", Tokens(title)).ToLowerInvariant();
        return slug.Length == 0 ? "api" : slug;
    }

    /// <summary>A known provider leads the name, and its own name in the title says nothing more, even where it is written as several words.</summary>
    private static ApiTitle OfProvider(string provider, List<string> words)
    {
        var parts = words.SelectMany(Identifiers.Words).ToList();
        var own = 1;
        while (own <= parts.Count && !string.Concat(parts.Take(own)).Equals(provider, StringComparison.OrdinalIgnoreCase))
            own++;
        return new([provider], own <= parts.Count ? parts.Skip(own).ToList() : words);
    }

    private static bool IsOwner(List<string> words, (string Name, string Domain)? owner)
    {
        if (owner is not { } known)
            return false;
        var text = string.Concat(words);
        return Same(text, known.Name) || Same(text, known.Name + known.Domain);
    }

    private static bool Same(string words, string name) => words.Equals(string.Concat(name.Where(char.IsLetterOrDigit)), StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The title without what is said of it by the way: possessives, what is in parentheses or behind a plus, and the domain behind the provider's name.
    /// </summary>
    private static string Plain(string title, (string Name, string Domain)? owner)
    {
        var plain = title.Replace("\u2019s ", " ").Replace("'s ", " ");
        if (owner is { } known && plain.IndexOf(known.Name + "." + known.Domain, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
            plain = plain.Remove(at + known.Name.Length, 1 + known.Domain.Length);
        foreach (var aside in new[] { " + ", " (" })
        {
            var start = plain.IndexOf(aside, StringComparison.Ordinal);
            if (start > 0 && Tokens(plain.Substring(0, start)).Any(word => !Empty.Contains(word)))
                plain = plain.Substring(0, start);
        }
        return plain;
    }

    private static string[] Tokens(string title) =>
        string.Concat(title.Select(static unit => char.IsLetterOrDigit(unit) ? unit : ' ')).Split([' '], StringSplitOptions.RemoveEmptyEntries);
}
