using System.Globalization;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Providers;

namespace Zoetrope.Cli.Vendoring;

/// <summary>Where a document is to be kept.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Former">The document that it replaces, or null.</param>
internal sealed record VendoredLocation(string Path, SpecDocument? Former);

/// <summary>Where vendored documents are kept. A document replaces only the one of the same endpoint or API, or the one that the user names.</summary>
internal static class VendoredNames
{
    /// <summary>
    /// The location of a document: that of the one of its kind that there is, or a new one in the folder of its provider, or of its API where the provider is
    /// not known.
    /// </summary>
    /// <param name="folder">The folder of all documents.</param>
    /// <param name="document">What it says.</param>
    /// <param name="name">The name that the user gives it, or null.</param>
    /// <exception cref="UsageException">Another document is there.</exception>
    public static VendoredLocation Find(VendoredFolder folder, SpecDocument document, string? name)
    {
        var path = Path.Combine(folder.Path, PathOf(document, name));
        SpecDocument? there = null;
        foreach (var file in folder.Files)
        {
            var other = folder.DocumentOf(file);
            if (file == path)
                there = other;
            if (other is null || !IsSame(document, other))
                continue;
            return name is null || file == path ? new(file, other) : throw new UsageException(
                [$"--name: '{file}' already contains {Describe(document)}, which would be there twice"],
                ["Omit --name to replace it, or delete it first."]);
        }
        if (!folder.Contains(path))
            return new(path, null);
        // An API that the user names replaces the one of that name, wherever its server is now.
        if (name is not null && there?.Api is not null && document.Api is not null)
            return new(path, there);
        throw new UsageException(
            [$"SOURCE: its name would be '{path}', which exists and is not of "
                + $"{DescribeInFull(document)}{(there is null ? "" : ", but of " + DescribeInFull(there))}"],
            [HintOf(path, folder.Path, document, there)]);
    }

    /// <summary>What a document describes, in a few words.</summary>
    public static string Describe(SpecDocument document) => document switch
    {
        { Endpoint: { } endpoint } => $"{endpoint.Provider} {endpoint.Id}",
        { Api: { Operations.Count: 0, Webhooks.Count: > 0 and var webhooks } api } => $"'{api.Title}' with {Count(webhooks, "webhook")}",
        { Api: { } api } => $"'{api.Title}' with {Count(api.Operations.Count, "operation")}",
        _ => document.Kind.ToString(),
    };

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    /// <summary>The key of the lock file for the names of a document's types.</summary>
    public static string KeyOf(SpecDocument document) =>
        document.Endpoint is { } endpoint ? NameKeys.Endpoint(endpoint.Provider, endpoint.Id) : ApiIdentity.KeyOf(document.Api!);

    private static string DescribeInFull(SpecDocument document) =>
        Describe(document) + (document.Api is { } api && ApiIdentity.ServerOf(api) is { } server ? $" at {server}" : "");

    /// <summary>What adds the document all the same: under the name of what is there, or under another one.</summary>
    private static string HintOf(string path, string folder, SpecDocument document, SpecDocument? there)
    {
        var name = new[] { Path.GetFileName(Path.GetDirectoryName(path)!), Path.GetFileNameWithoutExtension(path) }.FirstOrDefault(
            name => Path.Combine(folder, PathOf(document, name)) == path);
        return document.Api is not null && there?.Api is not null && name is not null
            ? $"`--name {name}` replaces it; any other --name adds this document beside it."
            : "`--name NAME` adds this document under another name; to replace the existing one, delete it first.";
    }

    private static bool IsSame(SpecDocument one, SpecDocument other) => one.Kind == other.Kind && (one, other) switch
    {
        ({ Endpoint: { } left }, { Endpoint: { } right }) => left.Provider == right.Provider && left.Id == right.Id,
        ({ Api: { } left }, { Api: { } right }) => ApiIdentity.AreSame(left, right)
            && (one.Kind == SpecKind.OpenApi || OperationOf(left) == OperationOf(right)),
        _ => false,
    };

    private static string PathOf(SpecDocument document, string? name)
    {
        if (document.Endpoint is { } endpoint)
        {
            var id = DocumentProfiles.WithoutPrefix(endpoint.Id);
            return Path.Combine(endpoint.Provider, Safe(name?.ToLowerInvariant() ?? id) + (document.Kind == SpecKind.OpenApi ? ".json" : ".md"));
        }
        var api = document.Api!;
        if (document.Kind == SpecKind.OperationPage)
        {
            // The pages of an API are in one folder, where its client is made of all of them.
            var owner = name is not null ? [name] : ApiIdentity.WordsOf(api).Folder;
            return Path.Combine(Name(owner), Name(OperationOf(api).Split([' ', '/', '{', '}'], StringSplitOptions.RemoveEmptyEntries)) + ".md");
        }
        if (name is not null)
            return api.Provider is { } provider ? Path.Combine(provider, Name([name]) + ".json") : Path.Combine(Name([name]), Name([]) + ".json");
        var (folder, file) = ApiIdentity.WordsOf(api);
        return Path.Combine(Name(folder), Name(file) + ".json");
    }

    /// <summary>The operation of a page, or its webhook.</summary>
    private static string OperationOf(ApiDescription api) =>
        api.Operations.Count > 0 ? $"{api.Operations[0].Method} {api.Operations[0].Path}" : "webhook " + api.Webhooks[0].Name;

    private static string Name(IReadOnlyList<string> words)
    {
        var name = string.Join('-', words).ToLowerInvariant();
        return name.Any(char.IsAsciiLetterOrDigit) ? Safe(name) : "api";
    }

    /// <summary>A name in characters that every file system supports. It comes from a document and must not lead elsewhere.</summary>
    private static string Safe(string name)
    {
        var safe = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '-')).Trim('.', '-');
        // A folder of documents may have a README, which is not a document.
        return safe.Length == 0 || safe.Equals("README", StringComparison.OrdinalIgnoreCase) ? safe + "_" : safe;
    }
}
