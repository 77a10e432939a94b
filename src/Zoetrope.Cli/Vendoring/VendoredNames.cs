using System.Globalization;
using Zoetrope.Specs;

namespace Zoetrope.Cli.Vendoring;

/// <summary>Where vendored documents are kept.</summary>
internal static class VendoredNames
{
    private const string FalOwner = "fal-ai/";

    // Words that titles of APIs have and that tell nothing.
    private static readonly HashSet<string> _fillers = new(StringComparer.OrdinalIgnoreCase) { "api", "apis", "http", "rest", "openapi", "official", "the" };

    /// <summary>The path of a document: that of the one of its kind that there is, or a new one in the folder of its provider, or of its API where the provider is not known.</summary>
    /// <exception cref="UsageException">The path is another document's.</exception>
    public static string PathOf(string folder, SpecDocument document, CancellationToken cancellationToken)
    {
        foreach (var file in SpecPaths.Below(folder))
        {
            if (SpecReader.Read(SpecText.Read(file), cancellationToken: cancellationToken).Document is { } other && IsSame(document, other))
                return file;
        }
        var path = Path.Combine(folder, NewPath(document));
        return File.Exists(path) ? throw new UsageException($"FILE: its name would be '{path}', which is there and is not of {Describe(document)}") : path;
    }

    /// <summary>What a document describes, in a few words.</summary>
    public static string Describe(SpecDocument document) => document switch
    {
        { Endpoint: { } endpoint } => $"{endpoint.Provider} {endpoint.Id}",
        { Api: { } api } => string.Create(CultureInfo.InvariantCulture, $"'{api.Title}' with {api.Operations.Count} operation{(api.Operations.Count == 1 ? "" : "s")}"),
        _ => document.Kind.ToString(),
    };

    private static bool IsSame(SpecDocument one, SpecDocument other) => one.Kind == other.Kind && (one, other) switch
    {
        ({ Endpoint: { } left }, { Endpoint: { } right }) => left.Provider == right.Provider && left.Id == right.Id,
        ({ Api: { } left }, { Api: { } right }) => left.Provider == right.Provider && left.Title == right.Title,
        _ => false,
    };

    private static string NewPath(SpecDocument document)
    {
        if (document.Endpoint is { } endpoint)
            return Path.Combine(endpoint.Provider, NameOf(endpoint.Id) + (document.Kind == SpecKind.OpenApi ? ".json" : ".md"));
        var api = document.Api!;
        var title = TitleOf(api);
        return api.Provider is not { } provider ? Path.Combine(title, "api.json")
            : Path.Combine(provider, (title.Replace("-", "", StringComparison.Ordinal) == provider ? "api" : title) + ".json");
    }

    /// <summary>The title without versions and what every API says of itself: <c>Platform APIs</c> is platform.</summary>
    private static string TitleOf(ApiDescription api)
    {
        var words = new string([.. api.Title.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '.' ? char.ToLowerInvariant(letter) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !_fillers.Contains(word) && word.AsSpan().TrimStart('v').IndexOfAnyExcept("0123456789.") >= 0);
        return NameOf(string.Join('-', words)) is { Length: > 1 } name ? name : "api";
    }

    /// <summary>The id without fal's own owner name, in characters that every file system takes. It comes from a document and must lead nowhere else.</summary>
    private static string NameOf(string id)
    {
        var name = id.StartsWith(FalOwner, StringComparison.Ordinal) ? id[FalOwner.Length..] : id;
        var safe = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '-')).Trim('.', '-');
        // A folder of documents may explain itself in a README, which is no document.
        return safe.Length == 0 || safe.Equals("README", StringComparison.OrdinalIgnoreCase) ? safe + "_" : safe;
    }
}
